"""Which documents a corpus is made of, and what the researcher says about each."""

from __future__ import annotations

import numbers
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from planddiff.errors import InvalidInputError, PlanDiffError
from planddiff.readers import Entry, Sources, is_url, list_sources

GIVEN = ("issuer", "region", "year", "kind")
"""Columns of a table of sources that override what the documents say."""


@dataclass(frozen=True)
class Wanted:
    """One document to be read: the name it goes by, and what is known of it beforehand."""

    source: str
    entry: Entry | PlanDiffError
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def remote(self) -> bool:
        """Whether it has to be fetched from a server."""
        return isinstance(self.entry, Entry) and is_url(self.entry.name)


def wanted_documents(source: Sources | pd.DataFrame) -> list[Wanted]:
    """List the documents of a folder, a pattern, an archive, a list or a table.

    Raises
    ------
    InvalidInputError
        A table without ``source``, with a column that says nothing to planddiff, or with a cell
        that does not fit its column.
    SourceNotFoundError
        No document at all.
    """
    if isinstance(source, pd.DataFrame):
        return list(_of_table(source))
    return [Wanted(entry.path or entry.name, entry) for entry in list_sources(source)]


def _of_table(table: pd.DataFrame) -> Iterator[Wanted]:
    if "source" not in table:
        raise InvalidInputError(
            "a table of documents needs the column 'source' (a path or URL in each row); this one "
            f"has {list(table.columns)}: rename the column that holds them"
        )
    known = ["source", *GIVEN]
    if strange := [name for name in table.columns if name not in known]:
        raise InvalidInputError(
            f"columns {strange} mean nothing here; a table of documents has {known}: rename them, "
            "or leave them out and merge them into corpus.documents on 'source' afterwards"
        )
    if table.empty:
        raise InvalidInputError("a table of documents without rows; give at least one document")
    for number, row in enumerate(table.to_dict("records")):
        source = row.pop("source")
        source = os.fspath(source) if isinstance(source, os.PathLike) else source
        if not isinstance(source, str) or not source.strip():
            raise InvalidInputError(
                f"row {number} of the table: {source!r} in 'source' is no path or URL; fill it in "
                "or leave the row out"
            )
        given = {
            str(name): _cell(str(name), value, number)
            for name, value in row.items()
            if not _empty(value)
        }
        try:
            entries = list_sources(source)
        except PlanDiffError as error:
            yield Wanted(source, error, given)
            continue
        for entry in entries:
            alone = len(entries) == 1
            yield Wanted(source if alone else entry.path or entry.name, entry, given)


def _empty(value: Any) -> bool:
    missing = pd.api.types.is_scalar(value) and bool(pd.isna(value))
    return missing or (isinstance(value, str) and not value.strip())


def _cell(column: str, value: object, number: int) -> Any:
    if column == "year":
        whole = isinstance(value, numbers.Real) and float(value).is_integer()
        year = int(str(value)) if isinstance(value, str) and value.strip().isdecimal() else None
        year = int(float(value)) if whole and isinstance(value, numbers.Real) else year
        if year is not None and 1900 <= year <= 2200:
            return year
        fits = "a whole number such as 2016"
    elif isinstance(value, str):
        return value.strip()
    else:
        fits = "a text"
    raise InvalidInputError(
        f"row {number} of the table: {value!r} in {column!r} is not {fits}; correct it, or leave "
        "it empty to have it read from the document"
    )
