"""Which style nests in which: inferred from the document at hand, not fixed beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from planddiff.outline.marks import FINE, RANKS, Mark

_FAR = 3
"""How many numbers a run may skip (missing items happen) before a number is an amount."""


def plausible(marks: Sequence[Mark | None]) -> list[Mark | None]:
    """The marks without those whose number fits no run of their style.

    A run starts at 1 or goes on from a number before it; anything else is an amount, a year or a
    stray figure at the start of a line.
    """
    by_style: dict[tuple[str, tuple[int, ...]], list[int]] = {}
    for mark in marks:
        if mark is not None and mark.value:
            by_style.setdefault((mark.style, mark.parents), []).append(mark.value)
    chapters = {parents[:1] for _, parents in by_style if parents}
    position: Counter[tuple[str, tuple[int, ...]]] = Counter()
    kept: list[Mark | None] = []
    for mark in marks:
        if mark is None or not mark.value:
            kept.append(mark)
            continue
        key = (mark.style, mark.parents)
        values, at = by_style[key], position[key]
        position[key] += 1
        before, after = values[max(at - 3, 0) : at], values[at + 1 : at + 3]
        goes_on = any(0 <= mark.value - value <= _FAR for value in before)
        led_on = any(0 < value - mark.value <= 1 for value in after)
        alone = mark.style.startswith("deci") and len(values) < 2
        alone = alone or (mark.style == "ar_blank" and (mark.value,) not in chapters)
        kept.append(mark if (mark.value == 1 or goes_on or led_on) and not alone else None)
    return kept


class Nesting:
    """The order of the styles of one document, coarse above fine.

    A style that starts at 1 right behind a number of another style, time and again, lies inside the
    other; an enumeration (一是, ——) holds no headings. Where the document gives no such evidence
    the usual order (``RANKS``) decides.
    """

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._votes: Counter[tuple[str, str]] = Counter()
        runs = Counter(mark.style for mark in marks if mark.value == 1)
        for before, mark in pairwise(marks):
            enumerates = before.style in FINE and mark.style not in FINE
            if mark.value == 1 and runs[mark.style] > 1 and not enumerates:
                self._votes[before.style, mark.style] += 1

    def above(self, outer: str, inner: str) -> bool:
        """Whether ``outer`` holds ``inner``."""
        down, up = self._votes[outer, inner], self._votes[inner, outer]
        if abs(down - up) >= 2:
            return down > up
        return RANKS[outer] < RANKS[inner]

    def depths(self, marks: Sequence[Mark]) -> list[int]:
        """The depth of each mark in the tree, 0 for the top."""
        stack: list[str] = []
        boxed_after: dict[str, int] = {}
        last: dict[str, int] = {}
        depths = []
        for place, mark in enumerate(marks):
            style = mark.style
            boxed = style in stack and "box" in stack[stack.index(style) :]
            awaited = mark.value == boxed_after.get(style, 0) + 1
            if boxed and not (awaited and not _comes_again(marks, place)):
                # A box numbers its own entries: only the number the outer run waits for leaves it.
                while stack[-1] != "box":
                    stack.pop()
                depths.append(len(stack))
                continue
            if style in stack:
                while stack[-1] != style:
                    stack.pop()
            elif "box" in stack and mark.value == 1 and RANKS[style] >= RANKS["cn_paren"]:
                while stack[-1] != "box":
                    stack.pop()
                stack.append(style)
            else:
                while stack and not self.above(stack[-1], style):
                    stack.pop()
                stack.append(style)
            if style == "box":
                boxed_after = dict(last)
            last[style] = mark.value
            depths.append(len(stack) - 1)
        return depths


def _comes_again(marks: Sequence[Mark], place: int) -> bool:
    """Whether the same number comes once more before its run goes on or a coarser one does."""
    mark = marks[place]
    for other in marks[place + 1 : place + 60]:
        if other.style == mark.style:
            return other.value == mark.value
        if RANKS[other.style] < RANKS[mark.style]:
            return False
    return False
