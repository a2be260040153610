"""The best one-to-one assignment of old to new items, whatever their order."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import linear_sum_assignment
from scipy.sparse.csgraph import connected_components

from planddiff.evidence.bigrams import Floats, Ints

LEAST_SIMILARITY = 0.08
"""Below this a pair is never assigned: items of one plan resemble each other as much."""

_TIE = 1e-9


def best_assignment(
    first: Ints, second: Ints, similarity: Floats, shape: tuple[int, int]
) -> Floats:
    """1 for pairs of the assignment with the greatest total similarity, 0 for others.

    Where two pairs of the same item are equally alike and one was assigned, both get 0.5: the
    order of the items decides nothing.
    """
    usable = similarity >= LEAST_SIMILARITY
    assigned = np.zeros(len(first))
    at = np.flatnonzero(usable)
    graph = sparse.coo_array(
        (np.ones(len(at)), (first[at], shape[0] + second[at])), shape=(sum(shape), sum(shape))
    )
    _, component = connected_components(graph, directed=False)
    order = at[np.argsort(component[first[at]], kind="stable")]
    cuts = np.flatnonzero(np.diff(component[first[order]])) + 1
    for members in np.split(order, cuts):
        rows, row = np.unique(first[members], return_inverse=True)
        columns, column = np.unique(second[members], return_inverse=True)
        score = np.zeros((len(rows), len(columns)))
        where = np.full(score.shape, -1)
        score[row, column] = similarity[members]
        where[row, column] = members
        chosen = where[linear_sum_assignment(score, maximize=True)]
        assigned[chosen[chosen >= 0]] = 1.0
    return _share_ties(first, second, similarity, assigned)


def _share_ties(first: Ints, second: Ints, similarity: Floats, assigned: Floats) -> Floats:
    shared = assigned.copy()
    for ends in (first, second):
        best = np.full(int(ends.max(initial=-1)) + 1, -1.0)
        best[ends[assigned > 0]] = similarity[assigned > 0]
        tied = (np.abs(best[ends] - similarity) <= _TIE) & (assigned == 0)
        shared[tied] = 0.5
        rivalled = np.isin(ends, ends[tied]) & (assigned > 0)
        shared[rivalled] = 0.5
    return shared
