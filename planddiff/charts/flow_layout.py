"""Where the blocks and bands of an alluvial chart lie."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

OTHERS = "…"
_KEYS = ["source", "target", "old_year", "new_year", "kind", "colour", "lit"]


@dataclass(frozen=True)
class Layout:
    """Blocks and ribbons with their places; y runs down from 0 in items.

    Attributes
    ----------
    nodes : DataFrame
        One row per block: ``node``, ``year``, ``section``, ``items`` (how many), ``title`` (of the
        first), ``colour``, ``lit``, ``bottom``, ``top``.
    ribbons : DataFrame
        One row per band: ``source``, ``target`` (missing where it ends or begins), ``old_year``,
        ``new_year``, ``kind``, ``colour``, ``lit``, ``left``, ``right`` (masses), ``left_top``,
        ``right_top`` (upper edges; the lower ones are a mass further down).
    """

    nodes: pd.DataFrame
    ribbons: pd.DataFrame


def lump_sections(items: pd.DataFrame, most: int) -> tuple[pd.DataFrame, dict[int, int]]:
    """Put the smallest sections of a year under one name where there are more than `most`.

    Returns
    -------
    DataFrame, dict
        The items with ``section`` replaced by ``OTHERS`` where lumped, and how many sections were
        lumped by year.
    """
    sizes = items.groupby(["year", "section"], sort=False).size().rename("n").reset_index()
    sizes["rank"] = sizes.groupby("year")["n"].rank(method="first", ascending=False)
    many = sizes.groupby("year")["n"].transform("size") > most
    small = sizes[many & (sizes["rank"] >= most)]
    lumped = set(zip(small["year"], small["section"], strict=True))
    section = [
        OTHERS if key in lumped else key[1]
        for key in zip(items["year"], items["section"], strict=True)
    ]
    counts = {int(str(year)): int(n) for year, n in small.groupby("year").size().items()}
    return items.assign(section=section), counts


def lay_out(
    items: pd.DataFrame,
    bands: pd.DataFrame,
    colour_of: dict[str, int],
    *,
    by_section: bool,
    highlight: Collection[str] | None = None,
) -> Layout:
    """Stack the blocks of each year in document order and the bands in the order of their ends.

    Parameters
    ----------
    items : DataFrame
        ``item_id``, ``year``, ``ordinal``, ``section``, ``title``.
    bands : DataFrame
        From ``flow_bands``.
    colour_of : dict
        Colour number of each item.
    by_section : bool
        Whether items of a section are one block and bands between the same blocks one band.
    highlight : collection of str, optional
        Items in colour.
    """
    nodes = _stack(items, colour_of, by_section=by_section, highlight=highlight)
    key = items["year"].astype(str) + " " + items["section"] if by_section else items["item_id"]
    node_of = dict(zip(items["item_id"], key, strict=True))
    owner = bands["old_id"].fillna(bands["new_id"])
    ribbons = bands.assign(
        source=bands["old_id"].map(node_of),
        target=bands["new_id"].map(node_of),
        # What ends or begins is drawn in the colour of its status, not of its lineage.
        colour=owner.map(colour_of).where(bands["kind"].isin(["link", "returned"]), -1),
        lit=True if highlight is None else owner.isin(highlight),
    )
    ribbons = ribbons.groupby(_KEYS, dropna=False, sort=False)[["left", "right"]].sum()
    ribbons = ribbons.reset_index()
    top = nodes.set_index("node")["top"]
    for side, end, other in (("left", "source", "target"), ("right", "target", "source")):
        # What ends or begins has no other side and lies lowest.
        far = ribbons[other].map(top).astype(float).fillna(float("-inf"))
        order = far.sort_values(ascending=False, kind="stable").index
        above = ribbons.loc[order].groupby(end)[side].cumsum() - ribbons[side]
        ribbons[f"{side}_top"] = ribbons[end].map(top).astype(float) - above
    return Layout(nodes, ribbons)


def _stack(
    items: pd.DataFrame,
    colour_of: dict[str, int],
    *,
    by_section: bool,
    highlight: Collection[str] | None,
) -> pd.DataFrame:
    gap = max(0.6, 0.022 * float(items.groupby("year").size().max()))
    rows = []
    for year, column in items.groupby("year", sort=True):
        level = 0.0
        sections = list(column.groupby("section", sort=False))
        for section, group in sorted(sections, key=lambda pair: pair[0] == OTHERS):
            parts = [group] if by_section else [group.iloc[[k]] for k in range(len(group))]
            for part in parts:
                ids = part["item_id"].tolist()
                colours = [colour_of[item] for item in ids]
                rows.append(
                    {
                        "node": f"{year} {section}" if by_section else ids[0],
                        "year": year,
                        "section": section,
                        "items": len(ids),
                        "title": part["title"].iloc[0],
                        "colour": -1
                        if section == OTHERS
                        else max(sorted(set(colours)), key=colours.count),
                        "lit": highlight is None or any(item in highlight for item in ids),
                        "top": level,
                        "bottom": level - len(ids),
                    }
                )
                level -= len(ids)
            level -= gap
    return pd.DataFrame(rows)
