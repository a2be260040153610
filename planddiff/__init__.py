"""Compare Chinese government annual plans year over year.

The names below are loaded on first use, so that importing the package stays as cheap as importing
pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from planddiff._version import __version__

if TYPE_CHECKING:
    from planddiff.charts import set_font
    from planddiff.comparison import Comparison, compare
    from planddiff.corpus import Corpus, CorpusTracks, read_corpus, read_tables, track_corpus
    from planddiff.corpus.diffusion import diffusion
    from planddiff.corpus.diffusion_result import Diffusion
    from planddiff.decisions import Decisions, merge_decisions, read_decisions
    from planddiff.errors import (
        InvalidInputError,
        MissingExtraError,
        PlanDiffError,
        PlanDiffWarning,
        SourceNotFoundError,
        UnreadableSourceError,
    )
    from planddiff.examples import load_example
    from planddiff.matching import Matcher
    from planddiff.plan import Plan, parse_plan, read_plan, read_plans
    from planddiff.replication import rebuild, verify
    from planddiff.review import read_coding
    from planddiff.tracks.result import Tracks
    from planddiff.tracks.track import track

_HOMES = {
    "Comparison": "planddiff.comparison",
    "Corpus": "planddiff.corpus",
    "CorpusTracks": "planddiff.corpus",
    "Decisions": "planddiff.decisions",
    "Diffusion": "planddiff.corpus.diffusion_result",
    "InvalidInputError": "planddiff.errors",
    "Matcher": "planddiff.matching",
    "MissingExtraError": "planddiff.errors",
    "Plan": "planddiff.plan",
    "PlanDiffError": "planddiff.errors",
    "PlanDiffWarning": "planddiff.errors",
    "SourceNotFoundError": "planddiff.errors",
    "Tracks": "planddiff.tracks.result",
    "UnreadableSourceError": "planddiff.errors",
    "compare": "planddiff.comparison",
    "diffusion": "planddiff.corpus.diffusion",
    "load_example": "planddiff.examples",
    "merge_decisions": "planddiff.decisions",
    "parse_plan": "planddiff.plan",
    "rebuild": "planddiff.replication",
    "read_coding": "planddiff.review",
    "read_corpus": "planddiff.corpus",
    "read_decisions": "planddiff.decisions",
    "read_plan": "planddiff.plan",
    "read_plans": "planddiff.plan",
    "read_tables": "planddiff.corpus",
    "set_font": "planddiff.charts",
    "track": "planddiff.tracks.track",
    "track_corpus": "planddiff.corpus",
    "verify": "planddiff.replication",
}

__all__ = [
    "Comparison",
    "Corpus",
    "CorpusTracks",
    "Decisions",
    "Diffusion",
    "InvalidInputError",
    "Matcher",
    "MissingExtraError",
    "Plan",
    "PlanDiffError",
    "PlanDiffWarning",
    "SourceNotFoundError",
    "Tracks",
    "UnreadableSourceError",
    "__version__",
    "compare",
    "diffusion",
    "load_example",
    "merge_decisions",
    "parse_plan",
    "read_coding",
    "read_corpus",
    "read_decisions",
    "read_plan",
    "read_plans",
    "read_tables",
    "rebuild",
    "set_font",
    "track",
    "track_corpus",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'planddiff' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
