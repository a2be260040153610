"""Strip of regions and years: where it is there, absent, or not to be known. No map is needed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from planddiff.charts.canvas import footer, heading, new_axes, plain, year_labels
from planddiff.charts.labels import Lang, Pen, wrap
from planddiff.charts.palette import FAINT, GRID, INK, PAPER, Fill
from planddiff.charts.saving import hover
from planddiff.charts.tables import issuers_of, require, start_year
from planddiff.errors import InvalidInputError

_STATES = {
    "present": Fill("#1f5a99", ""),
    "absent": Fill("#ffffff", ""),
    "unobserved": Fill("#d9d9d9", "////"),
}
_LEVELS = ("national", "province", "prefecture", "county")
_LABEL_EM = 16.0
_GAP = 0.9


def region_strip(
    presence: pd.DataFrame,
    *,
    order: Literal["level", "first"] = "level",
    by: str = "issuer",
    levels: Sequence[str] | None = None,
    since: int | None = None,
    sources: pd.DataFrame | None = None,
    left_out: int = 0,
    lang: Lang = "zh",
    title: str | None = None,
    name: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw a row per issuer and a cell per year.

    Parameters
    ----------
    presence : DataFrame
        One row per issuer and year: `by`, ``level``, ``province``, ``year``, ``state``
        (``present``, ``absent``, ``unobserved``).
    order : {'level', 'first'}
        ``level``: by level of government, in a level by province, then by first adoption.
        ``first``: by first adoption alone. Issuers that never have it come last.
    by : str
        Column with the names of the rows.
    levels : sequence of str, optional
        The levels to draw; without it all. Take the rows of a province out of `presence` yourself.
    since : int, optional
        First year to draw; without it two years before the first one in which anybody has it.
    sources : DataFrame, optional
        Documents with ``year``, ``issuer``, ``constructed`` for the foot.
    left_out : int
        Documents that were not looked at, for the foot.
    lang, title, ax
        Language of the words; a heading of your own; Axes to draw on.
    name : str
        What is adopted, for the heading.

    Returns
    -------
    matplotlib.axes.Axes
        One ``Rectangle`` per cell with its state as gid; a dot in the first cell with it, a
        triangle where that is the first observed year of the row.

    Raises
    ------
    InvalidInputError
        If columns are missing, the table is empty, or a state or `order` is unknown.

    Examples
    --------
    >>> presence = pd.DataFrame({"issuer": ["a", "a", "b", "b"], "level": "province",
    ...                          "province": "", "year": [2014, 2015] * 2,
    ...                          "state": ["absent", "present", "unobserved", "present"]})
    >>> ax = region_strip(presence, lang="en")
    >>> [tick.get_text() for tick in ax.get_yticklabels()]
    ['a', 'b']
    """
    columns = [by, "level", "province", "year", "state"]
    require(presence, columns, "region_strip")
    if levels is not None:
        presence = presence[presence["level"].isin(list(levels))]
        require(presence, columns, "region_strip")
    if order not in ("level", "first"):
        raise InvalidInputError(f"order={order!r}: give 'level' or 'first'")
    if unknown := sorted(set(presence["state"]) - set(_STATES)):
        raise InvalidInputError(f"no state is called {unknown}: use {', '.join(_STATES)}")
    whole = sorted({int(year) for year in presence["year"]})
    having = presence.loc[presence["state"] == "present", "year"]
    begin = start_year(whole, having, since)
    years = [year for year in whole if year >= begin]
    rows = _rows(presence, by, order, begin)
    names = [row["name"] for row in rows]
    pen = Pen(lang, [*names, *issuers_of(sources), *([name] if name else [])])
    high = min(max(0.19 * (len(rows) + 1), 1.2), 0.13 * (len(rows) + 1) + 4)
    ax = new_axes(ax, 3.6 + 0.42 * max(len(years), 6), 1.9 + high)
    plain(ax, keep=())
    size = 8.0 if len(rows) <= 60 else 6.5
    places = _places(rows, order)
    for row, place in zip(rows, places, strict=True):
        _cells(ax, row, place)
    ax.set_xlim(years[0] - 0.55, years[-1] + 0.55)
    ax.set_ylim(places[-1] + 0.6, -0.6)
    step = -(-len(years) // 16)
    ticks = years[::step]
    ax.set_xticks(ticks, year_labels(pen, ticks, sources), **pen.style(9))
    labels = [pen.name(each, f"{pen.word('issuer')} {n}") for n, each in enumerate(names, 1)]
    ax.set_yticks(places, [wrap(each, _LABEL_EM, lines=1)[0] for each in labels], **pen.style(size))
    for text, full in zip(ax.get_yticklabels(), labels, strict=True):
        hover(text, full)
    if order == "level":
        _levels(ax, pen, rows, places, years[-1])
    _legend(ax, pen, rows)
    heading(ax, pen, title, "strip" if name else "strip_plain", name=pen.name(name, ""), pad=22)
    notes = [pen.word("foot_strip")]
    if begin > whole[0]:
        notes.append(pen.word("foot_since", since=begin))
    if left_out:
        notes.append(pen.word("foot_left_out", n=left_out))
    footer(ax, pen, sources, notes)
    return ax


def _rows(presence: pd.DataFrame, by: str, order: str, begin: int) -> list[dict[str, Any]]:
    """One entry per row: name, level, province, states from a year on, first year with it."""
    rows = []
    for name, group in presence.groupby(by, sort=True):
        states = dict(zip(group["year"].astype(int), group["state"], strict=True))
        there = [year for year, state in states.items() if state == "present"]
        seen = [year for year, state in states.items() if state != "unobserved"]
        level, province = str(group["level"].iloc[0]), str(group["province"].iloc[0] or "")
        rows.append(
            {
                "name": str(name),
                "level": level,
                "group": province if level in _LEVELS[2:] else "",
                "states": {year: states[year] for year in sorted(states) if year >= begin},
                "first": min(there, default=None),
                "censored": bool(there) and min(there) == min(seen),
            }
        )

    def place(row: dict[str, Any]) -> tuple[Any, ...]:
        first = (row["first"] is None, row["first"] or 0, row["name"])
        return (_rank(row["level"]), row["group"], *first) if order == "level" else first

    return sorted(rows, key=place)


def _rank(level: str) -> int:
    return _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)


