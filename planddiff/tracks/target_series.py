"""Targets of an initiative as typed time series: what was raised, lowered, reset or restated."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

import pandas as pd

from planddiff.tracks.labels import shared_text

SAME_OBJECT = 0.5
"""Share of character pairs from which two objects in one unit count as the same."""
SAME_RESTATED = 0.6
"""The same for two objects in different units, where the unit does not help."""

COLUMNS = [
    "initiative_id",
    "series",
    "year",
    "item_id",
    "object",
    "value",
    "upper",
    "unit",
    "comparator",
    "base",
    "flow",
    "deadline",
    "change",
    "old_year",
    "old_value",
    "old_unit",
    "old_item_id",
    "start",
    "end",
    "as_written",
]
_YEAR = re.compile(r"(?:19|20)\d{2}")


def target_series(
    targets: pd.DataFrame, members: pd.DataFrame, links: pd.DataFrame
) -> pd.DataFrame:
    """Follow each figure along the main line of its initiative.

    Parameters
    ----------
    targets : DataFrame
        ``item_id``, ``value``, ``upper``, ``unit``, ``comparator``, ``base``, ``object``,
        ``flow``, ``deadline``, ``reported``, ``start``, ``end``, ``as_written``.
    members : DataFrame
        ``initiative_id``, ``item_id``, ``year``.
    links : DataFrame
        ``old_id``, ``new_id``, ``main``.

    Returns
    -------
    DataFrame
        Columns ``COLUMNS``, by initiative, series and year. ``series`` numbers the figures of an
        initiative; rows of one series speak of the same thing. ``change`` against the row before
        in the series: ``first``, ``same``, ``raised`` or ``lowered`` (the value, whatever the
        comparator), ``reset`` (the old figure fell due by its own date and a new figure with a
        later date follows it) or ``restated`` (other unit or base: not comparable). A figure
        without a successor has a last row with ``change`` ``ended`` and no value, in the year of
        the initiative's next item. Figures that the text reports as achieved stay out.
    """
    figures = targets.loc[~targets["reported"].astype(bool)]
    of_item: dict[str, list[dict[Hashable, Any]]] = {
        str(item): part.sort_values("start", kind="stable").to_dict("records")
        for item, part in figures.groupby("item_id", sort=False)
    }
    main = links.loc[links["main"]]
    before = dict(zip(main["new_id"], main["old_id"], strict=True))
    rows: list[dict[Hashable, Any]] = []
    for name, chain in members.groupby("initiative_id", sort=False):
        year_of = dict(zip(chain["item_id"], chain["year"], strict=True))
        running: list[dict[Hashable, Any]] = []
        opened = 0
        for item, year in year_of.items():
            current = of_item.get(item, [])
            previous = running if item in before else []
            partner = _pairs(previous, current)
            running = []
            for place, figure in enumerate(current):
                old = previous[partner[place]] if place in partner else None
                if old is None:
                    opened += 1
                row = figure | {"initiative_id": name, "year": year} | _against(old, figure, year)
                row["series"] = opened if old is None else old["series"]
                running.append(row)
            rows += running
            carried = set(partner.values())
            rows += [
                _ending(old, str(item), year) for n, old in enumerate(previous) if n not in carried
            ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    order = {name: row for row, name in enumerate(members["initiative_id"].drop_duplicates())}
    table = table.assign(place=table["initiative_id"].map(order))
    table = table.sort_values(["place", "series", "year"], kind="stable")
    return table[COLUMNS].reset_index(drop=True)


def _pairs(old: list[dict[Hashable, Any]], new: list[dict[Hashable, Any]]) -> dict[int, int]:
    """New figure to old figure: same unit and object first, then the same object restated."""
    scored = []
    for o, one in enumerate(old):
        for n, other in enumerate(new):
            likeness = shared_text(str(one["object"]), str(other["object"]))
            comparable = _comparable(one, other)
            alone = comparable and len(old) == len(new) == 1
            if alone or likeness >= (SAME_OBJECT if comparable else SAME_RESTATED):
                scored.append((-comparable, -likeness, o, n))
    partner: dict[int, int] = {}
    for _, _, o, n in sorted(scored):
        if n not in partner and o not in partner.values():
            partner[n] = o
    return partner


def _comparable(old: dict[Hashable, Any], new: dict[Hashable, Any]) -> bool:
    return bool(old["unit"] == new["unit"] and old["base"] == new["base"])


def _against(
    old: dict[Hashable, Any] | None, new: dict[Hashable, Any], year: int
) -> dict[str, Any]:
    if old is None:
        return {"change": "first", "old_year": None, "old_value": None, "old_unit": None}
    due, next_due = (_year_in(str(figure["deadline"])) for figure in (old, new))
    if not _comparable(old, new):
        change = "restated"
    elif due is not None and due < year and next_due is not None and next_due >= year:
        change = "reset"
    elif new["value"] == old["value"]:
        change = "same"
    else:
        change = "raised" if new["value"] > old["value"] else "lowered"
    return {
        "change": change,
        "old_year": old["year"],
        "old_value": old["value"],
        "old_unit": old["unit"],
        "old_item_id": old["item_id"],
    }


def _ending(old: dict[Hashable, Any], item: str, year: int) -> dict[Hashable, Any]:
    return {
        "initiative_id": old["initiative_id"],
        "series": old["series"],
        "year": year,
        "item_id": item,
        "object": old["object"],
        "change": "ended",
        "old_year": old["year"],
        "old_value": old["value"],
        "old_unit": old["unit"],
        "old_item_id": old["item_id"],
    }


def _year_in(deadline: str) -> int | None:
    found = _YEAR.search(deadline)
    return int(found.group()) if found else None
