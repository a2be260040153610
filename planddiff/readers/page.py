"""An HTML page as a browser shows it: lines, table rows and list numbers, still unjudged."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from planddiff.log import LogEntry
from planddiff.readers.builder import Cell, Passage
from planddiff.readers.extras import require
from planddiff.readers.list_labels import list_number

Element = Any
"""An lxml element; lxml is optional and has no types."""

_WORDS = re.compile(r"[ \t\r\n\f]+|[^ \t\r\n\f]+")
_NUMBERED = re.compile(
    r"[（(〔\[]?[0-9０-９一二三四五六七八九十百ivxIVX①-⑳]+[）)〕\].．、：:\s]|第.{1,4}[条章节]|[①-⑳]"
)
_LIST_STYLES = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_LARGE_CELL = 500
_MAX_SPAN = 1_000


@dataclass(frozen=True)
class Piece:
    """A line (``passage``) or a table (``rows``) with the element that holds it."""

    element: Element
    passage: Passage
    level: int | None = None
    rows: tuple[tuple[Cell, ...], ...] = ()

    @property
    def letters(self) -> str:
        """The text without white space, by which stretches are compared."""
        texts = [cell.passage.text for row in self.rows for cell in row] or [self.passage.text]
        return "".join("".join(texts).split())


@cache
def elements(display: str) -> frozenset[str]:
    """Tags of ``planddiff/data/html_elements.csv`` shown as a block, as furniture, or unseen."""
    lexicon = files("planddiff") / "data" / "html_elements.csv"
    rows = csv.DictReader(lexicon.read_text(encoding="utf-8").splitlines())
    return frozenset(row["tag"] for row in rows if display in row["display"].split())


class _Line:
    """A line under construction; white space collapses as CSS Text 3 says.

    A line break of the source between two wide characters vanishes, elsewhere white space
    becomes one blank.
    """

    def __init__(self) -> None:
        self._words: list[str] = []
        self._length = 0
        self._gap = ""
        self._log: list[LogEntry] = []

    def add(self, text: str) -> None:
        for match in _WORDS.finditer(text):
            word = match.group()
            if word[0] in " \t\r\n\f":
                self._gap = "\n" if "\n" in word or self._gap == "\n" else " "
                continue
            last = self._words[-1][-1] if self._words else "\n"
            if self._gap and last != "\n":
                wide = last > "\u2e7f" and word[0] > "\u2e7f"
                self._put("" if self._gap == "\n" and wide else " ")
            self._put(word)

    def add_break(self) -> None:
        self._put("\n")

    def add_ruby(self, text: str) -> None:
        message = "the reading set above characters was left out"
        self._log.append(LogEntry("pinyin", self._length, self._length, text, "", message))

    def passage(self) -> Passage:
        return Passage("".join(self._words), tuple(self._log))

    def _put(self, word: str) -> None:
        if word:
            self._words.append(word)
            self._length += len(word)
        self._gap = ""


def render(root: Element) -> list[Piece]:
    """Lines and tables of a page in the order of the text.

    Tables that only lay out the page give the lines of their cells. Nothing is judged here:
    menus, footers and hidden stretches are among the pieces.
    """
    etree = require("lxml.etree", "reading HTML")
    pieces: list[Piece] = []
    line = _Line()
    numbers: dict[Element, int] = {}
    label = ""
    blocks, unseen = elements("block"), elements("unseen")

    def flush(element: Element) -> None:
        nonlocal line, label
        passage = line.passage()
        if passage.text.strip() or passage.log:
            if label and not _NUMBERED.match(passage.text.strip()):
                passage = passage.labelled(label, "HTML list")
            label = ""
            pieces.append(Piece(element, passage, _level(element)))
        line = _Line()

    walker = etree.iterwalk(root, events=("start", "end"))
    skipped: Element = None
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if tag in blocks:
                flush(_holder(element))
            if tag in unseen or tag == "rt" or (tag == "table" and is_data_table(element)):
                if tag == "rt":
                    line.add_ruby("".join(element.itertext()))
                elif tag == "table":
                    for passage in _around_rows(element):
                        pieces.append(Piece(element, passage))
                    pieces.append(Piece(element, Passage(""), rows=tuple(_rows(element))))
                skipped = element
                walker.skip_subtree()
                continue
            if tag == "br":
                line.add_break()
            elif tag == "li":
                label = _label(element, numbers)
            _add(line, element.text, element)
        else:
            if element is skipped:
                skipped = None
            elif tag in blocks:
                flush(element)
            if element is not root:
                _add(line, element.tail, element.getparent())
    flush(root)
    return pieces


def is_data_table(table: Element) -> bool:
    """Whether a table holds rows of data; others only lay out a page.

    A layout table holds other tables, has one column or row, or one cell with most of the text.
    """
    if table.find(".//table") is not None:
        return False
    cells = [list(row.iterchildren("td", "th")) for row in table.iter("tr")]
    wide = [at for at, row in enumerate(cells) if len(row) > 1]
    reach = max((at + _span(cell, "rowspan") for at in wide for cell in cells[at]), default=0)
    if not wide or min(reach, len(cells)) - wide[0] < 2:
        return False
    lengths = [len("".join("".join(cell.itertext()).split())) for row in cells for cell in row]
    return max(lengths) < max(_LARGE_CELL, 0.8 * sum(lengths))


def _rows(table: Element) -> Iterator[tuple[Cell, ...]]:
    for row in table.iter("tr"):
        yield tuple(
            Cell(_cell_text(cell), _span(cell, "rowspan"), _span(cell, "colspan"))
            for cell in row.iterchildren("td", "th")
        )


def _around_rows(table: Element) -> Iterator[Passage]:
    """The caption of a table, and text that stands between its cells by mistake."""
    parts = ["".join(caption.itertext()) for caption in table.iterchildren("caption")]
    parts.append(table.text or "")
    for element in table.iter("caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th"):
        parts.append((element.text or "") if element.tag in {"tbody", "tr"} else "")
        parts.append(element.tail or "")
    return (Passage.flat(part) for part in parts if part.strip())


def _cell_text(cell: Element) -> Passage:
    """Give a cell on one line: what a browser breaks becomes a blank."""
    return Passage.joined(
        (
            Passage(piece.passage.text.replace("\n", " ").strip(), piece.passage.log)
            for piece in render(cell)
        ),
        " ",
    )


def _span(cell: Element, name: str) -> int:
    digits = re.match(r"\s*(\d{1,6})", cell.get(name) or "")
    return min(max(int(digits.group(1)), 1), _MAX_SPAN) if digits else 1


def _add(line: _Line, text: str | None, element: Element) -> None:
    if not text:
        return
    if element is not None and element.tag == "pre":
        for number, part in enumerate(text.splitlines()):
            if number:
                line.add_break()
            line.add(part)
    else:
        line.add(text)


def _holder(element: Element) -> Element:
    parent = element.getparent()
    return element if parent is None else parent


def _level(element: Element) -> int | None:
    while element is not None and element.tag not in elements("block"):
        element = element.getparent()
    tag = "" if element is None else str(element.tag)
    return int(tag[1]) if re.fullmatch("h[1-6]", tag) else None


def _label(item: Element, numbers: dict[Element, int]) -> str:
    """The number that a browser draws before an item of an ordered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    if parent not in numbers:
        numbers[parent] = _integer(parent.get("start"), 1) - 1
    numbers[parent] = _integer(item.get("value"), numbers[parent] + 1)
    style = _LIST_STYLES.get(parent.get("type", "1"), "decimal")
    return f"{list_number(numbers[parent], style)}. "


def _integer(text: str | None, default: int) -> int:
    digits = re.fullmatch(r"\s*(-?\d{1,6})\s*", text or "")
    return int(digits.group(1)) if digits else default
