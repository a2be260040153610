"""Quantified targets over the years: one strip of steps per target."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from planddiff.charts.canvas import footer, heading, new_axes, plain, year_axis
from planddiff.charts.labels import Lang, Pen, wrap
from planddiff.charts.palette import FAINT, GRID, INK, LINES
from planddiff.charts.saving import hover
from planddiff.charts.tables import issuers_of, observed_years, records, require
from planddiff.errors import InvalidInputError

_COLUMNS = ["initiative_id", "label", "object", "unit", "comparator", "year", "value", "change"]
_SIGNS = {">=": "≥", "<=": "≤", "~": "≈"}
_MARKS = {
    "first": "s",
    "same": "o",
    "raised": "^",
    "lowered": "v",
    "reset": "D",
    "restated": "X",
    "ended": "x",
}
# What ``compare_targets`` calls the changes of one pair of years, in the words of a series.
_OF_A_PAIR = {
    "new": "first",
    "unchanged": "same",
    "removed": "ended",
    "not_comparable": "restated",
}
_MOVES = {"increase": "+", "decrease": "−"}
_TALL = 0.62  # height of the highest step in a strip of height 1
_LABEL_EM = 20.0


def targets(
    table: pd.DataFrame,
    *,
    top: int = 12,
    sources: pd.DataFrame | None = None,
    lang: Lang = "zh",
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw each target as steps over the years, with its value and comparator written on them.

    Every strip has a scale of its own that begins at 0. Where a target is restated (another unit
    or base) the steps break and the scale begins anew, because the values cannot be compared.

    Parameters
    ----------
    table : DataFrame
        One row per target and year: ``initiative_id``, ``label``, ``object``, ``unit``,
        ``comparator`` ('=', '>=', '<=', '~'), ``year``, ``value``, ``change`` ('first', 'same',
        'raised', 'lowered', 'reset', 'restated', or 'ended' without a value; the words 'new',
        'unchanged', 'not_comparable' and 'removed' of a single comparison will do as well).
        Optionally ``series``: which rows of an initiative are one target; without it rows of one
        object are. Of several values in a year the largest is drawn, and the foot says how many
        were passed over. Optionally ``flow``: an 'increase' or a 'decrease' is written with its
        sign, and never joined to a level.
    top : int
        Most strips: the targets with values in most years. The foot sums up the others.
    sources : DataFrame, optional
        Documents with ``year``, ``issuer``, ``constructed`` for the foot.
    lang, title, ax
        Language of the words; a heading of your own; Axes to draw on.

    Returns
    -------
    matplotlib.axes.Axes
        Years along x; strip 0 at the top, its zero line at y = 0.9 and its top above it.

    Raises
    ------
    InvalidInputError
        If columns are missing, there is no target, or a change is none of the words.

    Examples
    --------
    >>> table = pd.DataFrame({"initiative_id": "a", "label": "Broadband", "object": "users",
    ...                       "unit": "", "comparator": ">=", "year": [2014, 2015],
    ...                       "value": [1200.0, 1500.0], "change": ["first", "raised"]})
    >>> ax = targets(table, lang="en")
    >>> [text.get_text() for text in ax.texts if text.get_text().startswith("≥")]
    ['≥1,200', '≥1,500']
    """
    require(table, _COLUMNS, "targets")
    observed = observed_years(table["year"], sources)
    table = table.assign(change=table["change"].replace(_OF_A_PAIR))
    unknown = sorted(set(table["change"]) - set(_MARKS))
    if unknown:
        raise InvalidInputError(f"unknown changes {unknown}: the chart knows {list(_MARKS)}")
    strips, double = _strips(table)
    shown, rest = strips[:top], strips[top:]

    texts = [text for s in shown for c in ("label", "object", "unit") for text in s[c].dropna()]
    pen = Pen(lang, [*texts, *issuers_of(sources)])
    ax = new_axes(ax, 4.6 + 1.05 * len(observed), 1.9 + 0.55 * len(shown))
    plain(ax, keep=())
    ax.set_ylim(len(shown), -0.1)
    ax.set_xlim(observed[0] - 0.6, observed[-1] + 0.6)
    year_axis(ax, pen, observed, sources)
    used: set[str] = set()
    for place, strip in enumerate(shown):
        _strip(ax, pen, place, records(strip), used)
    _name_strips(ax, pen, shown)
    _legend(ax, pen, [word for word in _MARKS if word in used])
    heading(ax, pen, title, "targets")
    notes = [pen.word("foot_targets")]
    if rest:
        notes.append(
            pen.word(
                "foot_more_targets", n=len(rest), values=sum(int(s["value"].count()) for s in rest)
            )
        )
    if any(_move(row) for strip in shown for row in records(strip)):
        notes.append(pen.word("foot_change_targets"))
    if double:
        notes.append(pen.word("foot_double_targets", n=double))
    footer(ax, pen, sources, notes)
    return ax


