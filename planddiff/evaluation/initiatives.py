"""Initiatives over all years, predicted against gold."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planddiff.errors import InvalidInputError


def initiatives_from_links(links: pd.DataFrame) -> pd.DataFrame:
    """Chain links of all years into initiatives: the connected components of their items.

    Parameters
    ----------
    links : DataFrame
        ``old_id``, ``new_id``; ids are unique over all years.

    Returns
    -------
    DataFrame
        ``initiative_id`` (0.. in the order of the least item), ``item_id``.

    Examples
    --------
    >>> import pandas as pd
    >>> links = pd.DataFrame({"old_id": ["a1", "b1"], "new_id": ["b1", "c4"]})
    >>> initiatives_from_links(links)["initiative_id"].tolist()
    [0, 0, 0]
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    codes, items = pd.factorize(pd.concat([links["old_id"], links["new_id"]]), sort=True)
    rows, columns = codes[: len(links)], codes[len(links) :]
    graph = coo_array((np.ones(len(links)), (rows, columns)), shape=(len(items), len(items)))
    _, labels = connected_components(graph, directed=False)
    order, _ = pd.factorize(labels)
    return pd.DataFrame({"initiative_id": order, "item_id": items})


def b_cubed(predicted: pd.DataFrame, gold: pd.DataFrame) -> pd.Series:
    """Extended B-cubed precision, recall and F1 of initiatives that may share items.

    Parameters
    ----------
    predicted, gold : DataFrame
        ``initiative_id``, ``item_id``, one row per membership. An item that stands in one table
        only is taken as an initiative of its own in the other.

    Returns
    -------
    Series
        ``precision``, ``recall``, ``f1`` (0..1). Memory grows with the square of the items.

    Notes
    -----
    Amigó, Gonzalo, Artiles and Verdejo 2009, Information Retrieval 12, 461-486.

    Examples
    --------
    >>> import pandas as pd
    >>> one = pd.DataFrame({"initiative_id": [1, 1], "item_id": ["a", "b"]})
    >>> two = pd.DataFrame({"initiative_id": [1, 2], "item_id": ["a", "b"]})
    >>> b_cubed(one, two)[["precision", "recall"]].tolist()
    [0.5, 1.0]
    """
    for table, role in ((predicted, "predicted"), (gold, "gold")):
        missing = [name for name in ("initiative_id", "item_id") if name not in table]
        if missing:
            raise InvalidInputError(
                f"the {role} initiatives have no column {missing[0]!r}; give one row per member"
            )
    items = sorted(set(predicted["item_id"]) | set(gold["item_id"]))
    if not items:
        return pd.Series({"precision": 0.0, "recall": 0.0, "f1": 0.0})
    ours, theirs = _shared(predicted, items), _shared(gold, items)
    least = np.minimum(ours, theirs)
    precision = _mean_of_means(least, ours)
    recall = _mean_of_means(least, theirs)
    return pd.Series(
        {
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / (precision + recall),
        }
    )


def _shared(members: pd.DataFrame, items: list[object]) -> np.ndarray:
    """How many initiatives each pair of items shares; an item without any is its own."""
    table = members.drop_duplicates(["initiative_id", "item_id"])
    place = {item: row for row, item in enumerate(items)}
    codes, names = pd.factorize(table["initiative_id"], sort=True)
    belongs = np.zeros((len(items), len(names)))
    belongs[[place[item] for item in table["item_id"]], codes] = 1
    shared = belongs @ belongs.T
    alone = shared.diagonal() == 0
    shared[alone, alone] = 1
    return shared


def _mean_of_means(least: np.ndarray, shared: np.ndarray) -> float:
    met = shared > 0
    ratio = np.divide(least, shared, out=np.zeros_like(least), where=met)
    return float((ratio.sum(axis=1) / met.sum(axis=1)).mean())
