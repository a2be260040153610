"""Targets of an initiative as typed time series: what was raised, lowered, reset or restated."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from planddiff.fields.target_change import Target, change_of, matched_targets, read_targets

Figure = dict[Hashable, Any]

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
_FIGURE = COLUMNS[COLUMNS.index("object") : COLUMNS.index("change")] + COLUMNS[-3:]
_LAST = ["series", "object"]
_YEAR = re.compile(r"(?:19|20)\d{2}")


def target_series(
    targets: pd.DataFrame, members: pd.DataFrame, links: pd.DataFrame
) -> pd.DataFrame:
    """Follow each figure along the main line of its initiative.

    Parameters
    ----------
    targets : DataFrame
        Rows of ``Plan.targets`` of all items.
    members : DataFrame
        ``initiative_id``, ``item_id``, ``year``.
    links : DataFrame
        ``old_id``, ``new_id``, ``main``.

    Returns
    -------
    DataFrame
        Columns ``COLUMNS``, by initiative, series and year. ``series`` numbers the figures of an
        initiative; rows of one series speak of the same thing. ``change`` against the row before
        in the series: ``first`` (in the founding item), ``new``, ``unchanged``, ``raised``,
        ``lowered``, ``reset`` (the old figure fell due by its own date and a figure with a later
        date follows: met or not, a new mark was set), ``restated`` (other unit or base) or
        ``not_comparable``, as :func:`planddiff.fields.target_change.compare_targets` pairs and
        judges them. A figure that is not taken up again has a last row with ``change``
        ``removed`` and no value, in the year of the initiative's next item.
    """
    of_item: dict[str, list[Figure]] = {}
    for figure in targets.sort_values(["start", "end"], kind="stable").to_dict("records"):
        of_item.setdefault(figure["item_id"], []).append(figure)
    rows: list[dict[str, Any]] = []
    for name, chain in members.groupby("initiative_id", sort=False):
        running: list[dict[str, Any]] = []
        opened = 0
        before: list[Target] | None = None
        for item, year in zip(chain["item_id"], chain["year"], strict=True):
            figures = of_item.get(item, [])
            current = read_targets(figures)
            station = {"initiative_id": name, "year": year, "item_id": item}
            following: dict[int, dict[str, Any]] = {}
            for old_target, new_target, _ in matched_targets(before or [], current):
                change = change_of(old_target, new_target)
                old = None if old_target is None else running[old_target.position]
                if new_target is None:
                    rows.append(station | _pick(old, _LAST) | _before(old) | {"change": change})
                    continue
                if old is None:
                    opened += 1
                row = station | _pick(figures[new_target.position], _FIGURE) | _before(old)
                row["series"] = opened if old is None else old["series"]
                row["change"] = "first" if before is None else _renewed(old, row, change)
                following[new_target.position] = row
            running = [following[place] for place in range(len(current))]
            rows += running
            before = current
    table = pd.DataFrame(rows, columns=COLUMNS)
    order = {name: row for row, name in enumerate(members["initiative_id"].drop_duplicates())}
    table = table.assign(place=table["initiative_id"].map(order))
    table = table.sort_values(["place", "series", "year"], kind="stable")
    return table[COLUMNS].reset_index(drop=True)


def _pick(figure: Mapping[Any, Any] | None, names: list[str]) -> dict[str, Any]:
    return {} if figure is None else {name: figure[name] for name in names}


def _before(old: dict[str, Any] | None) -> dict[str, Any]:
    names = ["year", "value", "unit", "item_id"]
    return {f"old_{name}": None if old is None else old[name] for name in names}


def _renewed(old: dict[str, Any] | None, new: dict[str, Any], change: str) -> str:
    if old is None or change not in ("raised", "lowered", "unchanged"):
        return change
    due, next_due = (_YEAR.search(str(figure["deadline"])) for figure in (old, new))
    if due is None or next_due is None:
        return change
    return "reset" if int(due.group()) < new["year"] <= int(next_due.group()) else change
