"""How many splits and mergers turn predicted initiatives into those of gold."""

from __future__ import annotations

import pandas as pd


def merge_distance(predicted: pd.DataFrame, gold: pd.DataFrame) -> pd.Series:
    """Generalised merge distance between two partitions of items, each step costing 1.

    Parameters
    ----------
    predicted, gold : DataFrame
        ``initiative_id``, ``item_id``; an item belongs to one initiative. An item that stands in
        one table only is taken as an initiative of its own in the other.

    Returns
    -------
    Series
        ``splits`` and ``mergers`` (initiatives to cut and to join on the shortest way from
        predicted to gold), ``distance`` (their sum), ``per_initiative`` (distance over the number
        of gold initiatives; 0 is perfect).

    Notes
    -----
    Menestrina, D., Whang, S. E. & Garcia-Molina, H. (2010). Evaluating entity resolution results.
    Proceedings of the VLDB Endowment 3, 208-219.

    Examples
    --------
    >>> one = pd.DataFrame({"initiative_id": [1, 1, 1], "item_id": ["a", "b", "c"]})
    >>> two = pd.DataFrame({"initiative_id": [1, 1, 2], "item_id": ["a", "b", "c"]})
    >>> merge_distance(one, two)[["splits", "mergers"]].tolist()
    [1.0, 0.0]
    """
    ours = dict(zip(predicted["item_id"], predicted["initiative_id"], strict=True))
    theirs = dict(zip(gold["item_id"], gold["initiative_id"], strict=True))
    items = list(dict.fromkeys([*ours, *theirs]))
    pairs = pd.DataFrame(
        {
            "ours": [("in", ours[item]) if item in ours else ("alone", item) for item in items],
            "theirs": [
                ("in", theirs[item]) if item in theirs else ("alone", item) for item in items
            ],
        }
    )
    left = pairs["ours"].value_counts().to_dict()
    splits = mergers = 0
    for _, cluster in pairs.groupby("theirs", sort=False)["ours"]:
        shares = cluster.value_counts(sort=False)
        mergers += len(shares) - 1
        for name, count in shares.items():
            splits += int(left[name] > count)
            left[name] -= count
    distance = splits + mergers
    return pd.Series(
        {
            "splits": splits,
            "mergers": mergers,
            "distance": distance,
            "per_initiative": distance / max(pairs["theirs"].nunique(), 1),
        },
        dtype=float,
    )
