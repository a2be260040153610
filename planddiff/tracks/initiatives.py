"""One row per initiative: its life, its name, its kin."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from planddiff.tracks.calendar import Calendar
from planddiff.tracks.labels import chain_checks
from planddiff.tracks.lineage import Lineages

COLUMNS = [
    "initiative_id",
    "label",
    "first_year",
    "last_year",
    "n_years",
    "gaps",
    "left_censored",
    "right_censored",
    "born_after",
    "gone_by",
    "exit",
    "statuses",
    "themes",
    "parents",
    "children",
    "family",
    "label_drift",
    "title_likeness",
    "end_likeness",
    "suspect",
    "bridge_old_id",
    "bridge_new_id",
    "bridge_confidence",
]


def initiatives_table(
    lineages: Lineages, items: pd.DataFrame, statuses: pd.DataFrame, calendar: Calendar
) -> pd.DataFrame:
    """Life, label and kin of every initiative.

    Parameters
    ----------
    lineages : Lineages
    items : DataFrame
        ``item_id``, ``core``, ``themes`` (list).
    statuses : DataFrame
        ``old_year``, ``new_year``, ``side``, ``item_id``, ``status``.
    calendar : Calendar

    Returns
    -------
    DataFrame
        Columns ``COLUMNS``, oldest first. ``n_years`` counts years with an item; ``gaps`` lists
        observed years without one inside the life; ``born_after`` is the last observed year
        before the first item and ``gone_by`` the first observed year after the last item
        (missing where censored): the birth and the end lie between. ``exit`` is ``dropped``,
        ``merged`` (its text lives on in another initiative), ``uncertain`` or ``censored``.
        ``statuses`` maps each year of the life, and the year it is gone by, to a word.
    """
    members, kinship = lineages.members, lineages.kinship
    themes_of = dict(zip(items["item_id"], items["themes"], strict=True))
    arrival, departure = status_maps(statuses)
    parents = _kin(kinship, of="child", who="parent")
    children = _kin(kinship, of="parent", who="child")
    checks = chain_checks(members, items, lineages.links)
    rows = []
    for name, chain in members.groupby("initiative_id", sort=False):
        year_of = dict(zip(chain["item_id"], chain["year"], strict=True))
        ids = list(year_of)
        years = list(year_of.values())
        born_after, gone_by = calendar.before(years[0]), calendar.after(years[-1])
        words = {
            year: arrival.get(item, "observed") for item, year in year_of.items()
        } | dict.fromkeys(calendar.gaps(years), "absent")
        words |= {y: "unobserved" for y in calendar.unobserved if years[0] < y < years[-1]}
        ended = departure.get(ids[-1], "dropped")
        leaving = "censored"
        if gone_by is not None:
            words[gone_by] = ended
            leaving = ended if ended in ("dropped", "uncertain") else "merged"
        counted = Counter(theme for item in ids for theme in themes_of[item])
        rows.append(
            {
                "initiative_id": name,
                "first_year": years[0],
                "last_year": years[-1],
                "n_years": len(years),
                "gaps": calendar.gaps(years),
                "left_censored": born_after is None,
                "right_censored": gone_by is None,
                "born_after": born_after,
                "gone_by": gone_by,
                "exit": leaving,
                "statuses": dict(sorted(words.items())),
                "themes": [theme for theme, _ in sorted(counted.items(), key=lambda t: (-t[1], t))],
                "parents": parents.get(str(name), []),
                "children": children.get(str(name), []),
                "family": lineages.families[name],
            }
        )
    table = pd.DataFrame(rows).join(checks, on="initiative_id")
    return table.astype({"born_after": "Int64", "gone_by": "Int64"})[COLUMNS]


def status_maps(statuses: pd.DataFrame) -> tuple[dict[str, str], dict[str, str]]:
    """Status of each item towards the year before (arrival) and the year after (departure)."""
    sides = [statuses.loc[statuses["side"] == side] for side in ("new", "old")]
    arrival, departure = (
        dict(zip(table["item_id"], table["status"], strict=True)) for table in sides
    )
    return arrival, departure


def _kin(kinship: pd.DataFrame, *, of: str, who: str) -> dict[str, list[str]]:
    """Initiative to its relatives, each once, in the order of the years."""
    groups = kinship.groupby(of, sort=False)[who]
    return {str(name): list(dict.fromkeys(relatives)) for name, relatives in groups}
