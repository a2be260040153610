"""Building a document piece by piece: every reader appends lines and rows, the builder counts."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from planddiff.errors import UnreadableSourceError
from planddiff.log import LogEntry
from planddiff.readers.decoding import Decoded
from planddiff.readers.document import Block, SourceDocument
from planddiff.readers.limits import MAX_CELLS, MAX_CHARACTERS

_WRAP = re.compile(r"(?<=[\u2e80-\uffef])\s*[\r\n]+\s*(?=[\u2e80-\uffef])")


@dataclass(frozen=True)
class Passage:
    """Text not yet placed in a document, with log entries at offsets into it."""

    text: str
    log: tuple[LogEntry, ...] = ()

    def labelled(self, label: str, how: str) -> Passage:
        """Put an automatic list number in front, logged as ``numbering``."""
        entry = LogEntry("numbering", 0, len(label), "", label, f"{how} number {label.strip()}")
        moved = (_moved(known, len(label)) for known in self.log)
        return Passage(label + self.text, (entry, *moved))

    @classmethod
    def joined(cls, parts: Iterable[Passage], separator: str) -> Passage:
        """One passage of several; those without text leave no separator."""
        text, log = "", []
        for part in parts:
            if part.text or part.log:
                text += separator if text else ""
                log += [_moved(entry, len(text)) for entry in part.log]
                text += part.text
        return cls(text, tuple(log))

    @classmethod
    def flat(cls, text: str) -> Passage:
        """A passage of one line: every run of white space becomes a blank."""
        return cls(" ".join(text.split()))

    @classmethod
    def unwrapped(cls, text: str) -> Passage:
        """A passage of one line from wrapped lines: no blank where two wide characters meet."""
        return cls.flat(_WRAP.sub("", text))


@dataclass(frozen=True)
class Cell:
    """A cell of a table with the rows and columns that it covers."""

    passage: Passage
    rows: int = 1
    columns: int = 1


class DocumentBuilder:
    """Collects lines and table rows into one text with blocks and a log."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._pieces: list[str] = []
        self._length = 0
        self._cells = 0
        self._blocks: list[Block] = []
        self._log: list[LogEntry] = []

    def add_text(
        self,
        passage: Passage | str,
        *,
        level: int | None = None,
        page: int | None = None,
        aside: str = "",
    ) -> None:
        """Append a paragraph, one block for each of its lines that is not blank."""
        start = self._place(passage)
        text = passage if isinstance(passage, str) else passage.text
        for begin, end in line_spans(text):
            block = Block(start + begin, start + end, level=level, page=page, aside=aside)
            self._blocks.append(block)
        self._append("\n")

    def add_table(
        self, rows: Iterable[Sequence[Cell]], *, page: int | None = None, aside: str = ""
    ) -> None:
        """Append a table, one block a row; merged cells are repeated as :class:`Block` says."""
        for row in _unmerged(rows, self._name):
            self._add_row(row, page, aside)

    def log_decoding(self, decoded: Decoded) -> None:
        """Take over what decoding logged, each message once: offsets are those of the markup."""
        for entry in {entry.message: entry for entry in decoded.log}.values():
            self._log.append(replace(entry, start=self._length, end=self._length))

    def build(self, data: bytes, media_type: str, encoding: str = "utf-8") -> SourceDocument:
        """Finish: the text, its blocks, and the digest of the bytes it was read from."""
        return SourceDocument(
            text="".join(self._pieces),
            blocks=tuple(self._blocks),
            name=self._name,
            media_type=media_type,
            encoding=encoding,
            sha256=hashlib.sha256(data).hexdigest(),
            log=tuple(self._log),
        )

    def _append(self, piece: str) -> int:
        start = self._length
        self._pieces.append(piece)
        self._length += len(piece)
        if self._length > MAX_CHARACTERS:
            raise UnreadableSourceError(
                f"{self._name!r} holds more than {MAX_CHARACTERS} characters, more than any plan; "
                "give the plan alone"
            )
        return start

    def _place(self, passage: Passage | str) -> int:
        if isinstance(passage, str):
            return self._append(passage)
        start = self._append(passage.text)
        self._log.extend(_moved(entry, start) for entry in passage.log)
        return start

    def _add_row(self, cells: Sequence[Cell], page: int | None, aside: str) -> None:
        start = self._length
        spans: list[tuple[int, int]] = []
        for number, cell in enumerate(cells):
            if number:
                self._append("\t")
            at = self._place(cell.passage)
            spans += [(at, self._length)] * cell.columns
            self._cells += cell.columns
            if self._cells > MAX_CELLS:
                raise _too_many_cells(self._name)
        if any(end > begin for begin, end in spans):
            self._blocks.append(
                Block(start, self._length, cells=tuple(spans), page=page, aside=aside)
            )
        self._append("\n")


def line_spans(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield the spans of the lines of ``text`` that are not blank, without their line ends.

    Examples
    --------
    >>> list(line_spans("一、推进\r\n\r\n二、深化"))
    [(0, 4), (8, 12)]
    """
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.splitlines()[0]
        if body.strip():
            yield at, at + len(body)
        at += len(line)


def _unmerged(rows: Iterable[Sequence[Cell]], name: str) -> Iterator[list[Cell]]:
    """Rows in which cells merged over rows stand in every row that they cover."""
    hanging: dict[int, tuple[Cell, int]] = {}
    for row in rows:
        full: list[Cell] = []
        column = 0
        waiting = deque(row)
        last = max(hanging, default=-1)
        while waiting or column <= last:
            if column in hanging:
                cell, left = hanging.pop(column)
            elif waiting:
                cell = waiting.popleft()
                left = cell.rows
            else:
                cell, left = Cell(Passage("")), 1
            if left > 1:
                hanging[-1 - column] = (cell, left - 1)
            full.append(cell)
            column += cell.columns
            if column > MAX_CELLS:
                raise _too_many_cells(name)
        hanging = {-1 - start: held for start, held in hanging.items()}
        yield full


def _too_many_cells(name: str) -> UnreadableSourceError:
    return UnreadableSourceError(
        f"{name!r} holds a table of more than {MAX_CELLS} cells, more than any plan; "
        "give the plan alone"
    )


def _moved(entry: LogEntry, by: int) -> LogEntry:
    return replace(entry, start=entry.start + by, end=entry.end + by)
