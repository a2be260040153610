"""planddiff beside simpler methods on all gold, in one run: ``python -m benchmarks.quality``.

planddiff reads the documents themselves and compares them with its default dials, one setting for
every kind of document. The baselines are handed the gold items and, where they need a threshold,
the one that scores best on this very gold.
"""

from __future__ import annotations

import argparse
import logging
import re
import time
import unicodedata
from collections.abc import Callable

import pandas as pd

import planddiff as pdd
from benchmarks import baselines
from benchmarks.coded import load_coded
from benchmarks.fields import field_scores
from benchmarks.gold import MATERIAL, GoldPair, load_pairs
from benchmarks.statuses import axis_scores, status_table
from planddiff import evaluation as ev
from planddiff.comparison import Comparison, compare

Links = dict[str, pd.DataFrame]
GROUPS = {
    "series": lambda pair: pair.kind == "series",
    "work reports": lambda pair: pair.kind == "work_report",
    "icv": lambda pair: pair.name == "icv",
    "ai_pilot": lambda pair: pair.name == "ai_pilot",
    "all gold": lambda pair: pair.kind != "coded",
    "coded for this project": lambda pair: pair.kind == "coded",
}
LEAD_LENGTH = 16


def compared(pair: GoldPair) -> Comparison:
    """The two documents, read and compared with the default dials."""
    return compare(
        pdd.read_plan(pair.old_document, year=pair.old_year),
        pdd.read_plan(pair.new_document, year=pair.new_year),
    )


def planddiff_links(pair: GoldPair, comparison: Comparison) -> pd.DataFrame:
    """Links between the documents, as positions of gold items."""
    links = comparison.links[["old_id", "new_id", "confidence"]]
    rows = links.merge(_places(comparison.old, pair.old_items, "old")).merge(
        _places(comparison.new, pair.new_items, "new")
    )
    best = rows.groupby(["old", "new"], as_index=False)["confidence"].max()
    return best.rename(columns={"confidence": "similarity"})


def _places(plan: pdd.Plan, gold: pd.DataFrame, side: str) -> pd.DataFrame:
    """Which gold items stand in which item of the plan, found by how the gold item begins."""
    bodies = [(item, _squeeze(body)) for item, body in plan.items[["item_id", "body"]].values]
    rows = []
    for position, text in enumerate(gold["text"]):
        lead = _squeeze(text)[:LEAD_LENGTH]
        rows += [(item, position) for item, body in bodies if lead in body][:1]
    return pd.DataFrame(rows, columns=[f"{side}_id", side])


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def all_methods(
    pairs: list[GoldPair], comparisons: dict[str, Comparison]
) -> tuple[dict[str, Links], dict[str, str]]:
    """Links of every method by pair, and why a method is missing."""
    methods: dict[str, Links] = {
        "planddiff": {pair.name: planddiff_links(pair, comparisons[pair.name]) for pair in pairs}
    }
    missing = {}
    for name, method in baselines.PLAIN.items():
        methods[name] = {pair.name: method(pair) for pair in pairs}
    for name, rank in baselines.RANKED.items():
        try:
            ranked = {pair.name: rank(pair) for pair in pairs}
        except ImportError as error:
            missing[name] = str(error)
            continue
        for how in ("per pair", "global"):
            methods[f"{name} (best {how})"] = baselines.oracle(ranked, pairs, how)
    return methods, missing


def _stacked(pairs: list[GoldPair], table_of: Callable[[GoldPair], pd.DataFrame]) -> pd.DataFrame:
    table = pd.concat([table_of(pair).assign(document=pair.name) for pair in pairs])
    return table.rename(columns={"old": "old_id", "new": "new_id", "similarity": "confidence"})


