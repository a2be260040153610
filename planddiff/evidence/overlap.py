"""What chosen pairs of rows of two sparse matrices have in common, found once for all measures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planddiff.evidence.bigrams import Floats, Ints, Matrix

_CELLS_AT_ONCE = 200_000


@dataclass(frozen=True)
class Overlap:
    """Entries that both rows of a pair hold.

    ``pair`` is the position of the pair, ``left`` and ``right`` are positions in the ``data`` of
    the two matrices, so that any weighting of the same entries can be summed without looking for
    them again; ``size`` is the number of pairs.
    """

    pair: Ints
    left: Ints
    right: Ints
    size: int

    def total(self, left: Floats, right: Floats) -> Floats:
        """Inner product of each pair of rows, with ``left`` and ``right`` as their data."""
        return self.summed(left[self.left] * right[self.right])

    def summed(self, values: Floats) -> Floats:
        """Sum over each pair of values given for the entries that it shares."""
        sums = np.bincount(self.pair, weights=values, minlength=self.size)
        return sums.astype(np.float64, copy=False)

    def beyond(self, chosen: NDArray[np.bool_], values: Floats) -> Floats:
        """As :meth:`summed`, without what the chosen pairs of either end share.

        An entry that a chosen pair shares is explained by it: no other pair of the same row may
        count it. Of the sums without the entries explained on the left, or on the right, the
        lesser is taken; a chosen pair keeps all.
        """
        own = chosen[self.pair]
        sums = []
        for entry in (self.left, self.right):
            explained = np.zeros(entry.max(initial=-1) + 1, dtype=bool)
            explained[entry[own]] = True
            sums.append(self.summed(np.where(own | ~explained[entry], values, 0.0)))
        return np.minimum(*sums)


def overlap(left: Matrix, first: Ints, right: Matrix, second: Ints) -> Overlap:
    """Find what row ``first[k]`` of `left` and row ``second[k]`` of `right` both hold, for each k.

    A block of rows of `right` is laid out as a table, in which the entries of `left` look up their
    counterparts. Memory grows with the pairs and the entries, not with the product of the sides.
    """
    width = max(right.shape[1], 1)
    height = max(min(_CELLS_AT_ONCE // width, right.shape[0]), 1)
    met = _met(left, right, apart=not (first == second).any())
    column = left.indices.take(met).astype(np.int64)
    opens = np.searchsorted(met, left.indptr)
    sizes = np.diff(opens)
    order = np.argsort(second, kind="stable")
    bounds = np.arange(0, right.shape[0] + height, height)
    cuts = np.searchsorted(second[order], bounds)
    found: list[tuple[Ints, Ints, Ints]] = []
    for top, start, stop in zip(bounds, cuts[:-1], cuts[1:], strict=False):
        if start == stop:
            continue
        pairs = order[start:stop]
        size = sizes[first[pairs]]
        asked = np.repeat(opens[first[pairs]] + size - np.cumsum(size), size)
        asked += np.arange(len(asked))
        cell = np.repeat((second[pairs] - top) * width, size)
        cell += column.take(asked)
        answer = _laid_out(right, top, height, width).take(cell)
        held = np.flatnonzero(answer > 0)
        found.append(
            (
                np.repeat(pairs, size).take(held),
                met.take(asked.take(held)),
                answer.take(held).astype(np.int64) - 1,
            )
        )
    empty = np.zeros(0, dtype=np.int64)
    pair, in_left, in_right = (
        np.concatenate([empty, *(each[part] for each in found)]) for part in range(3)
    )
    return Overlap(pair, in_left, in_right, len(first))


def _met(left: Matrix, right: Matrix, *, apart: bool) -> Ints:
    """Positions of the entries of `left` that may be in a pair: another row has the column too."""
    own = 1 if left is right and apart else 0
    often = np.bincount(right.indices, minlength=right.shape[1]) > own
    return np.flatnonzero(often.take(left.indices))


def _laid_out(matrix: Matrix, top: int, height: int, width: int) -> NDArray[np.int32]:
    """Position plus one of every entry of some rows, row by row, 0 where there is none."""
    ends = matrix.indptr[top : top + height + 1].astype(np.int64)
    rows = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
    table = np.zeros(height * width, dtype=np.int32)
    table[rows * width + matrix.indices[ends[0] : ends[-1]]] = np.arange(ends[0], ends[-1]) + 1
    return table
