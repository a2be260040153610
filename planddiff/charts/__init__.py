"""Charts: each takes tables and an optional Axes and returns the Axes."""

from planddiff.charts.accessors import ComparisonPlots, TracksPlots
from planddiff.charts.agencies import agencies, agency_ranks
from planddiff.charts.evidence import evidence
from planddiff.charts.flow import flow
from planddiff.charts.fonts import set_font
from planddiff.charts.presence import presence
from planddiff.charts.saving import save, svg
from planddiff.charts.status import status
from planddiff.charts.survival import survival
from planddiff.charts.targets import targets
from planddiff.charts.timeline import timeline
from planddiff.charts.trend import trend

__all__ = [
    "ComparisonPlots",
    "TracksPlots",
    "agencies",
    "agency_ranks",
    "evidence",
    "flow",
    "presence",
    "save",
    "set_font",
    "status",
    "survival",
    "svg",
    "targets",
    "timeline",
    "trend",
]
