"""Naming an initiative by one of its titles, and doubting a chain whose ends have drifted apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
from rapidfuzz.distance import Indel

from planddiff.evidence import lead_sentence

DRIFT = 0.40
"""Titles of the first and last year less alike than this (0..1) are reported as drift."""

BROKEN = 0.12
"""A chain whose first and last text share less than this (0..1) is suspected to be two."""


def central_title(titles: Sequence[str]) -> str:
    """Title that is most like all the others; of equals the latest.

    Parameters
    ----------
    titles : sequence of str
        In the order of the years; at least one.

    Examples
    --------
    >>> central_title(["推进智慧物流", "推进智慧物流建设", "加快智慧物流信息平台建设"])
    '推进智慧物流建设'
    """
    likeness = [
        round(sum(Indel.normalized_similarity(title, other) for other in titles), 6)
        for title in titles
    ]
    best = max(likeness)
    return next(
        title
        for title, value in zip(reversed(titles), reversed(likeness), strict=True)
        if value == best
    )


def shared_text(one: str, other: str) -> float:
    """Share of the shorter text's character pairs that the other text has too (0..1).

    Examples
    --------
    >>> shared_text("智慧物流", "推进智慧物流建设"), shared_text("智慧物流", "农村宽带")
    (1.0, 0.0)
    """
    pairs = [Counter(text[i : i + 2] for i in range(len(text) - 1)) for text in (one, other)]
    shorter = min(pairs[0].total(), pairs[1].total())
    return (pairs[0] & pairs[1]).total() / shorter if shorter else 0.0


def chain_checks(members: pd.DataFrame, items: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """End-to-end check of every initiative of three or more items.

    Links that each look right can lead step by step from one subject to another. The first and
    the last item of the chain are therefore compared directly; a chain whose ends share next to
    nothing is suspected at its weakest link, the bridge.

    Parameters
    ----------
    members : DataFrame
        ``initiative_id``, ``item_id`` in the order of the years.
    items : DataFrame
        ``item_id``, ``core`` (canonical, so that a label shows repaired characters).
    links : DataFrame
        ``old_id``, ``new_id``, ``main``, ``confidence``.

    Returns
    -------
    DataFrame
        Indexed by ``initiative_id``, one row per initiative: ``label``, ``title_likeness`` and
        ``end_likeness`` (first against last item, 0..1, 1 for a single item), ``label_drift``,
        ``suspect``, ``bridge_old_id``, ``bridge_new_id`` and ``bridge_confidence`` (the weakest
        link, missing for a single item).
    """
    core_of = dict(zip(items["item_id"], items["core"].astype(str), strict=True))
    main = links.loc[links["main"]].set_index("new_id")
    rows = {}
    for name, chain in members.groupby("initiative_id", sort=False)["item_id"]:
        ids = list(chain)
        titles = [lead_sentence(core_of[item]) for item in ids]
        title_likeness = Indel.normalized_similarity(titles[0], titles[-1])
        end_likeness = shared_text(core_of[ids[0]], core_of[ids[-1]])
        steps = main.loc[ids[1:]]
        bridge = steps["confidence"].idxmin() if len(steps) else None
        rows[name] = {
            "label": central_title(titles),
            "title_likeness": title_likeness,
            "end_likeness": end_likeness,
            "label_drift": title_likeness < DRIFT,
            "suspect": len(ids) > 2 and end_likeness < BROKEN and title_likeness < DRIFT,
            "bridge_old_id": None if bridge is None else steps.at[bridge, "old_id"],
            "bridge_new_id": bridge,
            "bridge_confidence": steps["confidence"].min() if len(steps) else float("nan"),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("initiative_id")
