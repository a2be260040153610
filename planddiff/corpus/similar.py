"""Items of different issuers that share wording, found without weighing all pairs.

The evidence of :mod:`planddiff.evidence` is not asked here. It was fitted to two plans of one
issuer, where most items have a counterpart and rivals for it are few; among hundreds of issuers
every item on a subject would be the counterpart of every other. What is taken from there is the
way to confidence: log-odds that are linear in the evidence.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from planddiff.calibration import confidence
from planddiff.corpus.commonness import Commonness
from planddiff.corpus.wording import Wording
from planddiff.errors import MissingExtraError
from planddiff.evidence.bigrams import Floats, Ints, Matrix, with_data

SHARED = (5.4, 2.9)
TELLING = (0.48, 7.6)
"""Half and steepness of the two parts of confidence: the shared weight, and the mean weight of all
wording of the two items, at which half of the pairs are a reuse of wording, and the slopes in their
logarithms. Fitted together to 264 pairs of items of 171 issuers (Chinese government work reports
of the State Council, all provinces and 140 cities), coded by reading them."""

PARTNERS = 100
_ALWAYS_KEPT = 200
_KEPT = 8.0
_APART = 1e6
_AT_ONCE = 8192


def confidence_of(shared: Floats, telling: Floats) -> Floats:
    """Probability that a pair of items is a reuse of wording.

    Parameters
    ----------
    shared : array
        Weight of the wording that both hold.
    telling : array
        Mean weight of a stretch of the two items, 0 to 1: low where they are made up of what all
        issuers write, so that they come to share some of it by themselves.

    Examples
    --------
    >>> confidence_of(np.array([3.0, 5.4, 10.0, 10.0]), np.array([1.0, 1.0, 1.0, 0.4])).round(2)
    array([0.15, 0.5 , 0.85, 0.17])
    """
    enough, own = (
        confidence(steepness * np.log(np.maximum(values, 1e-9) / half))
        for values, (half, steepness) in ((shared, SHARED), (telling, TELLING))
    )
    return enough * own


def least_shared(threshold: float) -> float:
    """Shared weight below which no pair is as confident as `threshold`."""
    half, steepness = SHARED
    odds = threshold / (1 - threshold)
    return float(half * np.exp(np.log(odds) / steepness))


def similar_items(
    wording: Wording,
    owners: Ints,
    years: Ints,
    commonness: Commonness,
    *,
    threshold: float = 0.8,
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
        hold), ``telling`` (mean weight of a stretch of both items), ``similarity`` (share of the
        weight of the lesser item that is shared), ``confidence``; ordered by first, second.

    Notes
    -----
    Each item brings the ``PARTNERS`` items of other issuers with which it shares most, by the
    greatest weight that a stretch has in any year, so that no pair is missed for its year.
    Stretches that very many items hold are not used to find candidates; how many are very many
    grows with the root of the number of items, so the work grows more slowly than the pairs do.
    """
    least = least_shared(threshold)
    first, second = candidates(wording.held, owners, commonness.at_best(), least, n_jobs)
    pairs = weigh(wording.held, first, second, years, commonness, least)
    return pairs[pairs["confidence"] >= threshold].reset_index(drop=True)


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


def weigh(
    held: Matrix, first: Ints, second: Ints, years: Ints, commonness: Commonness, least: float
) -> pd.DataFrame:
    """Columns of :func:`similar_items` for pairs that share `least` of the weight, in any order."""
    tables = []
    later = np.maximum(years[first], years[second])
    for year in np.unique(later).tolist():
        weights = commonness.of_year(year)
        now = np.flatnonzero(later == year)
        for start in range(0, len(now), _AT_ONCE):
            some = now[start : start + _AT_ONCE]
            tables.append(_weighed(held, first[some], second[some], weights, least))
    empty = np.zeros(0, dtype=np.int64)
    tables = tables or [_weighed(held, empty, empty, np.zeros(held.shape[1]), least)]
    pairs = pd.concat(tables, ignore_index=True)
    return pairs.sort_values(["first", "second"], ignore_index=True)


def _weighed(
    held: Matrix, first: Ints, second: Ints, weights: Floats, least: float
) -> pd.DataFrame:
    shared = held[first].multiply(held[second]) @ weights
    kept = shared >= least
    first, second, shared = first[kept], second[kept], shared[kept]
    sides = [held[rows] for rows in (first, second)]
    whole = [side @ weights for side in sides]
    means = [each / np.diff(side.indptr) for each, side in zip(whole, sides, strict=True)]
    telling = np.add(*means) / 2
    return pd.DataFrame(
        {
            "first": first,
            "second": second,
            "shared": shared,
            "telling": telling,
            "similarity": shared / np.minimum(*whole),
            "confidence": confidence_of(shared, telling),
        }
    )
