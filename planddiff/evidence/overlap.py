"""What chosen pairs of rows of two sparse matrices have in common, found once for all measures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from planddiff.evidence.bigrams import Floats, Ints, Matrix, with_data

_PAIRS_AT_ONCE = 20_000


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
        products = left[self.left] * right[self.right]
        summed = np.bincount(self.pair, weights=products, minlength=self.size)
        return summed.astype(np.float64, copy=False)


def overlap(left: Matrix, first: Ints, right: Matrix, second: Ints) -> Overlap:
    """Find what row ``first[k]`` of `left` and row ``second[k]`` of `right` both hold, for each k.

    Work and memory grow with the pairs and not with the matrices.
    """
    at = [_numbered(matrix) for matrix in (left, right)]
    present = [with_data(matrix, np.ones(matrix.nnz)) for matrix in (left, right)]
    found: list[tuple[Ints, Ints, Ints]] = []
    for start in range(0, len(first), _PAIRS_AT_ONCE):
        rows = slice(start, start + _PAIRS_AT_ONCE)
        in_left = at[0][first[rows]].multiply(present[1][second[rows]]).tocsr()
        in_right = present[0][first[rows]].multiply(at[1][second[rows]]).tocsr()
        pair = np.repeat(np.arange(in_left.shape[0]) + start, np.diff(in_left.indptr))
        found.append((pair, *((each.data - 1).astype(np.int64) for each in (in_left, in_right))))
    empty = np.zeros(0, dtype=np.int64)
    pair, in_first, in_second = (
        np.concatenate([empty, *(each[part] for each in found)]) for part in range(3)
    )
    return Overlap(pair, in_first, in_second, len(first))


def _numbered(matrix: Matrix) -> Matrix:
    """Each entry replaced by its position plus one: a product with ones then tells which it was."""
    positions = np.arange(1, matrix.nnz + 1, dtype=np.float64)
    return sparse.csr_array((positions, matrix.indices, matrix.indptr), shape=matrix.shape)
