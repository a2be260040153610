"""Who adopted when, and what cannot be known of it.

An adoption is the first year in which a plan of an issuer has what is asked for. A year without a
plan is unobserved, never a year without adoption; an issuer whose first plan already has it is
left-censored (Allison 1984): it adopted in that year or in any before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

LEVELS = ("national", "province", "prefecture", "county", "unknown")
"""Levels of government from the top; ``unknown`` where neither document nor table tells."""

ADOPTION_COLUMNS = [
    "issuer", "region", "province", "level", "first_observed", "last_observed", "n_observed",
    "status", "adoption_year", "adopted_after", "lag", "n_items", "item_ids",
]  # fmt: skip
PRESENCE_COLUMNS = ["issuer", "region", "province", "level", "year", "state", "n_items"]
CURVE_COLUMNS = [
    "level", "year", "observed", "observed_so_far", "at_risk", "new", "left_censored", "adopters",
    "share", "hazard",
]  # fmt: skip
LAG_COLUMNS = [
    "level", "issuers", "adopters", "left_censored", "first_year", "median_year", "least_lag",
    "median_lag", "greatest_lag",
]  # fmt: skip
_PLACE = ["region", "province", "level"]
_YEARS = ("first_observed", "last_observed", "adoption_year", "adopted_after", "lag", "year")


def adoption_table(observed: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """First adoption of every issuer of which a plan is at hand.

    Parameters
    ----------
    observed : DataFrame
        ``issuer``, ``region``, ``province``, ``level``, ``year``: one row per document.
    items : DataFrame
        ``issuer``, ``year``, ``item_id``: the items that have what is asked for.

    Returns
    -------
    DataFrame
        Columns ``ADOPTION_COLUMNS``, by level, then adoption year, then issuer. ``status`` is
        ``adopted``, ``left_censored`` or ``not_adopted`` (in no plan at hand);
        ``adopted_after`` the last observed year without it before the adoption, so that the true
        year lies in (adopted_after, adoption_year]; ``lag`` the years since the first adoption by
        anyone; ``n_items`` and ``item_ids`` are those of the adoption year.

    Examples
    --------
    >>> observed = pd.DataFrame({"issuer": list("aabb"), "region": "", "province": "",
    ...                          "level": "province", "year": [2014, 2017, 2014, 2015]})
    >>> items = pd.DataFrame({"issuer": ["a", "b"], "year": [2017, 2014], "item_id": ["x", "y"]})
    >>> table = adoption_table(observed, items)
    >>> table[["issuer", "status", "adoption_year", "adopted_after", "lag"]].values.tolist()
    [['b', 'left_censored', 2014, <NA>, 0], ['a', 'adopted', 2017, 2014, 3]]
    """
    places = _places(observed)
    held = {key: sorted(ids) for key, ids in items.groupby(["issuer", "year"])["item_id"]}
    firsts = items.groupby("issuer")["year"].min().to_dict()
    start = min(firsts.values(), default=0)
    rows = []
    for issuer, group in observed.groupby("issuer", sort=True):
        years = sorted(set(group["year"].tolist()))
        first = firsts.get(issuer)
        before = [year for year in years if first is not None and year < first]
        status = "not_adopted" if first is None else "adopted" if before else "left_censored"
        ids = held.get((issuer, first), [])
        rows.append(
            {
                "issuer": issuer,
                **places[issuer],
                "first_observed": years[0],
                "last_observed": years[-1],
                "n_observed": len(years),
                "status": status,
                "adoption_year": first,
                "adopted_after": before[-1] if before else None,
                "lag": None if first is None else first - start,
                "n_items": len(ids),
                "item_ids": ids,
            }
        )
    table = _typed(rows, ADOPTION_COLUMNS)
    order = table.assign(rank=table["level"].map(LEVELS.index))
    order = order.sort_values(["rank", "adoption_year", "issuer"], na_position="last")
    return table.loc[order.index].reset_index(drop=True)


def _places(observed: pd.DataFrame) -> dict[Any, Mapping[str, str]]:
    """Region, province and level of each issuer: those of most of its documents."""
    table = observed[["issuer", *_PLACE]].fillna("").replace({"level": {"": LEVELS[-1]}})
    counted = table.groupby(["issuer", *_PLACE]).size().rename("n").reset_index()
    counted = counted.sort_values(["issuer", "n", *_PLACE], ascending=[True, False, *[True] * 3])
    first = counted.drop_duplicates("issuer").set_index("issuer")[_PLACE]
    return {issuer: dict(zip(_PLACE, row, strict=True)) for issuer, *row in first.itertuples()}


def presence_by_year(
    observed: pd.DataFrame, items: pd.DataFrame, adoptions: pd.DataFrame
) -> pd.DataFrame:
    """Every issuer in every calendar year: ``present``, ``absent`` or ``unobserved``.

    Parameters
    ----------
    observed, items : DataFrame
        As in :func:`adoption_table`.
    adoptions : DataFrame
        Its result, whose order the issuers keep.

    Returns
    -------
    DataFrame
        Columns ``PRESENCE_COLUMNS``; the years run from the first to the last observed of all.
    """
    seen = set(zip(observed["issuer"], observed["year"], strict=True))
    counts = items.groupby(["issuer", "year"]).size().to_dict()
    years = range(int(observed["year"].min()), int(observed["year"].max()) + 1)
    rows = []
    for issuer, *place in adoptions[["issuer", *_PLACE]].itertuples(index=False):
        for year in years:
            n = counts.get((issuer, year), 0)
            state = "present" if n else "absent" if (issuer, year) in seen else "unobserved"
            rows.append(dict(zip(PRESENCE_COLUMNS, (issuer, *place, year, state, n), strict=True)))
    return _typed(rows, PRESENCE_COLUMNS)


def adoption_curve(observed: pd.DataFrame, adoptions: pd.DataFrame) -> pd.DataFrame:
    """Cumulative adoptions per level and year, beside the issuers observed so far.

    Parameters
    ----------
    observed : DataFrame
        ``issuer``, ``year``.
    adoptions : DataFrame
        As :func:`adoption_table` gives it.

    Returns
    -------
    DataFrame
        Columns ``CURVE_COLUMNS``; one row per level (``all`` first, then those there are) and
        calendar year. ``observed``: issuers with a plan of the year; ``observed_so_far``: with one
        of this year or before; ``at_risk``: with a plan of the year and an earlier one, and no
        adoption before it; ``new``: adoptions in the year by issuers at risk; ``left_censored``:
        issuers whose first plan, of this year, already has it; ``adopters``: all adopters so far,
        left-censored ones included; ``share``: adopters / observed_so_far; ``hazard``: new /
        at_risk, missing where nobody is at risk.
    """
    plans = observed[["issuer", "year"]].drop_duplicates()
    years = range(int(plans["year"].min()), int(plans["year"].max()) + 1)
    levels = [each for each in LEVELS if (adoptions["level"] == each).any()]
    rows = []
    for level in ["all", *levels]:
        mine = adoptions if level == "all" else adoptions[adoptions["level"] == level]
        own = plans[plans["issuer"].isin(mine["issuer"])].merge(
            mine[["issuer", "first_observed", "adoption_year"]], on="issuer"
        )
        risky = (own["year"] > own["first_observed"]) & ~(
            own["adoption_year"] < own["year"]
        ).fillna(False)
        for year in years:
            adopted = mine[(mine["adoption_year"] == year).fillna(False)]
            new = int((adopted["status"] == "adopted").sum())
            so_far = int((mine["first_observed"] <= year).sum())
            adopters = int((mine["adoption_year"] <= year).fillna(False).sum())
            at_risk = int((risky & (own["year"] == year)).sum())
            rows.append(
                {
                    "level": level,
                    "year": year,
                    "observed": int((own["year"] == year).sum()),
                    "observed_so_far": so_far,
                    "at_risk": at_risk,
                    "new": new,
                    "left_censored": len(adopted) - new,
                    "adopters": adopters,
                    "share": adopters / so_far if so_far else np.nan,
                    "hazard": new / at_risk if at_risk else np.nan,
                }
            )
    return pd.DataFrame(rows, columns=CURVE_COLUMNS)


def lag_table(adoptions: pd.DataFrame) -> pd.DataFrame:
    """How long after the first adopter the issuers of each level adopted.

    Returns
    -------
    DataFrame
        Columns ``LAG_COLUMNS``, one row per level. Years and lags are those of issuers that were
        seen to adopt: a left-censored issuer adopted in an unknown year and is only counted.
        ``first_year`` is the first year in which any of the level has it.
    """
    rows = []
    for level in LEVELS:
        mine = adoptions[adoptions["level"] == level]
        if mine.empty:
            continue
        seen = mine[mine["status"] == "adopted"]
        rows.append(
            {
                "level": level,
                "issuers": len(mine),
                "adopters": int(mine["adoption_year"].notna().sum()),
                "left_censored": int((mine["status"] == "left_censored").sum()),
                "first_year": mine["adoption_year"].min(),
                "median_year": _of(seen["adoption_year"], "median"),
                "least_lag": _of(seen["lag"], "min"),
                "median_lag": _of(seen["lag"], "median"),
                "greatest_lag": _of(seen["lag"], "max"),
            }
        )
    table = pd.DataFrame(rows, columns=LAG_COLUMNS)
    return table.astype({"first_year": "Int64"})


def _of(values: pd.Series[Any], figure: str) -> float:
    return float(getattr(values.astype(float), figure)()) if len(values) else np.nan


def _typed(rows: Iterable[Mapping[str, Any]], columns: list[str]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows), columns=columns)
    return table.astype({name: "Int64" for name in columns if name in _YEARS})
