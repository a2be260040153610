"""Fit and cross-validate the weights of the evidence: ``python -m benchmarks.fit_weights``.

The weights in ``planddiff/data/evidence_weights.csv`` are fitted to the gold pairs, to the pairs of
``benchmarks/coded.py`` and to *object swaps*: copies of linked new items in which the object (a
noun that both leads name and the body repeats) is replaced by the object of another item, so that
the frame stays and the initiative does not. They teach that an object outweighs its frame, of which
the gold has few cases. Two steps: ridge logistic regression on all, then one slope and one shift on
what was coded, so that a confidence is a probability where swaps are as rare as they are.
``--write`` stores the weights.
"""

from __future__ import annotations

import argparse
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

import planddiff as pdd
from benchmarks.coded import load_coded, load_read
from benchmarks.gold import MATERIAL, GoldPair, load_pairs
from planddiff.calibration import Calibration, confidence, fit_calibration
from planddiff.evidence import PIECES, lead_sentence
from planddiff.matching import Matcher

SOURCE = "gold, coded and read pairs, object swaps; benchmarks/fit_weights.py"
WEIGHTS = Path(__file__).resolve().parents[1] / "planddiff" / "data" / "evidence_weights.csv"
THRESHOLD = Matcher().threshold
SEEDS = (0, 1)
CHECK_SEEDS = (2, 3)
SWAPPED_SHARE = 0.4
COMMON = 0.15
ANNUAL_PLANS_COUNT = 2
"""Times: the plans of one issuer year by year are the case planddiff is made for, and the many
paragraphs of seven pairs of work reports would outweigh the four pairs of plans."""
GOLD, CODED, READ = "gold, mean or sum", "coded, mean or sum", "links of laws, read"
NOUNS = ("n", "j", "l", "vn", "eng", "i")


@dataclass(frozen=True)
class Labelled:
    """Weighed pairs with ``label`` (strong/weak/contested/none), ``decoy`` and ``swap``."""

    name: str
    kind: str
    pairs: pd.DataFrame
    lost: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--material", type=Path, default=MATERIAL)
    parser.add_argument("--write", action="store_true", help="store the weights")
    options = parser.parse_args()
    gold = [*load_pairs(options.material), *load_coded(options.material)]
    labelled = [*(weigh(pair) for pair in gold), weigh_read(options.material)]
    swaps = [
        weigh(pair, seed, verbatim)
        for pair in gold
        if pair.kind == "series" or pair.name == "icv"
        for seed in (*SEEDS, *CHECK_SEEDS)
        for verbatim in (False, True)
        if seed in SEEDS or verbatim
    ]
    print(cross_validation(labelled, swaps, list(PIECES)).round(3).to_string(), "\n")
    print(ablation(labelled, swaps).round(3).to_string(), "\n")
    weights = fit(labelled, swaps, list(PIECES))
    print(weights)
    if options.write:
        weights.to_csv(WEIGHTS)


def weigh(pair: GoldPair, seed: int | None = None, verbatim: bool = False) -> Labelled:
    """Evidence on all candidate pairs of a gold pair, as planddiff reads and weighs the documents.

    With a seed, some new items are replaced by object swaps of themselves, or (``verbatim``) of
    the old item that they are linked to.
    """
    matcher = Matcher()
    old = pdd.read_plan(pair.old_document, year=pair.old_year)
    new = pdd.read_plan(pair.new_document, year=pair.new_year)
    sides = [matcher.compares(plan) for plan in (old, new)]
    places = [
        _places(side, gold)
        for side, gold in zip(sides, (pair.old_items, pair.new_items), strict=True)
    ]
    known = {
        (places[0][a], places[1][b]): strength
        for a, b, strength in zip(
            pair.links["old"], pair.links["new"], pair.links["strength"], strict=True
        )
        if a in places[0] and b in places[1]
    }
    swapped: set[tuple[int, int]] = set()
    if seed is not None:
        sides[1], swapped = swap_objects(*sides, known, seed, verbatim)
        new = replace(new, items=sides[1])
    pairs = matcher.weigh(old, new)
    keys = list(zip(pairs["old"], pairs["new"], strict=True))
    decoys = {
        (places[0].get(a), places[1].get(b))
        for a, b in zip(pair.decoys["old"], pair.decoys["new"], strict=True)
    }
    units = [set(each.values()) for each in places]
    pairs = pairs.assign(
        label=["" if key in swapped else known.get(key, "") for key in keys],
        swap=[key in swapped for key in keys],
        decoy=[key in decoys for key in keys],
    )[[a in units[0] and b in units[1] for a, b in keys]]
    strong = int((pair.links["strength"] == "strong").sum())
    lost = strong - int((pairs["label"] == "strong").sum()) if seed is None else 0
    return Labelled(pair.name, pair.kind, pairs.reset_index(drop=True), lost)