def _strips(table: pd.DataFrame) -> tuple[list[pd.DataFrame], int]:
    """Rows of each target by year, those with most values first; how many values double up."""
    series = ["initiative_id", "series" if "series" in table else "object"]
    rows = table.sort_values([*series, "year", "value"], kind="stable", na_position="first")
    single = rows.drop_duplicates([*series, "year"], keep="last")
    strips = [strip for _, strip in single.groupby(series, sort=True, dropna=False)]
    strips.sort(key=lambda s: (-int(s["value"].count()), -s["change"].nunique(), s["year"].iloc[0]))
    return strips, int(rows["value"].count() - single["value"].count())


def _strip(ax: Axes, pen: Pen, place: int, rows: list[dict[str, Any]], used: set[str]) -> None:
    """Steps of one target; a break where it is restated, nothing where a year has no value."""
    ground = place + 0.9
    ax.axhline(ground, color=GRID, linewidth=0.8, zorder=1)
    for row in rows:
        if row["change"] == "ended":
            used.add("ended")
            ax.plot([row["year"]], [ground - 0.12], zorder=4, **_mark("ended"))
    rows = [row for row in rows if not pd.isna(row["value"])]
    for span in _spans(rows):
        largest = max(row["value"] for row in span)
        heights = [_TALL * row["value"] / largest if largest else 0.0 for row in span]
        x: list[float] = []
        y: list[float] = []
        for row, height in zip(span, heights, strict=True):
            if x and row["year"] - 0.5 > x[-1]:
                x.append(x[-1])
                y.append(float("nan"))
            x += [row["year"] - 0.5, row["year"] + 0.5]
            y += [ground - height, ground - height]
        x[0], x[-1] = x[0] + 0.06, x[-1] - 0.06
        ax.plot(x, y, color=LINES[0], linewidth=1.8, zorder=3, label="_steps")
        for row, height in zip(span, heights, strict=True):
            used.add(row["change"])
            ax.plot([row["year"]], [ground - height], zorder=4, **_mark(row["change"]))
            ax.annotate(
                _amount(pen, row),
                xy=(row["year"], ground - height),
                xytext=(0, 5),
                textcoords="offset points",
                ha="center",
                va="bottom",
                **pen.style(7.5),
            )
    for before, after in pairwise(_spans(rows)):
        x0 = (before[-1]["year"] + after[0]["year"]) / 2
        ax.plot([x0, x0], [place + 0.12, ground], ":", color=FAINT, linewidth=1.2, label="_break")


def _spans(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Stretches of a target whose values can be compared."""
    spans: list[list[dict[str, Any]]] = []
    for row in rows:
        last = spans[-1][-1] if spans else None
        if (
            last is None
            or row["change"] == "restated"
            or row["unit"] != last["unit"]
            or _move(row) != _move(last)
        ):
            spans.append([])
        spans[-1].append(row)
    return spans


def _move(row: dict[str, Any]) -> str:
    """Sign of a figure that is a change; nothing for a level."""
    return "" if pd.isna(row["value"]) else _MOVES.get(row.get("flow", ""), "")


def _amount(pen: Pen, row: dict[str, Any]) -> str:
    """Value as a plan would print it: comparator, figure (万 and 亿 in Chinese), unit."""
    value, scale = float(row["value"]), ""
    if pen.lang == "zh":
        factor, scale = next(
            ((f, word) for f, word in ((1e8, "亿"), (1e4, "万")) if abs(value) >= f), (1.0, "")
        )
        value /= factor
    figure = f"{value:,.4f}".rstrip("0").rstrip(".")
    unit = "" if pd.isna(row["unit"]) else pen.name(row["unit"], "")
    return f"{_SIGNS.get(row['comparator'], '')}{_move(row)}{figure}{scale}{unit}"


def _name_strips(ax: Axes, pen: Pen, strips: list[pd.DataFrame]) -> None:
    names = []
    full = []
    for place, strip in enumerate(strips, start=1):
        last = strip.iloc[-1]
        label = pen.name(last["label"], f"{pen.word('initiative')} {place}")
        object_ = "" if pd.isna(last["object"]) else pen.name(last["object"], "")
        lines = [wrap(text, _LABEL_EM, lines=1)[0] for text in (label, object_) if text]
        names.append("\n".join(lines))
        full.append(f"{last['label']}: {last['object']}")
    places = [place + 0.6 for place in range(len(strips))]
    ax.set_yticks(places, names, linespacing=1.25, **pen.style(7.5))
    for text, told in zip(ax.get_yticklabels(), full, strict=True):
        hover(text, told)


def _mark(change: str) -> dict[str, Any]:
    return {
        "linestyle": "none",
        "marker": _MARKS[change],
        "color": {"restated": LINES[1], "ended": FAINT}.get(change, LINES[0]),
        "markersize": 5.5,
        "label": f"_{change}",
    }


def _legend(ax: Axes, pen: Pen, words: list[str]) -> None:
    keys = [Line2D([], [], **_mark(word) | {"label": pen.word(f"target_{word}")}) for word in words]
    ax.legend(
        handles=keys,
        loc="upper left",
        bbox_to_anchor=(1.0, 1.0),
        frameon=False,
        prop=pen.style(8.5)["fontproperties"],
        labelcolor=INK,
    )
