"""Shared upstream documents: what two issuers have in common because both have it from above.

Two cities that copy the plan of their province resemble each other without either having looked at
the other. A link between them is explained by the province where most of what they share is in a
document of a higher level that is no later than both, and what remains is no link by itself.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from planddiff.corpus.commonness import Commonness
from planddiff.corpus.precedence import UNKNOWN, days_of, ranks_of
from planddiff.evidence.bigrams import Floats, Ints, Matrix, row_sums, with_data

LEAST_EXPLAINED = 0.5
"""Share of the common wording from which on an upstream document is a candidate source of it."""

_AT_ONCE = 1024


def explained_by_upstream(
    items: pd.DataFrame, held: Matrix, source: Ints, target: Ints, commonness: Commonness
) -> pd.DataFrame:
    """The document above that explains most of what each pair of items shares.

    Parameters
    ----------
    items : DataFrame
        ``document_id``, ``level``, ``year``, ``date``; rows are those of `held`. Documents that
        can explain are among them.
    held : sparse matrix, shape (n_items, n_keys)
        Which stretches of wording each item holds.
    source, target : array of int, shape (n_pairs,)
        Rows of `items`.
    commonness : Commonness

    Returns
    -------
    DataFrame
        ``item`` (row of the item of that document that holds most of it, -1 where no document
        explains ``LEAST_EXPLAINED``), ``explained`` (share, 0 to 1, of the weight of the common
        wording that the document holds).

    Notes
    -----
    A document of the same year counts as no later unless its date says otherwise, so that doubt
    goes against the link.
    """
    ranks, days = ranks_of(items), days_of(items)
    above = np.flatnonzero(ranks < ranks[ranks < UNKNOWN].max(initial=0))
    best = np.full(len(source), -1, dtype=np.int64)
    explained = np.zeros(len(source))
    years = items["year"].to_numpy(np.int64)
    for start in range(0, len(source) if len(above) else 0, _AT_ONCE):
        block = slice(start, start + _AT_ONCE)
        sides = source[block], target[block]
        common = _common(held, *sides, years, commonness)
        allowed = _allowed(above, *sides, ranks, years, days)
        documents = pd.factorize(items["document_id"].iloc[above], sort=True)[0]
        best[block], explained[block] = _greatest(common, held[above], documents, allowed)
    enough = explained >= LEAST_EXPLAINED
    best[enough] = above[best[enough]]
    best[~enough], explained[~enough] = -1, 0.0
    return pd.DataFrame({"item": best, "explained": explained})


def _common(
    held: Matrix, source: Ints, target: Ints, years: Ints, commonness: Commonness
) -> Matrix:
    """What each pair holds in common, weighed as of its later year."""
    common = held[source].multiply(held[target]).tocsr()
    later = np.repeat(np.maximum(years[source], years[target]), np.diff(common.indptr))
    data = np.zeros(common.nnz)
    for year in np.unique(later).tolist():
        now = later == year
        data[now] = commonness.of_year(year)[common.indices[now]]
    return with_data(common, data)


def _allowed(
    above: Ints, source: Ints, target: Ints, ranks: Ints, years: Ints, days: Floats
) -> NDArray[np.bool_]:
    """Whether each item above is of a higher level than both of a pair, and no later than both."""
    higher = ranks[above] < np.minimum(ranks[source], ranks[target])[:, None]
    earlier = np.minimum(years[source], years[target])[:, None]
    day = np.fmin(days[source], days[target])[:, None]
    no_later = (years[above] < earlier) | ((years[above] == earlier) & ~(days[above] > day))
    allowed: NDArray[np.bool_] = higher & no_later
    return allowed


def _greatest(
    common: Matrix, upper: Matrix, documents: Ints, allowed: NDArray[np.bool_]
) -> tuple[Ints, Floats]:
    """The row of `upper` and the share of the document that holds most of each row of `common`."""
    member = sparse.csr_array((np.ones(len(documents)), (documents, np.arange(len(documents)))))
    whole = member @ upper
    whole = with_data(whole, np.minimum(whole.data, 1.0))
    of_item = np.where(allowed, (common @ upper.T).toarray(), -1.0)
    of_document = (common @ whole.T).toarray()
    open_to = np.zeros(of_document.shape, dtype=bool)
    open_to[:, documents] = allowed
    of_document[~open_to] = 0.0
    best = of_document.argmax(axis=1)
    rows = np.arange(len(best))
    of_item[documents != best[:, None]] = -1.0
    share = of_document[rows, best] / np.maximum(row_sums(common), 1e-12)
    return of_item.argmax(axis=1), np.minimum(share, 1.0)
