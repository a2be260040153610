"""What happened to each initiative, year by year, with the evidence for it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

import pandas as pd

from planddiff.tracks.calendar import Calendar
from planddiff.tracks.initiatives import status_maps
from planddiff.tracks.lineage import Lineages

COLUMNS = [
    "initiative_id",
    "year",
    "since",
    "event",
    "role",
    "old_ids",
    "new_ids",
    "partners",
    "confidence",
    "evidence",
]
EVENTS = {
    "persisted": "persist",
    "changed": "change",
    "split": "split",
    "merged": "merge",
    "recombined": "recombine",
    "returned": "return",
    "uncertain": "uncertain",
    "new": "birth",
    "dropped": "drop",
}


def events_table(lineages: Lineages, statuses: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    """Births, persistence, changes, splits, mergers, drops and returns.

    Parameters
    ----------
    lineages : Lineages
    statuses : DataFrame
        ``side``, ``item_id``, ``status``.
    calendar : Calendar

    Returns
    -------
    DataFrame
        Columns ``COLUMNS``. ``event`` is ``birth``, ``persist``, ``change``, ``split``, ``merge``,
        ``recombine``, ``drop``, ``return`` or ``uncertain``; it happened after ``since`` and is
        seen in ``year`` (two neighbouring observed years). ``role`` tells the sides of an event
        apart: the ``parent`` and the ``child`` of a split, the ``host`` and the ``absorbed`` of a
        merger. ``old_ids`` and ``new_ids`` are the items on both sides, ``partners`` the other
        initiatives, ``confidence`` the least of the links, ``evidence`` the reading of them.
        A censored start or end is no event, and neither is an unobserved year.
    """
    arrival, departure = status_maps(statuses)
    links = lineages.links
    into = {str(k): g for k, g in links.groupby("new_id", sort=False)}
    out_of = {str(k): g for k, g in links.groupby("old_id", sort=False)}
    nothing = links.iloc[0:0]
    rows: list[dict[str, object]] = []
    for name, chain in lineages.members.groupby("initiative_id", sort=False):
        stations = list(zip(chain["item_id"], chain["year"], strict=True))
        for place, (item, year) in enumerate(stations):
            since, until = calendar.before(year), calendar.after(year)
            arriving, leaving = into.get(item, nothing), out_of.get(item, nothing)
            if since is not None:
                rows += _arrival(str(name), item, (since, year), arriving, out_of, arrival)
            goes_on = place + 1 < len(stations) and stations[place + 1][1] == until
            if until is not None and not goes_on:
                rows += _departure(str(name), item, (year, until), leaving, departure)
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values(["year", "initiative_id"], kind="stable").reset_index(drop=True)


def _arrival(
    name: str,
    item: str,
    years: tuple[int, int],
    arriving: pd.DataFrame,
    out_of: dict[str, pd.DataFrame],
    status: dict[str, str],
) -> Iterator[dict[str, object]]:
    main = arriving.loc[arriving["main"]]
    event = EVENTS[status.get(item, "new")]
    if main.empty and arriving.empty:
        yield _event(name, years, event, "", arriving, [], [item])
    elif main.empty:
        yield _event(name, years, event, "child", arriving, list(arriving["old_id"]), [item])
    else:
        around = pd.concat([arriving, out_of[main["old_id"].iloc[0]]])
        around = around.drop_duplicates(["old_id", "new_id"])
        role = {"split": "parent", "merge": "host"}.get(event, "")
        old_ids, new_ids = (list(dict.fromkeys(around[side])) for side in ("old_id", "new_id"))
        yield _event(name, years, event, role, around, old_ids, new_ids)


def _departure(
    name: str,
    item: str,
    years: tuple[int, int],
    leaving: pd.DataFrame,
    status: dict[str, str],
) -> Iterator[dict[str, object]]:
    next_year = leaving.loc[leaving["new_year"] == years[1]]
    event = EVENTS[status.get(item, "dropped")]
    if next_year.empty:
        yield _event(name, years, event, "", next_year, [item], [])
    else:
        yield _event(name, years, event, "absorbed", next_year, [item], list(next_year["new_id"]))


def _event(
    name: str,
    years: tuple[int, int],
    event: str,
    role: str,
    links: pd.DataFrame,
    old_ids: list[str],
    new_ids: list[str],
) -> dict[str, object]:
    kin = [*links["old_initiative"], *links["new_initiative"]]
    return {
        "initiative_id": name,
        "year": years[1],
        "since": years[0],
        "event": event,
        "role": role,
        "old_ids": old_ids,
        "new_ids": new_ids,
        "partners": [other for other in dict.fromkeys(kin) if other != name],
        "confidence": links["confidence"].min() if len(links) else float("nan"),
        "evidence": "; ".join(_reading(link) for link in links.to_dict("records"))
        or f"no link between {years[0]} and {years[1]}",
    }


def _reading(link: dict[Hashable, Any]) -> str:
    parts = [f"{key} {link[key]:.2f}" for key in ("forward", "backward", "similarity")]
    return f"{link['old_id']} -> {link['new_id']}: {', '.join(parts)}"
