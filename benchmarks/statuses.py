"""planddiff's own statuses and change axes against what the coders of the example series noted.

Baselines give no such words, so these figures stand alone. Gold has no word for ``persisted`` and
``changed``: it follows from the coded axes by the rule that the comparison documents.
"""

from __future__ import annotations

import pandas as pd

from benchmarks.gold import GoldPair
from planddiff import evaluation as ev
from planddiff.comparison import Comparison

AXES = {
    "wording": "wording",
    "target_change": "target_change",
    "lead_change": "lead_changed",
    "moved": "moved_section",
}


def axis_scores(pairs: list[GoldPair], comparisons: dict[str, Comparison]) -> pd.DataFrame:
    """Agreement on every axis, over the gold links that planddiff found.

    ``macro_f1`` is over the words that gold uses, so that rare ones count as much as common ones.
    """
    links = pd.concat([_judged(pair, comparisons[pair.name]) for pair in pairs])
    rows = {}
    for group, chosen in (("1:1", links[links["gold_relation"] == "continued"]), ("all", links)):
        for axis, column in AXES.items():
            both = pd.DataFrame({"predicted": chosen[axis], "gold": chosen[f"gold_{column}"]})
            agreed = float((both["predicted"] == both["gold"]).mean())
            rows[axis, group] = {
                "links": len(both),
                "agreement": agreed,
                "macro_f1": ev.macro_f1(both),
            }
    return pd.DataFrame(rows).T


def status_table(pairs: list[GoldPair], comparisons: dict[str, Comparison]) -> pd.DataFrame:
    """Gold status beside that of ``Comparison.items``, one row per item."""
    rows = []
    for pair in pairs:
        beads = ev.find_beads(pair.links.rename(columns={"old": "old_id", "new": "new_id"}))
        changed = {
            (link.old, link.new): _changed(link._asdict())
            for link in pair.links.itertuples(index=False)
        }
        gold = {("old", n): "dropped" for n in range(len(pair.old_items))}
        gold |= {("new", n): "new" for n in range(len(pair.new_items))}
        for bead in beads.itertuples():
            word = bead.relation
            if word == "continued":
                one = changed[bead.old_ids[0], bead.new_ids[0]]
                word = "changed" if one else "persisted"
            gold |= {("old", n): word for n in bead.old_ids}
            gold |= {("new", n): word for n in bead.new_ids}
        items = comparisons[pair.name].items
        for side, ordinal, status in items[["side", "ordinal", "status"]].values:
            rows.append((pair.name, side, ordinal, gold[side, ordinal - 1], status))
    return pd.DataFrame(rows, columns=["document", "side", "item_id", "gold", "predicted"])


def _changed(link: dict[str, object]) -> bool:
    return (
        link["wording"] == "substantive"
        or link["target_change"] != "none"
        or link["lead_changed"] == "yes"
    )


def _judged(pair: GoldPair, comparison: Comparison) -> pd.DataFrame:
    links = comparison.links.assign(
        old=comparison.links["old_ordinal"] - 1,
        new=comparison.links["new_ordinal"] - 1,
        moved=comparison.links["moved"].map({True: "yes", False: "no"}),
    )
    gold = pair.links[["old", "new", "relation", *AXES.values()]]
    gold = gold.rename(columns={name: f"gold_{name}" for name in gold.columns[2:]})
    return links.merge(gold, on=["old", "new"])
