"""The fields of one item: who, how much, by when, citing what, on which theme."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from planddiff.fields.agencies import (
    AgencyConvention,
    AgencyMention,
    assign_roles,
    read_agencies,
)
from planddiff.fields.citations import find_citations
from planddiff.fields.deadlines import DeadlineMention, find_deadlines
from planddiff.fields.targets import find_targets
from planddiff.fields.themes import find_themes, themes_of
from planddiff.outline import OutlineItem
from planddiff.plan_metadata import Metadata

Span = tuple[int, int]
_COLUMN_LABELS = {"lead": "牵头单位", "listed": "责任单位", "support": "配合单位"}
_DEADLINE_OPENS = re.compile(r"[(\[【〔]\s*(?:完成时限|时限|完成时间)?[::]?\s*$")
_DEADLINE_CLOSES = re.compile(r"\s*(?:前)?(?:完成|建成|实现)?\s*[)\]】〕]")
_EMPTY_BRACKET = re.compile(r"\s*[(\[【〔]\s*[,;、]?\s*[)\]】〕]")


@dataclass(frozen=True)
class ItemFields:
    """What one item says; mentions by table, with offsets into the canonical text of the item."""

    mentions: Mapping[str, Sequence[Any]]
    lead: list[str]
    support: list[str]
    lead_inferred: bool
    deadline: str
    themes: list[str]
    core: str


def read_fields(
    whole: str,
    item: OutlineItem,
    section: str,
    metadata: Metadata,
    convention: AgencyConvention,
) -> ItemFields:
    """Read the fields of one item of the canonical text ``whole``.

    ``convention`` is what the document says once about the bodies of all its items; bodies that
    it makes responsible for every task are mentions of every task.
    """
    text = whole[item.start : item.end]
    bodies, clauses = _agencies(text, item, metadata.region or None, convention)
    if item.part == "task":
        bodies += tuple(
            replace(each, start=each.start - item.start, end=each.end - item.start)
            for each in convention.standing
        )
    lead, support, inferred = assign_roles(bodies)
    deadlines = find_deadlines(text, year=metadata.year)
    due = item.cells.get("deadline")
    aside = [*clauses, *_columns(item, "number", "section", "deadline", "note")]
    themes = find_themes(text, ignore=aside)
    return ItemFields(
        mentions={
            "agencies": bodies,
            "targets": find_targets(text, year=metadata.year, ignore=aside),
            "citations": find_citations(text),
            "themes": themes,
        },
        lead=lead,
        support=support,
        lead_inferred=inferred,
        deadline=whole[due[0] : due[1]] if due else _deadline(text, deadlines),
        themes=themes_of(themes, section),
        core=_core(text, item.number[1] - item.start, aside, deadlines),
    )


def _columns(item: OutlineItem, *roles: str) -> list[Span]:
    spans = [item.cells[role] for role in roles if role in item.cells]
    return [(start - item.start, end - item.start) for start, end in spans]


def _agencies(
    text: str, item: OutlineItem, region: str | None, convention: AgencyConvention
) -> tuple[tuple[AgencyMention, ...], tuple[Span, ...]]:
    """Responsible bodies: of a table row those in its columns, else those in the text."""
    if not item.cells:
        reading = read_agencies(text, region=region, convention=convention)
        return reading.mentions, reading.clauses
    mentions: list[AgencyMention] = []
    clauses: list[Span] = []
    for role, label in _COLUMN_LABELS.items():
        for start, end in _columns(item, role):
            opened = f"({label}:"
            moved = start - len(opened)
            reading = read_agencies(
                f"{opened}{text[start:end]})", region=region, convention=convention
            )
            mentions += [
                replace(each, start=each.start + moved, end=each.end + moved)
                for each in reading.mentions
            ]
            clauses.append((start, end))
    mentions.sort(key=lambda each: each.start)
    return tuple(mentions), tuple(clauses)


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
    return _EMPTY_BRACKET.sub("", "".join(pieces)).strip(" \t\n|")
