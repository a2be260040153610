"""What the table of documents says of one plan, and what of it is to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planddiff.corpus.kinds import kind_of
from planddiff.plan import Plan

_UNKNOWN = {
    "issuer": "who issued the document is not stated; give it in a table of sources",
    "region": "the place is not known; give it in a table of sources",
    "kind": "the title names no kind of document; give it in a table of sources",
}


def document_facts(
    plan: Plan, given: Mapping[str, Any], doubts: Mapping[str, str]
) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """One row of the table of documents, and its doubts as column, value, message.

    Parameters
    ----------
    plan : Plan
    given : mapping
        What the researcher said beforehand, by column.
    doubts : mapping
        Doubts of reading, by column.
    """
    row: dict[str, Any] = {
        "issuer": plan.issuer,
        "region": plan.region,
        "level": plan.level,
        "province": "",
        "year": plan.year,
        "kind": given.get("kind") or kind_of(plan.title),
        "title": plan.title,
        "series_title": plan.series_title,
        "unit": plan.unit,
        "n_items": len(plan.items),
        "constructed": plan.constructed,
        "sha256": plan.sha256,
    }
    asked = [name for name in ("issuer", "region", "year", "kind") if name not in given]
    row["inferred"] = ";".join(name for name in asked if row[name])
    found = {**doubts, **{name: _UNKNOWN[name] for name in _UNKNOWN if not row[name]}}
    return row, [(name, str(row[name] or ""), found[name]) for name in sorted(found)]
