"""Rows of task tables among the other items, under the headings they stand under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planddiff.outline.item import OutlineItem
from planddiff.outline.marks import read_mark
from planddiff.outline.parts import part_of
from planddiff.outline.tables import TableItem
from planddiff.outline.tree import Node, lead_sentence


def with_rows(
    text: str, items: Sequence[OutlineItem], rows: Sequence[TableItem], roots: Sequence[Node]
) -> list[OutlineItem]:
    """All items in order of the text.

    A heading whose only content is a table is no item, and an item ends where a table begins.
    """
    if not rows:
        return list(items)
    firsts = [row.start for row in rows]
    kept = []
    for item in items:
        inside = [at for at in firsts if item.start < at < item.end]
        end = len(text[item.start : inside[0]].rstrip()) + item.start if inside else item.end
        kept.append(replace(item, end=end))
    tasks = {item.start for item in kept if not _is_bare(text, item)}
    paths = [path for path in _paths(roots) if path[-1].start not in tasks]
    sections: dict[tuple[int, int] | None, int] = {}
    for row in rows:
        above = next((path for path in reversed(paths) if path[-1].start < row.start), ())
        if row.section is not None:
            sections.setdefault(row.section, len(sections) + 1)
        kept.append(_item(text, row, above, sections.get(row.section)))
    kept.sort(key=lambda item: (item.start, item.end))
    following = [*kept[1:], None]
    return [
        item
        for item, after in zip(kept, following, strict=True)
        if item.cells or after is None or not after.cells or not _is_bare(text, item)
    ]


def _is_bare(text: str, item: OutlineItem) -> bool:
    """Whether an item is a heading and no more."""
    return not text[item.title[1] : item.end].strip("。;:：. ")


def _paths(roots: Sequence[Node], above: tuple[Node, ...] = ()) -> list[tuple[Node, ...]]:
    paths = []
    for node in roots:
        paths.append((*above, node))
        paths.extend(_paths(node.children, (*above, node)))
    return paths


def _item(text: str, row: TableItem, above: tuple[Node, ...], counted: int | None) -> OutlineItem:
    named = row.cells.get("title") or row.cells["measures"]
    mark = read_mark(text, *named)
    begin = named[0] + (mark.width if mark else 0)
    title = lead_sentence(text, begin, named[1])
    number = row.cells.get("number")
    if number is None and mark is not None:
        number = (named[0], named[0] + mark.length)
    headings = [(node.start, node.title[1]) for node in above]
    section: tuple[int, int] | None = above[0].title if above else None
    section_number = above[0].mark.value or None if above and above[0].mark else None
    if row.section is not None:
        headings.append(row.section)
        own = read_mark(text, *row.section)
        section = (row.section[0] + (own.width if own else 0), row.section[1])
        section_number = own.value if own and own.value else counted
    names = [text[node.title[0] : node.title[1]] for node in above]
    if section is not None:
        names.append(text[section[0] : section[1]])
    return OutlineItem(
        row.start,
        row.end,
        number or (row.start, row.start),
        title,
        tuple(headings),
        section_number,
        section,
        part_of(names, text[title[0] : title[1]]),
        row.cells,
    )
