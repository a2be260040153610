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

    Parameters
    ----------
    items : mapping of int to DataFrame
        Year to ``item_id``, ``core``.
    """

    def __init__(self, items: Mapping[int, pd.DataFrame]) -> None:
        table = pd.concat([part.assign(year=year) for year, part in items.items()])
        self._ids = table["item_id"].to_numpy()
        self._years = table["year"].to_numpy()
        self._counts = bigrams(table["core"].astype(str).tolist()).counts

    def candidates(
        self, old: Collection[str], new: Collection[str], around: Collection[int]
    ) -> tuple[set[str], set[str]]:
        """Items of both sides that have at least one partner they could be like.

        Parameters
        ----------
        old, new : collection of str
            The items asked, by ``item_id``.
        around : collection of int
            Years from which the rarity of character pairs is learned. Other years have no say in
            whether two items are candidates.
        """
        first, second = (np.flatnonzero(pd.Index(self._ids).isin(list(ids))) for ids in (old, new))
        if not len(first) or not len(second):
            return set(), set()
        weights = rarity(self._counts[np.isin(self._years, list(around))])
        vectors = self._counts @ sparse.diags_array(weights)
        near = unit_rows(vectors[first]) @ unit_rows(vectors[second]).T >= FLOOR
        rows, columns = near.nonzero()
        return set(self._ids[first[rows]]), set(self._ids[second[columns]])
