"""Precision and recall of a whole run, from a stratified sample of coded pairs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planddiff.errors import InvalidInputError

_DRAWS = 20_000


def quality_table(judged: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> pd.DataFrame:
    """Estimate precision, recall and F1 of all links of a run.

    The number of true pairs in a stratum is estimated by its size times the share of true pairs
    among those judged, which weighs every pair by its inverse probability of being drawn (Horvitz
    and Thompson 1952; Särndal, Swensson and Wretman 1992, ch. 3 and 5). The intervals are those of
    the posterior under Jeffreys' prior in each stratum (Brown, Cai and DasGupta 2001), for the
    pairs that were not drawn; so a large stratum in which no true pair was met still widens the
    interval of recall.

    Parameters
    ----------
    judged : DataFrame
        One row a judged pair: ``stratum``, ``stratum_size``, ``linked`` (by the run) and
        ``is_link`` (by the coders).
    level : float
        Coverage of the intervals.
    seed : int

    Returns
    -------
    DataFrame
        Index ``measure``: ``precision``, ``recall``, ``f1``; columns ``value``, ``low``, ``high``
        and ``units`` (pairs judged).

    Raises
    ------
    InvalidInputError
        Nothing was judged, or `level` is not between 0 and 1.
    """
    if judged.empty:
        raise InvalidInputError("no pair was judged: code the sheets and read them first")
    if not 0 < level < 1:
        raise InvalidInputError(f"level={level!r}: give a share between 0 and 1, such as 0.95")
    strata = judged.groupby(["linked", "stratum"]).agg(
        size=("stratum_size", "first"), judged=("is_link", "size"), true=("is_link", "sum")
    )
    linked = strata.index.get_level_values("linked").to_numpy(dtype=bool)
    size, seen, true = (strata[name].to_numpy(dtype=float) for name in ("size", "judged", "true"))
    value = _measures((size * true / seen)[None, :], size, linked)
    generator = np.random.default_rng(seed)
    share = generator.beta(true + 0.5, seen - true + 0.5, size=(_DRAWS, len(strata)))
    others = generator.binomial((size - seen).astype(np.int64), share)
    drawn = _measures(true + others, size, linked)
    rows = []
    for name in value:
        low, high = np.nanquantile(drawn[name], [(1 - level) / 2, (1 + level) / 2])
        middle = float(value[name][0])
        rows.append((name, middle, min(low, middle), max(high, middle), len(judged)))
    columns = ["measure", "value", "low", "high", "units"]
    return pd.DataFrame(rows, columns=columns).set_index("measure")


def _measures(true: np.ndarray, size: np.ndarray, linked: np.ndarray) -> dict[str, np.ndarray]:
    """Precision, recall and F1 for each row of the numbers of true pairs by stratum."""
    found = true[:, linked].sum(axis=1)
    links, wanted = size[linked].sum(), true.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return {
            "precision": found / links,
            "recall": found / wanted,
            "f1": 2 * found / (links + wanted),
        }
