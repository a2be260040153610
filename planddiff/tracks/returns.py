"""Initiatives that come back after an absence, linked across the gap with evidence of their own.

Only items that nothing else explains are asked: an item of an earlier year that no link carries
on, and an item of the new year that no link explains. They meet under the same matcher that
compares neighbouring years, with its statistics from the two whole plans. A return is a stronger
claim than going on, because far more pairs are tried for it; so its link must clear a higher bar of
``confidence`` and of ``similarity``.

Years are taken in order and the most recent absence first. So a later year can add a return, and
never takes one away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from planddiff.comparison import Comparison
from planddiff.plan import Plan
from planddiff.tracks.alike import Vocabulary

MIN_CONFIDENCE = 0.60
MIN_SIMILARITY = 0.30
Compare = Callable[[Plan, Plan, tuple[Plan, Plan]], Comparison]


def find_returns(
    plans: Mapping[int, Plan], statuses: pd.DataFrame, compare: Compare
) -> pd.DataFrame:
    """Links between items that dropped out and items that came back.

    Parameters
    ----------
    plans : mapping of int to Plan
        One (pooled) plan per observed year.
    statuses : DataFrame
        ``new_year``, ``side``, ``item_id``, ``status`` of all neighbouring years.
    compare : callable
        Old plan, new plan (both cut down to the items asked) and the two whole plans as context.

    Returns
    -------
    DataFrame
        Rows of ``Comparison.links`` with ``relation`` ``returned``, one per returned item; at most
        one for each item on either side.
    """
    years = sorted(plans)
    gone = set(statuses.loc[statuses["status"] == "dropped", "item_id"])
    arrived = set(statuses.loc[statuses["status"] == "new", "item_id"])
    vocabulary = Vocabulary({year: plans[year].items for year in years})
    found: list[pd.DataFrame] = []
    for place, year in enumerate(years):
        waiting = set(plans[year].items["item_id"]) & arrived
        for earlier in reversed(years[: max(place - 1, 0)]):
            lost = set(plans[earlier].items["item_id"]) & gone
            old_ids, new_ids = vocabulary.candidates(earlier, lost, year, waiting)
            if not old_ids:
                continue
            whole = (plans[earlier], plans[year])
            old, new = (
                plan.select(plan.items["item_id"].isin(ids))
                for plan, ids in zip(whole, (old_ids, new_ids), strict=True)
            )
            links = firm_returns(compare(old, new, whole).links)
            found.append(links)
            gone -= set(links["old_id"])
            waiting -= set(links["new_id"])
    kept = [links for links in found if len(links)]
    return pd.concat(kept, ignore_index=True) if kept else pd.DataFrame()


def firm_returns(links: pd.DataFrame) -> pd.DataFrame:
    """Links that clear the bar for returns, the best one of each item."""
    firm = links.loc[
        (links["confidence"] >= MIN_CONFIDENCE) & (links["similarity"] >= MIN_SIMILARITY)
    ].sort_values(["confidence", "similarity", "old_id", "new_id"], ascending=False, kind="stable")
    firm = firm.drop_duplicates("old_id").drop_duplicates("new_id")
    return firm.assign(relation="returned").reset_index(drop=True)
