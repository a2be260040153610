"""An item as the outline finds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class OutlineItem:
    """One item: spans in the canonical text, and the headings above it, outermost first.

    ``part`` is one of ``planddiff.outline.parts.PARTS``; ``cells`` holds the cells of a table row
    by the role of their column.
    """

    start: int
    end: int
    number: tuple[int, int]
    title: tuple[int, int]
    headings: tuple[tuple[int, int], ...]
    section_number: int | None
    section: tuple[int, int] | None
    part: str
    cells: Mapping[str, tuple[int, int]] = field(default_factory=dict)
