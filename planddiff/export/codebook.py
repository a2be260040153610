"""The codebook of a run: words, columns, dials, documents and versions."""

from __future__ import annotations

import csv
import platform
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from planddiff._version import __version__
from planddiff.export.cells import plain_cell
from planddiff.export.dictionary import meaning

COLUMNS = ["topic", "name", "meaning", "value", "source"]
_WORDS = ("unit", "status")


def run_codebook(tables: Mapping[str, pd.DataFrame], dials: Mapping[str, Any]) -> pd.DataFrame:
    """What every word, column and dial of a run means.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables of the run, ``documents`` among them.
    dials : mapping
        What was set for the run; mappings inside are spelled out.

    Returns
    -------
    DataFrame
        ``topic``, ``name``, ``meaning``, ``value`` (of this run), ``source``.
    """
    rows = [
        (row["topic"], row["name"], row["meaning"], "", row["source"])
        for row in _words()
        if row["topic"] in _WORDS
    ]
    rows += column_rows(tables)
    rows += [("dial", name, "", str(plain_cell(value)), "") for name, value in _flat(dials)]
    rows += [
        (
            "document",
            f"{row['year']} {row['title']}",
            "constructed for an example, not official" if row["constructed"] else "as published",
            f"sha256 {row['sha256']}",
            str(row["source"]),
        )
        for row in tables["documents"].to_dict("records")
    ]
    versions = {
        "planddiff": __version__,
        "python": platform.python_version(),
        "pandas": pd.__version__,
        "numpy": np.__version__,
    }
    rows += [("version", name, "", value, "") for name, value in versions.items()]
    return pd.DataFrame(rows, columns=COLUMNS)


def column_rows(
    tables: Mapping[str, pd.DataFrame],
) -> list[tuple[str, str, str, str, str]]:
    """Rows of a codebook on every column of the tables."""
    return [
        ("column", f"{name}.{column}", meaning(name, str(column)), "", "")
        for name, table in tables.items()
        for column in table.columns
    ]


def _flat(dials: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in dials.items():
        if isinstance(value, Mapping) and value:
            yield from _flat(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value


@cache
def _words() -> list[dict[str, str]]:
    text = (files("planddiff") / "data" / "tracks_codebook.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
