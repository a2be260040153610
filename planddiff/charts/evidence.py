"""Waterfall of what speaks for and against a pair of items."""

from __future__ import annotations

from math import exp, log
from typing import Literal

import pandas as pd
from matplotlib.axes import Axes

from planddiff.charts.canvas import footer, heading, new_axes, plain
from planddiff.charts.labels import Lang, Pen, wrap
from planddiff.charts.palette import FAINT, GRID, INK, STATUS, ink_on
from planddiff.charts.saving import hover
from planddiff.charts.tables import issuers_of, records, require
from planddiff.errors import InvalidInputError

_FOR, _AGAINST, _TOTAL = STATUS["changed"], STATUS["merged"], STATUS["persisted"]
_LABEL_EM = 16.0


def evidence(
    table: pd.DataFrame,
    *,
    scale: Literal["score", "log_odds"] = "score",
    threshold: float | None = None,
    sources: pd.DataFrame | None = None,
    lang: Lang = "zh",
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how each piece of evidence adds to or takes from the score of a pair.

    Parameters
    ----------
    table : DataFrame
        One row per piece in the order to be drawn: ``evidence`` (its name) and ``contribution``
        (signed, in units of the score). Optionally ``value`` (0..1: how strong the piece itself
        is), written beside the name.
    scale : {'score', 'log_odds'}
        What the contributions add up to. Log-odds are also given as a confidence in per cent.
    threshold : float, optional
        Score, or confidence where the scale is log-odds, from which a pair is linked: a line.
    sources : DataFrame, optional
        The two documents with ``year``, ``issuer``, ``constructed`` for the foot.
    lang, title, ax
        Language of the words; a heading of your own; Axes to draw on.

    Returns
    -------
    matplotlib.axes.Axes
        One bar per piece from the sum before to the sum after it, and a last bar from 0 to the
        score, which is the sum of all contributions.

    Raises
    ------
    InvalidInputError
        If columns are missing, the table is empty, the scale is neither word, or a threshold on
        log-odds is not between 0 and 1.

    Examples
    --------
    >>> table = pd.DataFrame({"evidence": ["title", "body", "agency"],
    ...                       "contribution": [0.3, 0.5, -0.1]})
    >>> ax = evidence(table, lang="en")
    >>> [round(float(bar.get_width()), 2) for bar in ax.patches]
    [0.3, 0.5, -0.1, 0.7]
    """
    require(table, ["evidence", "contribution"], "evidence")
    if scale not in ("score", "log_odds"):
        raise InvalidInputError(f"scale={scale!r}: give 'score' or 'log_odds'")
    if scale == "log_odds" and threshold is not None and not 0 < threshold < 1:
        raise InvalidInputError(f"threshold={threshold!r}: give a confidence between 0 and 1")
    rows = records(table)
    pen = Pen(lang, [*(row["evidence"] for row in rows), *issuers_of(sources)])
    ax = new_axes(ax, 6.8, 1.9 + 0.32 * (len(rows) + 1))
    plain(ax, keep=("bottom",), grid="x")
    sums = [0.0]
    for place, row in enumerate(rows):
        step = float(row["contribution"])
        _bar(ax, pen, place, sums[-1], step)
        sums.append(sums[-1] + step)
        ax.plot([sums[-1]] * 2, [place - 0.3, place + 1.3], color=FAINT, linewidth=0.7, zorder=1)
    total = len(rows)
    ax.barh(total, sums[-1], 0.6, color=_TOTAL.colour, zorder=2)
    score = f"{sums[-1]:.2f}"
    if scale == "log_odds":
        score += f" = {pen.word('confidence')} {100 / (1 + exp(-sums[-1])):.0f}%"
    _beside(ax, pen, total, max(sums[-1], 0.0), score)
    line = threshold
    if threshold is not None and scale == "log_odds":
        line = log(threshold / (1 - threshold))
    _axes(ax, pen, rows, sums, line)
    heading(ax, pen, title, "evidence")
    noted = "" if threshold is None else pen.word("foot_threshold", threshold=f"{threshold:.2f}")
    footer(ax, pen, sources, [pen.word("foot_evidence"), noted])
    return ax


def _bar(ax: Axes, pen: Pen, place: int, start: float, step: float) -> None:
    fill = _FOR if step >= 0 else _AGAINST
    ax.barh(
        place,
        step,
        0.6,
        left=start,
        color=fill.colour,
        hatch=fill.hatch,
        edgecolor="#6d6d6d" if ink_on(fill.colour) == INK else GRID,
        linewidth=0.5,
        zorder=2,
    )
    _beside(ax, pen, place, max(start, start + step), f"{step:+.2f}")


def _beside(ax: Axes, pen: Pen, place: int, x: float, text: str) -> None:
    ax.annotate(
        text,
        xy=(x, place),
        xytext=(4, 0),
        textcoords="offset points",
        ha="left",
        va="center",
        zorder=5,
        **pen.style(8),
    )


def _axes(
    ax: Axes,
    pen: Pen,
    rows: list[dict[str, object]],
    sums: list[float],
    threshold: float | None,
) -> None:
    names = []
    for place, row in enumerate(rows, start=1):
        name = pen.name(row["evidence"], f"{pen.word('evidence_piece')} {place}")
        value = row.get("value")
        known = isinstance(value, (int, float)) and not pd.isna(value)
        names.append(wrap(name, _LABEL_EM, lines=1)[0] + (f"  {value:.2f}" if known else ""))
    ax.set_yticks(range(len(rows) + 1), [*names, pen.word("score")], **pen.style(8.5))
    for text, row in zip(ax.get_yticklabels(), rows, strict=False):
        hover(text, str(row["evidence"]))
    low, high = min(*sums, threshold or 0.0), max(*sums, threshold or 0.0)
    span = (high - low) or 1.0
    ax.set_xlim(low - (0.02 * span if low < 0 else 0), high + 0.12 * span)
    if low < 0:
        ax.axvline(0, color=FAINT, linewidth=0.8, zorder=1)
    ax.set_ylim(len(rows) + 0.6, -0.6)
    ticks = [tick for tick in ax.get_xticks() if low <= tick <= high + 0.12 * span]
    ax.set_xticks(ticks, [f"{tick:.2f}" for tick in ticks], **pen.style(8.5, color=FAINT))
    if threshold is not None:
        ax.axvline(threshold, color=INK, linewidth=1.0, linestyle=(0, (4, 2)), zorder=3)
