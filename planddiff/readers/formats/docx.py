"""Word files (.docx): paragraphs and tables in order, with the numbers that Word prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planddiff.log import LogEntry
from planddiff.readers.archive import ZIP_MAGIC, Archive
from planddiff.readers.builder import Cell, DocumentBuilder, Passage
from planddiff.readers.document import SourceDocument
from planddiff.readers.ooxml import (
    Element,
    child,
    children,
    local,
    number,
    parse_part,
    switched_on,
    value,
)
from planddiff.readers.origin import Raw
from planddiff.readers.registry import Format
from planddiff.readers.word_lists import ListNumbers, Styles

_MAIN = re.compile(r"word/document\d*\.xml")
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_REMOVED = ("del", "moveFrom")


def _recognise(raw: Raw) -> bool:
    return raw.data.startswith(ZIP_MAGIC) and bool(_main_part(Archive(raw.data, raw.name)))


def _main_part(archive: Archive) -> str:
    return next(filter(_MAIN.fullmatch, archive.names), "")


def read_docx(raw: Raw) -> SourceDocument:
    """Read a Word file as it would print with all tracked changes accepted.

    Automatic numbers are written into the text and logged as ``numbering``; deletions that are
    still tracked are left out and logged as ``tracked_change``. Text boxes follow the paragraph
    that anchors them, foot- and endnotes the text, page headers and footers come last, as
    furniture.
    """
    archive = Archive(raw.data, raw.name)
    builder = DocumentBuilder(raw.name)
    story = _Story(archive, builder)
    story.add_blocks(child(parse_part(archive, _main_part(archive)), "body"))
    for part, aside in (("footnotes", "back_matter"), ("endnotes", "back_matter")):
        name = f"word/{part}.xml"
        if name in archive:
            for note in parse_part(archive, name):
                if value(note, "type") in {"", "normal"}:
                    story.add_blocks(note, aside)
    for name in archive.names:
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
            story.add_blocks(parse_part(archive, name), "furniture")
    return builder.build(raw.data, _MEDIA_TYPE)


class _Story:
    """Walks the blocks of one Word file into a builder."""

    def __init__(self, archive: Archive, builder: DocumentBuilder) -> None:
        styles = "word/styles.xml"
        numbering = "word/numbering.xml"
        self._builder = builder
        self._styles = Styles(parse_part(archive, styles) if styles in archive else None)
        self._numbers = ListNumbers(
            parse_part(archive, numbering) if numbering in archive else None, self._styles
        )

    def add_blocks(self, container: Element | None, aside: str = "") -> None:
        """Add every paragraph and table under an element."""
        for block in _blocks(container):
            if local(block) == "tbl":
                self._add_table(block, aside)
            else:
                passage = self._passage(block)
                level = self._styles.level(block)
                why = aside or ("toc" if self._styles.is_contents(block) else "")
                self._builder.add_text(passage, level=level, aside=why)
                for box in _text_boxes(block):
                    self.add_blocks(box, aside)

    def _passage(self, paragraph: Element) -> Passage:
        """Text of a paragraph with its number; a blank one counts and prints nothing."""
        passage = _inline(paragraph)
        label = self._numbers.label(paragraph)
        is_shown = label and passage.text.strip()
        return passage.labelled(label, "Word list") if is_shown else passage

    def _add_table(self, table: Element, aside: str) -> None:
        rows = [_grid_row(row) for row in _rows(table)]
        if all(len(row) == 1 for row in rows):
            for row in rows:
                self.add_blocks(row[0][1], aside)
            return
        heights = _heights(rows)
        self._builder.add_table(
            (
                [
                    Cell(self._cell_text(cell), heights[at, column], _width(cell))
                    for column, cell in row
                    if (at, column) in heights
                ]
                for at, row in enumerate(rows)
            ),
            aside=aside,
        )

    def _cell_text(self, cell: Element) -> Passage:
        """Give a cell on one line: its paragraphs, and those of tables in it, with blanks."""
        parts = []
        for block in _blocks(cell):
            paragraphs = block.iter("{*}p") if local(block) == "tbl" else [block]
            for paragraph in paragraphs:
                passage = _inline(paragraph)
                flat = Passage(" ".join(passage.text.split()), _at_start(passage.log))
                label = self._numbers.label(paragraph)
                parts.append(flat.labelled(label, "Word list") if label else flat)
        return Passage.joined(parts, " ")


def _at_start(log: tuple[LogEntry, ...]) -> tuple[LogEntry, ...]:
    return tuple(
        LogEntry(entry.kind, 0, 0, entry.before, entry.after, entry.message) for entry in log
    )


def _blocks(container: Element | None) -> Iterator[Element]:
    """Paragraphs and tables in order, through content controls and tracked moves."""
    for element in container if container is not None else ():
        name = local(element)
        if name in {"p", "tbl"}:
            yield element
        elif name == "AlternateContent":
            yield from _blocks(child(element, "Choice"))
        elif name not in {*_REMOVED, "sectPr", "tcPr", "tblPr", "sdtPr", "sdtEndPr"}:
            yield from _blocks(element)


def _inline(paragraph: Element) -> Passage:
    """Text of the runs of a paragraph, with tracked insertions and without deletions."""
    text: list[str] = []
    log: list[LogEntry] = []
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            continue
        name = local(element)
        if name == "t":
            text.append(element.text or "")
        elif name in _MARKS:
            text.append(_MARKS[name])
        elif name in _REMOVED:
            gone = "".join(part.text or "" for part in element.iter("{*}delText", "{*}t"))
            at = sum(map(len, text))
            message = "a tracked deletion was left out"
            log.append(LogEntry("tracked_change", at, at, gone, "", message))
        elif name == "rt":
            reading = "".join(part.text or "" for part in element.iter("{*}t"))
            at = sum(map(len, text))
            message = "the reading set above characters was left out"
            log.append(LogEntry("pinyin", at, at, reading, "", message))
        elif name == "r" and switched_on(child(element, "rPr", "vanish")):
            continue
        elif name == "AlternateContent":
            stack.append(iter(children(element, "Choice")))
        elif name not in {"pPr", "rPr", "txbxContent", "instrText", "Fallback"}:
            stack.append(iter(element))
    return Passage("".join(text), tuple(log))


def _text_boxes(paragraph: Element) -> Iterator[Element]:
    """Text boxes that a paragraph anchors, each once, without the copy for old programs."""
    for box in paragraph.iter("{*}txbxContent"):
        above = {local(element) for element in box.iterancestors()}
        if "Fallback" not in above and next(box.iterancestors("{*}p")) is paragraph:
            yield box


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if local(element) == "tr":
            yield element
        elif local(element) in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    for element in row:
        if local(element) == "tc":
            yield element
        elif local(element) in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _cells(element)


def _grid_row(row: Element) -> list[tuple[int, Element]]:
    """Cells of a row with the grid column at which each begins."""
    column = min(max(number(child(row, "trPr", "gridBefore")), 0), 63)
    placed = [(at, row.makeelement("tc")) for at in range(column)]
    for cell in _cells(row):
        placed.append((column, cell))
        column += _width(cell)
    return placed


def _width(cell: Element) -> int:
    return min(max(number(child(cell, "tcPr", "gridSpan"), default=1), 1), 1_000)


def _is_continued(cell: Element) -> bool:
    """Whether a cell belongs to a vertical merge that a cell above it opened."""
    merge = child(cell, "tcPr", "vMerge")
    return merge is not None and value(merge, default="continue") == "continue"


def _heights(rows: list[list[tuple[int, Element]]]) -> dict[tuple[int, int], int]:
    """Rows that each cell covers, by its row and column; continued cells are left out."""
    heights: dict[tuple[int, int], int] = {}
    opened: dict[int, tuple[int, int]] = {}
    for at, row in enumerate(rows):
        for column, cell in row:
            if _is_continued(cell) and column in opened:
                heights[opened[column]] += 1
            else:
                heights[at, column] = 1
                opened[column] = (at, column)
    return heights


FORMAT = Format(
    name="Word",
    extensions=(".docx", ".docm", ".dotx"),
    recognise=_recognise,
    read=read_docx,
    rank=1,
    media_types=(_MEDIA_TYPE,),
)
