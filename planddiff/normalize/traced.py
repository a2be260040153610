"""Text that knows where each of its characters came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from planddiff.log import LogEntry

Offsets = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Edit:
    """Replace ``text[start:end]`` by ``replacement``; each new character comes from all of it."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, eq=False)
class Traced:
    """A text whose character ``i`` came from ``source[starts[i]:ends[i]]``."""

    text: str
    starts: Offsets
    ends: Offsets

    @classmethod
    def of(cls, text: str) -> Traced:
        """A source text, each character coming from itself."""
        starts = np.arange(len(text), dtype=np.int64)
        return cls(text, starts, starts + 1)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the source ``text[start:end]`` came from; an empty span gives an empty one."""
        if end <= start:
            at = int(self.starts[start]) if start < len(self.starts) else self.source_end
            return at, at
        return int(self.starts[start]), int(self.ends[end - 1])

    @property
    def source_end(self) -> int:
        """The end in the source of the last character."""
        return int(self.ends[-1]) if len(self.ends) else 0

    def position(self, source_offset: int) -> int:
        """The first character that came from ``source_offset`` or after it."""
        return int(np.searchsorted(self.starts, source_offset, side="left"))

    def edited(self, edits: Sequence[Edit]) -> Traced:
        """The text with all edits made; they are in order and do not overlap."""
        if not edits:
            return self
        pieces: list[str] = []
        starts: list[Offsets] = []
        ends: list[Offsets] = []
        at = 0
        for edit in edits:
            pieces.append(self.text[at : edit.start])
            starts.append(self.starts[at : edit.start])
            ends.append(self.ends[at : edit.start])
            if edit.replacement:
                first, last = self.source_span(edit.start, edit.end)
                pieces.append(edit.replacement)
                starts.append(np.full(len(edit.replacement), first, dtype=np.int64))
                ends.append(np.full(len(edit.replacement), last, dtype=np.int64))
            at = edit.end
        pieces.append(self.text[at:])
        starts.append(self.starts[at:])
        ends.append(self.ends[at:])
        return Traced("".join(pieces), np.concatenate(starts), np.concatenate(ends))


@dataclass(frozen=True)
class Line:
    """One logical paragraph ``canonical.text[start:end]`` (no line feed in it) or one table row.

    ``cells`` are spans in the canonical text, ``level`` is the heading level that the format
    states.
    """

    start: int
    end: int
    cells: tuple[tuple[int, int], ...] = ()
    level: int | None = None


@dataclass(frozen=True)
class Aside:
    """A stretch of the source that is not content; ``kind`` is a word of ``log_kinds.csv``."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, eq=False)
class Canonical(Traced):
    """The canonical text: one paragraph a line, with its lines, what was set aside, and the log."""

    lines: tuple[Line, ...] = ()
    asides: tuple[Aside, ...] = ()
    log: tuple[LogEntry, ...] = field(default=())


def joined(parts: Iterable[Traced]) -> Traced:
    """Texts one after the other."""
    pieces = list(parts)
    if not pieces:
        return Traced.of("")
    return Traced(
        "".join(piece.text for piece in pieces),
        np.concatenate([piece.starts for piece in pieces]),
        np.concatenate([piece.ends for piece in pieces]),
    )
