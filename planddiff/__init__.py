"""Compare Chinese government annual plans year over year.

The names below are loaded on first use, so that importing the package stays as cheap as importing
pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from planddiff._version import __version__

if TYPE_CHECKING:
    from planddiff.comparison import Comparison, compare
    from planddiff.examples import load_example
    from planddiff.matching import Matcher
    from planddiff.plan import Plan, parse_plan, read_plan, read_plans

_HOMES = {
    "Comparison": "planddiff.comparison",
    "Matcher": "planddiff.matching",
    "compare": "planddiff.comparison",
    "Plan": "planddiff.plan",
    "load_example": "planddiff.examples",
    "parse_plan": "planddiff.plan",
    "read_plan": "planddiff.plan",
    "read_plans": "planddiff.plan",
}

__all__ = [
    "Comparison",
    "Matcher",
    "Plan",
    "__version__",
    "compare",
    "load_example",
    "parse_plan",
    "read_plan",
    "read_plans",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'planddiff' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
