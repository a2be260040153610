"""The log of a plan: one row per repair, per stretch set aside and per doubt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import pandas as pd

LOG_COLUMNS = ["kind", "start", "end", "before", "after", "message"]


@dataclass(frozen=True)
class LogEntry:
    """One thing that reading did to, or doubts about, ``source_text[start:end]``.

    ``kind`` is a word of ``planddiff/data/log_kinds.csv``, which also gives its severity
    (``repair``, ``set aside`` or ``doubt``).
    """

    kind: str
    start: int
    end: int
    before: str
    after: str
    message: str


def log_frame(entries: Iterable[LogEntry]) -> pd.DataFrame:
    """Log entries as a table in the order of the text, columns ``LOG_COLUMNS``."""
    rows = sorted(
        (asdict(entry) for entry in entries), key=lambda r: (r["start"], r["end"], r["kind"])
    )
    return pd.DataFrame(rows, columns=LOG_COLUMNS)
