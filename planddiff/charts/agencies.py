"""Responsible agencies over the years: a heat map of their items, and their ranks."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from planddiff.charts.canvas import (
    footer,
    heading,
    new_axes,
    plain,
    year_axis,
)
from planddiff.charts.labels import Lang, Pen, wrap
from planddiff.charts.line_ends import LineEnd, name_ends
from planddiff.charts.palette import COUNTS, FAINT, GRID, PAPER, ink_on, line_style
from planddiff.charts.saving import hover
from planddiff.charts.tables import issuers_of, observed_years, require

_LABEL_EM = 13.0


@dataclass(frozen=True)
class _Counts:
    """Items by agency (rows, most first) and observed year (columns)."""

    shown: pd.DataFrame
    rest: pd.DataFrame


def agencies(
    table: pd.DataFrame,
    *,
    count: str = "items",
    top: int = 15,
    sources: pd.DataFrame | None = None,
    lang: Lang = "zh",
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how many items name each agency in each year, as a table of shaded counts.

    Parameters
    ----------
    table : DataFrame
        ``agency``, ``year``, ``items``; an agency without a row in an observed year has none.
    count : str
        Column that is drawn: 'items', or a column of one role such as 'lead'.
    top : int
        Most agencies: those with most items over all years. The last row adds up the others (an
        item that names two of them counts twice).
    sources : DataFrame, optional
        Documents with ``year``, ``issuer``, ``constructed``: other years are shaded.
    lang, title, ax
        Language of the words; a heading of your own; Axes to draw on.

    Returns
    -------
    matplotlib.axes.Axes
        One ``Rectangle`` per agency and year; white is 0, darker is more.

    Raises
    ------
    InvalidInputError
        If columns are missing or the table is empty.

    Examples
    --------
    >>> table = pd.DataFrame({"agency": ["A", "A", "B"], "year": [2014, 2015, 2015],
    ...                       "items": [3, 5, 1]})
    >>> ax = agencies(table, lang="en")
    >>> [text.get_text() for text in ax.texts if text.get_text().isdigit()]
    ['3', '5', '1']
    """
    counts = _counted(table, count, top, sources)
    pen = Pen(lang, [*counts.shown.index, *issuers_of(sources)])
    observed = [int(year) for year in counts.shown.columns]
    n = len(counts.shown)
    ax = new_axes(ax, 3.2 + 0.75 * len(observed), 1.9 + 0.27 * (n + 1))
    plain(ax, keep=())
    ax.set_xlim(observed[0] - 0.5, observed[-1] + 0.5)
    ax.set_ylim(n + (0.7 if len(counts.rest) else -0.5), -0.5)
    year_axis(ax, pen, observed, sources)
    shades = LinearSegmentedColormap.from_list("counts", COUNTS)
    most = float(counts.shown.to_numpy().max()) or 1.0
    for place, (_, row) in enumerate(counts.shown.iterrows()):
        for year, value in row.items():
            colour = to_hex(shades(value / most)) if value else PAPER
            _cell(ax, pen, int(str(year)), place, int(value), colour)
    names = _names(pen, counts.shown.index)
    if len(counts.rest):
        names.append(pen.word("rest_agencies", n=len(counts.rest)))
        for year, value in counts.rest.sum().items():
            ax.text(
                int(str(year)),
                n + 0.1,
                str(int(value)),
                ha="center",
                va="center",
                **pen.style(8, color=FAINT),
            )
    places = [*range(n), *([n + 0.1] if len(counts.rest) else [])]
    ax.set_yticks(places, names, **pen.style(8))
    for text, full in zip(ax.get_yticklabels(), counts.shown.index, strict=False):
        hover(text, str(full))
    heading(ax, pen, title, "agencies")
    left_out = pen.word("foot_agencies", n=len(counts.rest)) if len(counts.rest) else ""
    footer(ax, pen, sources, [left_out])
    return ax


