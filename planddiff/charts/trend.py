"""Lines of items per theme (or any grouping) over the years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from planddiff.charts.canvas import (
    footer,
    heading,
    new_axes,
    plain,
    year_axis,
)
from planddiff.charts.labels import Lang, Pen
from planddiff.charts.line_ends import LineEnd, name_ends
from planddiff.charts.palette import FAINT, line_style
from planddiff.charts.tables import issuers_of, observed_years, require
from planddiff.errors import InvalidInputError

_MANY_YEARS = 16


def trend(
    table: pd.DataFrame,
    *,
    by: str = "theme",
    y: Literal["share", "items"] = "share",
    groups: Sequence[str] | None = None,
    top: int = 8,
    sources: pd.DataFrame | None = None,
    lang: Lang = "zh",
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw one line per theme over the years, named at its right end.

    Parameters
    ----------
    table : DataFrame
        One row per year and group: ``year``, ``by``, ``items`` (count), ``share`` (0..1 of the
        items of the year) and optionally ``low`` and ``high`` (0..1, round shares: a band, or
        whiskers where bands of more than three lines would hide each other, in up to 16 years).
        A group without a row in a year of the table has 0 items there; a year without any row is
        a gap.
    by : str
        Column with the groups.
    y : {'share', 'items'}
        What is drawn: shares in per cent or counts; both axes begin at 0.
    groups : sequence of str, optional
        The groups to draw, in this order; without it the `top` ones.
    top : int
        Most lines: the groups with most items over all years. The foot sums up the others.
    sources : DataFrame, optional
        Documents with ``year``, ``issuer``, ``constructed``; years without one are shaded, and
        lines break there. Without it every year of the table counts as observed.
    lang, title, ax
        Language of the words; a heading of your own; Axes to draw on.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    InvalidInputError
        If columns are missing, the table is empty, a group is not in it, or ``y`` is neither word.

    Examples
    --------
    >>> table = pd.DataFrame({"year": [2014, 2015], "theme": ["big data"] * 2,
    ...                       "items": [3, 4], "share": [0.08, 0.10]})
    >>> ax = trend(table, lang="en")
    >>> [text.get_text() for text in ax.texts]
    ['big data 10.0%']
    """
    if y not in ("share", "items"):
        raise InvalidInputError(f"y={y!r}: give 'share' or 'items'")
    require(table, ["year", by, "items", y], "trend")
    observed = observed_years(table["year"], sources)
    measured = sorted(set(observed) & {int(year) for year in table["year"]})
    totals = table.groupby(by)["items"].sum().reset_index()
    totals = totals.sort_values(["items", by], ascending=[False, True], ignore_index=True)
    drawn = _chosen(totals[by].tolist(), groups, by, top)
    rest = totals[~totals[by].isin(drawn)]
    pen = Pen(lang, [*drawn, *issuers_of(sources)])
    grid = range(min(observed), max(observed) + 1)
    ax = new_axes(ax, max(8.2, min(14.0, 4.6 + 0.17 * len(grid))), 4.6)
    plain(ax, grid="y")

    scale = 100.0 if y == "share" else 1.0
    ends: list[LineEnd] = []
    highest = 0.0
    for place, group in enumerate(drawn):
        rows = table[table[by] == group].groupby("year").first()
        line = rows[y].reindex(measured, fill_value=0).reindex(grid) * scale
        style = line_style(place)
        ax.plot(
            line.index,
            line,
            linewidth=1.8,
            markersize=5.5,
            markevery=-(-len(grid) // _MANY_YEARS),
            clip_on=False,
            zorder=3,
            label=str(group),
            **style,
        )
        highest = max(highest, float(line.max()))
        if y == "share" and {"low", "high"} <= set(rows.columns):
            band = rows[["low", "high"]].reindex(measured).reindex(grid) * scale
            _uncertainty(ax, band, style["color"], place - (len(drawn) - 1) / 2, len(drawn))
            highest = max(highest, float(band["high"].max()))
        last = float(line.loc[max(measured)])
        figure = f"{last:.1f}%" if y == "share" else f"{last:.0f}"
        name = pen.name(group, f"{pen.word(by)} {place + 1}")
        ends.append(LineEnd(max(measured), last, f"{name} {figure}", style))

    _value_axis(ax, pen, highest, y)
    span = max(observed) - min(observed) or 1
    ax.set_xlim(min(observed) - 0.06 * span, max(observed) + 0.06 * span)
    year_axis(ax, pen, observed, sources)
    name_ends(ax, pen, ends, max(observed) + 0.06 * span, 0.06 * span)
    heading(ax, pen, title, f"trend_{y}", by=pen.word(by))
    left_out = ""
    if len(rest):
        left_out = pen.word(
            "foot_groups", n=len(rest), by=pen.word(by), items=int(rest["items"].sum())
        )
    between = y == "share" and {"low", "high"} <= set(table.columns)
    footer(ax, pen, sources, [left_out, pen.word("foot_interval") if between else ""])
    return ax


def _chosen(known: list[str], groups: Sequence[str] | None, by: str, top: int) -> list[str]:
    """The groups to draw: those asked for, else the first of those known."""
    if groups is None:
        return known[:top]
    unknown = [group for group in groups if group not in known]
    if unknown:
        raise InvalidInputError(f"no {by} is called {unknown}: the table has {known}")
    return list(dict.fromkeys(groups))


def _value_axis(ax: Axes, pen: Pen, highest: float, y: str) -> None:
    """Ticks from 0 to just above the highest point, whole numbers for counts."""
    steps = [1, 2, 5, 10, 20] if y == "share" else [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
    step = next((step for step in steps if highest / step <= 6), steps[-1])
    ticks = np.arange(0, highest + step, step)
    if y == "share":
        ticks = ticks[ticks <= 100]
    ax.set_ylim(0, max(float(ticks[-1]), highest) * 1.03 or 1)
    unit = "%" if y == "share" else ""
    ax.set_yticks(ticks, [f"{tick:.0f}{unit}" for tick in ticks], **pen.style(9, color=FAINT))


def _uncertainty(ax: Axes, band: pd.DataFrame, colour: str, offset: float, lines: int) -> None:
    """Draw ``low`` to ``high`` by year: a band, or whiskers side by side if lines are many."""
    if lines <= 3 or len(band) > _MANY_YEARS:
        alpha = 0.15 if lines <= 3 else 0.07
        ax.fill_between(
            band.index, band["low"], band["high"], color=colour, alpha=alpha, linewidth=0
        )
        return
    x = band.index + offset * 0.009 * (len(band) - 1)
    ax.vlines(x, band["low"], band["high"], color=colour, alpha=0.55, linewidth=1.1, zorder=2)
