"""The way from a source document to its canonical text."""

from __future__ import annotations

import numpy as np

from planddiff.log import LogEntry
from planddiff.normalize.characters import fold, repair
from planddiff.normalize.furniture import furniture_kinds
from planddiff.normalize.paragraphs import continues, hidden_breaks, is_indent, width_of, wrap_width
from planddiff.normalize.traced import Aside, Canonical, Line, Traced, joined
from planddiff.readers.document import Block, SourceDocument


def canonicalize(document: SourceDocument) -> Canonical:
    r"""The canonical text of a document: one logical paragraph or table row a line.

    Widths are folded (``（`` to ``(``, ``，`` to ``,``, ``１`` to ``1``); ``。、“”《》【】—…①`` are
    kept. Radical code points and lost plus signs are repaired, invisible characters dropped, hard
    wraps joined, glued paragraphs parted; page furniture and tables of contents are set aside.
    Every step is in ``log``, and ``source_span`` leads from any stretch back to the source.

    Examples
    --------
    >>> from planddiff.readers import document_from_text
    >>> canonicalize(document_from_text("一、推进“互联网 ”制造。\\n（省经信委）")).text
    '一、推进“互联网+”制造。\\n(省经信委)'
    """
    log = list(document.log)
    folded = repair(fold(document.text, log), log)
    spans = [_Stretch.of(block, folded) for block in _parted(document, log)]
    stretches = [stretch for stretch in spans if stretch.end > stretch.start]
    kinds = furniture_kinds(
        [folded.text[s.start : s.end] for s in stretches], [s.block.aside for s in stretches]
    )
    asides = []
    content: list[_Stretch] = []
    for stretch, kind in zip(stretches, kinds, strict=True):
        if not kind:
            content.append(stretch)
            continue
        start, end = folded.source_span(stretch.start, stretch.end)
        asides.append(Aside(start, end, kind))
        log.append(LogEntry(kind, start, end, document.text[start:end], "", "set aside"))
    return _assembled(folded, _paragraphs(document.text, folded, content, log), asides, log)


class _Stretch:
    """A block in the folded text, stripped of blanks."""

    __slots__ = ("block", "end", "start")

    def __init__(self, block: Block, start: int, end: int) -> None:
        self.block, self.start, self.end = block, start, end

    @classmethod
    def of(cls, block: Block, folded: Traced) -> _Stretch:
        start, end = folded.position(block.start), folded.position(block.end)
        text = folded.text[start:end]
        return cls(
            block,
            start + len(text) - len(text.lstrip()),
            max(end - len(text) + len(text.rstrip()), start),
        )


def _parted(document: SourceDocument, log: list[LogEntry]) -> list[Block]:
    """The blocks, those that hold several lines parted."""
    blocks = []
    for block in document.blocks:
        at = block.start
        gaps = [] if block.cells else hidden_breaks(document.text, block.start, block.end)
        for start, end in gaps:
            blocks.append(Block(at, start, (), block.level, block.page, block.aside))
            before = document.text[start:end]
            log.append(LogEntry("split_paragraph", start, end, before, "\n", "glued paragraphs"))
            at = end
        blocks.append(Block(at, block.end, block.cells, block.level, block.page, block.aside))
    return blocks


def _paragraphs(
    source: str, folded: Traced, content: list[_Stretch], log: list[LogEntry]
) -> list[list[_Stretch]]:
    widths = [
        0
        if each.block.cells
        else width_of(source[slice(*folded.source_span(each.start, each.end))])
        for each in content
    ]
    wrap = wrap_width(widths)
    paragraphs: list[list[_Stretch]] = []
    for place, stretch in enumerate(content):
        before = content[place - 1] if place else None
        if (
            before is not None
            and not before.block.cells
            and not stretch.block.cells
            and before.block.level == stretch.block.level
            and _is_bold(source, before) == _is_bold(source, stretch)
            and not is_indent(source[before.block.end : stretch.block.start])
            and continues(
                folded.text[before.start : before.end],
                folded.text[stretch.start : stretch.end],
                widths[place - 1],
                wrap,
                first=len(paragraphs[-1]) == 1,
                soft="\n" not in folded.text[before.end : stretch.start],
            )
        ):
            paragraphs[-1].append(stretch)
            start, end = folded.source_span(before.end, stretch.start)
            log.append(LogEntry("joined_lines", start, end, "\n", "", "a break inside a sentence"))
        else:
            paragraphs.append([stretch])
    return paragraphs


def _is_bold(source: str, stretch: _Stretch) -> bool:
    """Whether the whole line is bold in Markdown: a heading, which no paragraph goes on with."""
    return source[stretch.block.start : stretch.block.end].strip().endswith("**")


def _assembled(
    folded: Traced,
    paragraphs: list[list[_Stretch]],
    asides: list[Aside],
    log: list[LogEntry],
) -> Canonical:
    pieces: list[Traced] = []
    lines: list[Line] = []
    length = 0
    for paragraph in paragraphs:
        first = paragraph[0]
        if pieces:
            at = int(folded.starts[first.start])
            feed = np.array([at], dtype=np.int64)
            pieces.append(Traced("\n", feed, feed))
            length += 1
        begin = length
        for stretch in paragraph:
            pieces.append(
                Traced(
                    folded.text[stretch.start : stretch.end],
                    folded.starts[stretch.start : stretch.end],
                    folded.ends[stretch.start : stretch.end],
                )
            )
            length += stretch.end - stretch.start
        cells = tuple(
            (
                begin + max(folded.position(cell_start) - first.start, 0),
                begin + max(min(folded.position(cell_end), first.end) - first.start, 0),
            )
            for cell_start, cell_end in first.block.cells
        )
        lines.append(Line(begin, length, cells, first.block.level))
    whole = joined(pieces)
    return Canonical(whole.text, whole.starts, whole.ends, tuple(lines), tuple(asides), tuple(log))
