"""The tables of a plan: items, and the fields found in them, each with its offsets."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from planddiff.fields.agencies import assign_roles, read_agencies
from planddiff.fields.citations import find_citations
from planddiff.fields.deadlines import DeadlineMention, find_deadlines
from planddiff.fields.targets import find_targets
from planddiff.fields.themes import find_themes, tag_item
from planddiff.normalize import Canonical
from planddiff.outline import Outline, OutlineItem
from planddiff.plan_metadata import Metadata

ITEM_COLUMNS = [
    "item_id", "year", "issuer", "ordinal", "number", "section_number", "section", "path", "title",
    "body", "part", "lead", "support", "lead_inferred", "deadline", "n_targets", "themes", "start",
    "end", "fingerprint", "text", "core",
]  # fmt: skip
AGENCY_COLUMNS = [
    "item_id", "agency", "role", "kind", "open_ended", "start", "end", "as_written",
]  # fmt: skip
TARGET_COLUMNS = [
    "item_id", "value", "upper", "unit", "comparator", "base", "object", "scope", "flow",
    "deadline", "reported", "start", "end", "as_written",
]  # fmt: skip
CITATION_COLUMNS = ["item_id", "title", "document_number", "start", "end", "as_written"]
THEME_COLUMNS = ["item_id", "theme", "term", "role", "start", "end", "as_written"]

_DEADLINE_OPENS = re.compile(r"[(\[【〔]\s*(?:完成时限|时限|完成时间)?[::]?\s*$")
_DEADLINE_CLOSES = re.compile(r"\s*(?:前)?(?:完成|建成|实现)?\s*[)\]】〕]")
_TAIL_BRACKET = re.compile(r"\s*[(\[【〔]\s*[,;、]?\s*[)\]】〕]")


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
    rows: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("items", "agencies", "targets", "citations", "themes")
    }
    for ordinal, item in enumerate(outline.items, start=1):
        _add(rows, canonical, item, source, metadata, f"{key}-{ordinal:03d}", ordinal)
    items = pd.DataFrame(rows["items"], columns=ITEM_COLUMNS)
    items = items.astype({"section_number": "Int64", "year": "Int64"})
    return Tables(
        items,
        pd.DataFrame(rows["agencies"], columns=AGENCY_COLUMNS),
        pd.DataFrame(rows["targets"], columns=TARGET_COLUMNS),
        pd.DataFrame(rows["citations"], columns=CITATION_COLUMNS),
        pd.DataFrame(rows["themes"], columns=THEME_COLUMNS),
    )


def _add(
    rows: dict[str, list[dict[str, Any]]],
    canonical: Canonical,
    item: OutlineItem,
    source: str,
    metadata: Metadata,
    item_id: str,
    ordinal: int,
) -> None:
    start, end = canonical.source_span(item.start, item.end)
    text = canonical.text[item.start : item.end]
    unnumbered = canonical.text[item.number[1] : item.end].strip()
    section = _printed(canonical, source, item.section)
    reading = read_agencies(text, region=metadata.region or None)
    clauses = reading.clauses
    lead, support, inferred = assign_roles(reading.mentions)
    deadlines = find_deadlines(text, year=metadata.year)
    targets = find_targets(text, year=metadata.year, ignore=clauses)
    themes = find_themes(text, ignore=clauses)

    def where(mention: Any) -> dict[str, Any]:
        first, last = canonical.source_span(item.start + mention.start, item.start + mention.end)
        return {"item_id": item_id, "start": first, "end": last, "as_written": source[first:last]}

    for name, mentions in (
        ("agencies", reading.mentions),
        ("targets", targets),
        ("citations", find_citations(text)),
        ("themes", themes),
    ):
        rows[name].extend({**asdict(mention), **where(mention)} for mention in mentions)
    rows["items"].append(
        {
            "item_id": item_id,
            "year": metadata.year,
            "issuer": metadata.issuer,
            "ordinal": ordinal,
            "number": _printed(canonical, source, item.number),
            "section_number": item.section_number,
            "section": section,
            "path": " > ".join(_printed(canonical, source, span) for span in item.headings),
            "title": _printed(canonical, source, item.title),
            "body": source[start:end],
            "part": item.part,
            "lead": lead,
            "support": support,
            "lead_inferred": inferred,
            "deadline": _deadline(text, deadlines),
            "n_targets": len(targets),
            "themes": tag_item(text, section=section, ignore=clauses),
            "start": start,
            "end": end,
            "fingerprint": fingerprint(unnumbered),
            "text": text,
            "core": _core(text, item.number[1] - item.start, clauses, deadlines),
        }
    )


def _printed(canonical: Canonical, source: str, span: tuple[int, int] | None) -> str:
    """The source text of a span as printed, hard line breaks removed."""
    if span is None or span[1] <= span[0]:
        return ""
    start, end = canonical.source_span(*span)
    return re.sub(r"\s*[\r\n]+\s*", "", source[start:end]).strip()


def _deadline(text: str, deadlines: Sequence[DeadlineMention]) -> str:
    """When the whole item is due: a date in a bracket of its own, else the last date to meet."""
    due = [mention for mention in deadlines if mention.kind == "by"]
    own = [mention for mention in due if _bracket_around(text, mention) is not None]
    return (own or due)[-1].as_written if due else ""


def _bracket_around(text: str, mention: DeadlineMention) -> tuple[int, int] | None:
    """The span of the bracket that holds the deadline and no more, if there is one."""
    opened = _DEADLINE_OPENS.search(text, max(mention.start - 12, 0), mention.start)
    closed = _DEADLINE_CLOSES.match(text, mention.end)
    return (opened.start(), closed.end()) if opened and closed else None


def _core(
    text: str, number: int, clauses: Sequence[tuple[int, int]], deadlines: Sequence[DeadlineMention]
) -> str:
    """The body without number, responsibility clauses and the bracket of the deadline."""
    brackets = [_bracket_around(text, mention) for mention in deadlines]
    cut = [(0, number), *clauses, *(span for span in brackets if span is not None)]
    pieces = []
    at = 0
    for start, end in sorted(cut):
        pieces.append(text[at : max(start, at)])
        at = max(at, end)
    pieces.append(text[at:])
    return _TAIL_BRACKET.sub("", "".join(pieces)).strip()
