"""How much of each year's plan goes to each group, with bands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

COLUMNS = [
    "group",
    "year",
    "items",
    "total",
    "share",
    "low",
    "high",
    "chars",
    "share_chars",
    "low_chars",
    "high_chars",
    "keyness",
]
Resampled = Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]


def group_trend(
    items: pd.DataFrame,
    groups: pd.DataFrame,
    *,
    draws: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Counts, shares and keyness of each group in each year.

    Parameters
    ----------
    items : DataFrame
        ``item_id``, ``year``, ``body``: all items of the observed years.
    groups : DataFrame
        ``item_id``, ``group``; an item may have several groups or none.
    draws : int
        Bootstrap samples per year.
    confidence : float
        Width of the bands, 0..1.
    seed : int
        Seed of the bootstrap; the year is mixed in, so that a further year changes no band.

    Returns
    -------
    DataFrame
        Columns ``COLUMNS``, one row per group and observed year, zeros included. Shares are 0..1
        of the items (``share``) and of the characters (``share_chars``) of the year; shares
        of multi-valued groups need not sum to 1. ``low`` and ``high`` bound ``share``,
        ``low_chars`` and ``high_chars`` bound ``share_chars``. ``keyness`` is the signed
        log-likelihood of the group in the year against all other years; beyond 3.84 it is
        significant at 5 %.

    Notes
    -----
    Percentile bootstrap over items (Efron & Tibshirani 1993, ch. 13): it shows how much hangs on
    single items of a plan, not on a population of plans. A group without an item has a band of
    width 0. Keyness: Dunning 1993, Computational Linguistics 19, 61-74; Rayson & Garside 2000.

    Examples
    --------
    >>> items = pd.DataFrame({"item_id": ["a", "b", "c"], "year": [2014, 2014, 2015],
    ...                       "body": ["四个字符", "四个字符", "四个字符"]})
    >>> groups = pd.DataFrame({"item_id": ["a", "c"], "group": ["智慧城市", "智慧城市"]})
    >>> group_trend(items, groups)[["group", "year", "items", "share"]].values.tolist()
    [['智慧城市', 2014, 1, 0.5], ['智慧城市', 2015, 1, 1.0]]
    """
    items = items.sort_values(["year", "item_id"], kind="stable")
    length = items["body"].str.len().to_numpy(dtype=float)
    names = sorted(groups["group"].unique())
    code = {name: column for column, name in enumerate(names)}
    belongs = np.zeros((len(items), len(names)))
    place = {item: row for row, item in enumerate(items["item_id"])}
    known = groups.loc[groups["item_id"].isin(place)]
    belongs[known["item_id"].map(place), known["group"].map(code)] = 1
    tail = (1 - confidence) / 2
    year_of = items["year"].to_numpy()
    pieces = []
    for year in sorted(set(year_of.tolist())):
        inside = year_of == year
        n = int(inside.sum())
        resampled = item_bootstrap(n, draws=draws, seed=(seed, int(year)))
        member, chars = belongs[inside], length[inside]
        shares = resampled(member) / n
        weight = resampled(member * chars[:, None])
        volume = resampled(chars[:, None])
        char_shares = np.divide(weight, volume, out=np.zeros_like(weight), where=volume > 0)
        low, high = np.quantile(shares, [tail, 1 - tail], axis=0)
        low_chars, high_chars = np.quantile(char_shares, [tail, 1 - tail], axis=0)
        counts, n_chars = member.sum(axis=0), (member * chars[:, None]).sum(axis=0)
        pieces.append(
            pd.DataFrame(
                {
                    "group": names,
                    "year": int(year),
                    "items": counts.astype(int),
                    "total": n,
                    "share": counts / n,
                    "low": low,
                    "high": high,
                    "chars": n_chars.astype(int),
                    "share_chars": n_chars / max(chars.sum(), 1.0),
                    "low_chars": low_chars,
                    "high_chars": high_chars,
                    "keyness": keyness(
                        counts,
                        belongs.sum(axis=0) - counts,
                        n,
                        len(items) - n,
                    ),
                }
            )
        )
    if not pieces:
        return pd.DataFrame(columns=COLUMNS)
    table = pd.concat(pieces, ignore_index=True)
    return table.sort_values(["group", "year"], kind="stable").reset_index(drop=True)[COLUMNS]


def status_trend(items: pd.DataFrame, statuses: pd.DataFrame, **dials: Any) -> pd.DataFrame:
    """Counts and shares of each status in each year that has an observed year before it.

    Parameters
    ----------
    items : DataFrame
        ``item_id``, ``body``.
    statuses : DataFrame
        ``new_year``, ``side``, ``item_id``, ``status``.
    **dials
        ``draws``, ``confidence``, ``seed`` as in :func:`group_trend`.

    Returns
    -------
    DataFrame
        As :func:`group_trend`. Every status is that of the items of the year towards the observed
        year before, as a share of the items of the year; only ``dropped`` counts items of the year
        before, as a share of those.
    """
    body_of = items.set_index("item_id")["body"]
    table = statuses.assign(
        year=statuses["new_year"], body=statuses["item_id"].map(body_of), group=statuses["status"]
    )
    arriving, leaving = table.loc[table["side"] == "new"], table.loc[table["side"] == "old"]
    parts = [
        group_trend(arriving, arriving, **dials),
        group_trend(leaving, leaving.loc[leaving["group"] == "dropped"], **dials),
    ]
    return pd.concat(parts, ignore_index=True)


def item_bootstrap(n: int, *, draws: int, seed: tuple[int, ...]) -> Resampled:
    """Sums over items in `draws` bootstrap samples of `n` items.

    Returns
    -------
    callable
        Maps an array (n items, k columns) to the sums of its columns (draws, k).
    """
    times = np.random.default_rng(list(seed)).multinomial(n, np.full(n, 1 / n), size=draws)

    def sums(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.asarray(times @ values, dtype=float)

    return sums


def keyness(
    inside: npt.NDArray[np.float64],
    outside: npt.NDArray[np.float64],
    total_inside: int,
    total_outside: int,
) -> npt.NDArray[np.float64]:
    """Signed log-likelihood G2 of counts in one year against all others.

    Parameters
    ----------
    inside, outside : ndarray
        Items of the group in the year and in the other years.
    total_inside, total_outside : int
        All items of the year and of the other years.

    Returns
    -------
    ndarray
        Positive where the group is over-represented in the year; 0 with only one year.

    Examples
    --------
    >>> keyness(np.array([10.0]), np.array([10.0]), 40, 160).round(2)
    array([8.93])
    """
    total = total_inside + total_outside
    if not total_inside or not total_outside:
        return np.zeros(len(inside))
    overall = inside + outside
    score = np.zeros(len(inside))
    for count, size in ((inside, total_inside), (outside, total_outside)):
        expected = np.maximum(size * overall / total, 1e-12)
        ratio = np.where(count > 0, count, expected) / expected
        score += 2 * count * np.log(ratio)
    sign = np.where(inside / total_inside >= outside / total_outside, 1.0, -1.0)
    return np.asarray(sign * np.maximum(score, 0.0))