def _places(rows: Sequence[dict[str, Any]], order: str) -> list[float]:
    """Where each row stands: a gap between levels, a small one between provinces."""
    places = [0.0]
    for before, row in pairwise(rows):
        gap = 0.0
        if order == "level" and before["level"] != row["level"]:
            gap = _GAP
        elif order == "level" and before["group"] != row["group"]:
            gap = _GAP / 3
        places.append(places[-1] + 1 + gap)
    return places


def _cells(ax: Axes, row: dict[str, Any], place: float) -> None:
    for year, state in row["states"].items():
        fill = _STATES[state]
        cell = Rectangle(
            (year - 0.5, place - 0.42),
            1.0,
            0.84,
            facecolor=fill.colour,
            hatch=fill.hatch,
            edgecolor="#9a9a9a" if state == "unobserved" else GRID,
            linewidth=0.0 if state == "unobserved" else 0.8,
            zorder=2,
        )
        cell.set_gid(state)
        ax.add_patch(cell)
    if row["first"] in row["states"]:
        marker = "<" if row["censored"] else "o"
        ax.plot(
            [row["first"]], [place], marker, color=PAPER, markersize=3.2, label="_first", zorder=3
        )


def _levels(
    ax: Axes, pen: Pen, rows: Sequence[dict[str, Any]], places: Sequence[float], last: int
) -> None:
    """Name the province right of its rows, else the level, where there are several levels."""
    groups: dict[tuple[str, str], list[float]] = {}
    for row, place in zip(rows, places, strict=True):
        groups.setdefault((row["level"], row["group"]), []).append(place)
    several = len({level for level, _ in groups}) > 1
    for (level, group), held in groups.items():
        words = pen.name(group, "") or (pen.word(f"level_{level}") if several else "")
        if not words:
            continue
        ax.plot(
            [last + 0.62] * 2,
            [held[0] - 0.4, held[-1] + 0.4],
            color=FAINT,
            linewidth=0.8,
            clip_on=False,
            label="_group",
        )
        ax.text(
            last + 0.75,
            (held[0] + held[-1]) / 2,
            words,
            ha="left",
            va="center",
            **pen.style(7.5, color=FAINT),
        )


def _legend(ax: Axes, pen: Pen, rows: Sequence[dict[str, Any]]) -> None:
    """What the fills and marks mean, in one line above the cells."""
    used = {state for row in rows for state in row["states"].values()}
    keys: list[Any] = [
        Patch(
            facecolor=fill.colour,
            hatch=fill.hatch,
            edgecolor="#9a9a9a",
            linewidth=0.6,
            label=pen.word(f"state_{state}"),
        )
        for state, fill in _STATES.items()
        if state in used
    ]
    for marker, word, censored in (("o", "first_year", False), ("<", "censored_year", True)):
        if any(row["first"] in row["states"] and row["censored"] == censored for row in rows):
            keys.append(
                Line2D(
                    [],
                    [],
                    marker=marker,
                    linestyle="",
                    color=_STATES["present"].colour,
                    markerfacecolor=PAPER,
                    markersize=5,
                    label=pen.word(word),
                )
            )
    ax.legend(
        handles=keys,
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=len(keys),
        frameon=False,
        borderaxespad=0.2,
        columnspacing=1.2,
        handlelength=1.4,
        prop=pen.style(8)["fontproperties"],
        labelcolor=INK,
    )
