"""Matrix of initiatives and years: where each is there, absent, or not to be known."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from planddiff.charts.canvas import footer, heading, new_axes
from planddiff.charts.labels import Lang, Pen
from planddiff.charts.palette import FAINT, INK, STATUS, Fill
from planddiff.charts.rows import draw_rows, pick_rows, row_pen
from planddiff.charts.tables import records, require

_SEEN = Fill("#5d6b78", "")  # there, and nothing is said of how it came


def presence(
    initiatives: pd.DataFrame,
    members: pd.DataFrame,
    *,
    top: int = 60,
    sources: pd.DataFrame | None = None,
    lang: Lang = "zh",
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a filled cell for every year in which an initiative has an item.

    Parameters
    ----------
    initiatives : DataFrame
        ``initiative_id``, ``label``; optionally ``statuses`` (year to status word), which then
        colours the cells.
    members : DataFrame
        ``initiative_id``, ``year``: one row per item.
    top : int
        Most rows: the initiatives with items in most years. The last row counts the others by
        year.
    sources : DataFrame, optional
        Documents with ``year``, ``issuer``, ``constructed``: years without one are shaded.
    lang, title, ax
        Language of the words; a heading of your own; Axes to draw on.

    Returns
    -------
    matplotlib.axes.Axes
        One ``Rectangle`` per cell; above each year the number of all initiatives there.

    Raises
    ------
    InvalidInputError
        If columns are missing or a table is empty.

    Examples
    --------
    >>> initiatives = pd.DataFrame({"initiative_id": ["a"], "label": ["Smart grid"]})
    >>> members = pd.DataFrame({"initiative_id": "a", "year": [2014, 2015, 2017]})
    >>> ax = presence(initiatives, members, lang="en")
    >>> [cell.get_x() + 0.5 for cell in ax.patches if cell.get_gid() == "there"]
    [2014.0, 2015.0, 2017.0]
    """
    require(initiatives, ["initiative_id", "label"], "presence")
    require(members, ["initiative_id", "year"], "presence")
    rows = pick_rows(initiatives, members, top, sources)
    pen = row_pen(rows, sources, lang)
    ax = new_axes(ax, 4.2 + 0.55 * len(rows.observed), 2.0 + 0.2 * (len(rows.shown) + 1))
    draw_rows(ax, pen, rows, sources)
    used: dict[str, Fill] = {}
    for place, life in enumerate(records(rows.shown)):
        words = life.get("statuses")
        for year in rows.observed:
            if year in life["years"]:
                word = words.get(year, "") if isinstance(words, Mapping) else ""
                fill = STATUS.get(word, _SEEN)
                used[word if word in STATUS else "seen"] = fill
                _cell(ax, year, place, fill, "there")
            elif life["years"][0] < year < life["years"][-1]:
                ax.plot([year], [place], ".", color=FAINT, markersize=3, label="_gap")
    totals = members.groupby("year")["initiative_id"].nunique()
    for year in rows.observed:
        ax.annotate(
            str(totals.get(year, 0)),
            xy=(year, 1),
            xycoords=ax.get_xaxis_transform(),
            ha="center",
            va="bottom",
            annotation_clip=False,
            **pen.style(8, color=FAINT),
        )
    _legend(ax, pen, used)
    heading(ax, pen, title, "presence", pad=20)
    left_out = pen.word("foot_initiatives", n=rows.rest) if rows.rest else ""
    footer(ax, pen, sources, [pen.word("foot_presence"), left_out])
    return ax


def _cell(ax: Axes, year: int, place: int, fill: Fill, gid: str) -> None:
    cell = Rectangle(
        (year - 0.5, place - 0.42),
        1.0,
        0.84,
        facecolor=fill.colour,
        hatch=fill.hatch,
        edgecolor="#ffffff" if not fill.hatch else "#6d6d6d",
        linewidth=0.8,
        zorder=2,
    )
    cell.set_gid(gid)
    ax.add_patch(cell)


def _legend(ax: Axes, pen: Pen, used: dict[str, Fill]) -> None:
    words = [word for word in (*STATUS, "seen") if word in used]
    if words == ["seen"]:
        return
    keys = [
        Patch(
            facecolor=used[word].colour,
            hatch=used[word].hatch,
            edgecolor="#6d6d6d",
            linewidth=0.5,
            label=pen.word(word),
        )
        for word in words
    ]
    ax.legend(
        handles=keys,
        loc="upper left",
        bbox_to_anchor=(1.0, 1.0),
        frameon=False,
        prop=pen.style(8.5)["fontproperties"],
        labelcolor=INK,
    )
