"""Tables that a page only draws: rules (lines) to a grid, missing rules to merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SAME = 3.0
"""Points within which two rules lie on one line, or touch."""
_MAX_PAIRS = 1_000_000


@dataclass(frozen=True)
class Rule:
    """A horizontal or vertical stroke: at ``at`` across, from ``start`` to ``end`` along."""

    at: float
    start: float
    end: float

    def covers(self, along: float) -> bool:
        """Whether the rule reaches along to the point, within ``_SAME``."""
        return self.start - _SAME <= along <= self.end + _SAME


@dataclass(frozen=True)
class Box:
    """A cell in points, y upwards, with the rows and columns that it covers."""

    left: float
    bottom: float
    right: float
    top: float
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class RuledTable:
    """The cells of a drawn table, row by row; a merged cell stands in its first row."""

    top: float
    bottom: float
    rows: tuple[tuple[Box, ...], ...]


def ruled_tables(across: Sequence[Rule], upright: Sequence[Rule]) -> list[RuledTable]:
    """Find the tables of a page, from the top down.

    Parameters
    ----------
    across, upright
        Horizontal rules (``at`` is y) and vertical rules (``at`` is x), in points, y upwards.

    Returns
    -------
    list of RuledTable
        Grids of at least two rows and two columns. None where tables stand side by side or a
        cell is no rectangle: such pages are better read line by line.

    Examples
    --------
    >>> across = [Rule(y, 0, 200) for y in (0, 20, 40)]
    >>> upright = [Rule(x, 0, 40) for x in (0, 100, 200)]
    >>> [[(box.left, box.top) for box in row] for row in ruled_tables(across, upright)[0].rows]
    [[(0, 40), (100, 40)], [(0, 20), (100, 20)]]
    """
    if len(across) * len(upright) > _MAX_PAIRS:
        return []
    tables = []
    for lying, standing in _connected(across, upright):
        ys = _positions(lying)[::-1]
        xs = _positions(standing)
        if len(xs) < 3 or len(ys) < 3:
            continue
        rows = _cells(xs, ys, lying, standing)
        if rows is None:
            return []
        tables.append(RuledTable(ys[0], ys[-1], rows))
    tables.sort(key=lambda table: -table.top)
    overlap = any(after.top > table.bottom for table, after in pairwise(tables))
    return [] if overlap else tables


def _connected(
    across: Sequence[Rule], upright: Sequence[Rule]
) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Rules that cross or touch one another, directly or through others."""
    free = set(range(len(upright)))
    waiting = set(range(len(across)))
    while waiting:
        lying, standing = [waiting.pop()], []
        for number in lying:
            rule = across[number]
            for other in sorted(free):
                if _meet(rule, upright[other]):
                    free.remove(other)
                    standing.append(other)
                    joined = sorted(n for n in waiting if _meet(across[n], upright[other]))
                    waiting.difference_update(joined)
                    lying += joined
        yield [across[number] for number in lying], [upright[number] for number in standing]


def _meet(lying: Rule, standing: Rule) -> bool:
    return standing.covers(lying.at) and lying.covers(standing.at)


def _positions(rules: Sequence[Rule]) -> list[float]:
    """Where rules lie, ascending; those within ``_SAME`` of the one before are one."""
    found: list[float] = []
    last = float("-inf")
    for at in sorted(rule.at for rule in rules):
        if at - last > _SAME:
            found.append(at)
        last = at
    return found


def _near(rules: Sequence[Rule], positions: Sequence[float]) -> dict[float, list[Rule]]:
    return {at: [rule for rule in rules if abs(rule.at - at) <= _SAME] for at in positions}


def _cells(
    xs: Sequence[float], ys: Sequence[float], lying: Sequence[Rule], standing: Sequence[Rule]
) -> tuple[tuple[Box, ...], ...] | None:
    """Cells of a grid, or None if merging leaves one that is no rectangle."""
    across, upright = _near(lying, ys), _near(standing, xs)
    taken: set[tuple[int, int]] = set()
    rows = []
    for row in range(len(ys) - 1):
        boxes = []
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            area = _open_area(row, column, xs, ys, across, upright)
            bottom = max(place[0] for place in area) + 1
            right = max(place[1] for place in area) + 1
            left = min(place[1] for place in area)
            if left < column or len(area) != (bottom - row) * (right - column):
                return None
            taken |= area
            box = Box(xs[column], ys[bottom], xs[right], ys[row], bottom - row, right - column)
            boxes.append(box)
        rows.append(tuple(boxes))
    return tuple(rows)


def _open_area(
    row: int,
    column: int,
    xs: Sequence[float],
    ys: Sequence[float],
    across: Mapping[float, Sequence[Rule]],
    upright: Mapping[float, Sequence[Rule]],
) -> set[tuple[int, int]]:
    """Places of the grid that no rule parts from the given one."""
    area = {(row, column)}
    waiting = [(row, column)]
    while waiting:
        at, over = waiting.pop()
        middle_y, middle_x = (ys[at] + ys[at + 1]) / 2, (xs[over] + xs[over + 1]) / 2
        sides = [
            ((at, over + 1), middle_y, upright[xs[over + 1]]),
            ((at, over - 1), middle_y, upright[xs[over]]),
            ((at + 1, over), middle_x, across[ys[at + 1]]),
            ((at - 1, over), middle_x, across[ys[at]]),
        ]
        for place, along, rules in sides:
            inside = 0 <= place[0] < len(ys) - 1 and 0 <= place[1] < len(xs) - 1
            if inside and place not in area and not any(rule.covers(along) for rule in rules):
                area.add(place)
                waiting.append(place)
    return area
