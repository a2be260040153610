"""How much of a plan is carried over, renewed and replaced from one year to the next."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planddiff.tracks.trends import item_bootstrap

COLUMNS = [
    "old_year",
    "new_year",
    "n_old",
    "n_new",
    "persistence",
    "low",
    "high",
    "firm",
    "reach",
    "carried_mass",
    "carry_over",
    "novelty",
    "returned",
    "turnover",
]


def persistence_table(
    statuses: pd.DataFrame,
    links: pd.DataFrame,
    *,
    draws: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Persistence, carry-over, novelty and turnover of every pair of neighbouring observed years.

    Parameters
    ----------
    statuses : DataFrame
        ``old_year``, ``new_year``, ``side``, ``item_id``, ``status``.
    links : DataFrame
        ``old_id``, ``new_id``, ``old_year``, ``new_year``, ``main``,
        ``weight``, ``stable``.
    draws, confidence, seed
        Of the bootstrap over the old items; the year is mixed into the seed.

    Returns
    -------
    DataFrame
        Columns ``COLUMNS``, all shares 0..1:

        - ``persistence``: share of the old items with a link, that go on in any form (the
          passforward ratio of MONIC: survivors and absorbed over all); ``low`` and ``high`` bound
          it by bootstrap, ``firm`` counts only items with a link that holds over the matcher's
          whole threshold band, ``reach`` counts uncertain items too.
        - ``carried_mass``: share of the old text that links carry on.
        - ``carry_over``: share of the new items that come from the year before.
        - ``novelty``: share of the new items never seen before in the collection.
        - ``returned``: share of the new items that come back from before the year before.
        - ``turnover``: (gained + lost) / all items of both years, linked ones counted once, as in
          ecology (Diamond 1969; Hallett et al. 2016, codyn).

    Notes
    -----
    Spiliopoulou et al. 2006, KDD '06, 706-711. Diamond, J. M. (1969). Avifaunal equilibria and
    species turnover rates on the Channel Islands of California. PNAS 64, 57-63. Hallett, L. M. et
    al. (2016). codyn: An R package of community dynamics metrics. Methods in Ecology and
    Evolution 7, 1146-1151.
    """
    tail = (1 - confidence) / 2
    rows = []
    pairs = statuses[["old_year", "new_year"]].drop_duplicates().sort_values("new_year")
    for old_year, new_year in zip(pairs["old_year"], pairs["new_year"], strict=True):
        pair = statuses.loc[statuses["new_year"] == new_year]
        old = pair.loc[pair["side"] == "old"].sort_values("item_id", kind="stable")
        new = pair.loc[pair["side"] == "new"]
        between = links.loc[(links["old_year"] == old_year) & (links["new_year"] == new_year)]
        firm_ids = set(between.loc[between["stable"].astype(bool), "old_id"])
        carried = old["item_id"].isin(list(between["old_id"]))
        sums = item_bootstrap(len(old), draws=draws, seed=(seed, int(new_year)))
        rates = sums(carried.astype(float).to_numpy()[:, None]) / len(old)
        low, high = np.quantile(rates, [tail, 1 - tail])
        inherited = new["item_id"].isin(list(between["new_id"]))
        gained = int(new["status"].isin(["new", "returned"]).sum())
        lost = int((old["status"] == "dropped").sum())
        rows.append(
            {
                "old_year": old_year,
                "new_year": new_year,
                "n_old": len(old),
                "n_new": len(new),
                "persistence": carried.mean(),
                "low": low,
                "high": high,
                "firm": old["item_id"].isin(firm_ids).mean(),
                "reach": (old["status"] != "dropped").mean(),
                "carried_mass": between["weight"].sum() / len(old),
                "carry_over": inherited.mean(),
                "novelty": (new["status"] == "new").mean(),
                "returned": (new["status"] == "returned").mean(),
                "turnover": (gained + lost) / (len(old) + len(new) - int(between["main"].sum())),
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)
