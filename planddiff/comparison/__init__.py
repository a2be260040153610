"""Comparison of two plans."""

from planddiff.comparison.comparison import Comparison, compare
from planddiff.comparison.explain import Explanation
from planddiff.comparison.redline import Redline, redline

__all__ = ["Comparison", "Explanation", "Redline", "compare", "redline"]
