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


def start_year(years: Iterable[int], having: Iterable[int], since: int | None) -> int:
    """The year a chart of adoption begins with.

    Parameters
    ----------
    years, having : iterable of int
        Observed years, and those in which anybody has it.
    since : int, optional
        As asked for; without it two years before the first of `having`.

    Raises
    ------
    InvalidInputError
        If no year would be left.
    """
    observed = sorted(years)
    if since is None:
        since = min(having, default=observed[0]) - 2
    if since > observed[-1]:
        raise InvalidInputError(f"since={since}: the last year there is is {observed[-1]}")
    return max(since, observed[0])


def unobserved_years(observed: Iterable[int]) -> list[int]:
    """Years between the first and the last observed one without a document."""
    seen = set(observed)
    return [year for year in range(min(seen), max(seen) + 1) if year not in seen]
