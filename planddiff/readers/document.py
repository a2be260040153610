"""What every reader hands on: one text, and where each stretch of it came from."""

from __future__ import annotations

from dataclasses import dataclass, field

from planddiff.log import LogEntry


@dataclass(frozen=True)
class Block:
    """One stretch ``text[start:end]`` of a document: a line, a paragraph or a table row.

    ``cells`` are the spans of a table row's cells (empty for lines). A row is complete in
    itself: a cell merged over rows is written into each of them, and one merged over columns is
    written once and its span repeated, so a section row has one distinct span. ``level`` is the
    heading level that the format itself states (Word ``Heading 1``, HTML ``h2``), ``page`` the
    page it stood on. ``aside`` is empty for content, else the ``log_kinds.csv`` word that says
    why the stretch is not content (``furniture``, ``toc`` ...).
    """

    start: int
    end: int
    cells: tuple[tuple[int, int], ...] = ()
    level: int | None = None
    page: int | None = None
    aside: str = ""


@dataclass(frozen=True)
class SourceDocument:
    """A document as text; blocks are in order and apart, with only white space between them.

    Stretches whose block has an ``aside`` are not in ``log``: whoever reads the blocks logs them.
    """

    text: str
    blocks: tuple[Block, ...]
    name: str
    media_type: str
    encoding: str
    sha256: str
    log: tuple[LogEntry, ...] = field(default=())
