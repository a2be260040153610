"""Which documents belong to which year of the series, and whether they can be tracked together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from planddiff.errors import InvalidInputError
from planddiff.plan import Plan

COLUMNS = [
    "document",
    "year",
    "series",
    "title",
    "issuer",
    "region",
    "level",
    "date",
    "document_number",
    "constructed",
    "items",
    "characters",
    "source",
    "sha256",
]


def order_documents(
    plans: Plan | Iterable[Plan], successors: Mapping[str, str] | None = None
) -> tuple[list[Plan], pd.DataFrame]:
    """Check that plans can be tracked together and put them in order.

    Parameters
    ----------
    plans : iterable of Plan
        In any order; several documents of one year must be of different series (a plan and its
        supplement).
    successors : mapping of str to str, optional
        Series title to the title that followed it; chains are followed to the end.

    Returns
    -------
    list of Plan, DataFrame
        The plans by year and title, and one row per document, columns ``COLUMNS``.

    Raises
    ------
    InvalidInputError
        Fewer than two years, plans of different regions, twice the same series in one year,
        or a table of successors that runs in a circle.
    """
    plans = [plans] if isinstance(plans, Plan) else list(plans)
    for plan in plans:
        if not isinstance(plan, Plan):
            raise InvalidInputError(
                f"track takes plans, got a {type(plan).__name__}; read it with read_plan first."
            )
    plans.sort(
        key=lambda plan: (year_of(plan), series_of(plan, successors), plan.title, plan.sha256)
    )
    years = sorted({year_of(plan) for plan in plans})
    if len(years) < 2:
        given = f"only the year {years[0]}" if years else "no plan"
        raise InvalidInputError(
            f"tracking needs plans of at least two years, got {given}; "
            "pass two or more, for example track(read_plans('plans/*.txt'))."
        )
    regions = sorted({plan.region for plan in plans if plan.region})
    if len(regions) > 1:
        raise InvalidInputError(
            f"plans of different regions {regions} are not one series; track each region alone, or "
            "correct a region that was misread with dataclasses.replace(plan, region=...)."
        )
    seen: dict[tuple[int, str], Plan] = {}
    for plan in plans:
        key = (year_of(plan), series_of(plan, successors))
        if key in seen:
            raise InvalidInputError(
                f"two plans of {plan.year} in the series {key[1]!r}: {_name(seen[key])} and "
                f"{_name(plan)}; leave one out, or name a supplement's own series with "
                "dataclasses.replace(plan, series_title=...)."
            )
        seen[key] = plan
    rows = [_document_row(number, plan, successors) for number, plan in enumerate(plans)]
    return plans, pd.DataFrame(rows, columns=COLUMNS)


def year_of(plan: Plan) -> int:
    """Year of a plan.

    Raises
    ------
    InvalidInputError
        It states none.
    """
    if plan.year is None:
        raise InvalidInputError(f"{_name(plan)} states no year; read it with year=.")
    return plan.year


def series_of(plan: Plan, successors: Mapping[str, str] | None = None) -> str:
    """Title of the series a plan belongs to, under its latest name.

    Raises
    ------
    InvalidInputError
        The successors run in a circle.
    """
    title = plan.series_title or ""
    passed = [title]
    while successors and title in successors:
        title = successors[title]
        if title in passed:
            raise InvalidInputError(
                f"successors run in a circle: {' -> '.join([*passed, title])}; remove one step."
            )
        passed.append(title)
    return title


def only_parts(plan: Plan, parts: Sequence[str]) -> Plan:
    """The plan with the items of some parts only.

    Raises
    ------
    InvalidInputError
        It has no such item.
    """
    chosen = plan.items["part"].isin(list(parts))
    if not chosen.any():
        raise InvalidInputError(
            f"{_name(plan)} has no item of the parts {', '.join(parts)} among its "
            f"{len(plan.items)} items; leave it out, or read it with another unit=."
        )
    return plan.select(chosen)


def pool(plans: Sequence[Plan]) -> Plan:
    """One plan that holds the items of several documents.

    The texts are put one after the other, and every offset moves with its text.
    """
    if len(plans) == 1:
        return plans[0]
    lengths = [len(plan.source_text) + 1 for plan in plans]
    before = [sum(lengths[:place]) for place in range(len(plans))]

    def joined(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
        shifted = [
            table.assign(start=table["start"] + offset, end=table["end"] + offset)
            for table, offset in zip(tables, before, strict=True)
        ]
        return pd.concat(shifted, ignore_index=True)

    return replace(
        plans[0],
        source_text="\n".join(plan.source_text for plan in plans),
        items=joined(plan.items for plan in plans),
        agencies=joined(plan.agencies for plan in plans),
        targets=joined(plan.targets for plan in plans),
        citations=joined(plan.citations for plan in plans),
        theme_hits=joined(plan.theme_hits for plan in plans),
    )


def _document_row(
    number: int, plan: Plan, successors: Mapping[str, str] | None
) -> dict[str, object]:
    return {
        "document": number,
        "series": series_of(plan, successors),
        "items": len(plan.items),
        "characters": len(plan.source_text),
    } | {name: getattr(plan, name) for name in COLUMNS if hasattr(plan, name) and name != "items"}


def _name(plan: Plan) -> str:
    return f"{plan.title!r} ({plan.source or 'text'})"
