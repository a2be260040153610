"""The tables of tracks as they are handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from planddiff.decisions.replay import REPORT_COLUMNS
from planddiff.export.codebook import column_rows
from planddiff.export.plans import document_table, field_table, item_table, with_titles
from planddiff.review.doubts import doubtful_pairs

if TYPE_CHECKING:
    from planddiff.tracks.result import Tracks

_KEY = ["old_fingerprint", "new_fingerprint"]


def tracks_tables(tracks: Tracks) -> dict[str, pd.DataFrame]:
    """Tables by name, titles beside ids; ``codebook`` explains every column."""
    items = item_table(tracks.plans)
    items = items.merge(tracks.members[["item_id", "initiative_id"]], on="item_id", how="left")
    for side, name in (("new", "status_before"), ("old", "status_after")):
        of_side = tracks.statuses[tracks.statuses["side"] == side]
        items[name] = items["item_id"].map(of_side.set_index("item_id")["status"])
    first = ["item_id", "initiative_id", "year", "ordinal", "title", "status_before"]
    first.append("status_after")
    items = items[[*first, *(name for name in items.columns if name not in first)]]
    tables = {
        "summary": tracks.transitions("status"),
        "documents": document_table(tracks.plans),
        "items": items,
        "links": with_titles(tracks.links, items),
        "initiatives": tracks.initiatives,
        "events": tracks.events,
        "decisions": decisions_of_tracks(tracks),
        "needs_review": with_titles(needs_review(tracks), items),
        "targets": field_table(tracks.plans, "targets"),
        "agencies": tracks.agency_mentions,
    }
    words = tracks.codebook()
    words = words[words["topic"] != "column"]
    columns = pd.DataFrame(column_rows(tables), columns=words.columns)
    return {**tables, "codebook": pd.concat([words, columns], ignore_index=True)}


def needs_review(tracks: Tracks) -> pd.DataFrame:
    """Doubtful pairs of all neighbouring years, those nearest to the threshold first."""
    tables = [doubtful_pairs(each.candidates, each.matcher) for each in tracks.comparisons]
    table = pd.concat(tables, ignore_index=True)
    distance = (table["confidence"] - tracks.comparisons[0].matcher.threshold).abs()
    return table.loc[distance.sort_values(kind="stable").index].reset_index(drop=True)


def decisions_of_tracks(tracks: Tracks) -> pd.DataFrame:
    """What became of each decision over all years, columns as in ``Comparison.decisions``."""
    reports = pd.concat([each.decisions for each in tracks.comparisons], ignore_index=True)
    if reports.empty:
        return pd.DataFrame(columns=REPORT_COLUMNS)
    spot = tracks.items.groupby("fingerprint")["item_id"].agg(list)
    linked = set(zip(tracks.links["old_id"], tracks.links["new_id"], strict=True))
    rows = []
    for _, group in reports.groupby(_KEY, sort=True):
        applied = group[group["status"] == "applied"]
        first = (applied if len(applied) else group).iloc[0]
        row: dict[str, str] = {name: str(first[name]) for name in REPORT_COLUMNS}
        olds, news = (spot.get(row[key], []) for key in _KEY)
        if not len(applied) and olds and news:
            row |= _across(row, any((old, new) in linked for old in olds for new in news))
        elif not len(applied):
            closest = group["reason"].str.contains("has this title")
            row["reason"] = group["reason"][closest].iloc[0] if closest.any() else row["reason"]
        rows.append(row)
    return pd.DataFrame(rows, columns=REPORT_COLUMNS)


def _across(row: dict[str, str], linked: bool) -> dict[str, str]:
    """A decision on two items whose years are no neighbours."""
    confirmed = row["decision"] == "confirm"
    if confirmed == linked:
        done = "a return by this decision or its evidence" if linked else "no return"
        return {"status": "applied", "reason": done}
    return {
        "status": "not_applicable",
        "reason": "the years are no neighbours, and one of the items has another link or the old "
        "one does not come before the new one",
    }
