"""What became of every item, predicted against gold."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import pandas as pd

from planddiff.errors import InvalidInputError
from planddiff.evaluation.links import find_beads


def statuses_from_links(
    links: pd.DataFrame, old_ids: Iterable[Hashable], new_ids: Iterable[Hashable]
) -> pd.DataFrame:
    """Status of every item by the shape of its bead.

    Parameters
    ----------
    links : DataFrame
        ``old_id``, ``new_id`` of one pair of plans.
    old_ids, new_ids : iterable
        All items of the two plans.

    Returns
    -------
    DataFrame
        ``side`` (old/new), ``item_id``, ``status``: ``continued``, ``split``, ``merged``,
        ``recombined``, or without a link ``dropped`` (old) and ``new`` (new).

    Examples
    --------
    >>> import pandas as pd
    >>> links = pd.DataFrame({"old_id": ["a"], "new_id": ["x"]})
    >>> statuses_from_links(links, ["a", "b"], ["x"])["status"].tolist()
    ['continued', 'dropped', 'continued']
    """
    beads = find_beads(links)
    rows = []
    for side, ids, absent in (("old", old_ids, "dropped"), ("new", new_ids, "new")):
        status = {
            item: relation
            for members, relation in zip(beads[f"{side}_ids"], beads["relation"], strict=True)
            for item in members
        }
        rows += [(side, item, status.get(item, absent)) for item in ids]
    return pd.DataFrame(rows, columns=["side", "item_id", "status"])


def status_outcomes(
    predicted: pd.DataFrame, gold: pd.DataFrame, ignore: Iterable[Hashable] = ()
) -> pd.DataFrame:
    """Predicted beside gold status, one row per item.

    Parameters
    ----------
    predicted, gold : DataFrame
        ``item_id``, ``status`` and optional ``side`` and ``document``; the same items in both.
    ignore : iterable
        Items whose gold status is open, as those of weak and contested links.

    Returns
    -------
    DataFrame
        ``document``, ``side``, ``item_id``, ``gold``, ``predicted``.

    Raises
    ------
    InvalidInputError
        The two tables do not hold the same items.
    """
    key = ["document", "side", "item_id"]
    tables = [
        table.assign(**{column: "" for column in key if column not in table})
        for table in (predicted, gold)
    ]
    both = tables[0][[*key, "status"]].merge(
        tables[1][[*key, "status"]],
        on=key,
        how="outer",
        suffixes=("_predicted", "_gold"),
        indicator=True,
    )
    strangers = both[both["_merge"] != "both"]
    if len(strangers):
        row = strangers.iloc[0]
        where = "predicted" if row["_merge"] == "left_only" else "gold"
        raise InvalidInputError(
            f"item {row['item_id']!r} stands in the {where} statuses only; give both tables every "
            "item of both plans"
        )
    both = both.rename(columns={"status_gold": "gold", "status_predicted": "predicted"})
    both = both[~both["item_id"].isin(list(ignore))]
    return both[[*key, "gold", "predicted"]].sort_values(key, ignore_index=True)


def status_confusion(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Counts of items by gold status (rows) and predicted status (columns)."""
    return pd.crosstab(outcomes["gold"], outcomes["predicted"])


def macro_f1(outcomes: pd.DataFrame) -> float:
    """Mean F1 over the statuses that occur in gold; rows as of :func:`status_outcomes`.

    Examples
    --------
    >>> import pandas as pd
    >>> macro_f1(pd.DataFrame({"gold": ["new", "new"], "predicted": ["new", "split"]}))
    0.6666666666666666
    """
    scores = []
    for status in sorted(set(outcomes["gold"])):
        wanted = outcomes["gold"] == status
        found = outcomes["predicted"] == status
        scores.append(2 * int((wanted & found).sum()) / int(wanted.sum() + found.sum()))
    return sum(scores) / len(scores) if scores else float("nan")


def headline_error(outcomes: pd.DataFrame) -> float:
    """Distance of the persistence share, predicted from gold, averaged over documents.

    The persistence share is the share of old items that are not ``dropped``; rows as of
    :func:`status_outcomes` with ``side``.

    Returns
    -------
    float
        0..1, in shares of items; ``nan`` without old items.
    """
    old = outcomes[outcomes["side"] == "old"]
    kept = (old[["gold", "predicted"]] != "dropped").groupby(old["document"]).mean()
    return float((kept["gold"] - kept["predicted"]).abs().mean())
