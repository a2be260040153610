"""Initiatives that come back after an absence, linked across the gap with evidence of their own.

Only items that nothing else explains are asked: items of earlier years that no link carries on,
and items of the new year that no link explains. They meet under the same matcher that compares
neighbouring years, all absent ones at once, so that they are each other's rivals. A return is a
stronger claim than going on, because far more pairs are tried for it; so its link must clear a
higher bar of ``confidence`` and of ``similarity``.

Years are taken in order. So a later year can add a return, and never takes one away.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from itertools import product

import pandas as pd

from planddiff.comparison import Comparison
from planddiff.comparison.axes import deadline_change
from planddiff.plan import Plan
from planddiff.tracks.alike import Vocabulary
from planddiff.tracks.documents import pool

MIN_CONFIDENCE = 0.70
MIN_SIMILARITY = 0.15
Compare = Callable[[Plan, Plan, tuple[Plan, Plan]], Comparison]


def find_returns(
    plans: Mapping[int, Plan],
    statuses: pd.DataFrame,
    compare: Compare,
    confirmed: Collection[tuple[str, str]] = (),
) -> pd.DataFrame:
    """Links between items that dropped out and items that came back.

    Parameters
    ----------
    plans : mapping of int to Plan
        One (pooled) plan per observed year.
    statuses : DataFrame
        ``side``, ``item_id``, ``status`` of all pairs of neighbouring years.
    compare : callable
        Compares the absent items of all earlier years with the unexplained items of a year; its
        third argument are the two plans from which the rarity of words is learned.
    confirmed : collection of (str, str)
        Fingerprints of pairs that coders confirmed; they are asked, and kept, in any case.

    Returns
    -------
    DataFrame
        Rows of ``Comparison.links`` with ``relation`` ``returned``; at most one link for each
        item on either side.
    """
    years = sorted(plans)
    open_ = statuses["status"].isin(["dropped", "new", "uncertain"])
    gone = set(statuses.loc[open_ & (statuses["side"] == "old"), "item_id"])
    arrived = set(statuses.loc[open_ & (statuses["side"] == "new"), "item_id"])
    vocabulary = Vocabulary({year: plans[year].items for year in years})
    everything = pool([plans[year] for year in years])
    found: list[pd.DataFrame] = []
    for place in range(2, len(years)):
        earlier, last, year = years[: place - 1], years[place - 1], years[place]
        lost = {item for before in earlier for item in plans[before].items["item_id"]} & gone
        waiting = set(plans[year].items["item_id"]) & arrived
        old_ids, new_ids = vocabulary.candidates(lost, waiting, (last, year))
        for item, partner in _pairs(plans, confirmed, lost, waiting):
            old_ids, new_ids = old_ids | {item}, new_ids | {partner}
        if not old_ids:
            continue
        old, new = _only(everything, old_ids), _only(plans[year], new_ids)
        links = firm_returns(compare(old, new, (plans[last], plans[year])).links)
        gone -= set(links["old_id"])
        found.append(_dated(links, everything))
    kept = [links for links in found if len(links)]
    return pd.concat(kept, ignore_index=True) if kept else pd.DataFrame()


def firm_returns(links: pd.DataFrame) -> pd.DataFrame:
    """Links confirmed or clear of the bar, the best of each item; of equals the latest."""
    said = links["decision"] == "confirm"
    clear = (links["confidence"] >= MIN_CONFIDENCE) & (links["similarity"] >= MIN_SIMILARITY)
    order = ["said", "confidence", "similarity", "old_id", "new_id"]
    firm = links.assign(said=said)[said | clear]
    firm = firm.sort_values(order, ascending=False, kind="stable").drop(columns="said")
    firm = firm.drop_duplicates("old_id").drop_duplicates("new_id")
    return firm.assign(relation="returned").reset_index(drop=True)


def _dated(links: pd.DataFrame, everything: Plan) -> pd.DataFrame:
    """Links with the year of their own old item, and deadlines judged from there."""
    items = everything.items.set_index("item_id")
    links = links.assign(old_year=links["old_id"].map(items["year"]))
    old, new = (links[side].map(items["text"]) for side in ("old_id", "new_id"))
    years = links["old_year"], links["new_year"]
    links["deadline_change"] = [
        deadline_change(*pair) for pair in zip(old, new, *years, strict=True)
    ]
    return links


def _pairs(
    plans: Mapping[int, Plan],
    confirmed: Collection[tuple[str, str]],
    lost: set[str],
    waiting: set[str],
) -> list[tuple[str, str]]:
    """Item ids of the confirmed pairs of a lost and a waiting item."""
    if not confirmed:
        return []
    items = pd.concat([plan.items for plan in plans.values()])
    sides = [
        items[items["item_id"].isin(list(ids))].groupby("fingerprint")["item_id"].agg(list)
        for ids in (lost, waiting)
    ]
    return [
        pair
        for old, new in confirmed
        for pair in product(sides[0].get(old, []), sides[1].get(new, []))
    ]


def _only(plan: Plan, ids: set[str]) -> Plan:
    return plan.select(plan.items["item_id"].isin(list(ids)))
