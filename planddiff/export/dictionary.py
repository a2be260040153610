"""What each column of each exported table means."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import pandas as pd

COLUMNS = ["table", "column", "type", "rows", "missing", "meaning"]


def meaning(table: str, column: str) -> str:
    """What a column of an exported table means; empty for a column that planddiff does not know.

    Examples
    --------
    >>> meaning("documents", "sha256")
    'SHA-256 digest of the bytes of the document'
    """
    known = _meanings()
    return known.get((table, column), known.get(("*", column), ""))


@cache
def _meanings() -> dict[tuple[str, str], str]:
    """Meaning by (table, column); a column that means the same everywhere has table ``*``."""
    data = files("planddiff") / "data"
    found: dict[tuple[str, str], str] = {}
    for row in csv.DictReader((data / "tracks_codebook.csv").read_text("utf-8").splitlines()):
        if row["topic"] == "column":
            found["*", row["name"]] = row["meaning"]
    for row in csv.DictReader((data / "dictionary.csv").read_text("utf-8").splitlines()):
        found[row["table"], row["column"]] = row["meaning"]
    return found


def data_dictionary(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a column of the tables: its type, how many rows, how many missing, its meaning.

    Examples
    --------
    >>> data_dictionary({"items": pd.DataFrame({"ordinal": [1, 2]})})["meaning"].tolist()
    ['place in the document, counted from 1']
    """
    rows = [
        (
            name,
            str(column),
            _type(values),
            len(values),
            int(values.isna().sum()),
            meaning(name, str(column)),
        )
        for name, table in tables.items()
        for column, values in table.items()
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _type(values: pd.Series) -> str:
    kinds = sorted({type(each).__name__ for each in values.dropna()[:1000]})
    if values.dtype == object:
        return "list" if kinds in (["list"], ["tuple"]) else "text"
    return {"bool": "true or false", "f": "number", "i": "whole number", "I": "whole number"}.get(
        "bool" if values.dtype == bool else values.dtype.kind, "text"
    )