def agency_ranks(
    table: pd.DataFrame,
    *,
    count: str = "items",
    top: int = 8,
    sources: pd.DataFrame | None = None,
    lang: Lang = "zh",
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the rank of each agency in each year as lines, with its items in the points.

    Parameters
    ----------
    table, count, top, sources, lang, title, ax
        As in :func:`agencies`. Ranks are among all agencies of the table: 1 has most items, ties
        stand in the order of all items over the years, and an agency without items in a year has
        no point there.

    Returns
    -------
    matplotlib.axes.Axes
        Ranks along y, 1 at the top.

    Examples
    --------
    >>> table = pd.DataFrame({"agency": ["A", "A", "B", "B"], "year": [2014, 2015] * 2,
    ...                       "items": [3, 5, 1, 6]})
    >>> ax = agency_ranks(table, lang="en")
    >>> [line.get_ydata().tolist() for line in ax.lines[:2]]
    [[1.0, 2.0], [2.0, 1.0]]
    """
    counts = _counted(table, count, top, sources)
    every = pd.concat([counts.shown, counts.rest])
    ranks = every.where(every > 0).rank(ascending=False, method="first")
    ranks = ranks.loc[counts.shown.index]
    pen = Pen(lang, [*counts.shown.index, *issuers_of(sources)])
    observed = [int(year) for year in ranks.columns]
    ax = new_axes(ax, 4.4 + 1.0 * len(observed), 2.0 + 0.42 * len(ranks))
    plain(ax, keep=(), grid="x")
    lowest = float(ranks.max().max())
    ax.set_ylim(lowest + 0.6, 0.4)
    ax.set_xlim(observed[0] - 0.3, observed[-1] + 0.3)
    year_axis(ax, pen, observed, sources)
    step = max(1, round(lowest / 10))
    ticks = range(1, int(lowest) + 1, step)
    ax.set_yticks(ticks, [str(tick) for tick in ticks], **pen.style(8, color=FAINT))
    calendar = range(observed[0], observed[-1] + 1)
    ends: list[LineEnd] = []
    names = _names(pen, ranks.index)
    for place, (agency, row) in enumerate(ranks.iterrows()):
        line, items = row.reindex(calendar), counts.shown.iloc[place]
        style = line_style(place) | {"marker": "o"}
        ax.plot(line.index, line, linewidth=2, markersize=14, label=str(agency), **style)
        for year, rank in line.dropna().items():
            x = int(str(year))
            value = str(int(items.loc[x]))
            colour = ink_on(style["color"])
            ax.text(x, rank, value, ha="center", va="center", **pen.style(7, color=colour))
        if line.notna().iloc[-1]:
            ends.append(LineEnd(observed[-1], float(line.iloc[-1]), names[place], style))
        elif line.notna().any():
            # An agency that is gone is named behind its last point.
            gone = line.dropna()
            x, y = int(str(gone.index[-1])), float(gone.iloc[-1])
            halo = [withStroke(linewidth=2.5, foreground=PAPER)]
            ax.text(
                x + 0.14,
                y,
                names[place],
                ha="left",
                va="center",
                zorder=4,
                path_effects=halo,
                **pen.style(8.5),
            )
    name_ends(ax, pen, ends, observed[-1] + 0.3, 0.2)
    heading(ax, pen, title, "agency_ranks")
    left_out = pen.word("foot_ranks", n=len(counts.rest)) if len(counts.rest) else ""
    footer(ax, pen, sources, [pen.word("foot_rank_points"), left_out])
    return ax


def _counted(table: pd.DataFrame, count: str, top: int, sources: pd.DataFrame | None) -> _Counts:
    require(table, ["agency", "year", count], "agencies")
    observed = observed_years(table["year"], sources)
    wide = table.pivot_table(
        index="agency", columns="year", values=count, aggfunc="sum", fill_value=0
    ).reindex(columns=observed, fill_value=0)
    totals = wide.sum(axis=1)
    # The index is sorted by name, so a stable sort leaves ties in the order of names.
    order = totals[totals > 0].sort_values(ascending=False, kind="stable")
    wide = wide.loc[order.index]
    return _Counts(wide.iloc[:top], wide.iloc[top:])


def _names(pen: Pen, names: pd.Index) -> list[str]:
    return [
        wrap(pen.name(name, f"{pen.word('agency')} {place}"), _LABEL_EM, lines=1)[0]
        for place, name in enumerate(names, start=1)
    ]


def _cell(ax: Axes, pen: Pen, year: int, place: int, value: int, colour: str) -> None:
    cell = Rectangle(
        (year - 0.5, place - 0.5), 1, 1, facecolor=colour, edgecolor=GRID, linewidth=0.6, zorder=1
    )
    cell.set_gid("count")
    ax.add_patch(cell)
    if value:
        style = pen.style(8, color=ink_on(colour))
        ax.text(year, place, str(value), ha="center", va="center", **style)
