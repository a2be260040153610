"""Charts: each takes tables and an optional Axes and returns the Axes."""

from planddiff.charts.canvas import save
from planddiff.charts.fonts import set_font
from planddiff.charts.status import status
from planddiff.charts.trend import trend

__all__ = ["save", "set_font", "status", "trend"]
