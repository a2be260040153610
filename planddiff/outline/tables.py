"""Task tables: rows of cells, of tab- or bar-separated lines, or of cells flattened to lines."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from planddiff.outline.spans import Segment

Span = tuple[int, int]
_BAR = re.compile(r"[^|\t]*[|\t][^|\t]*(?:[|\t][^|\t]*)+")
_RULE = re.compile(r"[\s|:+-]+")
_ORDINAL = re.compile(r"\d{1,3}")


@dataclass(frozen=True)
class TableItem:
    """One task of a table: its rows ``start:end``, and the cells by role of their column."""

    start: int
    end: int
    cells: Mapping[str, Span]
    section: Span | None


@cache
def _roles() -> dict[str, str]:
    with (files("planddiff") / "data" / "table_columns.csv").open(encoding="utf-8") as file:
        return {row["word"]: row["role"] for row in csv.DictReader(file)}


def find_tables(text: str, segments: Sequence[Segment]) -> tuple[list[TableItem], list[Segment]]:
    r"""The tasks of all task tables, and the paragraphs that belong to no such table.

    A task table has a header row that names a column of tasks or measures and another column.
    A row with one filled cell is a section row; a row without number and task goes on with the
    task above it (cells merged downwards).

    Examples
    --------
    >>> text = "序号|重点任务|责任单位\n1|建设园区|市经信局\\n2|培育企业|市科技局"
    >>> rows = [Segment(0, 12), Segment(13, 24), Segment(25, 36)]
    >>> items, rest = find_tables(text, rows)
    >>> [text[slice(*item.cells["title"])] for item in items], rest
    (['建设园区', '培育企业'], [])
    """
    items: list[TableItem] = []
    rest: list[Segment] = []
    roles: tuple[str, ...] = ()
    section: Span | None = None
    place = 0
    while place < len(segments):
        flat = _flattened(text, segments, place)
        if flat is not None:
            items.extend(flat[0])
            place = flat[1]
            continue
        segment = segments[place]
        place += 1
        cells = _cells(text, segment, len(roles))
        header = _header(text, cells) if cells else None
        if header is not None:
            roles, section = header, None
        elif cells is None and roles and _is_section_line(text, segments, place - 1):
            section = (segment.start, segment.end)
        elif cells is None or not roles:
            roles = ()
            rest.append(segment)
        elif _is_section_row(text, cells):
            section = next(span for span in cells if span[1] > span[0])
        else:
            named = _named(cells, roles)
            section = named.get("section", section)
            if {"title", "measures"} & set(named):
                items.append(TableItem(segment.start, segment.end, named, section))
    return _merged(items), rest


def _cells(text: str, segment: Segment, expected: int = 0) -> list[Span] | None:
    """The spans of the cells of a row, ``None`` where the paragraph is no row.

    Bars at either end are the border of the table unless that leaves fewer than ``expected``.
    """
    if segment.cells:
        return [_strip(text, start, end) for start, end in segment.cells]
    if _BAR.fullmatch(text, segment.start, segment.end) is None:
        return None
    sign = "\t" if "\t" in text[segment.start : segment.end] else "|"
    spans: list[Span] = []
    at = segment.start
    for piece in text[segment.start : segment.end].split(sign):
        spans.append(_strip(text, at, at + len(piece)))
        at += len(piece) + 1
    if sign == "|" and len(spans) > expected:
        first = 1 if text[segment.start] == "|" else 0
        last = 1 if text[segment.end - 1] == "|" else 0
        spans = spans[first : len(spans) - last]
    return spans


def _strip(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return (start + left, max(end - len(piece) + len(piece.rstrip()), start + left))


def _role(name: str) -> str:
    bare = re.sub(r"[\s\d()年:]|及.*$|和.*$|与.*$", "", name)
    return _roles().get(bare, "")


def _header(text: str, cells: Sequence[Span]) -> tuple[str, ...] | None:
    roles = tuple(_role(text[start:end]) for start, end in cells)
    named = [role for role in roles if role]
    if len(set(named)) < 2 or len(named) * 2 < len(roles):
        return None
    return roles if {"title", "measures"} & set(named) else None


def _is_section_line(text: str, segments: Sequence[Segment], place: int) -> bool:
    """Whether a short paragraph between header or rows and another row names a section."""
    line = text[segments[place].start : segments[place].end]
    is_name = len(line) <= 40 and not line.endswith(("。", ";", "；"))
    return is_name and place + 1 < len(segments) and _cells(text, segments[place + 1]) is not None


def _is_section_row(text: str, cells: Sequence[Span]) -> bool:
    """Whether a row says one thing across all its columns."""
    return len(cells) > 1 and len({text[a:b] for a, b in cells if b > a}) == 1


def _named(cells: Sequence[Span], roles: Sequence[str]) -> dict[str, Span]:
    named: dict[str, Span] = {}
    for role, span in zip(roles, cells, strict=False):
        if role and span[1] > span[0]:
            named.setdefault(role, span)
    return named


def _merged(items: Sequence[TableItem]) -> list[TableItem]:
    """The tasks, rows that only go on with the one above joined to it."""
    merged: list[TableItem] = []
    for item in items:
        goes_on = (
            merged
            and "title" in merged[-1].cells
            and not {"title", "number"} & set(item.cells)
            and item.section == merged[-1].section
        )
        if goes_on:
            before = merged[-1]
            cells = {**item.cells, **before.cells}
            merged[-1] = TableItem(before.start, item.end, cells, before.section)
        else:
            merged.append(item)
    return merged


def _flattened(
    text: str, segments: Sequence[Segment], place: int
) -> tuple[list[TableItem], int] | None:
    """A table whose cells stand on lines of their own, from its header at ``place`` on."""
    roles: list[str] = []
    at = place
    while at < len(segments) and not segments[at].cells:
        role = _role(text[segments[at].start : segments[at].end])
        if not role:
            break
        roles.append(role)
        at += 1
    if len(roles) < 3 or roles[0] != "number" or not {"title", "measures"} & set(roles):
        return None
    ends = _row_ends(text, segments, at)
    items: list[TableItem] = []
    section = (segments[ends[0] - 1].start, segments[ends[0] - 1].end) if ends[0] > at else None
    for first, stop in pairwise(ends):
        cells = [(each.start, each.end) for each in segments[first:stop]]
        if len(cells) < 2:
            continue
        upcoming = cells.pop() if _names_section(text, cells[-1]) else None
        named = _assigned(cells, roles)
        items.append(TableItem(cells[0][0], cells[-1][1], named, section))
        section = upcoming or section
    return (items, ends[-1]) if items else None


def _row_ends(text: str, segments: Sequence[Segment], at: int) -> list[int]:
    """Where the rows begin, by their running numbers, and where the last one ends."""
    starts: list[int] = []
    for place in range(at, len(segments)):
        line = text[segments[place].start : segments[place].end]
        if _ORDINAL.fullmatch(line) and int(line) == len(starts) + 1:
            starts.append(place)
    if not starts:
        return [at]
    usual = max((b - a for a, b in pairwise(starts)), default=len(segments) - starts[-1])
    return [*starts, min(starts[-1] + usual, len(segments))]


def _names_section(text: str, span: Span) -> bool:
    return (
        re.match(
            r"[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]", text[span[0] :]
        )
        is not None
    )


def _assigned(cells: Sequence[Span], roles: Sequence[str]) -> dict[str, Span]:
    """Cells to roles in order; lines too many belong to the column of measures, or of tasks."""
    spare = len(cells) - len(roles)
    wide = roles.index("measures") if "measures" in roles else roles.index("title")
    named: dict[str, Span] = {}
    at = 0
    for column, role in enumerate(roles):
        take = 1 + (max(spare, 0) if column == wide else 0)
        taken = cells[at : at + take]
        at += take
        if taken:
            named.setdefault(role, (taken[0][0], taken[-1][1]))
    return named
