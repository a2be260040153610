"""The state of a review: cases, the coder's rows, and the file they are saved to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from planddiff.decisions import (
    COLUMNS,
    as_decisions,
    read_decisions,
    update_decisions,
)
from planddiff.errors import InvalidInputError

Row = dict[str, Any]


@dataclass(frozen=True)
class Session:
    """A coder at work on one file of decisions.

    Attributes
    ----------
    path : Path or None
        The file; None where there is none, as on the standalone page.
    coder : str
    """

    path: Path | None
    coder: str

    def __post_init__(self) -> None:
        if not self.coder.strip():
            raise InvalidInputError("coder='': give your name, it stands beside each decision")

    def rows(self) -> list[Row]:
        """What this coder decided so far; nobody else's rows are shown."""
        if self.path is None or not self.path.is_file():
            return []
        table = read_decisions(self.path).table
        mine = table[table["coder"] == self.coder]
        return [
            {str(name): value for name, value in row.items()} for row in mine.to_dict("records")
        ]

    def save(self, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> None:
        """Bring the file from the rows before a step to those after it.

        Rows that anybody else wrote meanwhile stay.
        """
        if self.path is None:
            return
        old, new = _by_key(before), _by_key(after)
        added = [row for key, row in new.items() if key not in old]
        removed = [row for key, row in old.items() if key not in new]
        update_decisions(self.path, added, removed)


def _by_key(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, ...], Row]:
    checked = as_decisions(pd.DataFrame([dict(row) for row in rows], columns=COLUMNS))
    found = {}
    for row in checked.table.to_dict("records"):
        named = {str(name): value for name, value in row.items()}
        found[tuple(str(named[name]) for name in COLUMNS)] = named
    return found
