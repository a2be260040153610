"""Charts: each takes tables and an optional Axes and returns the Axes."""

from planddiff.charts.accessors import ComparisonPlots, DiffusionPlots, TracksPlots
from planddiff.charts.adoption import adoption
from planddiff.charts.agencies import agencies, agency_ranks
from planddiff.charts.evidence import evidence
from planddiff.charts.flow import flow
from planddiff.charts.fonts import set_font
from planddiff.charts.presence import presence
from planddiff.charts.region_strip import region_strip
from planddiff.charts.saving import save, svg
from planddiff.charts.status import status
from planddiff.charts.survival import survival
from planddiff.charts.targets import targets
from planddiff.charts.timeline import timeline
from planddiff.charts.trend import trend

__all__ = [
    "ComparisonPlots",
    "DiffusionPlots",
    "TracksPlots",
    "adoption",
    "agencies",
    "agency_ranks",
    "evidence",
    "flow",
    "presence",
    "region_strip",
    "save",
    "set_font",
    "status",
    "survival",
    "svg",
    "targets",
    "timeline",
    "trend",
]
