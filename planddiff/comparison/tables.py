"""The tables of a comparison as they are handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from planddiff.export.codebook import run_codebook
from planddiff.export.plans import document_table, field_table, item_table, with_titles
from planddiff.review.doubts import doubtful_pairs

if TYPE_CHECKING:
    from planddiff.comparison.comparison import Comparison


def comparison_tables(comparison: Comparison) -> dict[str, pd.DataFrame]:
    """Tables by name, titles beside ids; ``codebook`` explains every column."""
    plans = (comparison.old, comparison.new)
    known = comparison.items[["item_id", "side", "status", "partners"]]
    items = known.merge(item_table(plans), on="item_id", how="left", validate="one_to_one")
    first = ["side", "item_id", "ordinal", "title", "status", "partners"]
    items = items[[*first, *(name for name in items.columns if name not in first)]]
    doubts = doubtful_pairs(comparison.candidates, comparison.matcher)
    tables = {
        "summary": comparison.summary().reset_index(),
        "documents": document_table(plans),
        "items": items,
        "links": with_titles(comparison.links, items),
        "decisions": comparison.decisions,
        "needs_review": with_titles(doubts, items),
        "targets": field_table(plans, "targets"),
        "agencies": field_table(plans, "agencies"),
    }
    return {**tables, "codebook": run_codebook(tables, comparison.dials())}