def weigh_read(material: str | Path) -> Labelled:
    """Links between editions of laws that one reader judged; a wrong one is none."""
    read = load_read(material)
    label = read["reader"].replace("wrong", "")
    return Labelled(READ, READ, read.assign(label=label, swap=False, decoy=False), 0)


def _places(items: pd.DataFrame, gold: pd.DataFrame) -> dict[int, int]:
    """Position of each gold item among the compared items, found by how it begins."""
    bodies = [_squeeze(body) for body in items["body"]]
    found: dict[int, int] = {}
    for place, text in enumerate(gold["text"]):
        lead = _squeeze(text)[:16]
        hits = [at for at, body in enumerate(bodies) if lead in body]
        free = [at for at in hits if at not in found.values()]
        if free or hits:
            found[place] = (free or hits)[0]
    return found


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@cache
def _nouns(text: str) -> tuple[str, ...]:
    import jieba.posseg

    return tuple(
        word for word, flag in jieba.posseg.cut(text) if flag.startswith(NOUNS) and len(word) >= 2
    )


def swap_objects(
    old: pd.DataFrame,
    new: pd.DataFrame,
    known: dict[tuple[int, int], str],
    seed: int,
    verbatim: bool,
) -> tuple[pd.DataFrame, set[tuple[int, int]]]:
    """Replace the objects of some one-to-one linked new items; returns the items and the pairs."""
    draw = random.Random(seed)
    texts = [*old["core"], *new["core"]]
    holders = Counter(word for text in texts for word in set(_nouns(text)))
    objects = sorted({word for text in texts for word in _objects(text, text, holders, len(texts))})
    ends = Counter(a for a, _ in known), Counter(b for _, b in known)
    core, lead = new["core"].tolist(), new["lead"].tolist()
    swapped: set[tuple[int, int]] = set()
    for (a, b), strength in sorted(known.items()):
        single = ends[0][a] == ends[1][b] == 1 and strength == "strong"
        if not single or draw.random() > SWAPPED_SHARE:
            continue
        before = old["core"].iloc[a]
        text = before if verbatim else core[b]
        for word in _objects(before, text, holders, len(texts))[:2]:
            others = [each for each in objects if each not in before and each not in text]
            text = text.replace(word, draw.choice(others))
            swapped.add((a, b))
        if (a, b) in swapped:
            core[b] = text
            lead[b] = [draw.choice(lead[b])] if lead[b] else []
    return new.assign(core=core, lead=pd.Series(lead, index=new.index)), swapped


def _objects(first: str, second: str, holders: Counter[str], total: int) -> list[str]:
    """Nouns that both leads name, the second body repeats and few items share."""
    found = {
        word
        for word in _nouns(lead_sentence(first))
        if word in lead_sentence(second)
        and second.count(word) >= 2
        and holders[word] <= COMMON * total
    }
    return sorted(found, key=lambda word: (-second.count(word) / holders[word], word))


