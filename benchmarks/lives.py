"""Initiatives over five years against gold: ``python -m benchmarks.lives``.

Gold initiatives are derived from the gold links twice: along their main line, by the rule that
``track`` itself follows, and as connected components.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

import planddiff as pdd
from benchmarks.gold import MATERIAL
from planddiff import evaluation as ev
from planddiff.tracks.calendar import Calendar
from planddiff.tracks.lineage import Lineages, build_lineages


def gold_lineages(tracks: pdd.Tracks, folder: Path) -> Lineages:
    """Initiatives along the gold links, their shares measured as the matcher measures them."""
    links = pd.read_csv(folder / "gold_links.csv")
    place = {
        (year, ordinal): item
        for year, ordinal, item in zip(
            tracks.items["year"], tracks.items["ordinal"], tracks.items["item_id"], strict=True
        )
    }
    for side in ("old", "new"):
        keys = zip(links[f"{side}_year"], links[f"{side}_item"], strict=True)
        links[f"{side}_id"] = [place[key] for key in keys]
    matcher = tracks.settings["matcher"]
    plans = {plan.year: plan for plan in tracks.plans}
    tables = []
    for (old_year, new_year), part in links.groupby(["old_year", "new_year"]):
        old, new = plans[old_year], plans[new_year]
        pairs = matcher.weigh(old, new)
        for side, plan in (("old", old), ("new", new)):
            ids = matcher.compares(plan)["item_id"].to_numpy(dtype=object)
            pairs[f"{side}_id"] = ids[pairs[side].to_numpy()]
        measures = ["similarity", "confidence", "forward", "backward"]
        weighed = pairs[["old_id", "new_id", *measures]]
        tables.append(part.merge(weighed, on=["old_id", "new_id"], how="left"))
    return build_lineages(tracks.items, pd.concat(tables).fillna({"forward": 0.0, "backward": 0.0,
                          "similarity": 0.0, "confidence": 0.0}))  # fmt: skip


def returns(predicted: pd.DataFrame, gold: pd.DataFrame) -> dict[str, float]:
    """Recall of returned links, and the share of false ones."""
    ours, theirs = (
        {
            pair
            for pair, relation in zip(
                zip(links["old_id"], links["new_id"], strict=True), links["relation"], strict=True
            )
            if relation == "returned"
        }
        for links in (predicted, gold)
    )
    hits = len(ours & theirs)
    return {
        "returned_gold": len(theirs),
        "returned_recall": hits / len(theirs),
        "returned_false": 1 - hits / max(len(ours), 1),
    }


def flags(tracks: pdd.Tracks, gold: Lineages) -> dict[str, float]:
    """Share of gold initiatives found whole whose gaps and censor flags agree with gold."""
    calendar = Calendar.of(tracks.items["year"])
    whole = {frozenset(part): name for name, part in _sets(tracks.members).items()}
    rows = tracks.initiatives.set_index("initiative_id")
    years = gold.members.groupby("initiative_id")["year"].agg(list)
    right = []
    for name, part in _sets(gold.members).items():
        if frozenset(part) in whole:
            row = rows.loc[whole[frozenset(part)]]
            expected = (
                calendar.gaps(years[name]),
                min(years[name]) == calendar.observed[0],
                max(years[name]) == calendar.observed[-1],
            )
            right.append((row["gaps"], row["left_censored"], row["right_censored"]) == expected)
    return {"found_whole": len(right) / len(years), "flags_right": float(np.mean(right))}


def _sets(members: pd.DataFrame) -> dict[str, set[str]]:
    return {str(name): set(ids) for name, ids in members.groupby("initiative_id")["item_id"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("material", nargs="?", default=MATERIAL, type=Path)
    folder = parser.parse_args().material / "series" / "zhejiang"
    tracks = pdd.track(pdd.load_example())
    gold = gold_lineages(tracks, folder)
    scores: dict[str, float] = {}
    for name, pair in {
        "main_line": (tracks.members, gold.members),
        "components": tuple(ev.initiatives_from_links(t) for t in (tracks.links, gold.links)),
    }.items():
        scores |= {f"{name}_b3_{k}": v for k, v in ev.b_cubed(*pair).items()}
        scores |= {f"{name}_merge_{k}": v for k, v in ev.merge_distance(*pair).items()}
    scores |= returns(tracks.links, gold.links) | flags(tracks, gold)
    print(pd.Series(scores).round(3).to_string())


if __name__ == "__main__":
    main()
