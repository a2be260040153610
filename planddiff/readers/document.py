"""What every reader hands on: one text, and where each stretch of it came from."""

from __future__ import annotations

from dataclasses import dataclass, field

from planddiff.log import LogEntry


@dataclass(frozen=True)
class Block:
    """One stretch ``text[start:end]`` of a document: a line, a paragraph or a table row.

    ``cells`` are the spans of a table row's cells (empty for lines). ``level`` is the heading
    level that the format itself states (Word ``Heading 1``, HTML ``h2``), ``page`` the page it
    stood on. ``aside`` is empty for content, else the ``log_kinds.csv`` word that says why the
    stretch is not content (``furniture``, ``toc`` ...).
    """

    start: int
    end: int
    cells: tuple[tuple[int, int], ...] = ()
    level: int | None = None
    page: int | None = None
    aside: str = ""


@dataclass(frozen=True)
class SourceDocument:
    """A document as text. Blocks are in order, do not overlap, and only white space lies between."""

    text: str
    blocks: tuple[Block, ...]
    name: str
    media_type: str
    encoding: str
    sha256: str
    log: tuple[LogEntry, ...] = field(default=())
