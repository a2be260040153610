"""The heading tree: every stretch of the content under the heading it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from planddiff.outline.levels import Nesting, plausible
from planddiff.outline.marks import Mark, read_mark
from planddiff.outline.spans import Segment
from planddiff.outline.words import alternatives

_SENTENCE_END = re.compile(r"[。！？!?]|；|;(?=\s|$)")
_SALUTATION = re.compile(r"(?:各位(?:代表|委员|同志)|同志们)[,，:：!！。]\s*")
_TITLE_TRIM = " \t。；;：:，,、"
_NAME = re.compile(r"(?![图表]\s?\d)(?:20\d\d年)?[“《]?[\u4e00-\u9fff]")
_SECTION = re.compile(rf".*(?:{alternatives('section')})")
_BARE_END = re.compile(r"[。；;，,：:！？!?、…)）]$")


@dataclass
class Node:
    """A heading or numbered paragraph with what stands under it.

    ``segments`` are its own paragraphs, the one with its number first; ``title`` is a span of the
    canonical text.
    """

    mark: Mark | None
    segments: list[Segment]
    title: tuple[int, int]
    depth: int
    children: list[Node] = field(default_factory=list)

    @property
    def style(self) -> str:
        """The style of its number; ``bare`` for a heading without one."""
        return self.mark.style if self.mark else "bare"

    @property
    def start(self) -> int:
        """Where its number begins."""
        return self.segments[0].start

    @property
    def end(self) -> int:
        """Where the last paragraph under it ends."""
        return max([self.segments[-1].end, *(child.end for child in self.children[-1:])])

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


def lead_sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the lead sentence of ``text[start:end]``, without salutation and closing mark.

    Examples
    --------
    >>> lead_sentence("推进智慧物流。加快平台建设。", 0, 14)
    (0, 6)
    """
    salutation = _SALUTATION.match(text, start, end)
    if salutation and salutation.end() < end:
        start = salutation.end()
    stop = _SENTENCE_END.search(text, start, end)
    last = stop.start() if stop else end
    while last > start and text[last - 1] in _TITLE_TRIM:
        last -= 1
    return start, last


@dataclass(frozen=True)
class Tree:
    """The tree of a text: paragraphs before the first heading, top nodes, and misfits.

    ``misfits`` are paragraphs that begin with a number which fits no run.
    """

    preamble: tuple[Segment, ...]
    roots: tuple[Node, ...]
    misfits: tuple[Segment, ...]


def build_tree(text: str, segments: Sequence[Segment]) -> Tree:
    """Put every paragraph under the heading it stands under."""
    read = [read_mark(text, each.start, each.end) for each in segments]
    marks = plausible(read)
    misfits = [
        segment
        for segment, before, after in zip(segments, read, marks, strict=True)
        if before is not None and after is None and before.style != "ar_blank"
    ]
    for place, style in _bare_headings(text, segments, marks):
        marks[place] = Mark(style, 0, 0, 0)
    real = [mark for mark in marks if mark is not None]
    depths = iter(Nesting(real).depths(real))
    preamble: list[Segment] = []
    roots: list[Node] = []
    open_nodes: list[Node] = []
    for segment, mark in zip(segments, marks, strict=True):
        if mark is None:
            (open_nodes[-1].segments if open_nodes else preamble).append(segment)
            continue
        title = lead_sentence(text, segment.start + mark.width, segment.end)
        node = Node(mark, [segment], title, next(depths))
        del open_nodes[node.depth :]
        (open_nodes[-1].children if open_nodes else roots).append(node)
        open_nodes.append(node)
    return Tree(tuple(preamble), tuple(roots), tuple(misfits))


def _bare_headings(
    text: str, segments: Sequence[Segment], marks: Sequence[Mark | None]
) -> list[tuple[int, str]]:
    """Headings without a number, each with its style.

    Those are lines that the format calls headings (``h1`` to ``h6``), and short lines without a
    closing mark, each between longer paragraphs (``bare``). The title of the document is none.
    """
    found = []
    first = next((place for place, mark in enumerate(marks) if mark is not None), None)
    levels = [each.level for each in segments if each.level is not None]
    title = min(levels) if levels and levels.count(min(levels)) == 1 else None
    for place, segment in enumerate(segments):
        if marks[place] is not None or segment.cells:
            continue
        if place < (first or 0) and not _SECTION.fullmatch(text, segment.start, segment.end):
            continue
        if segment.level is not None:
            if first is not None or segment.level != title:
                found.append((place, f"h{min(max(segment.level, 1), 6)}"))
        elif place + 1 < len(segments) and _stands_alone(text, segments, marks, place):
            found.append((place, "bare"))
    return found


def _stands_alone(
    text: str, segments: Sequence[Segment], marks: Sequence[Mark | None], place: int
) -> bool:
    """Whether a short line opens what follows and closes nothing before it."""
    segment, following = segments[place], segments[place + 1]
    line = text[segment.start : segment.end]
    if len(line) > 32 or _BARE_END.search(line) or not _NAME.match(line):
        return False
    if following.end - following.start < 40 and marks[place + 1] is None:
        return False
    if place == 0 or marks[place - 1] is not None:
        return True
    if place == 1 and segments[0].end - segments[0].start <= 40:
        return True
    return _BARE_END.search(text, segments[place - 1].end - 1, segments[place - 1].end) is not None
