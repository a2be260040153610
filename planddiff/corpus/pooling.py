"""Trends and life spans of one group from its tables, and shares of all groups together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from planddiff.tracks.groups import groups_of
from planddiff.tracks.survival import survival_frame
from planddiff.tracks.trends import group_trend, item_bootstrap, status_trend

COLUMNS = [
    "group",
    "year",
    "items",
    "total",
    "share",
    "low",
    "high",
    "with_any",
    "observed",
    "adopted",
]
Tables = Mapping[str, pd.DataFrame]


def group_shares(tables: Tables, by: str, role: str | None, bands: dict[str, Any]) -> pd.DataFrame:
    """What :meth:`planddiff.Tracks.trend` gives, from the tables of one group."""
    if by == "status":
        return status_trend(tables["items"], tables["statuses"], **bands)
    return group_trend(tables["items"], _belonging(tables, by, role), **bands)


def founding_survival(tables: Tables, by: str | None, merged: str) -> pd.DataFrame:
    """What :meth:`planddiff.Tracks.survival` gives, from the tables of one group."""
    groups = None
    if by is not None:
        founders = tables["members"].drop_duplicates("initiative_id")
        found = founders.merge(_belonging(tables, by, None), on="item_id")
        groups = found[["initiative_id", "group"]]
    return survival_frame(tables["initiatives"], groups, merged=merged)


def _belonging(tables: Tables, by: str, role: str | None) -> pd.DataFrame:
    return groups_of(by, tables["items"], tables["agency_mentions"], tables["documents"], role=role)


def pooled_shares(
    groups: Iterable[Tables],
    by: str,
    role: str | None = None,
    *,
    draws: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Counts and shares of all groups (issuers) together, with bands over the groups.

    Parameters
    ----------
    groups : iterable of mapping
        The tables of one group after the other.
    by, role, draws, confidence, seed
        As in :meth:`planddiff.Tracks.trend`.

    Returns
    -------
    DataFrame
        ``group``, ``year``, ``items`` in it, ``total`` of the year, ``share`` with ``low`` and
        ``high``; ``with_any``, the issuers with such an item, ``observed``, the issuers with a plan
        of the year, and ``adopted``, the share of the former. Shares are 0..1.

    Notes
    -----
    Items of one issuer are not independent, so whole issuers are drawn again (percentile
    bootstrap, Efron and Tibshirani 1993, ch. 8). A year with one issuer has a band of width 0.
    ``share`` weighs an issuer by the length of its plan; ``adopted`` counts each issuer once.
    """
    counts = [
        part.assign(place=place)
        for place, tables in enumerate(groups)
        for part in _counts(tables, by, role)
    ]
    table = pd.concat(counts, ignore_index=True) if counts else pd.DataFrame()
    rows = []
    tail = (1 - confidence) / 2
    years = table[["year", "side"]].drop_duplicates() if len(table) else table
    for year, side in years.to_numpy().tolist():
        part = table[(table["year"] == year) & (table["side"] == side)]
        totals = part.groupby("place")["total"].first()
        inside = part[part["group"].notna()]
        wide = inside.pivot_table(
            index="place", columns="group", values="items", aggfunc="sum", fill_value=0
        ).reindex(totals.index, fill_value=0)
        items, total = wide.to_numpy(dtype=float), totals.to_numpy(dtype=float)
        resampled = item_bootstrap(len(totals), draws=draws, seed=(seed, year))
        drawn = resampled(items) / resampled(total[:, None])
        low, high = np.quantile(drawn, [tail, 1 - tail], axis=0)
        rows.append(
            pd.DataFrame(
                {
                    "group": wide.columns.astype(object),
                    "year": year,
                    "items": items.sum(axis=0).astype(int),
                    "total": int(total.sum()),
                    "share": items.sum(axis=0) / total.sum(),
                    "low": low,
                    "high": high,
                    "with_any": (items > 0).sum(axis=0),
                    "observed": len(totals),
                    "adopted": (items > 0).mean(axis=0),
                }
            )
        )
    if not rows:
        return pd.DataFrame(columns=COLUMNS)
    found = pd.concat(rows, ignore_index=True)
    return found.sort_values(["group", "year"], kind="stable").reset_index(drop=True)[COLUMNS]


def _counts(tables: Tables, by: str, role: str | None) -> list[pd.DataFrame]:
    """Items per year and value, and the total of the year, also where a year has no value."""
    if by != "status":
        years = tables["items"][["item_id", "year"]]
        return [_counted(years, _belonging(tables, by, role), "all")]
    statuses = tables["statuses"].rename(columns={"new_year": "year", "status": "group"})
    parts = []
    for side, chosen in (("new", None), ("old", "dropped")):
        part = statuses[statuses["side"] == side]
        kept = part if chosen is None else part[part["group"] == chosen]
        parts.append(_counted(part[["item_id", "year"]], kept[["item_id", "group"]], side))
    return parts


def _counted(items: pd.DataFrame, belonging: pd.DataFrame, side: str) -> pd.DataFrame:
    merged = items.merge(belonging, on="item_id", how="left")
    counts = merged.groupby(["year", "group"], dropna=False)["item_id"].nunique()
    table = counts.rename("items").reset_index().assign(side=side)
    return table.assign(total=table["year"].map(items["year"].value_counts()))
