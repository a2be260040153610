"""A cheap look at which items could be alike at all, before the matcher is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
from scipy import sparse

from planddiff.evidence.bigrams import bigrams, rarity, unit_rows

FLOOR = 0.10
"""Cosine of weighted character pairs below which two items are not worth a comparison."""


class Vocabulary:
    """Character pairs of all items of a series, counted once.

    Pairs are weighted by how rare they are within the two years compared, so that no other year
    has a say in whether two items are candidates.

    Parameters
    ----------
    items : mapping of int to DataFrame
        Year to ``item_id``, ``core``.
    """

    def __init__(self, items: Mapping[int, pd.DataFrame]) -> None:
        texts = [str(text) for table in items.values() for text in table["core"]]
        counts = bigrams(texts).counts
        ends = np.cumsum([len(table) for table in items.values()])
        self._counts = {
            year: counts[end - len(table) : end]
            for (year, table), end in zip(items.items(), ends, strict=True)
        }
        self._ids = {year: list(table["item_id"]) for year, table in items.items()}

    def candidates(
        self, old_year: int, old: Collection[str], new_year: int, new: Collection[str]
    ) -> tuple[list[str], list[str]]:
        """Items of both sides that have at least one partner they could be like.

        Parameters
        ----------
        old_year, new_year : int
        old, new : collection of str
            The items asked, by ``item_id``; those of other years are passed over.

        Returns
        -------
        list of str, list of str
            In the order of the plans.
        """
        rows = [
            np.flatnonzero([item in asked for item in self._ids[year]])
            for year, asked in ((old_year, old), (new_year, new))
        ]
        if not all(len(places) for places in rows):
            return [], []
        both = sparse.vstack([self._counts[old_year], self._counts[new_year]]).tocsr()
        vectors = unit_rows(both @ sparse.diags_array(rarity(both)))
        first, second = vectors[rows[0]], vectors[rows[1] + len(self._ids[old_year])]
        near = (first @ second.T).toarray() >= FLOOR
        return (
            [self._ids[old_year][row] for row in rows[0][near.any(axis=1)]],
            [self._ids[new_year][row] for row in rows[1][near.any(axis=0)]],
        )
