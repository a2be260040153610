"""Initiatives as the rows of a chart: which are drawn, in what order, what sums up the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from planddiff.charts.canvas import plain, year_axis
from planddiff.charts.labels import Lang, Pen, wrap
from planddiff.charts.palette import FAINT, GRID
from planddiff.charts.saving import hover
from planddiff.charts.tables import issuers_of, observed_years

_LABEL_EM = 19.0


@dataclass(frozen=True)
class Rows:
    """Rows of a chart of initiatives.

    Attributes
    ----------
    shown : DataFrame
        Initiatives drawn, in order, indexed by ``initiative_id``, with ``years`` (list).
    rest : int
        How many are not drawn.
    rest_by_year : dict
        How many of the rest have an item in each observed year.
    observed : list of int
        Years with a document.
    """

    shown: pd.DataFrame
    rest: int
    rest_by_year: dict[int, int]
    observed: list[int]

    @property
    def places(self) -> dict[Any, int]:
        """Row of each initiative drawn, 0 at the top."""
        return {name: place for place, name in enumerate(self.shown.index)}


def pick_rows(
    initiatives: pd.DataFrame, members: pd.DataFrame, top: int, sources: pd.DataFrame | None
) -> Rows:
    """Take the `top` initiatives with an item in most years, and order them by their lives.

    Ties go to the earlier, then to the order of names. The rows then run from the earliest to the
    latest first year, in a year from the longest life to the shortest.
    """
    lives = {
        name: sorted({int(year) for year in years})
        for name, years in members.groupby("initiative_id")["year"]
    }
    table = initiatives[initiatives["initiative_id"].isin(lives)]
    table = table.drop_duplicates("initiative_id").set_index("initiative_id")
    table = table.assign(years=pd.Series(lives, dtype=object))
    table["first"] = [years[0] for years in table["years"]]
    table["last"] = [years[-1] for years in table["years"]]
    table["n"] = [-len(years) for years in table["years"]]
    table["name"] = table.index.astype(str)
    ranked = table.sort_values(["n", "first", "label", "name"], kind="stable")
    shown, rest = ranked.iloc[:top], ranked.iloc[top:]
    shown = shown.sort_values(
        ["first", "last", "n", "label", "name"],
        ascending=[True, False, True, True, True],
        kind="stable",
    )
    observed = observed_years(members["year"], sources)
    counts = {year: sum(year in years for years in rest["years"]) for year in observed}
    return Rows(shown, len(rest), counts, observed)


def row_pen(rows: Rows, sources: pd.DataFrame | None, lang: Lang) -> Pen:
    """The pen for the names of the rows."""
    return Pen(lang, [*rows.shown["label"], *issuers_of(sources)])


def draw_rows(ax: Axes, pen: Pen, rows: Rows, sources: pd.DataFrame | None) -> None:
    """Years along x, names along y, and below the rest with its count in each year."""
    plain(ax, keep=())
    n = len(rows.shown)
    ax.set_ylim(n + (0.6 if rows.rest else -0.4), -0.6)
    ax.set_xlim(rows.observed[0] - 0.55, rows.observed[-1] + 0.55)
    year_axis(ax, pen, rows.observed, sources)
    names = [
        pen.name(label, f"{pen.word('initiative')} {place}")
        for place, label in enumerate(rows.shown["label"], start=1)
    ]
    ticks = [wrap(name, _LABEL_EM, lines=1)[0] for name in names]
    places = list(range(n))
    if rows.rest:
        ticks.append(pen.word("rest_initiatives", n=rows.rest))
        places.append(n)
        ax.axhline(n - 0.5, color=GRID, linewidth=0.8)
        for year, count in rows.rest_by_year.items():
            ax.text(year, n, str(count), ha="center", va="center", **pen.style(8, color=FAINT))
    ax.set_yticks(places, ticks, **pen.style(8))
    for text, full in zip(ax.get_yticklabels(), names, strict=False):
        hover(text, full)
