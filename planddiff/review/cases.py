"""What a review shows: pairs with their texts, redline and evidence, the most doubtful first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from planddiff.evidence import PIECES
from planddiff.review.doubts import doubtful_pairs

if TYPE_CHECKING:
    from planddiff.comparison import Comparison

Case = dict[str, Any]
_SHUFFLE = 20


def review_cases(
    comparisons: Sequence[Comparison], *, blind: bool
) -> tuple[list[Case], dict[str, list[Case]]]:
    """Pairs to review, and the new items that another link may lead to.

    Parameters
    ----------
    comparisons : sequence of Comparison
    blind : bool
        Leave out all that the machine thinks, and put the pairs in an order that tells nothing.

    Returns
    -------
    list of dict, dict of str to list of dict
        The cases: doubtful pairs first, those nearest to the threshold at the head, then all
        other links from the least to the most confident. The new items by document.
    """
    tables, shown = [], {}
    options: dict[str, list[Case]] = {}
    for each in comparisons:
        document = f"{each.old.year}-{each.new.year}"
        table = _queue(each).assign(document=document)
        tables.append(table)
        news = _sides(each, "new")
        options[document] = [
            news[item] for item in each.items.loc[each.items["side"] == "new", "item_id"]
        ]
        olds = _sides(each, "old")
        for row in table.to_dict("records"):
            pair = (row["old_id"], row["new_id"])
            shown[pair] = {
                "document": document,
                **olds[pair[0]],
                **news[pair[1]],
                "redline": [list(run) for run in each.redline(*pair).runs],
            }
            if not blind:
                shown[pair] |= {
                    "doubt": row["doubt"],
                    "linked": bool(row["linked"]),
                    "confidence": float(row["confidence"]),
                    "evidence": _evidence(each, row),
                }
    queue = pd.concat(tables, ignore_index=True)
    queue = queue.sort_values(["rest", "order"], kind="stable", ignore_index=True)
    if blind:
        queue = queue.iloc[np.random.default_rng(_SHUFFLE).permutation(len(queue))]
    cases = [shown[pair] for pair in zip(queue["old_id"], queue["new_id"], strict=True)]
    return cases, options


def _queue(comparison: Comparison) -> pd.DataFrame:
    """Rows of the candidates to look at, with ``doubt``, ``rest`` and ``order``."""
    pairs, matcher = comparison.candidates, comparison.matcher
    doubts = doubtful_pairs(pairs, matcher)[["old_id", "new_id", "doubt"]]
    table = pairs.merge(doubts, on=["old_id", "new_id"], how="left")
    table["doubt"] = table["doubt"].fillna("")
    wanted = table["linked"] | (table["doubt"] != "") | (table["decision"] != "")
    table = table[wanted].assign(rest=lambda found: found["doubt"] == "")
    distance = (table["confidence"] - matcher.threshold).abs()
    return table.assign(order=table["confidence"].where(table["rest"], distance))


def _sides(comparison: Comparison, side: str) -> dict[str, Case]:
    plan = comparison.old if side == "old" else comparison.new
    columns = ["item_id", "fingerprint", "year", "ordinal", "title", "body"]
    return {
        item: {
            f"{side}_fingerprint": fingerprint,
            f"{side}_year": int(year) if pd.notna(year) else "",
            f"{side}_ordinal": int(ordinal),
            f"{side}_title": title,
            f"{side}_text": body,
            f"{side}_constructed": plan.constructed,
        }
        for item, fingerprint, year, ordinal, title, body in plan.items[columns].itertuples(
            index=False, name=None
        )
    }


def _evidence(comparison: Comparison, row: dict[Any, Any]) -> list[list[Any]]:
    weights = comparison.matcher.weights.weights
    rows = [
        [name, float(row[name]), float(row[name]) * weight, PIECES.get(name, "")]
        for name, weight in weights.items()
    ]
    return sorted(rows, key=lambda each: (-abs(each[2]), each[0]))
