"""Numbers that are missing, repeated, out of order, or no item numbers at all: kept and logged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planddiff.log import LogEntry
from planddiff.normalize import Canonical
from planddiff.outline.marks import FINE
from planddiff.outline.spans import Segment
from planddiff.outline.tree import Node


def numbering_doubts(
    canonical: Canonical, roots: Sequence[Node], misfits: Sequence[Segment]
) -> Iterator[LogEntry]:
    """A row for each number that does not follow the one before it in its style."""
    last: dict[str, tuple[int, ...]] = {}
    for root in roots:
        for node in root.walk():
            mark = node.mark
            if mark is None or not mark.value or mark.style in FINE or mark.style == "box":
                continue
            before = last.get(mark.style, (*mark.parents, 0))
            current = (*mark.parents, mark.value)
            last[mark.style] = current
            follows = mark.value == 1 or current == (*before[:-1], before[-1] + 1)
            if follows:
                continue
            printed = canonical.text[node.start : node.start + mark.length]
            if current == before:
                what = "is repeated"
            elif current > before and current[:-1] == before[:-1]:
                what = f"follows {before[-1]}: a number between is missing"
            else:
                what = f"follows {before[-1]}: out of order"
            start, end = canonical.source_span(node.start, node.start + mark.length)
            yield LogEntry("numbering_doubt", start, end, printed, printed, f"{printed} {what}")
    for segment in misfits:
        start, end = canonical.source_span(segment.start, min(segment.end, segment.start + 12))
        printed = canonical.text[segment.start : segment.start + 12]
        yield LogEntry(
            "structure_doubt",
            start,
            end,
            printed,
            printed,
            "a number that fits no run was left text",
        )
