"""Which nodes of the tree are the items: the finest level that carries tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from planddiff.outline.marks import FINE
from planddiff.outline.spans import Segment
from planddiff.outline.tree import Node, lead_sentence

_LIST_LEAD = re.compile(r"[:：]$")
_SENTENCE = re.compile(r"[。！!；;]")
_LED = re.compile(r"[^，,。；;：:！!]{4,20}。.{20}")
_MIN_PARAGRAPH = 25
"""Characters below which an unnumbered paragraph is a salutation or a lead-in, not a task."""
_LONGEST_TASK = 1500
"""Characters beyond which a numbered stretch of running paragraphs is a chapter, not a task."""
_OWN_LINE = re.compile(r"[(\[【〔〈]|(?:牵头|责任|配合|负责|完成)\S{0,6}[:：]")


@dataclass(frozen=True)
class Unit:
    """One item, ``text[start:end]`` of the canonical text; ``path`` holds the headings above it.

    ``leads_in`` says that it opens a section whose tasks follow in paragraphs of their own.
    """

    start: int
    end: int
    number: tuple[int, int]
    title: tuple[int, int]
    path: tuple[Node, ...]
    node: Node | None
    leads_in: bool = False


def choose_unit(text: str, roots: Sequence[Node]) -> str:
    """``paragraph`` for prose, ``numbered`` for a plan whose numbers reach down to the tasks.

    Prose is a document most of whose text stands in numbered sections of three or more
    paragraphs that have no number of their own.
    """
    prose = total = 0
    for node in _leaves(text, roots):
        length = node.end - node.start
        total += length
        if is_prose(text, _unnumbered(node)):
            prose += length
    return "paragraph" if prose * 2 > total else "numbered"


def is_prose(text: str, segments: Sequence[Segment]) -> bool:
    """Whether these are paragraphs of running text: three of some length, or two with leads."""
    paragraphs = [each for each in segments if _is_paragraph(text, each)]
    led = [each for each in paragraphs if _LED.match(text, each.start, each.end)]
    return len(paragraphs) >= 3 or (len(paragraphs) == len(led) == 2)


def _unnumbered(node: Node) -> list[Segment]:
    """The paragraphs of a leaf behind its first that carry no number or only 一是 or a dash."""
    prosaic = ("dash", "bullet", "cn_is", "cn_di", "bare")
    inner = [each for child in node.children if child.style in prosaic for each in child.segments]
    return [*node.segments[1:], *inner]


def numbered_units(text: str, roots: Sequence[Node], path: tuple[Node, ...] = ()) -> Iterator[Unit]:
    """The leaves of the tree, enumerations inside a task left with it."""
    for place, node in enumerate(roots):
        inner = _task_children(text, node)
        if inner:
            below = (*path, node)
            if is_prose(text, node.segments[1:]):
                for segment in node.segments[1:]:
                    yield from _paragraph(text, segment, below)
            yield from numbered_units(text, inner, below)
            continue
        if node.end - node.start > _LONGEST_TASK and is_prose(text, _unnumbered(node)):
            yield from paragraph_units(text, (), [node], path)
            continue
        if _is_label(text, node, node.end):
            continue
        segments = node.segments
        if place == len(roots) - 1 and _closes_section(text, roots):
            segments = segments[:1]
        end = segments[-1].end if segments is not node.segments else node.end
        yield _unit(node, node.start, end, path)


def paragraph_units(
    text: str, preamble: Sequence[Segment], roots: Sequence[Node], path: tuple[Node, ...] = ()
) -> Iterator[Unit]:
    """One item a paragraph; a heading that stands alone on its line is none."""
    for segment in preamble:
        yield from _paragraph(text, segment, path)
    for node in roots:
        inner = (*path, node)
        if not is_heading_only(text, node) and not _is_label(text, node, node.segments[0].end):
            opening = _unit(node, node.start, node.segments[0].end, path)
            yield replace(opening, leads_in=_leads_in(text, node))
        for segment in node.segments[1:]:
            yield from _paragraph(text, segment, inner)
        yield from paragraph_units(text, (), node.children, inner)


def _is_label(text: str, node: Node, end: int) -> bool:
    """Whether a line without a number says nothing: a button, a caption, a name."""
    unnumbered = node.mark is not None and not node.mark.value and node.style != "box"
    return unnumbered and _SENTENCE.search(text, node.start, end) is None


def _leads_in(text: str, node: Node) -> bool:
    """Whether the first paragraph introduces two or more longer ones that say what is to be done.

    The paragraphs that follow are those of the section itself, or numbered below it.
    """
    lengths = [each.end - each.start for each in node.segments[1:] if _is_paragraph(text, each)]
    lengths += [child.end - child.start for child in node.children]
    first = node.segments[0].end - node.segments[0].start
    return len(lengths) >= 2 and first < sum(lengths) / len(lengths)


def is_heading_only(text: str, node: Node) -> bool:
    """Whether the first paragraph is a heading and no more."""
    first = node.segments[0]
    rest = text[node.title[1] : first.end].strip(" 。；;：:")
    has_body = len(node.segments) > 1 or bool(node.children)
    return not rest and has_body and node.title[1] - node.title[0] <= 60


def _paragraph(text: str, segment: Segment, path: tuple[Node, ...]) -> Iterator[Unit]:
    if _is_paragraph(text, segment):
        start = segment.start
        title = lead_sentence(text, start, segment.end)
        yield Unit(start, segment.end, (start, start), title, path, None)


def _is_paragraph(text: str, segment: Segment) -> bool:
    """Whether a stretch is text of its own and no salutation, lead-in, menu or caption."""
    length = segment.end - segment.start
    if length < _MIN_PARAGRAPH or _SENTENCE.search(text, segment.start, segment.end) is None:
        return False
    return length >= 80 or _LIST_LEAD.search(text, segment.end - 1, segment.end) is None


def _unit(node: Node, start: int, end: int, path: tuple[Node, ...]) -> Unit:
    length = node.mark.length if node.mark else 0
    return Unit(start, end, (node.start, node.start + length), node.title, path, node)


def _leaves(text: str, roots: Sequence[Node]) -> Iterator[Node]:
    for node in roots:
        inner = _task_children(text, node)
        if inner:
            yield from _leaves(text, inner)
        else:
            yield node


def _task_children(text: str, node: Node) -> list[Node]:
    """The children that are tasks or hold tasks; none if they only enumerate."""
    children = [child for child in node.children if child.style != "box"]
    if not children or node.style == "tiao":
        return []
    lengths = [child.end - child.start for child in children]
    lead = text[node.title[1] : node.segments[0].end].strip("。 ") + "".join(
        text[each.start : each.end] for each in node.segments[1:]
    )
    style = children[0].style
    if style in FINE:
        promoted = node.depth == 0 or style.startswith("ar")
        leads_in = not lead.strip() or (len(lead) < 60 and _LIST_LEAD.search(lead.strip()))
        is_task = promoted and leads_in and median(lengths) >= 40 and len(lengths) >= 2
        return children if is_task else []
    ends = [text[child.end - 1] for child in children[:-1]]
    if ends and sum(end in "；;" for end in ends) * 2 > len(ends):
        return []
    if median(lengths) < 25 and _LIST_LEAD.search(lead.strip() or "."):
        return []
    return children


def _closes_section(text: str, siblings: Sequence[Node]) -> bool:
    """Whether what follows the last item, of many that are one paragraph each, is no part of it."""
    last = siblings[-1]
    if len(siblings) < 3 or len(last.segments) != 2 or last.children:
        return False
    if any(len(each.segments) > 1 or each.children for each in siblings[:-1]):
        return False
    return _OWN_LINE.match(text, last.segments[1].start) is None


_CLAUSE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*")


def clause_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences and semicolon clauses of ``text[start:end]``; brackets stay with the last."""
    spans: list[tuple[int, int]] = []
    for hit in _CLAUSE.finditer(text, start, end):
        if spans and (len(hit[0].strip()) < 6 or hit[0].lstrip()[:1] in "(【[)】]”"):
            spans[-1] = (spans[-1][0], hit.end())
        elif hit[0].strip():
            spans.append((hit.start(), hit.end()))
    return spans or [(start, end)]
