"""From a canonical text to its items, and what every paragraph of it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from planddiff.errors import InvalidInputError
from planddiff.log import LogEntry
from planddiff.normalize import Canonical
from planddiff.outline.course import parts_of
from planddiff.outline.doubts import numbering_doubts
from planddiff.outline.glued import part_glued
from planddiff.outline.item import OutlineItem
from planddiff.outline.marks import RANKS
from planddiff.outline.regions import Regions, find_regions, is_attachment_heading
from planddiff.outline.rows import with_rows
from planddiff.outline.spans import Segment
from planddiff.outline.tables import TableItem, find_tables
from planddiff.outline.tree import Node, Tree, build_tree, lead_sentence
from planddiff.outline.units import (
    Unit,
    choose_unit,
    clause_spans,
    is_prose,
    numbered_units,
    paragraph_units,
)

UNITS = ("auto", "numbered", "paragraph", "clause")


@dataclass(frozen=True)
class Stretch:
    """What ``canonical.text[start:end]`` is: item, heading, text, front_matter or back_matter."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Outline:
    """The items of a document and what every paragraph is; ``levels`` are its styles in order."""

    items: tuple[OutlineItem, ...]
    stretches: tuple[Stretch, ...]
    unit: str
    levels: tuple[str, ...]
    regions: Regions
    log: tuple[LogEntry, ...]


def read_outline(canonical: Canonical, unit: str = "auto") -> Outline:
    """Infer the heading tree of a document and choose its items.

    Parameters
    ----------
    canonical : Canonical
        The canonical text with its lines.
    unit : {"auto", "numbered", "paragraph", "clause"}
        ``numbered`` takes the finest numbered level that carries tasks, ``paragraph`` one item a
        paragraph, ``clause`` one item a sentence or numbered clause; ``auto`` chooses between the
        first two by the shape of the document.
    """
    if unit not in UNITS:
        raise InvalidInputError(f"unit is one of {', '.join(UNITS)}, not {unit!r}")
    text = canonical.text
    segments = part_glued(
        text, [Segment(line.start, line.end, line.level, line.cells) for line in canonical.lines]
    )
    regions = find_regions(text, segments)
    rows, body = find_tables(text, segments[regions.front : regions.back])
    main, attached = _attachments(text, body, rows)
    tree = build_tree(text, main)
    chosen = choose_unit(text, tree.roots) if unit in ("auto", "clause") else unit
    if not tree.roots and unit == "auto":
        chosen = "paragraph"
    units = list(_units(text, tree, chosen))
    items = [_item(unit, part) for unit, part in zip(units, parts_of(text, units), strict=True)]
    roots, misfits = list(tree.roots), list(tree.misfits)
    if attached:
        annex = build_tree(text, attached)
        items += [_item(unit, "attachment") for unit in _units(text, annex, chosen)]
        roots += annex.roots
        misfits += annex.misfits
    items = with_rows(text, items, rows, roots)
    if regions.hands_out and not roots and not rows:
        items = []
    if unit == "clause":
        items = [piece for item in items for piece in _clauses(text, item)]
        chosen = "clause"
    return Outline(
        tuple(items),
        tuple(_stretches(segments, regions, items, roots)),
        chosen,
        _levels(roots),
        regions,
        tuple(numbering_doubts(canonical, roots, misfits)),
    )


def _units(text: str, tree: Tree, unit: str) -> Iterator[Unit]:
    if unit == "numbered":
        return numbered_units(text, tree.roots)
    preamble = tree.preamble if is_prose(text, tree.preamble) else ()
    return paragraph_units(text, preamble, tree.roots)


def _attachments(
    text: str, body: list[Segment], rows: Sequence[TableItem]
) -> tuple[list[Segment], list[Segment]]:
    """The plan and what is attached to it; a plan that is itself the attachment is the plan."""
    sizes = [(each.start, each.end - each.start) for each in body]
    sizes += [(row.start, row.end - row.start) for row in rows]
    for place, segment in enumerate(body):
        if is_attachment_heading(text[segment.start : segment.end]):
            before = sum(size for start, size in sizes if start < segment.start)
            if 4 * before > sum(size for _, size in sizes):
                return body[:place], body[place:]
    return body, []


def _item(unit: Unit, part: str) -> OutlineItem:
    top = unit.path[0] if unit.path else _section_of_its_own(unit.node)
    number = top.mark.value or None if top and top.mark else None
    spans = tuple((node.start, node.title[1]) for node in unit.path)
    section = top.title if top else None
    return OutlineItem(unit.start, unit.end, unit.number, unit.title, spans, number, section, part)


def _section_of_its_own(node: Node | None) -> Node | None:
    """A top heading whose text is one item is the section of that item."""
    coarse = node is not None and RANKS[node.style] <= RANKS["cn_dun"] and node.style != "tiao"
    return node if coarse else None


def _clauses(text: str, item: OutlineItem) -> Iterator[OutlineItem]:
    for start, end in clause_spans(text, item.start, item.end):
        begin = max(start, item.number[1]) if start <= item.number[0] < end else start
        number = item.number if start <= item.number[0] < end else (start, start)
        yield replace(
            item, start=start, end=end, number=number, title=lead_sentence(text, begin, end)
        )


def _stretches(
    segments: Sequence[Segment], regions: Regions, items: Sequence[OutlineItem], roots: list[Node]
) -> Iterator[Stretch]:
    headings = {node.start for root in roots for node in root.walk()}
    headings |= {start for item in items for start, _ in item.headings}
    first = min((item.start for item in items), default=None)
    top = min(headings, default=first)
    lead = min((at for at in (first, top) if at is not None), default=None)
    at = 0
    for place, segment in enumerate(segments):
        while at < len(items) and items[at].end <= segment.start:
            at += 1
        if at < len(items) and items[at].start < segment.end and segment.start < items[at].end:
            label = "item"
        elif place < regions.front or lead is None or segment.start < lead:
            label = "front_matter"
        elif place >= regions.back:
            label = "back_matter"
        elif segment.start in headings:
            label = "heading"
        else:
            label = "text"
        yield Stretch(segment.start, segment.end, label)


def _levels(roots: Sequence[Node]) -> tuple[str, ...]:
    depth: dict[str, int] = {}
    for root in roots:
        for node in root.walk():
            depth[node.style] = min(depth.get(node.style, 99), node.depth)
    return tuple(sorted(depth, key=lambda style: (depth[style], style)))
