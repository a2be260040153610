"""What a notebook shows of results: HTML from plain tables."""

from planddiff.views.comparison import comparison_view
from planddiff.views.corpus import corpus_view
from planddiff.views.corpus_tracks import corpus_tracks_view
from planddiff.views.diffusion import diffusion_view
from planddiff.views.explanation import explanation_view
from planddiff.views.plan import plan_view
from planddiff.views.tracks import tracks_view

__all__ = [
    "comparison_view",
    "corpus_tracks_view",
    "corpus_view",
    "diffusion_view",
    "explanation_view",
    "plan_view",
    "tracks_view",
]
