"""How far a figure would move had other documents been drawn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from planddiff.errors import InvalidInputError


def bootstrap_interval(
    rows: pd.DataFrame,
    statistic: Callable[[pd.DataFrame], float],
    *,
    by: str = "document",
    draws: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> tuple[float, float]:
    """Percentile interval of a statistic when whole documents are drawn again.

    Items of one document are not independent, so documents are the unit that is drawn (Efron and
    Tibshirani 1993, ch. 8). A document drawn twice counts as two.

    Parameters
    ----------
    rows : DataFrame
        What a statistic is computed from, with the column ``by``.
    statistic : callable
        From rows to a number.
    by : str
        Column that names the document.
    draws : int
        Number of redrawn sets.
    level : float
        Coverage, between 0 and 1.
    seed : int
        The same seed gives the same interval.

    Returns
    -------
    tuple of float
        Lower and upper end.

    Raises
    ------
    InvalidInputError
        ``by`` is not a column, or ``level`` is not between 0 and 1.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"document": ["a", "b"], "right": [1.0, 1.0]})
    >>> bootstrap_interval(rows, lambda drawn: drawn["right"].mean())
    (1.0, 1.0)
    """
    if by not in rows:
        raise InvalidInputError(f"rows have no column {by!r}; name the one that tells documents")
    if not 0 < level < 1:
        raise InvalidInputError(f"level is {level!r}; give a share between 0 and 1, such as 0.95")
    groups = [group for _, group in rows.groupby(by, sort=True)]
    if not groups:
        return float("nan"), float("nan")
    generator = np.random.default_rng(seed)
    values = []
    for _ in range(draws):
        drawn = generator.integers(len(groups), size=len(groups))
        parts = [groups[which].assign(**{by: place}) for place, which in enumerate(drawn)]
        values.append(statistic(pd.concat(parts, ignore_index=True)))
    low, high = np.nanquantile(values, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
