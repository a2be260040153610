"""Cells of result tables as plain text and numbers, for files that know nothing else."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

SEPARATOR = "; "

Cell = str | int | float | bool | None


def plain_cell(value: Any) -> Cell:
    """A cell as text, number or truth value; None where it is missing.

    Lists are joined by semicolons, so that a spreadsheet can split them again.

    Examples
    --------
    >>> plain_cell(["省经信委", "省农业厅"]), plain_cell({2014: "new"}), plain_cell(float("nan"))
    ('省经信委; 省农业厅', '2014: new', None)
    """
    if isinstance(value, Mapping):
        return SEPARATOR.join(f"{key}: {_text(each)}" for key, each in value.items())
    if isinstance(value, (list, tuple, np.ndarray)):
        return SEPARATOR.join(_text(each) for each in value)
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, (str, int, bool)) else str(value)


def plain_table(table: pd.DataFrame) -> pd.DataFrame:
    """The table with :func:`plain_cell` on every cell of its text columns."""
    columns = {
        name: column.map(plain_cell) if column.dtype == object else column
        for name, column in table.items()
    }
    return pd.DataFrame(columns, index=table.index, columns=table.columns)


def _text(value: Any) -> str:
    cell = plain_cell(value)
    return "" if cell is None else str(cell)
