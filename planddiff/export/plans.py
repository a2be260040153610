"""Tables of the plans behind a result: their documents, items, and fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from planddiff.plan import Plan

DOCUMENT_COLUMNS = [
    "year", "title", "series_title", "issuer", "region", "level", "date", "document_number",
    "constructed", "unit", "n_items", "characters", "source", "encoding", "sha256",
]  # fmt: skip
ITEM_COLUMNS = [
    "item_id", "year", "ordinal", "number", "section", "title", "part", "lead", "support",
    "deadline", "n_targets", "themes", "start", "end", "fingerprint", "constructed", "body",
]  # fmt: skip


def document_table(plans: Sequence[Plan]) -> pd.DataFrame:
    """One row a document, columns ``DOCUMENT_COLUMNS``."""
    rows: list[dict[str, Any]] = [
        {name: getattr(plan, name) for name in DOCUMENT_COLUMNS if hasattr(plan, name)}
        | {"n_items": len(plan.items), "characters": len(plan.source_text)}
        for plan in plans
    ]
    table = pd.DataFrame(rows, columns=DOCUMENT_COLUMNS)
    return table.astype({"year": "Int64", "constructed": bool})


def item_table(plans: Sequence[Plan]) -> pd.DataFrame:
    """One row an item, columns ``ITEM_COLUMNS``."""
    tables = [plan.items.assign(constructed=plan.constructed) for plan in plans]
    return pd.concat(tables, ignore_index=True)[ITEM_COLUMNS]


def field_table(plans: Sequence[Plan], name: str) -> pd.DataFrame:
    """One long table (``agencies``, ``targets`` ...) over all plans, in their order."""
    tables: list[pd.DataFrame] = [getattr(plan, name) for plan in plans]
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else tables[0]


def with_titles(pairs: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Pairs of item ids with the titles of both items behind the ids."""
    titles = dict(zip(items["item_id"], items["title"], strict=True))
    table = pairs.copy()
    for place, side in ((2, "old"), (3, "new")):
        shown = [titles.get(each, "") for each in pairs[f"{side}_id"]]
        table.insert(place, f"{side}_title", pd.Series(shown, index=pairs.index, dtype=object))
    return table
