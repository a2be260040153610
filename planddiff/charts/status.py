"""Stacked bars of item statuses for every pair of years."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from matplotlib.axes import Axes

from planddiff.charts.canvas import footer, heading, new_axes, plain, points_high, year_labels
from planddiff.charts.labels import Lang, Pen
from planddiff.charts.palette import FAINT, INK, PAPER, STATUS, ink_on
from planddiff.charts.tables import issuers_of, require
from planddiff.errors import InvalidInputError

_BAR = 0.34
_SIZE = 8.0


def status(
    table: pd.DataFrame,
    *,
    side: Literal["both", "old", "new"] = "both",
    last: int = 10,
    sources: pd.DataFrame | None = None,
    lang: Lang = "zh",
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw shares of statuses, one pair of bars per pair of years, with counts inside.

    Parameters
    ----------
    table : DataFrame
        Every item of both years of a pair once: ``old_year``, ``new_year``, ``side`` ('old' or
        'new'), ``item_id``, ``status``.
    side : {'both', 'old', 'new'}
        The left bar of a pair shows what became of the old items, the right bar where the new
        items come from; or one of the two only.
    last : int
        Most pairs of years: the latest. The foot names the years of the others.
    sources : DataFrame, optional
        Documents with ``year``, ``issuer``, ``constructed`` for the foot.
    lang, title, ax
        Language of the words; a heading of your own; Axes to draw on.

    Returns
    -------
    matplotlib.axes.Axes
        The height of each bar is its share in per cent.

    Raises
    ------
    InvalidInputError
        If columns are missing, the table is empty, or it holds an unknown side or status.

    Examples
    --------
    >>> table = pd.DataFrame({"old_year": 2014, "new_year": 2015, "side": ["old", "old", "new"],
    ...                       "item_id": ["a", "b", "c"], "status": ["persisted", "dropped",
    ...                                                              "persisted"]})
    >>> ax = status(table, lang="en")
    >>> [round(bar.get_height()) for bar in ax.patches]
    [50, 50, 100]
    """
    require(table, ["old_year", "new_year", "side", "status"], "status")
    unknown = sorted(set(table["status"]) - set(STATUS))
    if unknown:
        raise InvalidInputError(f"unknown statuses {unknown}: the chart knows {list(STATUS)}")
    if side not in ("both", "old", "new"):
        raise InvalidInputError(f"side={side!r}: give 'both', 'old' or 'new'")
    if table[["old_year", "new_year"]].isna().any(axis=None) or table.empty:
        raise InvalidInputError(
            "the chart needs the years of both plans; a plan that states none is read with "
            "read_plan(..., year=)"
        )
    sides = ["old", "new"] if side == "both" else [side]
    counts = table.groupby(["old_year", "new_year", "side", "status"]).size()
    pairs = sorted({(int(old), int(new)) for old, new, *_ in counts.index})
    drawn, left_out = pairs[-last:], pairs[:-last]
    pen = Pen(lang, issuers_of(sources))
    room = min(0.95 * len(sides) + 0.25, max(0.55 * len(sides), 13 / len(drawn)))
    ax = new_axes(ax, max(4.6, 1.9 + room * len(drawn)), 4.8)
    plain(ax)
    ax.set_ylim(0, 100)

    spots: list[tuple[float, str]] = []
    used: set[str] = set()
    for place, (old, new) in enumerate(drawn):
        for which, one in enumerate(sides):
            x = place + (which - (len(sides) - 1) / 2) * (_BAR + 0.08)
            bar = counts.reindex([(old, new, one, name) for name in STATUS], fill_value=0).set_axis(
                list(STATUS)
            )
            _stack(ax, pen, x, bar)
            used |= set(bar.index[bar > 0])
            what = f"{pen.word(f'{one}_side')}\n" if len(sides) > 1 else ""
            spots.append((x, f"{what}n={bar.sum()}"))
    _axes(ax, pen, drawn, spots, sources)
    _legend(ax, pen, [name for name in STATUS if name in used])
    heading(ax, pen, title, "status")
    notes = [pen.word("foot_sides" if side == "both" else f"foot_side_{side}")]
    if left_out:
        years = f"{left_out[0][0]}–{left_out[-1][1]}"
        notes.append(pen.word("foot_pairs", n=len(left_out), years=years))
    footer(ax, pen, sources, notes, below=54)
    return ax


def _stack(ax: Axes, pen: Pen, x: float, counts: pd.Series[int]) -> None:
    """One bar of 100 %; a count that does not fit inside its segment stands beside it."""
    total = int(counts.sum())
    bottom = 0.0
    least = _SIZE * 1.15 * 100 / points_high(ax)
    for name, count in counts[counts > 0].items():
        fill = STATUS[str(name)]
        height = 100 * int(count) / total
        ax.bar(
            x,
            height,
            _BAR,
            bottom,
            color=fill.colour,
            hatch=fill.hatch,
            edgecolor=PAPER if ink_on(fill.colour) == PAPER else "#6d6d6d",
            linewidth=0.6,
        )
        inside = height >= least
        box = {"facecolor": fill.colour, "edgecolor": "none", "pad": 0.7} if fill.hatch else None
        ax.text(
            x if inside else x + _BAR / 2 + 0.015,
            bottom + height / 2,
            str(count),
            ha="center" if inside else "left",
            va="center",
            bbox=box if inside else None,
            **pen.style(_SIZE if inside else 6.5, color=ink_on(fill.colour) if inside else INK),
        )
        bottom += height


def _axes(
    ax: Axes,
    pen: Pen,
    pairs: list[tuple[int, int]],
    spots: list[tuple[float, str]],
    sources: pd.DataFrame | None,
) -> None:
    ax.set_xlim(-0.6, len(pairs) - 0.4)
    ax.set_xticks([x for x, _ in spots], [text for _, text in spots], **pen.style(8, color=FAINT))
    ticks = range(0, 101, 20)
    ax.set_yticks(ticks, [f"{tick}%" for tick in ticks], **pen.style(9, color=FAINT))
    for place, pair in enumerate(pairs):
        ax.annotate(
            "→".join(year_labels(pen, pair, sources)),
            xy=(place, 0),
            xycoords=ax.get_xaxis_transform(),
            xytext=(0, -31),
            textcoords="offset points",
            ha="center",
            va="top",
            annotation_clip=False,
            **pen.style(10),
        )


def _legend(ax: Axes, pen: Pen, names: list[str]) -> None:
    from matplotlib.patches import Patch

    keys = [
        Patch(
            facecolor=STATUS[name].colour,
            hatch=STATUS[name].hatch,
            edgecolor="#6d6d6d",
            linewidth=0.6,
            label=pen.word(name),
        )
        for name in reversed(names)
    ]
    ax.legend(
        handles=keys,
        loc="upper left",
        bbox_to_anchor=(1.0, 1.0),
        frameon=False,
        prop=pen.style(9)["fontproperties"],
        handleheight=1.2,
        labelcolor=INK,
    )
