"""Lines from placed characters: programs draw the pieces of a line in any order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_SAME_LINE = 0.5
_DRAWN_TWICE = 0.2
_GAP = {True: 0.15, False: 0.3}
"""Gaps, in sizes, that are a blank: between two ASCII characters, and beside a wide one.

Programs put a quarter of the size between Chinese and Latin characters; no blank is meant by it.
"""


@dataclass(frozen=True)
class Glyph:
    """A character with its origin on the base line, its right edge and its size, in points."""

    character: str
    x: float
    y: float
    right: float
    size: float

    @property
    def centre(self) -> tuple[float, float]:
        """A point well inside the character."""
        return (self.x + self.right) / 2, self.y + self.size / 4


def glyph_lines(glyphs: Iterable[Glyph]) -> list[str]:
    """Write the lines of glyphs that come in the order in which a page draws them.

    A line ends where the base line changes; within a line the glyphs are put in their place
    from left to right, and those drawn twice (imitated bold type) are taken once. The order of
    the lines is that of the page, so columns stay apart.

    Examples
    --------
    >>> drawn = [("两", 20), ("化", 30), ("融", 50), ("“", 10), ("”", 40)]
    >>> glyph_lines([Glyph(character, x, 700, x + 10, 10) for character, x in drawn])
    ['“两化”融']
    """
    return [_written(line) for line in _lines(glyphs)]


def _lines(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    line: list[Glyph] = []
    for glyph in glyphs:
        if line and abs(glyph.y - line[-1].y) > _SAME_LINE * max(glyph.size, line[-1].size):
            yield sorted(line, key=lambda placed: placed.x)
            line = []
        line.append(glyph)
    if line:
        yield sorted(line, key=lambda placed: placed.x)


def _written(line: list[Glyph]) -> str:
    text = ""
    last: Glyph | None = None
    for glyph in line:
        if last:
            if glyph.character == last.character and glyph.x - last.x < _DRAWN_TWICE * glyph.size:
                continue
            narrow = glyph.character.isascii() and last.character.isascii()
            if glyph.x - last.right > _GAP[narrow] * glyph.size and not text.endswith(" "):
                text += " "
        text += glyph.character
        last = glyph
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
