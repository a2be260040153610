"""Initiatives over many years: lineages, returns, trends and survival."""

from planddiff.tracks.result import Tracks
from planddiff.tracks.track import track

__all__ = ["Tracks", "track"]
