"""Pairs that a coder should look at, the most doubtful first."""

from __future__ import annotations

import pandas as pd

from planddiff.matching import Matcher

COLUMNS = ["old_id", "new_id", "linked", "confidence", "doubt"]


def doubtful_pairs(candidates: pd.DataFrame, matcher: Matcher) -> pd.DataFrame:
    """Links that barely hold, links with a rival as good, and pairs that only just missed.

    Parameters
    ----------
    candidates : DataFrame
        ``Comparison.candidates``. Pairs on which a coder spoke are left out.
    matcher : Matcher

    Returns
    -------
    DataFrame
        ``COLUMNS``; the pair nearest to the threshold first.
    """
    pairs = candidates[candidates["decision"] == ""]
    distance = pairs["confidence"] - matcher.threshold
    weak = pairs["linked"] & (distance < matcher.band)
    tied = pairs["linked"] & (pairs["margin"] < matcher.tie)
    missed = ~pairs["linked"] & (distance >= -matcher.band)
    doubt = pd.Series("", index=pairs.index, dtype=object)
    doubt = doubt.mask(missed, "only just missed").mask(tied, "a rival is as good")
    doubt = doubt.mask(weak, "barely a link")
    found = pairs.assign(doubt=doubt, distance=distance.abs())[doubt != ""]
    order = ["distance", "old_ordinal", "new_ordinal"]
    return found.sort_values(order, kind="stable")[COLUMNS].reset_index(drop=True)
