"""What a chart shows, read back from its artists."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.text import Text


def written(ax: Axes) -> list[str]:
    """All visible words of a chart, wrapped lines joined."""
    texts = ax.findobj(Text)
    return [t.get_text().replace("\n", "") for t in texts if t.get_visible() and t.get_text()]


def foot(ax: Axes) -> str:
    """The text under the axes."""
    (text,) = [text for text in ax.texts if text.get_gid() == "foot"]
    return text.get_text()


def overlaps(ax: Axes, wanted: list[str]) -> list[tuple[str, str]]:
    """Pairs of the named texts whose boxes meet in the drawn figure."""
    ax.figure.canvas.draw()
    boxes = [(t.get_text(), t.get_window_extent()) for t in ax.texts if t.get_text() in wanted]
    return [
        (a, b)
        for place, (a, one) in enumerate(boxes)
        for b, two in boxes[place + 1 :]
        if one.overlaps(two)
    ]
