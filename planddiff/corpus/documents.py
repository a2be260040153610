"""The table of the documents of a corpus, and how each of them is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

DOCUMENT_COLUMNS = [
    "document_id", "source", "issuer", "region", "level", "province", "year", "kind", "title",
    "series_title", "unit", "n_items", "constructed", "sha256", "key", "inferred",
]  # fmt: skip
ERROR_COLUMNS = ["source", "error", "message"]
DOUBT_COLUMNS = ["document_id", "source", "column", "value", "message"]
_TYPES = {"year": "Int64", "n_items": "int64", "constructed": "bool"}
_SHORTEST = 6


def documents_table(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """One row a document, by issuer, year and source, each under a name of its own.

    Parameters
    ----------
    rows : iterable of mapping
        All of ``DOCUMENT_COLUMNS`` but ``document_id``, in any order.

    Returns
    -------
    DataFrame
        ``document_id`` is the year and as much of the digest as no other document of that year
        shares; identical copies are numbered in the order of their sources.
    """
    ordered = sorted(
        (dict(row) for row in rows),
        key=lambda row: (row["issuer"], row["year"] or 9999, row["source"], row["key"]),
    )
    names = document_ids([(row["year"], row["sha256"]) for row in ordered])
    for row, name in zip(ordered, names, strict=True):
        row["document_id"] = name
    return typed(ordered, DOCUMENT_COLUMNS)


def document_ids(documents: Sequence[tuple[int | None, str]]) -> list[str]:
    """Names that no two of these documents share, from their years and digests.

    Examples
    --------
    >>> document_ids([(2016, "abcdef01"), (None, "abcdef01"), (2016, "abcdef02"), (2016, "12")])
    ['2016-abcdef01', 'undated-abcdef', '2016-abcdef02', '2016-12']
    >>> document_ids([(2016, "abcdef01"), (2016, "abcdef01")])
    ['2016-abcdef', '2016-abcdef-2']
    """
    distinct = set(documents)
    length = dict.fromkeys(documents, _SHORTEST)
    while True:
        names = {each: f"{each[0] or 'undated'}-{each[1][: length[each]]}" for each in length}
        shared = Counter(names[each] for each in distinct)
        clashing = [each for each in length if shared[names[each]] > 1]
        if not clashing:
            break
        for each in clashing:
            length[each] += 2
    seen: Counter[tuple[int | None, str]] = Counter()
    found = []
    for each in documents:
        seen[each] += 1
        found.append(names[each] + (f"-{seen[each]}" if seen[each] > 1 else ""))
    return found


def typed(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a table whose columns have the same types however many rows there are."""
    text = pd.Series(["text"]).dtype
    frame = pd.DataFrame(list(rows), columns=list(columns))
    return frame.astype({name: _TYPES.get(name, text) for name in columns})
