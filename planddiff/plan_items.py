"""The tables of a plan: items, and the fields found in them, each with its offsets."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from planddiff.fields.agencies import document_convention
from planddiff.normalize import Canonical
from planddiff.outline import Outline, OutlineItem
from planddiff.plan_fields import read_fields
from planddiff.plan_metadata import Metadata

ITEM_COLUMNS = [
    "item_id", "year", "issuer", "ordinal", "number", "section_number", "section", "path", "title",
    "body", "part", "lead", "support", "lead_inferred", "deadline", "n_targets", "themes", "start",
    "end", "fingerprint", "text", "core",
]  # fmt: skip
AGENCY_COLUMNS = [
    "item_id", "name", "agency", "role", "kind", "open_ended", "start", "end", "as_written",
]  # fmt: skip
TARGET_COLUMNS = [
    "item_id", "value", "upper", "unit", "comparator", "base", "object", "scope", "flow",
    "deadline", "reported", "start", "end", "as_written",
]  # fmt: skip
CITATION_COLUMNS = ["item_id", "title", "document_number", "start", "end", "as_written"]
THEME_COLUMNS = ["item_id", "theme", "term", "role", "start", "end", "as_written"]


_TYPES = {
    "ordinal": "int64", "n_targets": "int64", "start": "int64", "end": "int64", "value": "float64",
    "upper": "float64", "lead_inferred": "bool", "open_ended": "bool", "reported": "bool",
    "section_number": "Int64", "year": "Int64",
}  # fmt: skip
"""Columns that are no text; an empty table has the same types as a full one."""

_LISTS = ("lead", "support", "themes")
_PLACED = ("item_id", "start", "end", "as_written")
_COLUMNS = {
    "items": ITEM_COLUMNS,
    "agencies": AGENCY_COLUMNS,
    "targets": TARGET_COLUMNS,
    "citations": CITATION_COLUMNS,
    "themes": THEME_COLUMNS,
}


@dataclass(frozen=True)
class Tables:
    """The tables of one plan."""

    items: pd.DataFrame
    agencies: pd.DataFrame
    targets: pd.DataFrame
    citations: pd.DataFrame
    theme_hits: pd.DataFrame


def fingerprint(text: str) -> str:
    """Digest of a body without its number, blanks and width variants.

    Renumbering, wrapping and re-reading leave it equal.

    Examples
    --------
    >>> fingerprint("推进 智慧物流。") == fingerprint("推进智慧物流。")
    True
    """
    return hashlib.blake2b(re.sub(r"\s", "", text).encode(), digest_size=8).hexdigest()


def build_tables(
    canonical: Canonical, outline: Outline, source: str, metadata: Metadata, key: str
) -> Tables:
    """Read the fields of every item and put all into tables; ``key`` begins each ``item_id``."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in _COLUMNS}
    convention = document_convention(canonical.text, region=metadata.region or None)
    for ordinal, item in enumerate(outline.items, start=1):
        section = _printed(canonical, source, item.section)
        fields = read_fields(canonical.text, item, section, metadata, convention)
        item_id = f"{key}-{ordinal:03d}"
        for name, mentions in fields.mentions.items():
            rows[name] += _mention_rows(canonical, source, item, item_id, mentions, _COLUMNS[name])
        rows["items"].append(
            {
                "item_id": item_id,
                "year": metadata.year,
                "issuer": metadata.issuer,
                "ordinal": ordinal,
                "section": section,
                **_printed_parts(canonical, source, item),
                "lead": fields.lead,
                "support": fields.support,
                "lead_inferred": fields.lead_inferred,
                "deadline": fields.deadline,
                "n_targets": len(fields.mentions["targets"]),
                "themes": fields.themes,
                "core": fields.core,
            }
        )
    return Tables(*(_typed(rows[name], columns) for name, columns in _COLUMNS.items()))


def _typed(rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    """One array a column, each of its type from the start."""
    text = pd.Series(["text"]).dtype
    types = {**dict.fromkeys(columns, text), **dict.fromkeys(_LISTS, object), **_TYPES}
    arrays = {name: _array([row[name] for row in rows], types[name]) for name in columns}
    return pd.DataFrame(arrays, copy=False)


def _array(values: list[Any], dtype: Any) -> Any:
    if pd.api.types.is_object_dtype(dtype):
        return np.fromiter(values, dtype=object, count=len(values))
    return pd.array(values, dtype=dtype)


def _mention_rows(
    canonical: Canonical,
    source: str,
    item: OutlineItem,
    item_id: str,
    mentions: Iterable[Any],
    columns: list[str],
) -> Iterator[dict[str, Any]]:
    told = [column for column in columns if column not in _PLACED]
    for mention in mentions:
        start, end = canonical.source_span(item.start + mention.start, item.start + mention.end)
        row = {column: getattr(mention, column) for column in told}
        yield {
            **row, "item_id": item_id, "start": start, "end": end, "as_written": source[start:end],
        }  # fmt: skip


def _printed_parts(canonical: Canonical, source: str, item: OutlineItem) -> dict[str, Any]:
    start, end = canonical.source_span(item.start, item.end)
    return {
        "number": _printed(canonical, source, item.number),
        "section_number": item.section_number,
        "path": " > ".join(_printed(canonical, source, span) for span in item.headings),
        "title": _printed(canonical, source, item.title),
        "body": source[start:end],
        "part": item.part,
        "start": start,
        "end": end,
        "fingerprint": fingerprint(canonical.text[item.number[1] : item.end]),
        "text": canonical.text[item.start : item.end],
    }


def _printed(canonical: Canonical, source: str, span: tuple[int, int] | None) -> str:
    """The source text of a span as printed, hard line breaks removed."""
    if span is None or span[1] <= span[0]:
        return ""
    start, end = canonical.source_span(*span)
    return re.sub(r"\s*[\r\n]+\s*", "", source[start:end]).strip()
