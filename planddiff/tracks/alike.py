"""A cheap look at which items could be alike at all, before the matcher is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

FLOOR = 0.08
"""Cosine of weighted character pairs below which two items are not worth a comparison."""


class Vocabulary:
    """Character pairs of all items of a series, counted once.

    Pairs are weighted by how rare they are within the two years compared, so that no other year
    has a say in whether two items are candidates.
    """

    def __init__(self, items: Mapping[int, pd.DataFrame]) -> None:
        code: dict[str, int] = {}
        self._row = {
            year: {item: row for row, item in enumerate(table["item_id"])}
            for year, table in items.items()
        }
        counted = {
            year: [
                [code.setdefault(t[i : i + 2], len(code)) for i in range(len(t) - 1)] for t in texts
            ]
            for year, texts in ((y, table["core"].astype(str)) for y, table in items.items())
        }
        self._counts = {year: _matrix(rows, len(code)) for year, rows in counted.items()}

    def candidates(
        self, old_year: int, old: Collection[str], new_year: int, new: Collection[str]
    ) -> tuple[list[str], list[str]]:
        """Items of both sides that have at least one partner they could be like."""
        old_ids = [item for item in self._row[old_year] if item in old]
        new_ids = [item for item in self._row[new_year] if item in new]
        if not old_ids or not new_ids:
            return [], []
        spread = np.zeros(self._counts[old_year].shape[1])
        for year in (old_year, new_year):
            spread += np.bincount(self._counts[year].indices, minlength=len(spread))
        rows = sum(len(self._row[year]) for year in (old_year, new_year))
        weight = np.log((1 + rows) / (1 + spread))
        sides = [
            _unit(self._counts[year][[self._row[year][item] for item in ids]], weight)
            for year, ids in ((old_year, old_ids), (new_year, new_ids))
        ]
        near = (sides[0] @ sides[1].T).toarray() >= FLOOR
        return (
            [item for item, any_ in zip(old_ids, near.any(axis=1), strict=True) if any_],
            [item for item, any_ in zip(new_ids, near.any(axis=0), strict=True) if any_],
        )


def _matrix(rows: list[list[int]], width: int) -> csr_array:
    sizes = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.array([column for row in rows for column in row], dtype=np.int64)
    matrix = csr_array((np.ones(len(columns)), columns, sizes), shape=(len(rows), width))
    matrix.sum_duplicates()
    return matrix


def _unit(counts: csr_array, weight: np.ndarray) -> csr_array:
    weighted = csr_array(counts.multiply(weight))
    norm = np.sqrt(weighted.multiply(weighted).sum(axis=1))
    return csr_array(weighted.multiply(1 / np.maximum(norm, 1e-12)[:, None]))
