"""Every pair of items of a comparison, weighed or not: what samples for coders are drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from planddiff.evidence import PIECES
from planddiff.review.sampling import confidence_band

if TYPE_CHECKING:
    from planddiff.comparison.comparison import Comparison

_OF_CANDIDATES = ["linked", "confidence", *PIECES]


def all_pairs(comparison: Comparison) -> pd.DataFrame:
    """One row for every old and every new item.

    Returns
    -------
    DataFrame
        ``document`` (the two years), ids and fingerprints, ``linked``, ``confidence`` and the
        evidence (missing where the pair shares too little to be weighed), ``band`` of confidence,
        ``status`` (of the old item of a link; ``none`` for the others).
    """
    items = comparison.items
    sides = {}
    for side, plan in (("old", comparison.old), ("new", comparison.new)):
        mine = items.loc[items["side"] == side, ["item_id", "status"]]
        prints = plan.items.set_index("item_id")["fingerprint"]
        sides[side] = pd.DataFrame(
            {
                f"{side}_id": mine["item_id"].to_numpy(),
                f"{side}_fingerprint": prints.loc[mine["item_id"]].to_numpy(),
                f"{side}_status": mine["status"].to_numpy(),
            }
        )
    pairs = sides["old"].merge(sides["new"], how="cross")
    weighed = comparison.candidates[["old_id", "new_id", *_OF_CANDIDATES]]
    pairs = pairs.merge(weighed, on=["old_id", "new_id"], how="left", validate="one_to_one")
    linked = pairs["linked"].eq(True)
    pairs = pairs.assign(
        document=f"{comparison.old.year}-{comparison.new.year}",
        linked=linked,
        status=pairs["old_status"].where(linked, "none"),
    )
    matcher = comparison.matcher
    pairs["band"] = confidence_band(pairs, matcher.threshold, matcher.band)
    return pairs.drop(columns=["old_status", "new_status"])
