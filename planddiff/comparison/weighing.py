"""All pairs of two plans: their evidence, what coders said, and which are links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from planddiff.comparison.links import margins, twins
from planddiff.decisions.replay import confirmed_outside, said_of
from planddiff.matching import Matcher
from planddiff.plan import Plan


def weigh_pairs(
    old: Plan, new: Plan, matcher: Matcher, decided: pd.DataFrame, context: Sequence[Plan]
) -> pd.DataFrame:
    """Weigh the pairs of two plans and mark the links.

    Parameters
    ----------
    old, new : Plan
    matcher : Matcher
    decided : DataFrame
        The decisions in force, one row a pair.
    context : sequence of Plan
        As in :func:`planddiff.compare`.

    Returns
    -------
    DataFrame
        ``old``, ``new`` (rows of ``matcher.compares``), the evidence, ``false_link_rate`` (missing
        for a pair that only a coder linked), ids, ordinals and fingerprints of both items,
        ``machine`` (a link by its evidence), ``decision`` (``confirm``, ``reject`` or empty),
        ``linked`` and ``margin``; ordered by old, new.
    """
    sides = matcher.compares(old), matcher.compares(new)
    pairs = matcher.weigh(old, new, context=context)
    pairs["false_link_rate"] = matcher.false_link_rate(pairs, old, new, context=context)
    outside = confirmed_outside(decided, *sides, pairs)
    if outside:
        # Weighed apart, so that a decision on one pair never moves the evidence of another.
        wider = matcher.weigh(old, new, context=context, also=outside)
        asked = pd.MultiIndex.from_frame(wider[["old", "new"]]).isin(outside)
        pairs = pd.concat([pairs, wider[asked].assign(false_link_rate=np.nan)])
        pairs = pairs.sort_values(["old", "new"], ignore_index=True)
    pairs = pairs.assign(**_identities(*sides, pairs))
    by_evidence = pairs["confidence"] >= matcher.threshold
    if matcher.fdr is not None:
        by_evidence &= pairs["false_link_rate"] <= matcher.fdr
    pairs["machine"] = by_evidence
    pairs["decision"] = said_of(decided, pairs)
    pairs["linked"] = by_evidence.where(pairs["decision"] == "", pairs["decision"] == "confirm")
    tied = twins(pairs, matcher.compares(old)["core"], matcher.compares(new)["core"])
    pairs["margin"] = np.where(tied, 0.0, margins(pairs, pairs["linked"]))
    return pairs


def _identities(old: pd.DataFrame, new: pd.DataFrame, pairs: pd.DataFrame) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for side, items in (("old", old), ("new", new)):
        at = pairs[side].to_numpy()
        columns[f"{side}_id"] = items["item_id"].to_numpy(dtype=object)[at]
        columns[f"{side}_ordinal"] = items["ordinal"].to_numpy()[at]
        columns[f"{side}_fingerprint"] = items["fingerprint"].to_numpy(dtype=object)[at]
    return columns
