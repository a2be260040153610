"""All pairs of two plans: their evidence, what coders said, and which are links."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from planddiff.comparison.links import margins, twins
from planddiff.decisions.replay import confirmed_outside, said_of
from planddiff.matching import Matcher, Prepared


def weigh_pairs(prepared: Prepared, matcher: Matcher, decided: pd.DataFrame) -> pd.DataFrame:
    """Weigh the pairs of two plans and mark the links.

    Parameters
    ----------
    prepared : Prepared
        The two plans, as ``matcher.prepare`` makes them ready.
    matcher : Matcher
    decided : DataFrame
        The decisions in force, one row a pair.

    Returns
    -------
    DataFrame
        ``old``, ``new`` (rows of ``prepared.items``), the evidence, ``false_link_rate`` (missing
        for a pair that only a coder linked), ids, ordinals and fingerprints of both items,
        ``machine`` (a link by its evidence), ``decision`` (``confirm``, ``reject`` or empty),
        ``linked`` and ``margin``; ordered by old, new.
    """
    pairs = matcher.weigh_prepared(prepared)
    pairs["false_link_rate"] = matcher.false_link_rate(pairs, prepared)
    outside = confirmed_outside(decided, *prepared.items, pairs)
    if outside:
        # Weighed apart, so that a decision on one pair never moves the evidence of another.
        wider = matcher.weigh_prepared(prepared, also=outside)
        asked = pd.MultiIndex.from_frame(wider[["old", "new"]]).isin(outside)
        pairs = pd.concat([pairs, wider[asked].assign(false_link_rate=np.nan)])
        pairs = pairs.sort_values(["old", "new"], ignore_index=True)
    columns = {**pairs, **_identities(*prepared.items, pairs)}
    by_evidence = pairs["confidence"].to_numpy() >= matcher.threshold
    if matcher.fdr is not None:
        by_evidence &= pairs["false_link_rate"].to_numpy() <= matcher.fdr
    decision = np.array(said_of(decided, columns), dtype=object)
    linked = np.where(decision == "", by_evidence, decision == "confirm")
    columns |= {"machine": by_evidence, "decision": decision, "linked": linked}
    pairs = pd.DataFrame(columns)
    tied = twins(pairs, *prepared.texts)
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
