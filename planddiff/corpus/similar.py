"""Items of different issuers that share wording, found without weighing all pairs.

The evidence of :mod:`planddiff.evidence` is not asked here. It was fitted to two plans of one
issuer, where most items have a counterpart and rivals for it are few; among hundreds of issuers
every item on a subject would be the counterpart of every other. What is taken from there is the
way to confidence: log-odds that are linear in the evidence.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import sparse

from planddiff.calibration import confidence
from planddiff.corpus.commonness import Commonness
from planddiff.corpus.wording import Wording
from planddiff.errors import MissingExtraError
from planddiff.evidence.bigrams import Floats, Ints, Matrix, row_sums, with_data

HALF = 6.3
STEEPNESS = 2.8
"""Shared weight at which coders call half of the pairs a reuse of wording, and the slope in its
logarithm: logistic regression on 104 coded pairs of items of 171 issuers (Chinese government work
reports of the State Council, all provinces and 140 cities)."""

PARTNERS = 100
_ALWAYS_KEPT = 200
_KEPT = 8.0
_APART = 1e6
_AT_ONCE = 8192


def confidence_of(shared: Floats) -> Floats:
    """Probability that a pair which shares this weight of wording is a reuse of it.

    Examples
    --------
    >>> confidence_of(np.array([0.0, 3.0, 6.3, 10.0])).round(2).tolist()
    [0.0, 0.11, 0.5, 0.78]
    """
    return confidence(STEEPNESS * np.log(np.maximum(shared, 1e-9) / HALF))


def least_shared(threshold: float) -> float:
    """Shared weight from which on the confidence is at least `threshold`."""
    odds = min(max(threshold, 1e-6), 1 - 1e-6)
    return float(HALF * np.exp(np.log(odds / (1 - odds)) / STEEPNESS))


def similar_items(
    wording: Wording,
    owners: Ints,
    years: Ints,
    commonness: Commonness,
    *,
    threshold: float = 0.7,
    n_jobs: int | None = None,
) -> pd.DataFrame:
    """Pairs of items of different issuers that share telling wording.

    Parameters
    ----------
    wording : Wording
        Of the items; in an order that does not depend on how they were read.
    owners, years : array of int, shape (n_items,)
        The issuer of each item, as a number from 0 on, and its year.
    commonness : Commonness
        Of the same stretches. A pair is weighed as of its later year.
    threshold : float
        Least confidence.
    n_jobs : int, optional
        Threads of the search for candidates; -1 for all processors.

    Returns
    -------
    DataFrame
        ``first``, ``second`` (rows of the items, first < second), ``shared`` (weight of what both
        hold), ``similarity`` (its share of the weight of the lesser item), ``confidence``; ordered
        by first, second.

    Notes
    -----
    Each item brings the ``PARTNERS`` items of other issuers with which it shares most, by the
    greatest weight that a stretch has in any year, so that no pair is missed for its year.
    Stretches that very many items hold are not used to find candidates; how many are very many
    grows with the root of the number of items, so the work grows more slowly than the pairs do.
    """
    least = least_shared(threshold)
    first, second = candidates(wording.held, owners, commonness.at_best(), least, n_jobs)
    shared = weigh(wording.held, first, second, years, commonness)
    kept = shared >= least
    first, second, shared = first[kept], second[kept], shared[kept]
    lesser = _lesser(wording.held, first, second, years, commonness)
    return pd.DataFrame(
        {
            "first": first,
            "second": second,
            "shared": shared,
            "similarity": shared / np.maximum(lesser, 1e-12),
            "confidence": confidence_of(shared),
        }
    )


def candidates(
    held: Matrix, owners: Ints, weights: Floats, least: float, n_jobs: int | None = None
) -> tuple[Ints, Ints]:
    """Pairs of items of different owners that may share `least` of the weight, each once.

    Raises
    ------
    MissingExtraError
        The library for sparse products is not installed.
    """
    holders = np.bincount(held.indices, minlength=held.shape[1])
    limit = max(_ALWAYS_KEPT, _KEPT * np.sqrt(held.shape[0]))
    telling = np.where((holders > 1) & (holders <= limit), weights, 0.0)
    # A copy, since taking out the zeros would take them out of the shared indices of `held` too.
    scaled = with_data(held, np.sqrt(telling)[held.indices]).copy()
    scaled.eliminate_zeros()
    # A column for each owner, taken off again, puts items of one owner far below any threshold.
    own = sparse.csr_array(
        (np.full(len(owners), _APART), (np.arange(len(owners)), owners)),
        shape=(len(owners), int(owners.max(initial=0)) + 1),
    )
    left = sparse.hstack([scaled, own], format="csr")
    right = sparse.hstack([scaled, -own], format="csr")
    found = _products(left, right, least, n_jobs)
    n_items = held.shape[0]
    rows = np.repeat(np.arange(n_items, dtype=np.int64), np.diff(found.indptr))
    columns = found.indices.astype(np.int64)
    codes = np.unique(np.minimum(rows, columns) * n_items + np.maximum(rows, columns))
    return codes // max(n_items, 1), codes % max(n_items, 1)


def _products(left: Matrix, right: Matrix, least: float, n_jobs: int | None) -> Matrix:
    try:
        from sparse_dot_topn import sp_matmul_topn
    except ImportError as error:
        raise MissingExtraError(
            "diffusion among issuers needs sparse_dot_topn: pip install 'planddiff[corpus]'"
        ) from error
    threads = None if n_jobs in (None, 1) else n_jobs
    # The library knows only the older class of sparse matrices.
    sides = sparse.csr_matrix(left), sparse.csr_matrix(right.T)
    # Rounding must not lose a pair that just reaches the least.
    return sp_matmul_topn(*sides, top_n=PARTNERS, threshold=least - 1e-6, n_threads=threads)


def weigh(held: Matrix, first: Ints, second: Ints, years: Ints, commonness: Commonness) -> Floats:
    """Weight of the wording that both items of each pair hold, as of their later year."""
    shared = np.zeros(len(first))
    for weights, now in _by_year(first, second, years, commonness):
        for start in range(0, len(now), _AT_ONCE):
            some = now[start : start + _AT_ONCE]
            shared[some] = held[first[some]].multiply(held[second[some]]) @ weights
    return shared


def _lesser(held: Matrix, first: Ints, second: Ints, years: Ints, commonness: Commonness) -> Floats:
    """Weight of all wording of the item of each pair that has less of it."""
    lesser = np.zeros(len(first))
    for weights, now in _by_year(first, second, years, commonness):
        sides = (held[rows] for rows in (first[now], second[now]))
        sums = (row_sums(with_data(side, weights[side.indices])) for side in sides)
        lesser[now] = np.minimum(*sums)
    return lesser


def _by_year(
    first: Ints, second: Ints, years: Ints, commonness: Commonness
) -> Iterator[tuple[Floats, Ints]]:
    """Weights as of each later year, and the pairs of that year."""
    later = np.maximum(years[first], years[second])
    for year in np.unique(later).tolist():
        yield commonness.of_year(year), np.flatnonzero(later == year)
