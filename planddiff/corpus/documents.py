"""The table of the documents of a corpus, and how each of them is called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import pandas as pd

from planddiff.corpus.issuers import issuer_today

DOCUMENT_COLUMNS = [
    "document_id", "source", "issuer", "region", "level", "province", "year", "kind", "title",
    "series_title", "unit", "n_items", "constructed", "sha256", "key", "inferred",
    "issuer_as_written", "issuer_harmonised",
]  # fmt: skip
ERROR_COLUMNS = ["source", "error", "message"]
DOUBT_COLUMNS = ["document_id", "source", "column", "value", "message"]
_TYPES = {"year": "Int64", "n_items": "int64", "constructed": "bool"}
_SHORTEST = 6
_OF_SERIES = "who issued it is not stated; it is taken from the other editions of the series"

Doubt: TypeAlias = tuple[str, str, str]
"""Column, value, and what is to be looked at."""


@dataclass(frozen=True)
class KeptPlan:
    """A plan as the store keeps it: its row, the doubts about it, and packed the plan itself."""

    row: Mapping[str, Any]
    doubts: Sequence[Doubt]
    plan: bytes


def documents_tables(
    read: Iterable[tuple[Mapping[str, Any], Iterable[Doubt]]],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row a document, by issuer, year and source, each under a name of its own; the doubts.

    Parameters
    ----------
    read : iterable of (mapping, iterable of (str, str, str))
        For each document, in any order: its row, with all of ``DOCUMENT_COLUMNS`` but
        ``document_id`` and with ``unsigned``; its doubts as column, value, message.

    Returns
    -------
    documents, doubts : DataFrame
        ``document_id`` is the year and as much of the digest as no other document of that year
        shares; identical copies are numbered in the order of their sources, and doubted. Where a
        document does not say who issued it, and all editions of its series in the same place
        that do say so name one body, it is taken for the issuer.
    """
    rows = [{**row, "doubts": list(doubts)} for row, doubts in read]
    _sign(rows)
    rows.sort(key=lambda row: (row["issuer"], row["year"] or 9999, row["source"], row["key"]))
    names = document_ids([(row["year"], row["sha256"]) for row in rows])
    first: dict[str, str] = {}
    doubted = []
    for row, name in zip(rows, names, strict=True):
        row["document_id"] = name
        row["issuer_harmonised"] = issuer_today(row["issuer"])
        if twin := first.get(row["sha256"]):
            row["doubts"].append(("sha256", row["sha256"], f"the same bytes as {twin!r}"))
        first.setdefault(row["sha256"], row["source"])
        for doubt in row["doubts"]:
            values = (name, row["source"], *doubt)
            doubted.append(dict(zip(DOUBT_COLUMNS, values, strict=True)))
    return typed(rows, DOCUMENT_COLUMNS), typed(doubted, DOUBT_COLUMNS)


def _sign(rows: Iterable[dict[str, Any]]) -> None:
    """Give documents that name no issuer the one that the other editions of their series name."""
    series = defaultdict(list)
    for row in rows:
        series[row["region"], row["series_title"]].append(row)
    for editions in series.values():
        signed = {row["issuer"] for row in editions if row["issuer"] and not row["unsigned"]}
        if len(signed) != 1:
            continue
        issuer = signed.pop()
        for row in editions:
            if row["unsigned"]:
                row["issuer"] = issuer
                others = [doubt for doubt in row["doubts"] if doubt[0] != "issuer"]
                row["doubts"] = [("issuer", issuer, _OF_SERIES), *others]


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
