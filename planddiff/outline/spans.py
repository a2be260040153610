"""A paragraph of the canonical text, as the outline works on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Segment:
    """One paragraph of content, ``text[start:end]`` of the canonical text."""

    start: int
    end: int
    level: int | None = None
    cells: tuple[tuple[int, int], ...] = ()
