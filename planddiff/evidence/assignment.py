"""The best one-to-one assignment of old to new items, whatever their order."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from planddiff.evidence.bigrams import Floats, Ints

LEAST_SIMILARITY = 0.08
"""Below this a pair is never assigned: items of one plan resemble each other as much."""

_TIE = 1e-9


def best_assignment(
    first: Ints, second: Ints, similarity: Floats, shape: tuple[int, int]
) -> Floats:
    """1 for pairs of the assignment with the greatest total similarity, 0 for others.

    Where two pairs of the same item are equally alike and one was assigned, both get 0.5: the
    order of the items decides nothing. Jonker and Volgenant's shortest augmenting paths on the
    sparse graph; each old item has a partner of its own that stands for none.
    """
    usable = np.flatnonzero(similarity >= LEAST_SIMILARITY)
    alone = np.arange(shape[0])
    rows = np.concatenate([first[usable], alone])
    columns = np.concatenate([second[usable], shape[1] + alone])
    # An explicit zero is no edge to the solver, so every worth is raised by one.
    cost = -1.0 - np.concatenate([similarity[usable], np.zeros(shape[0])])
    order = np.lexsort((columns, rows))
    ends = np.searchsorted(rows[order], np.arange(shape[0] + 1))
    places = columns[order].astype(np.int32), ends.astype(np.int32)
    graph = sparse.csr_array((cost[order], *places), shape=(shape[0], shape[1] + shape[0]))
    partner = np.full(shape[0], -1)
    chosen, partner_of = min_weight_full_bipartite_matching(graph)
    partner[chosen] = partner_of
    assigned = (partner[first] == second).astype(float)
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
