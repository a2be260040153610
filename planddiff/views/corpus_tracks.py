"""Tracks of many issuers: a row for each, and what could not be tracked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from planddiff.views.parts import Markup, Part, chip, chips, folded, page, short, table, tag

LISTED, OPEN = 400, 20
_COUNTS = ["n_documents", "n_years", "first_year", "last_year", "n_items", "n_initiatives"]


def corpus_tracks_view(groups: pd.DataFrame, errors: pd.DataFrame, by: Sequence[str]) -> str:
    """HTML of the tracks of many groups.

    Parameters
    ----------
    groups : DataFrame
        The columns `by`, ``tracked``, ``constructed`` and counts; the first ``LISTED`` tracked
        ones are listed, and all but ``OPEN`` folded away.
    errors : DataFrame
        The columns `by`, ``source``, ``reason``, ``message``.
    by : sequence of str

    Returns
    -------
    str
    """
    tracked = groups[groups["tracked"]]
    shown = [
        chip(f"{len(tracked)} tracked: {', '.join(by)}"),
        chip(f"{tracked['n_initiatives'].sum()} initiatives"),
        chip(f"{tracked['n_items'].sum()} items"),
    ]
    if invented := int(tracked["constructed"].sum()):
        hint = "hold documents that are not official"
        shown.append(chip(f"{invented} with constructed documents", "constructed", hint))
    if left := len(groups) - len(tracked):
        shown.append(chip(f"{left} not tracked", "doubt", "see tracks.errors"))
    head: list[Part] = [*by, *(name.removeprefix("n_").replace("_", " ") for name in _COUNTS)]
    rows = [_row(each, by, _COUNTS) for each in tracked[:LISTED].to_dict("records")]
    parts: list[Markup] = [chips(shown), table(head, rows[:OPEN])]
    if len(rows) > OPEN:
        parts.append(folded(f"{len(rows) - OPEN} more", table(head, rows[OPEN:])))
    if len(tracked) > LISTED:
        parts.append(tag("p", f"{len(tracked) - LISTED} more: tracks.groups", css="quiet"))
    if len(errors):
        columns = ["source", "reason", "message"]
        listed = [_row(each, by, columns) for each in errors[:LISTED].to_dict("records")]
        parts.append(folded(f"{len(errors)} documents set aside", table([*by, *columns], listed)))
    return page(*parts)


def _row(row: Mapping[Any, Any], by: Sequence[str], others: Sequence[str]) -> list[Markup]:
    numbers = [name for name in others if name in _COUNTS]
    return [
        *(tag("td", short(str(row[name])), css="title") for name in by),
        *(tag("td", str(row[name]), css="number" if name in numbers else "") for name in others),
    ]
