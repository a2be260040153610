"""Which item of a pair came first: order in time, and nothing more than that.

That one issuer wrote before another what both write does not say that the second took it from the
first. Both may have it from a third, at hand or not; see :mod:`planddiff.corpus.upstream`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from planddiff.corpus.adoption import LEVELS
from planddiff.corpus.commonness import Commonness
from planddiff.corpus.wording import places_in, stretches
from planddiff.evidence.bigrams import Floats, Ints

UNKNOWN = LEVELS.index("unknown")


def ordered_pairs(items: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Turn pairs of items into sources and targets.

    Parameters
    ----------
    items : DataFrame
        ``issuer``, ``province``, ``level``, ``year``, ``date``, ``item_id``; by issuer.
    pairs : DataFrame
        ``first``, ``second``: rows of `items`, the first of them first.

    Returns
    -------
    DataFrame
        ``source`` and ``target`` (rows of `items`), then ``source_issuer``, ``target_issuer``,
        ``source_year``, ``target_year``, ``lag`` (years), ``direction``, ``same_province``
        (missing where a side is in none, as the State Council), ``same_year``, ``ordered``,
        ``source_level``, ``target_level``, ``source_item_id``, ``target_item_id``; rows as in
        `pairs`.

        The source is of the earlier year; within a year of the earlier date, where both documents
        are dated and the dates differ. Otherwise the pair is not ``ordered``: its source is the
        issuer that comes first in the alphabet. ``direction`` is ``horizontal`` between issuers
        of one level, ``down`` to a lower and ``up`` to a higher one, ``unknown`` where a level is
        not known, ``unordered`` where the pair is.
    """
    first, second = pairs["first"].to_numpy(), pairs["second"].to_numpy()
    years, days = items["year"].to_numpy(np.int64), days_of(items)
    same_year = years[first] == years[second]
    dated = same_year & (np.abs(days[first] - days[second]) > 0)
    turned = (years[first] > years[second]) | (dated & (days[first] > days[second]))
    source, target = np.where(turned, second, first), np.where(turned, first, second)
    ordered = ~same_year | dated
    ranks, provinces = ranks_of(items), items["province"].fillna("").to_numpy(dtype=object)
    columns: dict[str, Any] = {"source": source, "target": target}
    for side, rows in (("source", source), ("target", target)):
        for name in ("issuer", "year", "level", "item_id"):
            columns[f"{side}_{name}"] = items[name].to_numpy(dtype=object)[rows]
    table = pd.DataFrame(columns).astype({"source_year": "int64", "target_year": "int64"})
    table["lag"] = table["target_year"] - table["source_year"]
    down = np.sign(ranks[target] - ranks[source])
    direction = np.array(["up", "horizontal", "down"], dtype=object)[down + 1]
    unknown = (ranks[source] == UNKNOWN) | (ranks[target] == UNKNOWN)
    direction[unknown] = "unknown"
    direction[~ordered] = "unordered"
    table["direction"] = direction
    outside = (provinces[source] == "") | (provinces[target] == "")
    same = pd.Series(provinces[source] == provinces[target], dtype="boolean")
    table["same_province"] = same.mask(outside)
    table["same_year"], table["ordered"] = same_year, ordered
    return table


def ranks_of(items: pd.DataFrame) -> Ints:
    """Place of each item's level in ``LEVELS``."""
    places = {level: place for place, level in enumerate(LEVELS)}
    ranks: Ints = np.array([places.get(level, UNKNOWN) for level in items["level"]], dtype=np.int64)
    return ranks


def days_of(items: pd.DataFrame) -> Floats:
    """Date of each item's document as a number of days; not a number where it has none."""
    days = [np.nan if pd.isna(date) else float(date.toordinal()) for date in items["date"]]
    return np.array(days, dtype=np.float64)


def shared_runs(
    texts: list[str], source: Ints, target: Ints, years: Ints, commonness: Commonness
) -> tuple[list[str], Ints]:
    """The most telling unbroken wording of each pair, and how many issuers had used it.

    Parameters
    ----------
    texts : list of str
        Of the items.
    source, target, years : array of int, shape (n_pairs,)
        Rows of the items, and the year as of which wording is weighed.
    commonness : Commonness

    Returns
    -------
    list of str
        As the source writes it; unbroken but for punctuation and figures.
    array of int
        At most so many issuers had used all of it by that year, the two of the pair included.
    """
    rows, keys, starts, ends = stretches(texts)
    opens = np.searchsorted(rows, np.arange(len(texts) + 1))
    places, _ = places_in(commonness.keys, keys)
    weights = {year: commonness.of_year(year) for year in np.unique(years).tolist()}
    runs, users = [], []
    for one, other, year in zip(source.tolist(), target.tolist(), years.tolist(), strict=True):
        mine = slice(opens[one], opens[one + 1])
        there = np.isin(keys[mine], keys[opens[other] : opens[other + 1]])
        edges = np.flatnonzero(np.diff(np.concatenate([[False], there, [False]]).astype(np.int8)))
        heavy = np.concatenate([[0.0], np.cumsum(weights[year][places[mine]])])
        begins, stops = edges[::2], edges[1::2]
        best = int(np.argmax(heavy[stops] - heavy[begins]))
        begin, stop = mine.start + begins[best], mine.start + stops[best]
        runs.append(texts[one][starts[begin] : ends[stop - 1]])
        users.append(int(commonness.users_by(year)[places[begin:stop]].min()))
    return runs, np.array(users, dtype=np.int64)


def edge_table(links: pd.DataFrame) -> pd.DataFrame:
    """One row for every ordered pair of issuers: when the later one first wrote what is shared.

    Parameters
    ----------
    links : DataFrame
        Links with ``via_upstream``, ``on_subject`` and all columns of :func:`ordered_pairs`.

    Returns
    -------
    DataFrame
        The columns of `links`, ``n_links``, and ``n_on_subject`` of them. Of all links from
        one issuer to another it is the one with the earliest target; among those the one that no
        upstream document explains, the most confident, that with the earliest source.
    """
    ends = ["source_issuer", "target_issuer"]
    links = links[links["ordered"]].drop(columns="ordered")
    order = ["target_year", "via_upstream", "confidence", "source_year"]
    ids = ["source_item_id", "target_item_id"]
    links = links.sort_values(
        [*ends, *order, *ids], ascending=[True] * 4 + [False] + [True] * 3, kind="stable"
    )
    groups = links.groupby(ends, sort=False)["on_subject"]
    counts = {"n_links": groups.transform("size"), "n_on_subject": groups.transform("sum")}
    links = links.assign(**counts).astype(dict.fromkeys(counts, "int64"))
    return links.drop_duplicates(ends).reset_index(drop=True)
