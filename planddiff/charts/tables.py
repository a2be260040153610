"""What charts ask of the tables they are given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from planddiff.errors import InvalidInputError


def require(table: pd.DataFrame, columns: Iterable[str], chart: str) -> None:
    """Raise if a table has no rows or lacks columns that a chart draws.

    Raises
    ------
    InvalidInputError
        Naming the chart, the missing columns and those that are there.
    """
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise InvalidInputError(
            f"the {chart} chart needs the columns {missing}; the table has {list(table.columns)}"
        )
    if table.empty:
        raise InvalidInputError(f"the {chart} chart got a table without rows: nothing to draw")


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dictionaries by column name."""
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def sources_of(plans: Iterable[object]) -> pd.DataFrame:
    """One row per plan for the foot of a chart: ``year``, ``issuer``, ``constructed``.

    Parameters
    ----------
    plans : iterable of Plan
        Anything with the attributes ``year``, ``issuer`` and ``constructed``.
    """
    columns = ["year", "issuer", "constructed"]
    rows = [[getattr(plan, column) for column in columns] for plan in plans]
    return pd.DataFrame(rows, columns=columns)


def issuers_of(sources: pd.DataFrame | None) -> list[str]:
    """Issuers as written in ``sources``, each once."""
    return [] if sources is None else sorted({str(issuer) for issuer in sources["issuer"]})


def observed_years(years: Iterable[int], sources: pd.DataFrame | None) -> list[int]:
    """Years with a document: those of ``sources``, else those of the table itself."""
    return sorted({int(year) for year in (years if sources is None else sources["year"])})


def unobserved_years(observed: Iterable[int]) -> list[int]:
    """Years between the first and the last observed one without a document."""
    seen = set(observed)
    return [year for year in range(min(seen), max(seen) + 1) if year not in seen]
