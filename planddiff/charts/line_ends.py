"""Names at the ends of lines, kept apart from each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from planddiff.charts.canvas import points_high
from planddiff.charts.labels import Pen

_SIZE = 9.0


@dataclass(frozen=True)
class LineEnd:
    """Last point of a line, the name to be written there, and the style of the line."""

    x: float
    y: float
    name: str
    style: dict[str, Any]


def name_ends(
    ax: Axes,
    pen: Pen,
    ends: Sequence[LineEnd],
    right: float,
    pad: float,
    *,
    share: float = 0.8,
) -> None:
    """Write names right of ``right``, each with the marker of its line and a thin lead to its end.

    Parameters
    ----------
    ends : sequence of LineEnd
        In any order; limits of the y axis are final.
    right, pad : float
        Where the room for names begins, and a step of it, in units of x.
    share : float
        Share of the height of the axes that titles and foot will leave.
    """
    low, high = sorted(ax.get_ylim())
    gap = _SIZE * 1.35 * (high - low) / points_high(ax, share)
    for end, y in zip(ends, spread([end.y for end in ends], gap), strict=True):
        ax.plot(
            [max(end.x + 0.25 * pad, right - pad), right + 0.7 * pad, right + 1.1 * pad],
            [end.y, y, y],
            color=end.style["color"],
            marker=end.style["marker"],
            markevery=[2],
            markersize=5,
            linewidth=0.7,
            clip_on=False,
            label="_lead",
        )
        ax.text(right + 1.5 * pad, y, end.name, ha="left", va="center", **pen.style(_SIZE))


def spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Move positions as little as possible (least squares) so that all are ``gap`` apart.

    Pool-adjacent-violators regression (Barlow et al. 1972) on the positions less their share of
    the gaps; equal positions keep their order.

    Examples
    --------
    >>> spread([0.0, 10.0, 10.0, 30.0], 4.0)
    [0.0, 8.0, 12.0, 30.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    pools: list[list[float]] = []
    for place, i in enumerate(order):
        pools.append([wanted[i] - place * gap, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            value, count = pools.pop()
            before, n = pools[-1]
            pools[-1] = [(before * n + value * count) / (n + count), n + count]
    flat = [value for value, count in pools for _ in range(int(count))]
    out = [0.0] * len(wanted)
    for place, i in enumerate(order):
        out[i] = flat[place] + place * gap
    return out
