"""The words and set phrases by which front matter, back matter and headings are known."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def alternatives(role: str) -> str:
    """The patterns of one role of ``structure_words.csv`` as one regular expression.

    Examples
    --------
    >>> "要点" in alternatives("kind")
    True
    """
    with (files("planddiff") / "data" / "structure_words.csv").open(encoding="utf-8") as file:
        return "|".join(
            f"(?:{row['pattern']})" for row in csv.DictReader(file) if row["role"] == role
        )
