"""From weighed pairs to links and statuses: the rules, apart from the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planddiff.evidence.bigrams import Floats, Ints

STATUSES = (
    "persisted", "changed", "split", "merged", "recombined", "dropped", "new", "returned",
    "uncertain",
)  # fmt: skip

_CHANGED = {
    "wording": ("substantive",),
    "target_change": ("raised", "lowered", "restated", "removed", "new"),
    "lead_change": ("yes",),
    "deadline_change": ("earlier", "later", "new", "removed"),
}
"""What makes a continued item ``changed``. A move to another section, and strength and scope,
which are read from a short list of words, are reported and decide nothing."""


def relations(old: Ints | pd.Series[int], new: Ints | pd.Series[int]) -> list[str]:
    """Relation of each link by the shape of the group of links that it belongs to.

    Examples
    --------
    >>> relations(pd.Series([0, 1, 1]), pd.Series([0, 1, 2]))
    ['continued', 'split', 'split']
    """
    leader: dict[tuple[str, int], tuple[str, int]] = {}

    def group_of(item: tuple[str, int]) -> tuple[str, int]:
        while leader.setdefault(item, item) != item:
            leader[item] = item = leader[leader[item]]
        return item

    links = [(("old", i), ("new", j)) for i, j in zip(old.tolist(), new.tolist(), strict=True)]
    for first, second in links:
        leader[group_of(first)] = group_of(second)
    sizes = Counter((side, group_of((side, at))) for side, at in list(leader))
    groups = [group_of(first) for first, _ in links]
    return [_relation(sizes["old", group], sizes["new", group]) for group in groups]


def _relation(n_old: int, n_new: int) -> str:
    if n_old == n_new == 1:
        return "continued"
    if n_old == 1:
        return "split"
    return "merged" if n_new == 1 else "recombined"


def margins(pairs: Mapping[str, Any] | pd.DataFrame, linked: NDArray[np.bool_]) -> Floats:
    """How far each pair's similarity exceeds that of its best rival that is no link, -1 to 1.

    A rival shares one end with the pair and is not linked.
    """
    similarity = np.asarray(pairs["similarity"])
    rival = np.where(linked, 0.0, similarity)
    best = [_best_other(np.asarray(pairs[end]), rival) for end in ("old", "new")]
    result: Floats = similarity - np.maximum(*best)
    return result


def twins(pairs: Mapping[str, Any], old: Sequence[str], new: Sequence[str]) -> NDArray[np.bool_]:
    """Links of an item to one of several partners that are word for word alike: an exact tie."""
    linked = np.flatnonzero(pairs["linked"])
    ends = pairs["old"][linked].tolist(), pairs["new"][linked].tolist()
    texts = [old[i] for i in ends[0]], [new[j] for j in ends[1]]
    tied = np.zeros(len(pairs["linked"]), dtype=bool)
    for end, text in ((ends[0], texts[1]), (ends[1], texts[0])):
        keys = list(zip(end, text, strict=True))
        often = Counter(keys)
        tied[linked] |= np.array([often[key] > 1 for key in keys], dtype=bool)
    return tied


def _best_other(group: Ints, value: Floats) -> Floats:
    """Greatest value among the others of each one's group, 0 where it is alone."""
    order = np.lexsort((-value, group))
    ranked, place = value[order], np.arange(len(order))
    opens = np.ones(len(order), dtype=bool)
    opens[1:] = group[order][1:] != group[order][:-1]
    top = np.maximum.accumulate(np.where(opens, place, 0))
    second = np.append(np.where(opens, 0.0, ranked)[1:], 0.0)
    best = np.empty(len(order))
    best[order] = np.where(place == top, second, ranked[top])
    return best


def item_statuses(
    links: Mapping[str, Any] | pd.DataFrame,
    doubts: Mapping[str, Iterable[str]] | pd.DataFrame,
    old_ids: list[str],
    new_ids: list[str],
) -> dict[tuple[str, str], tuple[str, list[str]]]:
    """Status and partners of every item, keyed by (side, item_id).

    One link whose group is one to one: ``persisted``, or ``changed`` where an axis of
    ``_CHANGED`` changed. More links: the relation of the group. None: ``dropped`` or ``new``, or
    ``uncertain`` where a pair only just missed being a link, or where a rival is as good.
    """
    result: dict[tuple[str, str], tuple[str, list[str]]] = {}
    names = ["old_id", "new_id", "relation", "margin", "tie", *_CHANGED]
    rows = [
        dict(zip(names, row, strict=True))
        for row in zip(*(links[name] for name in names), strict=True)
    ]
    for side, ids, key, other in (
        ("old", old_ids, "old_id", "new_id"),
        ("new", new_ids, "new_id", "old_id"),
    ):
        unsure = set(doubts[key])
        found: dict[str, list[dict[str, Any]]] = {}
        for link in rows:
            found.setdefault(str(link[key]), []).append(link)
        for each in ids:
            part = found.get(each)
            if part is None:
                alone = "dropped" if side == "old" else "new"
                result[side, each] = ("uncertain" if each in unsure else alone, [])
                continue
            relation = part[0]["relation"]
            status = _continued(part[0]) if relation == "continued" else relation
            tied = any(
                link["tie"] and (relation == "continued" or not link["margin"]) for link in part
            )
            partners = [str(link[other]) for link in part]
            result[side, each] = ("uncertain" if tied else status, partners)
    return result


def _continued(link: Mapping[str, Any]) -> str:
    changed = any(link[axis] in values for axis, values in _CHANGED.items())
    return "changed" if changed else "persisted"
