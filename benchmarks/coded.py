"""Ten more pairs of documents, coded for this project, beside the gold that was given to it.

``benchmarks/coded/links.csv`` holds what two coders said of each pair of items, ``strong``,
``weak`` or nothing, by the rule of the gold: the same policy object or programme and the same kind
of action; strong where it is the main content of one of the two items. Both coders read all items
of both documents and saw neither each other's codes nor any software's links. Both are language
models of one family, so agreement between people may be lower: here their F1 is .91 to 1.00 a pair
over all links, .91 to 1.00 over the strong ones. ``decoys.csv`` holds pairs that the first coder
found tempting and neither linked.
``read.csv`` holds links that planddiff drew, at random, between two editions of a law (wording
changed) and between two cities, and what one reader called them: ``strong``, ``weak`` or ``wrong``.
Items are named by ordinal and fingerprint; the files hold no text of the documents.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import planddiff as pdd
from benchmarks.gold import MATERIAL, GoldPair, links_table
from planddiff.matching import Matcher

FOLDER = Path(__file__).resolve().parent / "coded"
DOCUMENTS = ["old_document", "new_document"]
EDITIONS = (2001, 2002)
"""Years to read two editions of a law with: only their order tells."""


def load_coded(material: str | Path = MATERIAL) -> list[GoldPair]:
    """The coded pairs, as :func:`benchmarks.gold.load_pairs` gives the gold.

    Their items are those that planddiff compares, and those that coders linked.
    """
    links = pd.read_csv(FOLDER / "links.csv", keep_default_na=False)
    decoys = pd.read_csv(FOLDER / "decoys.csv")
    return [
        _pair(
            Path(material) / "corpus",
            coded,
            decoys[(decoys[DOCUMENTS] == documents).all(axis=1)],
        )
        for documents, coded in links.groupby(DOCUMENTS, sort=False)
    ]


def load_read(material: str | Path = MATERIAL) -> pd.DataFrame:
    """Links between two editions of a law as planddiff weighs them now, and what they were called.

    Returns
    -------
    DataFrame
        Rows of :meth:`planddiff.Matcher.weigh` with ``reader``.
    """
    matcher = Matcher()
    links = pd.read_csv(FOLDER / "read.csv")
    laws = links[links["old_document"].str.startswith("law_versions")]
    found = []
    for documents, read in laws.groupby(DOCUMENTS, sort=False):
        plans = [
            pdd.read_plan(Path(material) / "corpus" / name, year=year)
            for name, year in zip(documents, EDITIONS, strict=True)
        ]
        pairs = matcher.weigh(*plans)
        for side, plan in zip(("old", "new"), plans, strict=True):
            prints = matcher.compares(plan)["fingerprint"].to_numpy()
            pairs[f"{side}_fingerprint"] = prints[pairs[side]]
        keys = ["old_fingerprint", "new_fingerprint"]
        found.append(pairs.merge(read[[*keys, "reader"]], on=keys))
    return pd.concat(found, ignore_index=True)


def _pair(corpus: Path, coded: pd.DataFrame, decoys: pd.DataFrame) -> GoldPair:
    first = coded.iloc[0]
    items, places = {}, {}
    documents, years = {}, {}
    for side in ("old", "new"):
        years[side] = int(first[f"{side}_year"])
        documents[side] = corpus / f"{first[f'{side}_document']}.txt"
        plan = pdd.read_plan(documents[side], year=years[side])
        ordinals = set(Matcher().compares(plan)["ordinal"])
        linked = plan.items["fingerprint"].isin(coded[f"{side}_fingerprint"])
        kept = plan.items[linked | plan.items["ordinal"].isin(ordinals)].reset_index(drop=True)
        items[side] = kept[["ordinal", "title", "body"]].rename(columns={"body": "text"})
        places[side] = dict(zip(kept["fingerprint"], kept.index, strict=True))
    said = coded.assign(
        strength=[
            first if first == second else "contested"
            for first, second in zip(coded["first_coder"], coded["second_coder"], strict=True)
        ]
    )
    return GoldPair(
        name=f"coded_{documents['old'].stem}_{years['new']}",
        kind="coded",
        old_year=years["old"],
        new_year=years["new"],
        old_document=documents["old"],
        new_document=documents["new"],
        old_items=items["old"],
        new_items=items["new"],
        links=links_table(_positions(said, places)),
        decoys=_positions(decoys, places)[["old", "new"]],
    )


def _positions(pairs: pd.DataFrame, places: dict[str, dict[str, int]]) -> pd.DataFrame:
    """Pairs by position of their items; those whose item is not read any more are left out."""
    found = pairs.assign(
        old=pairs["old_fingerprint"].map(places["old"]),
        new=pairs["new_fingerprint"].map(places["new"]),
    ).dropna(subset=["old", "new"])
    return found.astype({"old": int, "new": int}).reset_index(drop=True)
