"""Items that stand word for word in both plans, each bound to its own copy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planddiff.evidence.bigrams import Ints


def verbatim_partners(
    old_texts: Sequence[str],
    new_texts: Sequence[str],
    old_agencies: Sequence[Sequence[str]],
    new_agencies: Sequence[Sequence[str]],
) -> Ints:
    """Position of the new item of the very same text for each old item, -1 where there is none.

    Where a text stands several times in both plans, and as often in each, copies of the same
    agencies belong together, and among those the first with the first. Where it stands more often
    in one plan than in the other nothing says which copy is whose, and none is bound.

    Examples
    --------
    >>> verbatim_partners(["甲", "乙", "甲"], ["甲", "甲"], [[], [], ["省厅"]], [["省厅"], []])
    array([ 1, -1,  0])
    """
    copies: dict[str, tuple[list[int], list[int]]] = {}
    for side, texts in enumerate((old_texts, new_texts)):
        for position, text in enumerate(texts):
            if text:
                copies.setdefault(text, ([], []))[side].append(position)
    partner = np.full(len(old_texts), -1, dtype=np.int64)
    for olds, news in copies.values():
        if len(olds) != len(news):
            continue
        waiting: dict[tuple[str, ...], list[int]] = {}
        for position in reversed(news):
            waiting.setdefault(tuple(sorted(new_agencies[position])), []).append(position)
        unbound = []
        for position in olds:
            same = waiting.get(tuple(sorted(old_agencies[position])))
            if same:
                partner[position] = same.pop()
            else:
                unbound.append(position)
        partner[unbound] = sorted(rest for each in waiting.values() for rest in each)
    return partner


def bound_elsewhere(first: Ints, second: Ints, partner: Ints, n_new: int) -> np.ndarray:
    """Whether both items of each pair stand word for word elsewhere: such a pair is no link."""
    bound_new = np.zeros(n_new, dtype=bool)
    bound_new[partner[partner >= 0]] = True
    result: np.ndarray = (partner[first] >= 0) & bound_new[second] & (partner[first] != second)
    return result
