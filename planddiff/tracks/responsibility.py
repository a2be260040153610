"""Who is responsible over the years: load, entries and exits, and who works with whom."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pandas as pd

from planddiff.errors import InvalidInputError
from planddiff.fields.agency_register import AgencyRegister, load_register
from planddiff.plan import Plan
from planddiff.tracks.calendar import Calendar

COLUMNS = ["agency", "year", "items", "lead", "support", "listed", "share", "entry", "exit"]


def named_agencies(
    plans: Sequence[Plan], agencies: str | AgencyRegister = "harmonised"
) -> pd.DataFrame:
    """Agencies named in the items of several plans.

    Parameters
    ----------
    plans : sequence of Plan
    agencies : {'harmonised', 'as_written'} or AgencyRegister
        ``harmonised`` follows renamings and mergers to the name that holds in the last of the
        years, by the shipped register or the one given; ``as_written`` keeps what is printed.

    Returns
    -------
    DataFrame
        Columns of ``Plan.agencies`` with ``agency`` as asked for.

    Raises
    ------
    InvalidInputError
        `agencies` is neither word nor a register.
    """
    tables = [plan.agencies for plan in plans]
    if agencies == "as_written":
        return pd.concat(
            [table.assign(agency=table["as_written"]) for table in tables], ignore_index=True
        )
    if not isinstance(agencies, AgencyRegister) and agencies != "harmonised":
        raise InvalidInputError(
            f"agencies={agencies!r}; use 'harmonised', 'as_written' or an AgencyRegister."
        )
    register = agencies if isinstance(agencies, AgencyRegister) else load_register()
    last = max(plan.year for plan in plans if plan.year is not None)
    return pd.concat(
        [
            plan.agencies.assign(
                agency=[
                    register.harmonise(name, last, plan.region or None)
                    for name in plan.agencies["agency"]
                ]
            )
            for plan in plans
        ],
        ignore_index=True,
    )


def agency_years(agencies: pd.DataFrame, items: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    """Items per agency, role and year.

    Parameters
    ----------
    agencies : DataFrame
        ``item_id``, ``agency``, ``role``.
    items : DataFrame
        ``item_id``, ``year``.
    calendar : Calendar

    Returns
    -------
    DataFrame
        ``agency``, ``year``, ``items`` (distinct items that name it), ``lead``, ``support``,
        ``listed`` (items per role), ``share`` (0..1 of the items of the year), ``entry`` (absent
        in the observed year before) and ``exit`` (absent in the observed year after). In the
        first observed year nothing enters, in the last nothing leaves.
    """
    year_of = items.set_index("item_id")["year"]
    named = agencies.loc[agencies["item_id"].isin(year_of.index)]
    named = named.assign(year=named["item_id"].map(year_of).astype(int))
    named = named[["agency", "year", "item_id", "role"]].drop_duplicates()
    keys = ["agency", "year"]
    table = named.groupby(keys, sort=True)["item_id"].nunique().rename("items").reset_index()
    roles = named.groupby([*keys, "role"])["item_id"].nunique().unstack("role", fill_value=0)
    roles = roles.reindex(columns=["lead", "support", "listed"], fill_value=0).reset_index()
    table = table.merge(roles, on=keys)
    table["share"] = table["items"] / table["year"].map(year_of.value_counts())
    present = set(zip(table["agency"], table["year"], strict=True))
    for column, neighbour in (("entry", calendar.before), ("exit", calendar.after)):
        others = [neighbour(year) for year in table["year"]]
        table[column] = [
            other is not None and (agency, other) not in present
            for agency, other in zip(table["agency"], others, strict=True)
        ]
    return table[COLUMNS]


def co_responsibility(agencies: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Pairs of agencies named for the same item: an edge list for network tools.

    Parameters
    ----------
    agencies : DataFrame
        ``item_id``, ``agency``.
    items : DataFrame
        ``item_id``, ``year``.

    Returns
    -------
    DataFrame
        ``year``, ``source``, ``target`` (agencies, in the order of their names, undirected),
        ``items`` (distinct items that name both).

    Examples
    --------
    >>> agencies = pd.DataFrame({"item_id": ["a", "a", "b"],
    ...                          "agency": ["省财政厅", "省发改委", "省财政厅"]})
    >>> items = pd.DataFrame({"item_id": ["a", "b"], "year": [2014, 2014]})
    >>> co_responsibility(agencies, items).values.tolist()
    [[2014, '省发改委', '省财政厅', 1]]
    """
    year_of = items.set_index("item_id")["year"]
    named = agencies.loc[agencies["item_id"].isin(year_of.index), ["item_id", "agency"]]
    edges = [
        (int(year_of[item]), *pair)
        for item, bodies in named.groupby("item_id", sort=True)["agency"]
        for pair in combinations(sorted(set(bodies)), 2)
    ]
    table = pd.DataFrame(edges, columns=["year", "source", "target"])
    counted = table.groupby(["year", "source", "target"], sort=True).size().rename("items")
    return counted.reset_index()
