"""Which pairs of items are looked at: the most alike of each side, found without comparing all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planddiff.evidence.bigrams import Ints, Matrix, with_data

NEIGHBOURS = 12
_ROWS_AT_ONCE = 512
_ALWAYS_KEPT = 100
_SHARE_KEPT = 0.02


def candidate_pairs(
    old: Matrix, new: Matrix, also: Sequence[tuple[int, int]] = ()
) -> tuple[Ints, Ints]:
    """Positions (old, new) of the pairs worth weighing, in the order of the old items.

    Each item brings the ``NEIGHBOURS`` items of the other side that it resembles most. Pairs of
    characters that more than 2 % of the items share (and more than 100 items) are not used to
    find neighbours, so that the work grows with the matches and not with the square of the plans;
    they do count afterwards, in the evidence.

    Parameters
    ----------
    old, new : sparse matrix, shape (n_items, n_bigrams)
        Rows of length 1; the columns mean the same in both.
    also : sequence of (int, int)
        Pairs to take whatever they share.
    """
    frequency = np.bincount(old.indices, minlength=old.shape[1])
    frequency += np.bincount(new.indices, minlength=new.shape[1])
    common = frequency > max(_ALWAYS_KEPT, _SHARE_KEPT * (old.shape[0] + new.shape[0]))
    old, new = _without(old, common), _without(new, common)
    forward = _nearest(old, new)
    backward = _nearest(new, old)
    asked = np.array(also, dtype=np.int64).reshape(-1, 2)
    codes = np.concatenate(
        [
            rows * new.shape[0] + columns
            for rows, columns in (forward, (backward[1], backward[0]), (asked[:, 0], asked[:, 1]))
        ]
    )
    codes = np.unique(codes)
    return codes // max(new.shape[0], 1), codes % max(new.shape[0], 1)


def _without(matrix: Matrix, columns: np.ndarray) -> Matrix:
    thinned = with_data(matrix, np.where(columns[matrix.indices], 0.0, matrix.data))
    thinned.eliminate_zeros()
    return thinned


def _nearest(left: Matrix, right: Matrix) -> tuple[Ints, Ints]:
    """The most alike rows of ``right`` for each row of ``left``; all that tie with the last one."""
    transposed = right.T.tocsr()
    found: list[tuple[Ints, Ints]] = []
    for first in range(0, left.shape[0], _ROWS_AT_ONCE):
        block = (left[first : first + _ROWS_AT_ONCE] @ transposed).tocsr()
        found.append(_best_of_rows(block, first))
    rows = np.concatenate([each[0] for each in found]) if found else np.zeros(0, dtype=np.int64)
    columns = np.concatenate([each[1] for each in found]) if found else np.zeros(0, dtype=np.int64)
    return rows, columns


def _best_of_rows(block: Matrix, first: int) -> tuple[Ints, Ints]:
    rows = np.repeat(np.arange(block.shape[0]), np.diff(block.indptr))
    order = np.lexsort((-block.data, rows))
    rank = np.arange(len(order)) - block.indptr[rows[order]]
    at_last = np.full(block.shape[0], -np.inf)
    last = rank == NEIGHBOURS - 1
    at_last[rows[order][last]] = block.data[order][last]
    keep = block.data >= at_last[rows] - 1e-12
    return (rows[keep] + first).astype(np.int64), block.indices[keep].astype(np.int64)
