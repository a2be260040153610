"""All pairs of two plans: their evidence, what coders said, and which are links."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd

from planddiff.comparison.links import margins, twins
from planddiff.decisions.replay import confirmed_outside, said_of
from planddiff.matching import Matcher, Prepared, false_link_rate


def weigh_pairs(prepared: Prepared, matcher: Matcher, decided: pd.DataFrame) -> dict[str, Any]:
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
    dict of arrays
        ``old``, ``new`` (rows of ``prepared.items``), the evidence, ``false_link_rate`` (missing
        for a pair that only a coder linked), ids, ordinals and fingerprints of both items,
        ``machine`` (a link by its evidence), ``decision`` (``confirm``, ``reject`` or empty),
        ``linked`` and ``margin``; ordered by old, new.
    """
    pairs, decoys = matcher.weigh_with_decoys(prepared)
    pairs["false_link_rate"] = false_link_rate(pairs, decoys)
    outside = confirmed_outside(decided, *prepared.items, pairs)
    if outside:
        pairs = _joined(pairs, matcher.weigh_prepared(prepared, also=outside), outside)
    pairs |= _identities(*prepared.items, pairs)
    by_evidence = pairs["confidence"] >= matcher.threshold
    if matcher.fdr is not None:
        by_evidence &= pairs["false_link_rate"] <= matcher.fdr
    decision = np.array(said_of(decided, pairs), dtype=object)
    linked = np.where(decision == "", by_evidence, decision == "confirm")
    pairs |= {"machine": by_evidence, "decision": decision, "linked": linked}
    tied = twins(pairs, *prepared.texts)
    return {**pairs, "margin": np.where(tied, 0.0, margins(pairs, linked))}


def _joined(
    pairs: dict[str, Any], wider: dict[str, Any], outside: Collection[tuple[int, int]]
) -> dict[str, Any]:
    """The pairs with those that only coders asked for.

    These were weighed apart, so that a decision on one pair never moves the evidence of another.
    """
    asked = pd.MultiIndex.from_arrays([wider["old"], wider["new"]]).isin(outside)
    wider["false_link_rate"] = np.full(len(asked), np.nan)
    joined = {name: np.concatenate([pairs[name], wider[name][asked]]) for name in pairs}
    order = np.lexsort((joined["new"], joined["old"]))
    return {name: values[order] for name, values in joined.items()}


def _identities(old: pd.DataFrame, new: pd.DataFrame, pairs: Mapping[str, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for side, items in (("old", old), ("new", new)):
        at = pairs[side]
        columns[f"{side}_id"] = items["item_id"].to_numpy(dtype=object)[at]
        columns[f"{side}_ordinal"] = items["ordinal"].to_numpy()[at]
        columns[f"{side}_fingerprint"] = items["fingerprint"].to_numpy(dtype=object)[at]
    return columns
