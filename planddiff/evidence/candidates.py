"""Which pairs of items are looked at: the most alike of each side, found without weighing all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from planddiff.evidence.bigrams import Floats, Ints, Matrix

NEIGHBOURS = 12
_ALWAYS_KEPT = 100
_SHARE_KEPT = 0.02
_SMALL = _ALWAYS_KEPT // 2
_CELLS_AT_ONCE = 4_000_000
_CHUNKS = 8 * NEIGHBOURS
_ROUNDING = 1e-12


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
    same = old is new
    frequency = np.bincount(old.indices, minlength=old.shape[1])
    frequency += np.bincount(new.indices, minlength=new.shape[1])
    common = frequency > max(_ALWAYS_KEPT, _SHARE_KEPT * (old.shape[0] + new.shape[0]))
    if common.any():
        old, new = _without(old, common), _without(new, common)
    if old.shape[0] * new.shape[0] <= _CELLS_AT_ONCE:
        every = (old @ new.T).toarray()
        forward = _best_of_rows(every)
        backward = forward if same else _best_of_rows(every.T)
    else:
        forward = _nearest(old, new)
        backward = forward if same else _nearest(new, old)
    asked = np.array(also, dtype=np.int64).reshape(-1, 2)
    width = max(new.shape[0], 1)
    codes = [
        rows * width + columns
        for rows, columns in (forward, (backward[1], backward[0]), (asked[:, 0], asked[:, 1]))
    ]
    ranked = np.sort(np.concatenate(codes))
    found = ranked[np.diff(ranked, prepend=-1) > 0]
    return found // width, found % width


def candidates_and_decoys(old: Matrix, new: Matrix) -> list[tuple[Ints, Ints]]:
    """Pairs worth weighing between two plans, and within the old and within the new one.

    What three calls of :func:`candidate_pairs` tell, but that no item is a candidate for itself.
    In small plans no pair of characters is too common, so that one table of both plans tells all.
    """
    n_old, n_new = old.shape[0], new.shape[0]
    if max(n_old, n_new) > _SMALL:
        within = [candidate_pairs(each, each) for each in (old, new)]
        apart = [(first[first != second], second[first != second]) for first, second in within]
        return [candidate_pairs(old, new), *apart]
    every = _products(old, new)
    is_new = np.arange(n_old + n_new) >= n_old
    across = is_new[:, None] != is_new
    chosen = np.zeros(every.shape, dtype=bool)
    for looked_at in (across, ~across):
        chosen[_best_of_rows(np.where(looked_at, every, 0.0))] = True
    chosen |= chosen.T
    np.fill_diagonal(chosen, False)
    parts = chosen[:n_old, n_old:], chosen[:n_old, :n_old], chosen[n_old:, n_old:]
    return [(first, second) for first, second in map(np.nonzero, parts)]


def _products(old: Matrix, new: Matrix) -> Floats:
    """Products of all rows of both matrices with each other, as one table."""
    data = np.concatenate([old.data, new.data])
    columns = np.concatenate([old.indices, new.indices])
    ends = np.concatenate([old.indptr, old.nnz + new.indptr[1:]])
    both = sparse.csr_array((data, columns, ends), shape=(len(ends) - 1, old.shape[1]))
    every: Floats = (both @ both.T).toarray()
    return every


def _without(matrix: Matrix, columns: np.ndarray) -> Matrix:
    kept = ~columns[matrix.indices]
    ends = np.concatenate([[0], np.cumsum(kept)])[matrix.indptr]
    return sparse.csr_array((matrix.data[kept], matrix.indices[kept], ends), shape=matrix.shape)


def _nearest(left: Matrix, right: Matrix) -> tuple[Ints, Ints]:
    """The most alike rows of ``right`` for each row of ``left``; all that tie with the last one."""
    transposed = right.T.tocsr()
    at_once = max(_CELLS_AT_ONCE // max(right.shape[0], 1), 1)
    empty = np.zeros(0, dtype=np.int64)
    rows, columns = [empty], [empty]
    for first in range(0, left.shape[0], at_once):
        row, column = _best_of_rows((left[first : first + at_once] @ transposed).toarray())
        rows.append(row + first)
        columns.append(column)
    return np.concatenate(rows), np.concatenate(columns)


def _best_of_rows(block: Floats) -> tuple[Ints, Ints]:
    """Cells that are among the ``NEIGHBOURS`` greatest of their row, or tie with the last.

    The least of the greatest values of ``NEIGHBOURS`` separate stretches of a row is no greater
    than the value looked for, and leaves few cells to sort. In a narrow table each stretch is one
    cell, and the value is the one looked for.
    """
    width = max(block.shape[1] // _CHUNKS, 1)
    bound = np.full(block.shape[0], -np.inf)
    if block.shape[1] > NEIGHBOURS:
        tops = np.maximum.reduceat(block, np.arange(0, block.shape[1], width), axis=1)
        bound = np.partition(tops, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS]
    rows, columns = np.nonzero((block >= bound[:, None] - _ROUNDING) & (block > 0))
    if width == 1:
        return rows, columns
    values = block[rows, columns]
    order = np.lexsort((-values, rows))
    opens = np.searchsorted(rows, np.arange(block.shape[0]))
    last = np.arange(len(order)) - opens[rows] == NEIGHBOURS - 1
    least = np.full(block.shape[0], -np.inf)
    least[rows[last]] = values[order][last]
    keep = values >= least[rows] - _ROUNDING
    return rows[keep], columns[keep]
