"""Colours, dashes, markers and hatches, told apart in print, in grey and by colour-blind readers.

Hues are those of Okabe and Ito (2008, *Color Universal Design*) and of ColorBrewer (Harrower and
Brewer 2003, doi:10.1179/000870403235002042), picked so that neighbours differ in lightness too.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from matplotlib.colors import to_rgb

INK = "#222222"
FAINT = "#767676"
GRID = "#e4e4e4"
PAPER = "#ffffff"
REST = "#c9c9c9"

LINES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#7a5195", "#e69f00", "#333333")
DASHES: tuple[tuple[float, tuple[float, ...] | None], ...] = (
    (0, None),
    (0, (5, 1.5)),
    (0, (1.5, 1.2)),
    (0, (6, 1.5, 1.2, 1.5)),
    (0, (9, 2)),
)
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")

# Scale of counts: white paper to dark blue, monotone in lightness, so that grey says the same.
COUNTS = ("#f7fbff", "#c6dbef", "#6baed6", "#2171b5", "#08306b")


class Fill(NamedTuple):
    """How an area is filled: the hatch says in grey what the colour says in colour."""

    colour: str
    hatch: str


# In stacking order: what goes on below, what ends or begins above.
STATUS = {
    "persisted": Fill("#1f5a99", ""),
    "continued": Fill("#1f5a99", ""),
    "changed": Fill("#7fb3dc", ""),
    "split": Fill("#f3b04d", "///"),
    "merged": Fill("#d98324", "\\\\\\"),
    "recombined": Fill("#a6540f", "xxx"),
    "uncertain": Fill("#f2f2f2", "..."),
    "dropped": Fill("#b5b5b5", "---"),
    "returned": Fill("#a5dcc3", "|||"),
    "new": Fill("#35a07e", ""),
}


def line_style(place: int) -> dict[str, Any]:
    """Colour, dash and marker of the line at a place: no two of the first 40 are alike in grey."""
    return {
        "color": LINES[place % len(LINES)],
        "linestyle": DASHES[(place + place // len(LINES)) % len(DASHES)],
        "marker": MARKERS[place % len(MARKERS)],
    }


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on a colour (relative luminance as in WCAG 2)."""
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return INK if luminance > 0.25 else PAPER
