"""Where items move: between sections, and into statuses, from year to year."""

from __future__ import annotations

import pandas as pd


def section_transitions(links: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Links between the sections of two years.

    Parameters
    ----------
    links : DataFrame
        ``old_id``, ``new_id``, ``old_year``, ``new_year``, ``weight``.
    items : DataFrame
        ``item_id``, ``section``.

    Returns
    -------
    DataFrame
        ``old_year``, ``new_year``, ``old_section``, ``new_section``, ``links`` (count) and
        ``weight`` (items' worth of text carried); links across a gap of years included.
    """
    section_of = items.set_index("item_id")["section"]
    moves = links.assign(
        old_section=links["old_id"].map(section_of), new_section=links["new_id"].map(section_of)
    )
    keys = ["old_year", "new_year", "old_section", "new_section"]
    counted = moves.groupby(keys, sort=True, dropna=False).agg(
        links=("weight", "size"), weight=("weight", "sum")
    )
    return counted.reset_index()


def status_counts(statuses: pd.DataFrame) -> pd.DataFrame:
    """Items per status for each pair of years and side.

    Parameters
    ----------
    statuses : DataFrame
        ``old_year``, ``new_year``, ``side``, ``status``.

    Returns
    -------
    DataFrame
        ``old_year``, ``new_year``, ``side``, ``status``, ``items`` and ``share`` (0..1 of the
        items of that side).

    Examples
    --------
    >>> statuses = pd.DataFrame({"old_year": 2014, "new_year": 2015, "side": ["old", "old", "new"],
    ...                          "status": ["persisted", "dropped", "persisted"]})
    >>> status_counts(statuses)[["side", "status", "share"]].values.tolist()
    [['new', 'persisted', 1.0], ['old', 'dropped', 0.5], ['old', 'persisted', 0.5]]
    """
    keys = ["old_year", "new_year", "side"]
    counts = statuses.groupby([*keys, "status"], sort=True).size().rename("items").reset_index()
    counts["share"] = counts["items"] / counts.groupby(keys)["items"].transform("sum")
    return counts