def fit(labelled: Sequence[Labelled], swaps: Sequence[Labelled], pieces: list[str]) -> Calibration:
    """Weights from coded pairs and swaps, then slope and shift from the coded pairs alone."""
    gold = pd.concat(
        [
            _certain(each.pairs)
            for each in labelled
            for _ in range(ANNUAL_PLANS_COUNT if each.kind == "series" else 1)
        ]
    )
    false = [each.pairs[each.pairs["swap"]] for each in swaps]
    both = pd.concat([gold, *false])
    first = fit_calibration(both[pieces], both["label"] == "strong", source=SOURCE)
    odds = pd.DataFrame({"odds": first.log_odds(gold)})
    scale = fit_calibration(odds, gold["label"] == "strong", source=SOURCE, penalty=1e-6)
    slope = scale.weights["odds"]
    return Calibration(
        {name: slope * weight for name, weight in first.weights.items()},
        slope * first.intercept + scale.intercept,
        SOURCE,
    )


def _certain(pairs: pd.DataFrame) -> pd.DataFrame:
    return pairs[~pairs["label"].isin(["weak", "contested"])]


def cross_validation(
    labelled: Sequence[Labelled], swaps: Sequence[Labelled], pieces: list[str]
) -> pd.DataFrame:
    """Each gold pair scored by weights that were fitted without it."""
    rows = []
    for held in labelled:
        weights = fit(
            [each for each in labelled if each is not held],
            [each for each in swaps if each.name != held.name],
            pieces,
        )
        rows.append(_scores(held, [each for each in swaps if each.name == held.name], weights))
    table = pd.DataFrame(rows).set_index("pair")
    kinds = pd.Series([each.kind for each in labelled], index=table.index)
    parts = {CODED: table[kinds == "coded"], GOLD: table[~kinds.isin(["coded", READ])]}
    for name, part in parts.items():
        total = part.mean()
        for counted in ("decoys", "decoys linked", "swaps", "swaps linked"):
            total[counted] = part[counted].sum()
        table.loc[name] = total
    return table


def _scores(
    held: Labelled, swaps: Sequence[Labelled], weights: Calibration
) -> dict[str, float | str]:
    sure = confidence(weights.log_odds(held.pairs))
    strong = (held.pairs["label"] == "strong").to_numpy()
    open_ = held.pairs["label"].isin(["weak", "contested"]).to_numpy()
    linked = sure >= THRESHOLD
    hits = int((linked & strong).sum())
    false = int((linked & ~strong & ~open_).sum())
    missed = int((~linked & strong).sum()) + held.lost
    certain, true = sure[~open_], strong[~open_]
    losses = -np.log(np.where(true, certain, 1 - certain).clip(1e-9))
    decoys = held.pairs["decoy"].to_numpy()
    pairs = [each.pairs[each.pairs["swap"]] for each in swaps]
    swapped = pd.concat(pairs) if pairs else held.pairs.iloc[:0]
    return {
        "pair": held.name,
        "precision": hits / max(hits + false, 1),
        "recall": hits / max(hits + missed, 1),
        "F1": 2 * hits / max(2 * hits + false + missed, 1),
        "log loss a link": losses.sum() / max(strong.sum(), 1),
        "ECE": _calibration_error(certain, true),
        "decoys": int(decoys.sum()),
        "decoys linked": int((linked & decoys).sum()),
        "swaps": len(swapped),
        "swaps linked": int((confidence(weights.log_odds(swapped)) >= THRESHOLD).sum()),
    }


def _calibration_error(sure: np.ndarray, true: np.ndarray) -> float:
    """Expected calibration error over ten bins, of the pairs that anything speaks for (> 0.05)."""
    asked = sure > 0.05
    bins = np.minimum((sure[asked] * 10).astype(int), 9)
    return float(
        sum(
            (bins == each).mean()
            * abs(sure[asked][bins == each].mean() - true[asked][bins == each].mean())
            for each in np.unique(bins)
        )
    )


def ablation(labelled: Sequence[Labelled], swaps: Sequence[Labelled]) -> pd.DataFrame:
    """The last rows of the cross-validation, with all pieces and without each in turn."""
    rows = {}
    for left_out in ("", *PIECES):
        table = cross_validation(labelled, swaps, [each for each in PIECES if each != left_out])
        for group in (GOLD, CODED, READ):
            rows[f"without {left_out}" if left_out else "all pieces", group] = table.loc[group]
    return pd.DataFrame(rows).T


if __name__ == "__main__":
    main()
