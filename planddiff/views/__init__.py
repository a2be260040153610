"""What a notebook shows of a plan, a comparison and tracks: HTML from plain tables."""

from planddiff.views.comparison import comparison_view
from planddiff.views.plan import plan_view
from planddiff.views.tracks import tracks_view

__all__ = ["comparison_view", "plan_view", "tracks_view"]