def statuses(pairs: list[GoldPair], links: Links) -> pd.DataFrame:
    """Predicted beside gold status by shape; items of weak and contested links left out."""
    rows = []
    for pair in pairs:
        strong = pair.links[pair.links["strength"] == "strong"]
        open_links = pair.links[pair.links["strength"] != "strong"]
        tables = []
        for table in (links[pair.name], strong):
            named = table.assign(
                old_id="old" + table["old"].astype(str), new_id="new" + table["new"].astype(str)
            )[["old_id", "new_id"]]
            old_ids = [f"old{n}" for n in range(len(pair.old_items))]
            new_ids = [f"new{n}" for n in range(len(pair.new_items))]
            tables.append(ev.statuses_from_links(named, old_ids, new_ids))
        ignore = {f"old{n}" for n in open_links["old"]} | {f"new{n}" for n in open_links["new"]}
        outcomes = ev.status_outcomes(tables[0], tables[1], ignore=sorted(ignore))
        rows.append(outcomes.assign(document=pair.name))
    return pd.concat(rows, ignore_index=True)


def quality(pairs: list[GoldPair], links: Links, draws: int) -> dict[str, object]:
    """All figures of one method on some pairs, F1 with its interval."""
    predicted = _stacked(pairs, lambda pair: links[pair.name])
    gold = _stacked(pairs, lambda pair: pair.links)
    outcomes = ev.link_outcomes(predicted, gold)
    scores = ev.score_links(predicted, gold)
    beads = ev.bead_outcomes(predicted, gold)
    items = statuses(pairs, links)
    low, high = ev.bootstrap_interval(outcomes, _f1, draws=draws)
    row = {
        "P": scores["precision"],
        "R": scores["recall"],
        "F1": scores["f1"],
        "interval": f"{low:.2f}-{high:.2f}",
        "strict": ev.bead_scores(beads)["f1"],
        "lax": ev.bead_scores(beads, by="lax")["f1"],
        "split": ev.bead_scores(beads[beads["relation"] == "split"])["f1"],
        "merged": ev.bead_scores(beads[beads["relation"] == "merged"])["f1"],
        "status": ev.macro_f1(items),
        "headline": ev.headline_error(items),
        "decoys": ev.decoy_share(predicted, _stacked(pairs, lambda pair: pair.decoys)),
        "Brier": ev.brier_score(outcomes),
        "ECE": ev.calibration_error(outcomes),
    }
    return row


def _f1(outcomes: pd.DataFrame) -> float:
    count = outcomes["outcome"].value_counts()
    hits = count.get("hit", 0)
    wrong = count.get("false", 0) + count.get("missed", 0)
    return float(2 * hits / (2 * hits + wrong)) if hits else 0.0


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--material", default=MATERIAL, help="folder with gold, series and corpus")
    parser.add_argument("--draws", type=int, default=1000, help="bootstrap draws")
    options = parser.parse_args()
    logging.disable(logging.INFO)
    started = time.perf_counter()
    pairs = [*load_pairs(options.material), *load_coded(options.material)]
    comparisons = {pair.name: compared(pair) for pair in pairs}
    methods, missing = all_methods(pairs, comparisons)
    for group, belongs in GROUPS.items():
        chosen = [pair for pair in pairs if belongs(pair)]
        rows = {name: quality(chosen, links, options.draws) for name, links in methods.items()}
        print(f"\nLinks: {group} ({len(chosen)} pairs)")
        print(pd.DataFrame(rows).T.to_string(float_format="{:.3f}".format))
    for name, reason in missing.items():
        print(f"\n{name} did not run: {reason}")
    series = [pair for pair in pairs if pair.kind == "series"]
    items = status_table(series, comparisons)
    print(f"\nplanddiff, statuses of the example series (macro F1 {ev.macro_f1(items):.3f})")
    print(ev.status_confusion(items).to_string())
    print("\nplanddiff, change axes of the gold links found in the example series")
    print(axis_scores(series, comparisons).to_string(float_format="{:.3f}".format))
    print("\nFields of the example series")
    print(field_scores(options.material).to_string(float_format="{:.3f}".format))
    print(f"\n{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
