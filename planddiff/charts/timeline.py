"""One row per initiative: its years, its gaps and what happened to it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from planddiff.charts.canvas import footer, heading, new_axes
from planddiff.charts.labels import Lang, Pen
from planddiff.charts.palette import FAINT, INK, STATUS
from planddiff.charts.rows import Rows, draw_rows, pick_rows, row_pen
from planddiff.charts.tables import records, require
from planddiff.errors import InvalidInputError

# What is drawn where one initiative has several events in a year comes first.
_MARKS = {
    "returned": "D",
    "split": ">",
    "merged": "<",
    "recombined": "X",
    "uncertain": "p",
    "new": "s",
    "changed": "o",
    "persisted": "o",
    "dropped": "x",
}
# The events of tracks in the words of the statuses.
_EVENTS = {
    "birth": "new",
    "persist": "persisted",
    "change": "changed",
    "merge": "merged",
    "recombine": "recombined",
    "drop": "dropped",
    "return": "returned",
}
_BAR = "#a9c4e0"


def timeline(
    initiatives: pd.DataFrame,
    members: pd.DataFrame,
    events: pd.DataFrame | None = None,
    *,
    top: int = 30,
    sources: pd.DataFrame | None = None,
    lang: Lang = "zh",
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the life of each initiative as a row, with gaps open and events marked.

    Parameters
    ----------
    initiatives : DataFrame
        ``initiative_id``, ``label``; optionally ``left_censored``, ``right_censored`` (bool):
        lives that may reach beyond the first or last document get an arrow.
    members : DataFrame
        ``initiative_id``, ``year``: one row per item.
    events : DataFrame, optional
        ``initiative_id``, ``year``, ``event`` (a status word such as 'split' or 'dropped', or the
        word of ``tracks.events`` for it). An event in a year without an item stands behind the
        last item before it.
    top : int
        Most rows: the initiatives with items in most years. The last row counts the others by
        year.
    sources : DataFrame, optional
        Documents with ``year``, ``issuer``, ``constructed``: years without one are no gaps.
    lang, title, ax
        Language of the words; a heading of your own; Axes to draw on.

    Returns
    -------
    matplotlib.axes.Axes
        Years along x; row 0 at the top.

    Raises
    ------
    InvalidInputError
        If columns are missing, a table is empty, or an event is no status word.

    Examples
    --------
    >>> initiatives = pd.DataFrame({"initiative_id": ["a"], "label": ["Smart grid"]})
    >>> members = pd.DataFrame({"initiative_id": "a", "year": [2014, 2015, 2017]})
    >>> ax = timeline(initiatives, members, lang="en")
    >>> [tick.get_text() for tick in ax.get_yticklabels()]
    ['Smart grid']
    """
    require(initiatives, ["initiative_id", "label"], "timeline")
    require(members, ["initiative_id", "year"], "timeline")
    rows = pick_rows(initiatives, members, top, sources)
    told = _told(events, rows)
    pen = row_pen(rows, sources, lang)
    ax = new_axes(ax, 4.4 + 0.9 * len(rows.observed), 1.9 + 0.26 * (len(rows.shown) + 1))
    draw_rows(ax, pen, rows, sources)
    for place, life in enumerate(records(rows.shown.reset_index())):
        marked = set(told.loc[told["initiative_id"] == life["initiative_id"], "year"])
        _life(ax, place, life, rows.observed, marked)
    used: set[str] = set()
    for event in records(told):
        years = rows.shown.loc[event["initiative_id"], "years"]
        _event(ax, rows.places[event["initiative_id"]], years, event["year"], event["event"])
        used.add(event["event"])
    _legend(ax, pen, [word for word in _MARKS if word in used])
    heading(ax, pen, title, "timeline")
    left_out = pen.word("foot_initiatives", n=rows.rest) if rows.rest else ""
    footer(ax, pen, sources, [pen.word("foot_timeline"), left_out])
    return ax


def _told(events: pd.DataFrame | None, rows: Rows) -> pd.DataFrame:
    """One event per row and year of those drawn."""
    columns = ["initiative_id", "year", "event"]
    if events is None or events.empty:
        return pd.DataFrame(columns=columns)
    require(events, columns, "timeline")
    events = events.assign(event=events["event"].replace(_EVENTS))
    unknown = sorted(set(events["event"]) - set(_MARKS))
    if unknown:
        raise InvalidInputError(f"unknown events {unknown}: the chart knows {list(_MARKS)}")
    told = events.loc[events["initiative_id"].isin(rows.shown.index), columns]
    rank = {word: place for place, word in enumerate(_MARKS)}
    told = told.assign(rank=told["event"].map(rank)).sort_values(["initiative_id", "year", "rank"])
    return told.drop_duplicates(["initiative_id", "year"])


def _life(
    ax: Axes, place: int, life: dict[str, Any], observed: list[int], marked: set[int]
) -> None:
    """Bars over neighbouring years, dashes where no document is at hand, dots over a gap."""
    years: list[int] = life["years"]
    bare = [year for year in years if year not in marked]
    ax.plot(bare, [place] * len(bare), "o", color=INK, markersize=4, zorder=3, label="_item")
    for old, new in pairwise(years):
        if any(old < year < new for year in observed):
            style, width, name = ":", 1.2, "_gap"
        elif new - old > 1:
            style, width, name = "--", 1.2, "_unobserved"
        else:
            style, width, name = "-", 6.0, "_there"
        colour = _BAR if name == "_there" else FAINT
        ax.plot(
            [old, new],
            [place, place],
            linestyle=style,
            linewidth=width,
            color=colour,
            solid_capstyle="round",
            zorder=2,
            label=name,
        )
    for column, year, marker, way in (
        ("left_censored", years[0], 4, -0.3),
        ("right_censored", years[-1], 5, 0.3),
    ):
        if life.get(column):
            ax.plot([year + way], [place], marker=marker, color=FAINT, markersize=5, label="_open")


def _event(ax: Axes, place: int, years: list[int], year: int, word: str) -> None:
    before = [known for known in years if known < year]
    x = year if year in years or not before else before[-1] + 0.28
    ax.plot([x], [place], linestyle="none", label=f"_{word}", zorder=4, **_mark(word))


def _mark(word: str) -> dict[str, Any]:
    fill = "#444444" if word == "dropped" else STATUS[word].colour
    edge = 1.8 if word == "dropped" else 0.7
    return {
        "marker": _MARKS[word],
        "markerfacecolor": fill,
        "markeredgecolor": "#444444",
        "markersize": 7,
        "markeredgewidth": edge,
    }


def _legend(ax: Axes, pen: Pen, words: list[str]) -> None:
    if not words:
        return
    keys = [Line2D([], [], linestyle="none", label=pen.word(word), **_mark(word)) for word in words]
    ax.legend(
        handles=keys,
        loc="upper left",
        bbox_to_anchor=(1.0, 1.0),
        frameon=False,
        prop=pen.style(8.5)["fontproperties"],
        labelcolor=INK,
    )
