"""Field tables against gold: how many rows agree."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planddiff.errors import InvalidInputError
from planddiff.evaluation.links import f_scores


def score_rows(predicted: pd.DataFrame, gold: pd.DataFrame, on: Sequence[str]) -> pd.Series:
    """Precision, recall and F1 of rows that agree in the columns ``on``.

    Rows are counted as often as they occur: a target that gold lists twice must be found twice.

    Parameters
    ----------
    predicted, gold : DataFrame
        Tables of agencies, targets, themes ... with the columns ``on``.
    on : sequence of str
        Columns that must be equal, as ``["item_id", "value", "unit"]``.

    Returns
    -------
    Series
        ``precision``, ``recall``, ``f1`` (0..1), ``hits``, ``false``, ``missed``.

    Raises
    ------
    InvalidInputError
        A column of ``on`` is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> gold = pd.DataFrame({"item_id": [1, 1], "value": [30.0, 30.0]})
    >>> score_rows(gold.head(1), gold, on=["item_id", "value"])[["precision", "recall"]].tolist()
    [1.0, 0.5]
    """
    for table, role in ((predicted, "predicted"), (gold, "gold")):
        missing = [column for column in on if column not in table]
        if missing:
            raise InvalidInputError(
                f"the {role} table has no column {missing[0]!r}; it has "
                f"{', '.join(map(str, table.columns))}"
            )
    keys = list(on)
    ours = predicted.groupby(keys, dropna=False).size().rename("ours").reset_index()
    theirs = gold.groupby(keys, dropna=False).size().rename("theirs").reset_index()
    both = ours.merge(theirs, on=keys)
    hits = int(both[["ours", "theirs"]].min(axis=1).sum())
    scores = f_scores(hits, len(predicted), hits, len(gold))
    counts = {"hits": hits, "false": len(predicted) - hits, "missed": len(gold) - hits}
    return pd.Series(scores | counts, dtype=float)
