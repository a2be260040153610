"""Decisions put on the pairs of one comparison, and what became of each decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from planddiff.decisions.table import COLUMNS, PAIR

REPORT_COLUMNS = [*COLUMNS, "status", "reason"]
_SIDES = ("old", "new")
_NO_REPORT = pd.DataFrame(columns=REPORT_COLUMNS)


def said_of(decided: pd.DataFrame, pairs: Mapping[str, Any] | pd.DataFrame) -> list[str]:
    """The decision on each pair (``confirm`` or ``reject``), empty where there is none.

    Parameters
    ----------
    decided : DataFrame
        One row a pair, as :meth:`planddiff.decisions.Decisions.in_force` gives them.
    pairs : DataFrame or its columns
        ``old_fingerprint``, ``new_fingerprint``.
    """
    if decided.empty:
        return [""] * len(pairs[PAIR[0]])
    known = dict(
        zip(zip(*(decided[k] for k in PAIR), strict=True), decided["decision"], strict=True)
    )
    return [known.get(key, "") for key in zip(*(pairs[k] for k in PAIR), strict=True)]


def confirmed_outside(
    decided: pd.DataFrame, old: pd.DataFrame, new: pd.DataFrame, pairs: Mapping[str, Any]
) -> list[tuple[int, int]]:
    """Positions of confirmed pairs that were never weighed: nothing but a coder links them.

    Parameters
    ----------
    decided : DataFrame
    old, new : DataFrame
        The compared items, with ``fingerprint``.
    pairs : DataFrame or its columns
        The weighed pairs: ``old``, ``new`` (positions).
    """
    if decided.empty:
        return []
    weighed = set(zip(pairs["old"].tolist(), pairs["new"].tolist(), strict=True))
    places = [_places(items) for items in (old, new)]
    found = []
    confirmed = decided[decided["decision"] == "confirm"]
    for first, second in zip(confirmed[PAIR[0]], confirmed[PAIR[1]], strict=True):
        for a in places[0].get(first, []):
            found += [(a, b) for b in places[1].get(second, []) if (a, b) not in weighed]
    return found


def decisions_report(
    decided: pd.DataFrame, old: pd.DataFrame, new: pd.DataFrame, pairs: Mapping[str, Any]
) -> pd.DataFrame:
    """What became of each decision in one comparison.

    Parameters
    ----------
    decided, old, new : DataFrame
        As in :func:`confirmed_outside`; the items with ``ordinal`` and ``title`` too.
    pairs : DataFrame or its columns
        ``old_fingerprint``, ``new_fingerprint``, ``machine`` (whether the evidence makes a link).

    Returns
    -------
    DataFrame
        ``COLUMNS``, ``status`` (``applied`` or ``not_applicable``) and ``reason``.
    """
    if decided.empty:
        return _NO_REPORT.copy()
    items = {"old": old, "new": new}
    places = {side: _places(table) for side, table in items.items()}
    ends = zip(*(pairs[name] for name in PAIR), strict=True)
    machine = {pair for pair, linked in zip(ends, pairs["machine"], strict=True) if linked}
    rows = []
    for row in decided.to_dict("records"):
        missing = [side for side in _SIDES if row[f"{side}_fingerprint"] not in places[side]]
        if missing:
            reason = "; ".join(_why(side, row[f"{side}_title"], items[side]) for side in missing)
            rows.append({**row, "status": "not_applicable", "reason": reason})
            continue
        key = (row["old_fingerprint"], row["new_fingerprint"])
        reason = _effect(row["decision"], key in machine)
        copies = max(len(places[side][row[f"{side}_fingerprint"]]) for side in _SIDES)
        if copies > 1:
            reason += f"; {copies} items of one plan have this very text"
        rows.append({**row, "status": "applied", "reason": reason})
    return pd.DataFrame(rows, columns=REPORT_COLUMNS)


def _places(items: pd.DataFrame) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, value in enumerate(items["fingerprint"].tolist()):
        places.setdefault(value, []).append(place)
    return places


def _why(side: str, title: str, items: pd.DataFrame) -> str:
    same = items.loc[items["title"] == title, "ordinal"].tolist() if title else []
    if same:
        return (
            f"{side} item {same[0]} has this title and another text than was decided on: decide "
            "again"
        )
    return f"no {side} item has the text that was decided on"


def _effect(decision: str, machine: bool) -> str:
    if decision == "confirm":
        return "a link by its evidence too" if machine else "a link by this decision alone"
    return "a link but for this decision" if machine else "no link by its evidence either"
