"""Building a document piece by piece: every reader appends lines and rows, the builder counts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from planddiff.log import LogEntry
from planddiff.readers.document import Block, SourceDocument


class DocumentBuilder:
    """Collects lines and table rows into one text with blocks and a log.

    Offsets in the log are those of the text built so far, so a reader logs a line right after
    adding it.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._log: list[LogEntry] = []

    @property
    def is_blank(self) -> bool:
        """Whether no line with content has been added."""
        return not self._blocks

    def _append(self, piece: str) -> int:
        start = self._length
        self._pieces.append(piece)
        self._length += len(piece)
        return start

    def add_text(
        self, text: str, *, level: int | None = None, page: int | None = None, aside: str = ""
    ) -> int:
        """Append a paragraph, one block for each of its lines; return the start offset."""
        start = self._append(text)
        at = start
        for line in text.splitlines(keepends=True):
            body = line.splitlines()[0]
            if body.strip():
                block = Block(at, at + len(body), level=level, page=page, aside=aside)
                self._blocks.append(block)
            at += len(line)
        self._append("\n")
        return start

    def add_row(self, cells: Sequence[str], *, page: int | None = None, aside: str = "") -> int:
        """Append a table row: cells joined by tabs, breaks inside a cell become blanks."""
        start = self._length
        spans: list[tuple[int, int]] = []
        for number, cell in enumerate(cells):
            if number:
                self._append("\t")
            flat = " ".join(cell.split())
            at = self._append(flat)
            spans.append((at, at + len(flat)))
        if any(end > begin for begin, end in spans):
            block = Block(start, self._length, cells=tuple(spans), page=page, aside=aside)
            self._blocks.append(block)
        self._append("\n")
        return start

    def log(
        self, kind: str, start: int, end: int, message: str, *, before: str = "", after: str = ""
    ) -> None:
        """Record what reading did to ``text[start:end]``."""
        self._log.append(LogEntry(kind, start, end, before, after, message))

    def build(
        self, data: bytes, *, name: str, media_type: str, encoding: str = "utf-8"
    ) -> SourceDocument:
        """Finish: the text, its blocks, and the digest of the bytes it was read from."""
        return SourceDocument(
            text="".join(self._pieces),
            blocks=tuple(self._blocks),
            name=name,
            media_type=media_type,
            encoding=encoding,
            sha256=hashlib.sha256(data).hexdigest(),
            log=tuple(self._log),
        )


def text_blocks(text: str) -> tuple[Block, ...]:
    r"""One block for each line of ``text`` that is not blank.

    Examples
    --------
    >>> [(b.start, b.end) for b in text_blocks("一、推进\r\n\r\n二、深化")]
    [(0, 4), (8, 12)]
    """
    return tuple(_line_blocks(text))


def _line_blocks(text: str) -> Iterator[Block]:
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.splitlines()[0]
        if body.strip():
            yield Block(at, at + len(body))
        at += len(line)
