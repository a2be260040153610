"""One canonical text for every document, a map back to the source, and a log of every repair."""

from __future__ import annotations

from planddiff.normalize.canonical import canonicalize
from planddiff.normalize.traced import Aside, Canonical, Line, Traced

__all__ = ["Aside", "Canonical", "Line", "Traced", "canonicalize"]
