"""The paper under every chart: axes, year ticks, and the foot with sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from planddiff.charts.labels import Pen, wrap
from planddiff.charts.palette import FAINT, GRID, PAPER
from planddiff.charts.tables import issuers_of, unobserved_years


def new_axes(ax: Axes | None, width: float, height: float) -> Axes:
    """The given Axes, or those of a new pyplot figure of ``width`` × ``height`` inches.

    A new figure is built under matplotlib's default style, whatever the session has set.
    """
    if ax is not None:
        return ax
    import matplotlib
    from matplotlib import pyplot as plt

    with plt.style.context("default"):
        _, ax = plt.subplots(figsize=(width, height), layout="constrained")
        interactive = plt.isinteractive()
    # The first figure loads a notebook's backend, which sets this; the context would take it back,
    # and no later chart would be shown.
    matplotlib.interactive(interactive)
    return ax


def plain(ax: Axes, *, keep: Iterable[str] = ("bottom",), grid: str = "") -> None:
    """Take away the spines not in ``keep``; draw faint grid lines along ``grid`` ('x' or 'y')."""
    wanted = set(keep)
    for side in ("left", "right", "top", "bottom"):
        ax.spines[side].set_visible(side in wanted)
        ax.spines[side].set_color(FAINT)
    ax.tick_params(length=0, colors=FAINT)
    ax.set_facecolor(PAPER)
    ax.set_axisbelow(True)
    if grid == "x":
        ax.xaxis.grid(True, color=GRID, linewidth=0.8)
    elif grid == "y":
        ax.yaxis.grid(True, color=GRID, linewidth=0.8)


def heading(
    ax: Axes, pen: Pen, title: str | None, key: str, *, pad: float = 18, **fields: object
) -> None:
    """Set the user's title, or the chart's own, ``pad`` points above; an empty one sets none."""
    words = pen.word(f"heading_{key}", **fields)
    if title is not None:
        words = pen.name(title, words)
    ax.set_title(words, loc="left", pad=pad, **pen.style(11))


def year_labels(pen: Pen, years: Iterable[int], sources: pd.DataFrame | None) -> list[str]:
    """Years as tick labels, constructed documents with an asterisk that the foot explains."""
    built = set(constructed_years(sources))
    return [f"{year}*" if year in built else str(year) for year in years]


def year_axis(ax: Axes, pen: Pen, observed: Sequence[int], sources: pd.DataFrame | None) -> None:
    """Whole years as ticks of the x axis; years without a document are shaded and named."""
    first, last = min(observed), max(observed)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if (last - first) / step <= 16)
    ticks = [year for year in range(first, last + 1) if step == 1 or year % step == 0]
    ax.set_xticks(ticks, year_labels(pen, ticks, sources), **pen.style(9))
    for year in unobserved_years(observed):
        ax.axvspan(year - 0.5, year + 0.5, color=GRID, alpha=0.6, linewidth=0, zorder=0)
        if step == 1:
            ax.text(
                year,
                1.0,
                pen.word("unobserved"),
                transform=ax.get_xaxis_transform(),
                ha="center",
                va="bottom",
                **pen.style(7.5, color=FAINT),
            )


def constructed_years(sources: pd.DataFrame | None) -> list[int]:
    """Years whose document was written for an example."""
    if sources is None or "constructed" not in sources:
        return []
    return sorted({int(y) for y in sources.loc[sources["constructed"].astype(bool), "year"]})


def footer(
    ax: Axes,
    pen: Pen,
    sources: pd.DataFrame | None,
    notes: Iterable[str] = (),
    *,
    below: float = 26,
) -> None:
    """Write under the axes what was left out, the source, constructed and unobserved years.

    Parameters
    ----------
    sources : DataFrame, optional
        ``year``, ``issuer``, ``constructed``: one row per document.
    notes : iterable of str
        Sentences of the chart itself, set first.
    below : float
        Distance from the axes in points: room for the tick labels.
    """
    lines = [note for note in notes if note]
    if sources is not None and len(sources):
        years = sorted(int(year) for year in sources["year"])
        issuers = issuers_of(sources)
        named = [pen.name(issuer, "") for issuer in issuers]
        if len(issuers) > 2 or not all(named):
            named = [pen.word("foot_issuers", n=len(issuers))]
        who = pen.listing(named)
        lines.append(pen.word("foot_source", who=who, years=pen.years(years), n=len(years)))
        built = constructed_years(sources)
        if built:
            lines.append(pen.word("foot_constructed", years=pen.years(built)))
        missing = unobserved_years(years)
        if missing:
            lines.append(pen.word("foot_unobserved", years=pen.years(missing)))
    if not lines:
        return
    room = max(points_wide(ax) / 7.5, 24)
    ax.annotate(
        "\n".join(part for line in lines for part in wrap(line, room)),
        xy=(0, 0),
        xycoords="axes fraction",
        xytext=(0, -below),
        textcoords="offset points",
        ha="left",
        va="top",
        linespacing=1.35,
        annotation_clip=False,
        **pen.style(7.5, color=FAINT),
    ).set_gid("foot")


def points_high(ax: Axes, share: float = 0.8) -> float:
    """Height in points of that share of the axes which a pending layout leaves them."""
    return ax.get_window_extent().height / figure_of(ax).dpi * 72 * share


def points_wide(ax: Axes) -> float:
    """Width of the axes in points, less what a pending layout will take for labels."""
    return ax.get_window_extent().width / figure_of(ax).dpi * 72 * 0.9


def figure_of(ax: Axes) -> Figure:
    """The figure that holds the axes, also where they stand in a subfigure."""
    figure = ax.figure
    while not isinstance(figure, Figure):
        figure = figure.figure
    return figure
