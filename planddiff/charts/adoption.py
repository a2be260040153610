"""Cumulative adoption: how many issuers have it so far, beside how many were observed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd
from matplotlib.axes import Axes

from planddiff.charts.canvas import footer, heading, new_axes, plain, year_axis
from planddiff.charts.labels import Lang, Pen
from planddiff.charts.line_ends import LineEnd, name_ends
from planddiff.charts.palette import FAINT, line_style
from planddiff.charts.tables import issuers_of, observed_years, require, start_year
from planddiff.errors import InvalidInputError

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


def adoption(
    curve: pd.DataFrame,
    *,
    y: Literal["adopters", "share"] = "adopters",
    levels: Sequence[str] | None = None,
    since: int | None = None,
    sources: pd.DataFrame | None = None,
    left_out: int = 0,
    lang: Lang = "zh",
    title: str | None = None,
    name: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the adopters so far as steps, beside the issuers observed so far.

    Parameters
    ----------
    curve : DataFrame
        One row per level and year: ``level``, ``year``, ``adopters``, ``observed_so_far`` (counts
        up to the year), ``left_censored`` (adopters of the year that were not seen to adopt).
    y : {'adopters', 'share'}
        Counts, with a thin line for the issuers observed; or adopters in per cent of them, for
        levels of very different size. The right end names both numbers in either case.
    levels : sequence of str, optional
        The levels to draw; without it all but ``all``, or ``all`` where there is nothing else.
    since : int, optional
        First year to draw; without it two years before the first one with an adopter.
    sources : DataFrame, optional
        Documents with ``year``, ``issuer``, ``constructed``: years without one are shaded.
    left_out : int
        Documents that were not looked at, for the foot.
    lang, title, ax
        Language of the words; a heading of your own; Axes to draw on.
    name : str
        What is adopted, for the heading.

    Returns
    -------
    matplotlib.axes.Axes
        A line with markers per level, and a thin one of counts observed.

    Raises
    ------
    InvalidInputError
        If columns are missing, nothing is left to draw, or `y` is neither word.

    Examples
    --------
    >>> curve = pd.DataFrame({"level": "province", "year": [2014, 2015], "adopters": [1, 3],
    ...                       "observed_so_far": [4, 5], "left_censored": [1, 0]})
    >>> ax = adoption(curve, lang="en")
    >>> [text.get_text() for text in ax.texts if "/" in text.get_text()]
    ['province 3/5']
    """
    if y not in ("adopters", "share"):
        raise InvalidInputError(f"y={y!r}: give 'adopters' or 'share'")
    columns = ["level", "year", "adopters", "observed_so_far", "left_censored"]
    require(curve, columns, "adoption")
    there = curve["level"].drop_duplicates().tolist()
    wanted = levels if levels is not None else [each for each in there if each != "all"] or there
    drawn = [level for level in there if level in wanted]
    shown = curve[curve["level"].isin(drawn)]
    require(shown, columns, "adoption")
    pen = Pen(lang, [*issuers_of(sources), *([name] if name else [])])
    seen = observed_years(curve["year"], sources)
    begin = start_year(seen, shown.loc[shown["adopters"] > 0, "year"], since)
    observed = [year for year in seen if year >= begin]
    span = max(observed) - min(observed) or 1
    ax = new_axes(ax, max(7.2, min(13.0, 4.6 + 0.25 * span)), 4.6)
    plain(ax, grid="y")
    ends = []
    highest = 1
    for place, level in enumerate(drawn):
        rows = shown[(shown["level"] == level) & (shown["year"] >= begin)].sort_values("year")
        style = line_style(place)
        years, adopters, so_far = (rows[each] for each in ("year", "adopters", "observed_so_far"))
        drawn_line = adopters if y == "adopters" else 100 * adopters / so_far.where(so_far > 0)
        if y == "adopters":
            thin = {"color": style["color"], "linewidth": 0.8, "alpha": 0.6}
            ax.step(years, so_far, where="mid", label=f"_observed {level}", **thin)
            highest = max(highest, int(so_far.max()))
        thick = {"linewidth": 1.9, "markersize": 5, "clip_on": False, "zorder": 3, **style}
        ax.step(years, drawn_line, where="mid", label=str(level), **thick)
        both = f"{pen.word(f'level_{level}')} {int(adopters.iloc[-1])}/{int(so_far.iloc[-1])}"
        ends.append(LineEnd(float(years.iloc[-1]), float(drawn_line.iloc[-1]), both, style))
    _values(ax, pen, 100 if y == "share" else highest, "%" if y == "share" else "")
    right = max(observed) + 0.5
    ax.set_xlim(min(observed) - 0.6, right)
    year_axis(ax, pen, observed, sources)
    name_ends(ax, pen, ends, right, 0.05 * max(span, 3))
    heading(ax, pen, title, "adoption" if name else "adoption_plain", name=pen.name(name, ""))
    censored = int(shown["left_censored"].sum())
    notes = [pen.word(f"foot_adoption_{y}")]
    if censored:
        notes.append(pen.word("foot_left_censored", n=censored))
    if begin > seen[0]:
        notes.append(pen.word("foot_since", since=begin))
    if left_out:
        notes.append(pen.word("foot_left_out", n=left_out))
    footer(ax, pen, sources, notes)
    return ax


def _values(ax: Axes, pen: Pen, highest: int, unit: str) -> None:
    step = next((step for step in _STEPS if highest / step <= 6), _STEPS[-1])
    ticks = range(0, -(-highest // step) * step + 1, step)
    ax.set_ylim(0, ticks[-1] * 1.03)
    ax.set_yticks(ticks, [f"{tick}{unit}" for tick in ticks], **pen.style(9, color=FAINT))
