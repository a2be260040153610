"""Tracks: what happened in each year, then every initiative with its item in each year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from planddiff.views.parts import (
    Markup,
    Part,
    chip,
    chips,
    folded,
    joined,
    page,
    short,
    table,
    tag,
)

OPEN, LISTED = 30, 400
_ENDS = {
    "dropped": "×",
    "merged": "→",
    "recombined": "→",
    "absent": "·",
    "uncertain": "?",
    "unobserved": "○",
}
_OF_EVENT = {
    "birth": "new",
    "persist": "persisted",
    "change": "changed",
    "split": "split",
    "merge": "merged",
    "recombine": "recombined",
    "return": "returned",
    "drop": "dropped",
    "uncertain": "uncertain",
}
_LEGEND = (
    "A figure is the number of the item in its plan; hover for its title, click a name for all. "
    "× dropped, → merged into another initiative, ? uncertain, · absent, ○ no document for that "
    "year. The first and the last year are censored: what came before and after is not known."
)


def tracks_view(
    documents: pd.DataFrame,
    initiatives: pd.DataFrame,
    members: pd.DataFrame,
    items: pd.DataFrame,
    events: pd.DataFrame,
    years: Iterable[int],
) -> str:
    """HTML of tracks.

    Parameters
    ----------
    documents : DataFrame
        ``year``, ``series``, ``constructed``.
    initiatives : DataFrame
        ``initiative_id``, ``label``, ``n_years``, ``statuses``, ``suspect``; the first ``LISTED``
        are listed, the longest lived first, and all but ``OPEN`` folded away.
    members : DataFrame
        ``initiative_id``, ``item_id``.
    items : DataFrame
        ``item_id``, ``year``, ``ordinal``, ``title``.
    events : DataFrame
        ``year``, ``event``.
    years : iterable of int
        Every calendar year to show.

    Returns
    -------
    str
    """
    span = list(years)
    rows = _rows(initiatives, members, items, span)
    head: list[Part] = ["initiative", *span]
    parts: list[Markup] = [table(head, rows[:OPEN])]
    if len(rows) > OPEN:
        parts.append(folded(f"{len(rows) - OPEN} more initiatives", table(head, rows[OPEN:])))
    if len(initiatives) > len(rows):
        rest = len(initiatives) - len(rows)
        parts.append(tag("p", f"{rest} more: tracks.initiatives", css="quiet"))
    return page(
        tag("p", f"{'、'.join(documents['series'].unique())} {span[0]}–{span[-1]}", css="head"),
        _counts(documents, initiatives, items, span),
        _events(events, span),
        *parts,
        tag("p", _LEGEND, css="quiet"),
    )


def _counts(
    documents: pd.DataFrame, initiatives: pd.DataFrame, items: pd.DataFrame, span: list[int]
) -> Markup:
    missing = sorted(set(span) - set(documents["year"]))
    shown = [
        chip(f"{len(initiatives)} initiatives"),
        chip(f"{len(items)} items"),
        chip(f"{len(documents)} documents"),
    ]
    if invented := sorted(set(documents.loc[documents["constructed"], "year"])):
        said = f"{len(invented)} constructed: {', '.join(str(year) for year in invented)}"
        shown.append(chip(said, "constructed", "not official documents"))
    if missing:
        said = f"{len(missing)} unobserved: {', '.join(str(year) for year in missing)}"
        shown.append(chip(said, "doubt", "no document, so nothing is said to be dropped or new"))
    if suspect := int(initiatives["suspect"].sum()):
        hint = "their first and last item share next to nothing: tracks.suspicions()"
        shown.append(chip(f"{suspect} doubtful", "doubt", hint))
    return chips(shown)


def _events(events: pd.DataFrame, span: list[int]) -> Markup:
    counts = events.groupby(["year", "event"]).size().unstack(fill_value=0)
    names = [name for name in _OF_EVENT if name in counts]
    rows = []
    for year in span:
        if year not in counts.index:
            continue
        cells = [
            tag("td", count, css=f"number mark {_OF_EVENT[name]}") if count else tag("td")
            for name, count in zip(names, counts.loc[year, names].to_numpy().tolist(), strict=True)
        ]
        rows.append([tag("th", year), *cells])
    return table(["year", *names], rows)


def _rows(
    initiatives: pd.DataFrame, members: pd.DataFrame, items: pd.DataFrame, span: list[int]
) -> list[list[Markup]]:
    found = members[["initiative_id", "item_id"]].merge(items, on="item_id")
    found = found.sort_values(["year", "ordinal"])
    texts: dict[str, list[dict[Any, Any]]] = {}
    for item in found.to_dict("records"):
        texts.setdefault(item["initiative_id"], []).append(item)
    ordered = initiatives.sort_values("n_years", ascending=False, kind="stable")[:LISTED]
    return [_row(each, texts[each["initiative_id"]], span) for each in ordered.to_dict("records")]


def _row(
    initiative: Mapping[Any, Any], items: list[dict[Any, Any]], span: list[int]
) -> list[Markup]:
    lines = (tag("p", f"{item['year']} · {item['ordinal']} · {item['title']}") for item in items)
    label = folded(short(initiative["label"]), tag("div", *lines, css="inside"))
    if initiative["suspect"]:
        hint = "its first and last item share next to nothing: read it yourself"
        label = joined([label, chip("doubtful", "doubt", hint)])
    cells = [
        _cell([item for item in items if item["year"] == year], initiative["statuses"].get(year))
        for year in span
    ]
    return [tag("td", label, css="title"), *cells]


def _cell(items: list[dict[Any, Any]], status: str | None) -> Markup:
    if items:
        numbers = ", ".join(str(item["ordinal"]) for item in items)
        titles = "; ".join(item["title"] for item in items)
        return tag("td", numbers, css=f"mark {status}", hint=f"{status}: {titles}")
    if status is None:
        return tag("td")
    return tag("td", _ENDS.get(status, status), css=f"absent {status}", hint=status)
