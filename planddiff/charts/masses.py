"""Masses of an alluvial chart: what flows from which item into which, and what ends or begins.

Every item has mass 1. The mass of an item that goes on is divided among its links in proportion to
``forward``; an item without a link onward is dropped with all of it, unless its year is the last.
On the new side the same holds with ``backward`` and new items. So the bands on either side of an
item always sum to its mass.
"""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

BAND_COLUMNS = ["old_id", "new_id", "old_year", "new_year", "kind", "left", "right"]


def flow_bands(items: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Bands between items of mass 1.

    Parameters
    ----------
    items : DataFrame
        ``item_id``, ``year``, ``ordinal``.
    links : DataFrame
        ``old_id``, ``new_id`` and optionally ``forward``, ``backward`` (0..1; equal shares without
        them). Links whose items are not among `items` are left out.

    Returns
    -------
    DataFrame
        ``BAND_COLUMNS``: ``kind`` is ``link`` (neighbouring observed years), ``returned`` (across
        an observed year), ``dropped`` (no ``new_id``) or ``new`` (no ``old_id``); ``left`` and
        ``right`` are the masses at both ends. In the order of the items.

    Examples
    --------
    >>> items = pd.DataFrame({"item_id": ["a", "b", "c"], "year": [2014, 2015, 2015],
    ...                       "ordinal": [1, 1, 2]})
    >>> links = pd.DataFrame({"old_id": ["a", "a"], "new_id": ["b", "c"], "forward": [0.6, 0.2]})
    >>> flow_bands(items, links)[["new_id", "left", "right"]].round(2).values.tolist()
    [['b', 0.75, 1.0], ['c', 0.25, 1.0]]
    """
    items = items.sort_values(["year", "ordinal", "item_id"], kind="stable")
    year_of = items.set_index("item_id")["year"].astype(int)
    place = pd.Series(range(len(items)), index=items["item_id"])
    observed = sorted(year_of.unique())
    after = dict(pairwise(observed))

    known = links["old_id"].isin(year_of.index) & links["new_id"].isin(year_of.index)
    bands = links.loc[known].drop_duplicates(["old_id", "new_id"])
    bands = bands.assign(
        old_year=bands["old_id"].map(year_of),
        new_year=bands["new_id"].map(year_of),
        left=_portions(bands, "old_id", "forward"),
        right=_portions(bands, "new_id", "backward"),
    )
    bands["kind"] = [
        "link" if after[old] == new else "returned"
        for old, new in zip(bands["old_year"], bands["new_year"], strict=True)
    ]
    going, coming = set(bands["old_id"]), set(bands["new_id"])
    ended = [i for i in year_of.index if year_of[i] != observed[-1] and i not in going]
    begun = [i for i in year_of.index if year_of[i] != observed[0] and i not in coming]
    rows = [
        *bands[BAND_COLUMNS].itertuples(index=False, name=None),
        *((item, None, year_of[item], None, "dropped", 1.0, None) for item in ended),
        *((None, item, None, year_of[item], "new", None, 1.0) for item in begun),
    ]
    table = pd.DataFrame(rows, columns=BAND_COLUMNS)
    table = table.astype(dict.fromkeys(("old_year", "new_year", "left", "right"), float))
    order = pd.DataFrame({side: table[side].map(place) for side in ("old_id", "new_id")})
    return table.loc[order.sort_values(["old_id", "new_id"]).index].reset_index(drop=True)


def _portions(bands: pd.DataFrame, side: str, column: str) -> pd.Series[float]:
    """Share of each band in the mass of its item on one side; equal where nothing weighs."""
    if column in bands:
        weight = bands[column].astype(float).clip(0, 1).fillna(0)
    else:
        weight = pd.Series(1.0, index=bands.index)
    total = weight.groupby(bands[side]).transform("sum")
    count = weight.groupby(bands[side]).transform("size")
    return (weight / total).where(total > 0, 1.0 / count)


def item_colours(items: pd.DataFrame, bands: pd.DataFrame, n_colours: int) -> dict[str, int]:
    """One colour along a lineage: that of the section in which it first stood.

    An item takes the colour of its largest inflow; one without inflow takes that of its section,
    which is the colour of most of its items with inflow, else a free one. Where a year has more
    sections without inflow than there are free colours, the largest get them, the others -1.

    Parameters
    ----------
    items : DataFrame
        ``item_id``, ``year``, ``ordinal``, ``section``.
    bands : DataFrame
        From :func:`flow_bands`.
    n_colours : int
        How many colours there are.
    """
    inflow = bands[bands["old_id"].notna() & bands["new_id"].notna()]
    ranked = inflow.sort_values("right", ascending=False, kind="stable")
    main = ranked.drop_duplicates("new_id")
    origin = dict(zip(main["new_id"], main["old_id"], strict=True))
    colour_of: dict[str, int] = {}
    taken = 0
    ordered = items.sort_values(["year", "ordinal", "item_id"], kind="stable")
    for _, column in ordered.groupby("year", sort=True):
        sections = [list(ids) for _, ids in column.groupby("section", sort=False)["item_id"]]
        fresh = [ids for ids in sections if not any(item in origin for item in ids)]
        largest = sorted(range(len(fresh)), key=lambda k: -len(fresh[k]))[: n_colours - taken]
        free = {fresh[k][0]: taken + n for n, k in enumerate(sorted(largest))}
        taken += len(free)
        for ids in sections:
            inherited = [colour_of[origin[item]] for item in ids if item in origin]
            own = free.get(ids[0], -1)
            if inherited:
                own = max(sorted(set(inherited)), key=inherited.count)
            colour_of |= {i: colour_of[origin[i]] if i in origin else own for i in ids}
    return colour_of
