"""Charts: each takes tables and an optional Axes and returns the Axes."""

from planddiff.charts.canvas import save
from planddiff.charts.flow import flow
from planddiff.charts.fonts import set_font
from planddiff.charts.status import status
from planddiff.charts.trend import trend

__all__ = ["flow", "save", "set_font", "status", "trend"]
