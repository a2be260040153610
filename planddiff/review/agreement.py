"""Do coders agree: kappa, alpha, and the overlap of the links they drew, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Codes = NDArray[np.int64]
MISSING = -1
MEASURES = ("kappa", "alpha", "link_f1", "agreement")


def cohen_kappa(first: Sequence[object], second: Sequence[object]) -> float:
    """Agreement of two coders beyond chance (Cohen 1960), on units that both coded.

    Returns
    -------
    float
        1 for full agreement, 0 for chance; ``nan`` where both use one and the same category only.

    Examples
    --------
    >>> round(cohen_kappa([1] * 25 + [0] * 25, [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15), 3)
    0.4
    """
    return _kappa(_numbered([first, second]))


def krippendorff_alpha(codes: Sequence[Sequence[object]]) -> float:
    """Reliability of nominal codes by any number of coders, gaps allowed (Krippendorff 2019).

    Parameters
    ----------
    codes : sequence of sequence
        One sequence a coder, one entry a unit; None where a coder left a unit out.

    Returns
    -------
    float
        1 for full agreement, 0 for chance; ``nan`` where nothing can disagree.

    Examples
    --------
    >>> krippendorff_alpha([[1, 1, 0], [1, 1, 0]])
    1.0
    """
    return _alpha(_numbered(codes))


def link_f1(first: Sequence[object], second: Sequence[object], link: object = "yes") -> float:
    """F1 of the links of two coders: twice what both drew over the sum of what each drew.

    Examples
    --------
    >>> link_f1(["yes", "yes", "no"], ["yes", "no", "no"])
    0.6666666666666666
    """
    ours = np.array([each == link for each in first])
    theirs = np.array([each == link for each in second])
    return _f1(ours, theirs)


def agreement_table(
    codes: pd.DataFrame, *, draws: int = 1000, level: float = 0.95, seed: int = 0
) -> pd.DataFrame:
    """Measures of agreement with percentile bootstrap intervals over units.

    Parameters
    ----------
    codes : DataFrame
        One row a pair of items, one column a coder; ``yes``, ``no``, ``unsure`` or missing.
    draws, level, seed
        Of the bootstrap (Efron and Tibshirani 1993): the pairs are drawn again.

    Returns
    -------
    DataFrame
        Index ``measure``: ``kappa``, ``alpha``, ``link_f1`` and ``agreement`` (share of equal
        codes); columns ``value``, ``low``, ``high``, ``units``. With more than two coders
        ``kappa``, ``link_f1`` and ``agreement`` are means over pairs of coders (Light 1971).
    """
    ordered = codes.sort_index()
    table = _numbered([ordered[name].tolist() for name in ordered.columns])
    yes = np.array([ordered[name].eq("yes").to_numpy(dtype=bool) for name in ordered.columns])
    generator = np.random.default_rng(seed)
    again = generator.integers(table.shape[1], size=(draws, table.shape[1]))
    rows = []
    for name in MEASURES:
        measure = _MEASURES[name]
        value = measure(table, yes)
        redrawn = np.array([measure(table[:, each], yes[:, each]) for each in again])
        known = redrawn[~np.isnan(redrawn)]
        tails = [(1 - level) / 2, (1 + level) / 2]
        low, high = np.quantile(known, tails) if len(known) else (np.nan, np.nan)
        rows.append((name, value, float(low), float(high), table.shape[1]))
    columns = ["measure", "value", "low", "high", "units"]
    return pd.DataFrame(rows, columns=columns).set_index("measure")


def _numbered(codes: Sequence[Sequence[object]]) -> Codes:
    """Codes as numbers, shape (coders, units); ``MISSING`` where there is none."""
    flat = pd.Series([each for coder in codes for each in coder], dtype=object)
    numbers, _ = pd.factorize(flat)
    return np.asarray(numbers, dtype=np.int64).reshape(len(codes), -1)


def _pairwise(table: Codes, measure: Callable[[Codes, int, int], float]) -> float:
    values = [measure(table, a, b) for a, b in combinations(range(len(table)), 2)]
    return float(np.mean(values))


def _kappa(table: Codes) -> float:
    both = table[:, (table != MISSING).all(axis=0)]
    if both.shape[1] == 0:
        return float("nan")
    seen = float((both[0] == both[1]).mean())
    size = int(both.max()) + 1
    shares = [np.bincount(coder, minlength=size) / both.shape[1] for coder in both]
    chance = float(shares[0] @ shares[1])
    return (seen - chance) / (1 - chance) if chance < 1 else float("nan")


def _alpha(table: Codes) -> float:
    size = int(table.max()) + 1
    counts = np.array([(table == value).sum(axis=0) for value in range(size)], dtype=float)
    coders = counts.sum(axis=0)
    counts, coders = counts[:, coders > 1], coders[coders > 1]
    if not counts.size:
        return float("nan")
    seen = ((coders**2 - (counts**2).sum(axis=0)) / (coders - 1)).sum()
    totals = counts.sum(axis=1)
    whole = totals.sum()
    chance = (whole**2 - (totals**2).sum()) / (whole - 1)
    return float(1 - seen / chance) if chance > 0 else float("nan")


def _f1(ours: NDArray[np.bool_], theirs: NDArray[np.bool_]) -> float:
    total = int(ours.sum() + theirs.sum())
    return 2 * int((ours & theirs).sum()) / total if total else float("nan")


def _equal(table: Codes, a: int, b: int) -> float:
    both = table[:, (table[[a, b]] != MISSING).all(axis=0)]
    return float((both[a] == both[b]).mean()) if both.shape[1] else float("nan")


_MEASURES: dict[str, Callable[[Codes, NDArray[np.bool_]], float]] = {
    "kappa": lambda table, yes: _pairwise(table, lambda t, a, b: _kappa(t[[a, b]])),
    "alpha": lambda table, yes: _alpha(table),
    "link_f1": lambda table, yes: _pairwise(table, lambda t, a, b: _f1(yes[a], yes[b])),
    "agreement": lambda table, yes: _pairwise(table, _equal),
}
