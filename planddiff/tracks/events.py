"""What happened to each initiative, year by year, with the evidence for it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from planddiff.tracks.calendar import Calendar
from planddiff.tracks.initiatives import status_maps
from planddiff.tracks.lineage import Lineages

Link = dict[Hashable, Any]
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
    into: dict[str, list[Link]] = {}
    out_of: dict[str, list[Link]] = {}
    for link in lineages.links.to_dict("records"):
        into.setdefault(link["new_id"], []).append(link)
        out_of.setdefault(link["old_id"], []).append(link)
    rows: list[dict[str, Any]] = []
    for name, chain in lineages.members.groupby("initiative_id", sort=False):
        items, years = chain["item_id"].tolist(), chain["year"].tolist()
        for item, year, next_year in zip(items, years, [*years[1:], None], strict=True):
            since, until = calendar.before(year), calendar.after(year)
            if since is not None:
                word = EVENTS[arrival.get(item, "new")]
                links, role, before = _arrival(into.get(item, []), out_of, word)
                after = list(dict.fromkeys(link["new_id"] for link in links)) or [item]
                rows.append(_event(name, (since, year), word, role, links, before, after))
            if until is not None and next_year != until:
                word = EVENTS[departure.get(item, "dropped")]
                links = [link for link in out_of.get(item, []) if link["new_year"] == until]
                after = [link["new_id"] for link in links]
                role = "absorbed" if links else ""
                rows.append(_event(name, (year, until), word, role, links, [item], after))
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values(["year", "initiative_id"], kind="stable").reset_index(drop=True)


def _arrival(
    arriving: list[Link], out_of: dict[str, list[Link]], event: str
) -> tuple[list[Link], str, list[str]]:
    """Links that explain an item, its role, and the items before it."""
    main = next((link["old_id"] for link in arriving if link["main"]), None)
    if main is None:
        return arriving, "child" if arriving else "", [link["old_id"] for link in arriving]
    parts = [link for link in out_of[main] if link not in arriving]
    role = {"split": "parent", "merge": "host"}.get(event, "")
    links = [*arriving, *parts]
    return links, role, list(dict.fromkeys(link["old_id"] for link in links))


def _event(
    name: Hashable,
    years: tuple[int, int],
    event: str,
    role: str,
    links: list[Link],
    old_ids: list[str],
    new_ids: list[str],
) -> dict[str, Any]:
    kin = [link[f"{side}_initiative"] for side in ("old", "new") for link in links]
    return {
        "initiative_id": name,
        "year": years[1],
        "since": years[0],
        "event": event,
        "role": role,
        "old_ids": old_ids,
        "new_ids": new_ids,
        "partners": [other for other in dict.fromkeys(kin) if other != name],
        "confidence": min((link["confidence"] for link in links), default=float("nan")),
        "evidence": "; ".join(_reading(link) for link in links)
        or f"no link between {years[0]} and {years[1]}",
    }


def _reading(link: Link) -> str:
    parts = [f"{key} {link[key]:.2f}" for key in ("forward", "backward", "similarity")]
    return f"{link['old_id']} -> {link['new_id']}: {', '.join(parts)}"
