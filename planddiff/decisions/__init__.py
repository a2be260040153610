"""What coders decided about pairs of items: one readable file, replayed in every run."""

from planddiff.decisions.saving import update_decisions
from planddiff.decisions.table import (
    COLUMNS,
    VERDICTS,
    Decisions,
    as_decisions,
    confirmed_pairs,
    merge_decisions,
    read_decisions,
)

__all__ = [
    "COLUMNS",
    "VERDICTS",
    "Decisions",
    "as_decisions",
    "confirmed_pairs",
    "merge_decisions",
    "read_decisions",
    "update_decisions",
]
