"""How long initiatives live: survival steps with their band."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from planddiff.charts.canvas import footer, heading, new_axes, plain
from planddiff.charts.labels import Lang, Pen
from planddiff.charts.line_ends import LineEnd, name_ends
from planddiff.charts.palette import FAINT, line_style
from planddiff.charts.tables import issuers_of, require


def survival(
    table: pd.DataFrame,
    *,
    top: int = 5,
    sources: pd.DataFrame | None = None,
    lang: Lang = "zh",
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw Kaplan-Meier curves as steps, with bands and the numbers at risk below.

    Parameters
    ----------
    table : DataFrame
        ``years`` (since the first year of an initiative), ``survival`` (0..1); optionally
        ``low``, ``high`` (0..1), ``at_risk`` (count) and ``group`` (one curve each). A curve
        without a row at 0 years begins there with 1.
    top : int
        Most curves: the groups with most initiatives at risk at the beginning (in the order of
        names without ``at_risk``). The foot counts the others.
    sources : DataFrame, optional
        Documents with ``year``, ``issuer``, ``constructed`` for the foot.
    lang, title, ax
        Language of the words; a heading of your own; Axes to draw on.

    Returns
    -------
    matplotlib.axes.Axes
        Per cent along y, 0 to 100.

    Raises
    ------
    InvalidInputError
        If columns are missing or the table is empty.

    Examples
    --------
    >>> table = pd.DataFrame({"years": [0, 1, 2], "survival": [1.0, 0.8, 0.5]})
    >>> ax = survival(table, lang="en")
    >>> ax.lines[0].get_ydata().tolist()
    [100.0, 80.0, 50.0]
    """
    require(table, ["years", "survival"], "survival")
    curves = _curves(table)
    drawn, rest = curves[:top], curves[top:]
    pen = Pen(lang, [*(name for name, _ in drawn), *issuers_of(sources)])
    counted = "at_risk" in table
    ax = new_axes(ax, 7.2, 4.8 + (0.2 * len(drawn) if counted else 0))
    plain(ax, grid="y")
    _axes(ax, pen, int(max(curve["years"].max() for _, curve in drawn)))
    for place, (_, curve) in enumerate(drawn):
        _curve(ax, curve, place, faint=len(drawn) > 3)
    names = [pen.name(name, f"{pen.word('group')} {n}") for n, (name, _) in enumerate(drawn, 1)]
    if len(drawn) > 1:
        right = ax.get_xlim()[1]
        lasts = [curve.iloc[-1] for _, curve in drawn]
        ends = [
            LineEnd(last["years"], 100 * last["survival"], name, line_style(place))
            for place, (name, last) in enumerate(zip(names, lasts, strict=True))
        ]
        name_ends(ax, pen, ends, right, 0.035 * right, share=0.55)
    if counted:
        shown = names if len(drawn) > 1 else [""]
        _at_risk(ax, pen, shown, [curve for _, curve in drawn])
    heading(ax, pen, title, "survival")
    left_out = pen.word("foot_curves", n=len(rest)) if rest else ""
    below = 42 + (11 * len(drawn) + 14 if counted else 0)
    footer(ax, pen, sources, [pen.word("foot_survival"), left_out], below=below)
    return ax


def _curves(table: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Curves by name, the largest first, each from 0 years on."""
    groups = table.assign(group="") if "group" not in table else table
    curves = []
    for name, rows in groups.groupby("group", sort=True):
        curve = rows.sort_values("years")
        if curve["years"].iloc[0] > 0:
            start = curve.iloc[:1].assign(years=0, survival=1.0)
            edges = {side: 1.0 for side in ("low", "high") if side in curve}
            curve = pd.concat([start.assign(**edges), curve])
        curves.append((str(name), curve))
    if "at_risk" in table:
        curves.sort(key=lambda item: -int(item[1]["at_risk"].iloc[0]))
    return curves


def _axes(ax: Axes, pen: Pen, last: int) -> None:
    ax.set_xlim(0, last * 1.03 or 1)
    ax.set_ylim(0, 101)
    step = next(step for step in (1, 2, 5, 10, 20, 50) if last / step <= 14)
    ticks = range(0, last + 1, step)
    ax.set_xticks(ticks, [str(tick) for tick in ticks], **pen.style(9))
    ax.set_xlabel(pen.word("years_since"), **pen.style(8.5, color=FAINT))
    shares = range(0, 101, 20)
    ax.set_yticks(shares, [f"{share}%" for share in shares], **pen.style(9, color=FAINT))


def _curve(ax: Axes, curve: pd.DataFrame, place: int, *, faint: bool) -> None:
    style = line_style(place)
    years, share = curve["years"], curve["survival"] * 100
    ax.step(years, share, where="post", linewidth=1.8, markersize=4.5, clip_on=False, **style)
    if {"low", "high"} <= set(curve.columns):
        ax.fill_between(
            years,
            curve["low"] * 100,
            curve["high"] * 100,
            step="post",
            color=style["color"],
            alpha=0.07 if faint else 0.16,
            linewidth=0,
        )


def _at_risk(ax: Axes, pen: Pen, names: list[str], curves: list[pd.DataFrame]) -> None:
    """Numbers at risk at each tick, one line per curve under the axis."""
    ticks = [int(tick) for tick in ax.get_xticks()]
    lines = [(pen.word("at_risk"), None), *zip(names, curves, strict=True)]
    for line, (name, curve) in enumerate(lines):
        cells = [(0.0, name, "right" if curve is not None else "left")]
        if curve is not None:
            # Who is at risk at a time is who is at the next row: nothing happens in between.
            later = [curve.loc[curve["years"] >= tick, "at_risk"] for tick in ticks]
            cells += [
                (tick, str(int(rows.iloc[0])), "center")
                for tick, rows in zip(ticks, later, strict=True)
                if len(rows)
            ]
        for x, text, align in cells:
            ax.annotate(
                text,
                xy=(x, 0),
                xycoords=ax.get_xaxis_transform(),
                xytext=(-14 if align == "right" else 0, -38 - 11 * line),
                textcoords="offset points",
                ha=align,
                va="top",
                annotation_clip=False,
                **pen.style(7.5, color=FAINT),
            )
