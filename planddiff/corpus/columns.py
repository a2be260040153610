"""What the columns of a table hold, so that a group with few or no rows has the types of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any

import pandas as pd

LISTS = {"list", "list of text", "list of integers"}
_NUMBERS = {
    "i": ("Int64", "int64"),
    "u": ("Int64", "int64"),
    "b": ("boolean", "bool"),
    "f": ("Float64", "float64"),
}
"""By the letter of a dtype: the kind with missing values, and without."""
_WIDER = {
    frozenset({"list", "list of text"}): "list of text",
    frozenset({"list", "list of integers"}): "list of integers",
    frozenset({"int64", "Int64"}): "Int64",
    frozenset({"int64", "float64"}): "float64",
    frozenset({"Int64", "float64"}): "float64",
    frozenset({"bool", "boolean"}): "boolean",
}
"""The kind that takes the values of both; a column without any value fits each."""

Kinds = dict[str, str]


def kinds_of(table: pd.DataFrame) -> Kinds:
    """The kind of each column: a numeric dtype, ``text``, ``date``, a list, or empty.

    Examples
    --------
    >>> kinds_of(pd.DataFrame({"item_id": ["a"], "year": [2016], "lead": [["省经信委"]]}))
    {'item_id': 'text', 'year': 'int64', 'lead': 'list of text'}
    """
    # A table without rows may have any dtype.
    return {str(name): _kind(column) if len(table) else "" for name, column in table.items()}


def _kind(column: pd.Series[Any]) -> str:
    if column.dtype.kind in _NUMBERS:
        missing, whole = _NUMBERS[column.dtype.kind]
        return missing if pd.api.types.is_extension_array_dtype(column.dtype) else whole
    values = column.dropna()
    if values.empty:
        return ""
    first = values.iloc[0]
    if isinstance(first, list):
        inside = next((cell[0] for cell in values if len(cell)), None)
        of = {int: " of integers", str: " of text"}
        return "list" if inside is None else f"list{of[type(inside)]}"
    return "date" if isinstance(first, date) else "text"


def joint_kinds(several: Iterable[Mapping[str, str]]) -> Kinds:
    """The kinds that take the values of all tables, columns in the order of the first.

    Examples
    --------
    >>> joint_kinds([{"year": "int64", "date": ""}, {"year": "Int64", "date": "date"}])
    {'year': 'Int64', 'date': 'date'}
    """
    found: dict[str, list[str]] = {}
    for kinds in several:
        for name, kind in kinds.items():
            found.setdefault(name, []).append(kind)
    return {name: reduce(_wider, kinds) for name, kinds in found.items()}


def _wider(one: str, other: str) -> str:
    if one == other or not other:
        return one
    return _WIDER.get(frozenset({one, other}), "text") if one else other


def shaped(table: pd.DataFrame, kinds: Mapping[str, str]) -> pd.DataFrame:
    """The table with the columns of `kinds`, each of its kind.

    A column that the table lacks is missing in every row.
    """
    columns = {
        name: _cast(table[name] if name in table else pd.Series(None, table.index, object), kind)
        for name, kind in kinds.items()
    }
    return pd.DataFrame(columns, index=table.index, columns=list(kinds))


def _cast(column: pd.Series[Any], kind: str) -> pd.Series[Any]:
    if kind == "date" or kind in LISTS:
        return column.astype(object)
    if kind in ("text", ""):
        text = pd.Series(["text"]).dtype
        if column.dtype == text and not column.isna().any():
            return column
        return column.astype(object).where(column.notna(), None).astype(text)
    return column if column.dtype == kind else column.astype(kind)  # type: ignore[call-overload]


def joined(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """One table of many, in their order, every column of one kind.

    Examples
    --------
    >>> filled = pd.DataFrame({"year": [2016], "lead": [["省经信委"]]})
    >>> joined([filled.iloc[:0], filled]).dtypes.astype(str).tolist()
    ['int64', 'object']
    """
    kinds = joint_kinds(map(kinds_of, tables))
    filled = [shaped(table, kinds) for table in tables if len(table)]
    if not filled:
        return shaped(tables[0], kinds) if tables else pd.DataFrame()
    return pd.concat(filled, ignore_index=True)


def in_front(table: pd.DataFrame, values: Mapping[str, Any], *, same: bool = False) -> pd.DataFrame:
    """The table with what makes its group as the first columns.

    Parameters
    ----------
    table : DataFrame
    values : mapping
        Value by column, the same for all rows.
    same : bool
        Whether a column of such a name means the same and gives way, as in a table of documents;
        else it is another thing, as the ``kind`` of an agency, and becomes ``own_kind``.

    Examples
    --------
    >>> agencies = pd.DataFrame({"agency": ["省经信委"], "kind": ["department"]})
    >>> in_front(agencies, {"kind": "工作要点"}).columns.tolist()
    ['kind', 'agency', 'own_kind']
    """
    known = [name for name in values if name in table]
    own = {name: f"own_{name}" for name in known}
    rest = table.drop(columns=known) if same else table.rename(columns=own)
    front = {name: [value] * len(table) for name, value in values.items()}
    return pd.concat([pd.DataFrame(front, index=table.index), rest], axis=1)
