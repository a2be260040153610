"""The items of two plans made ready for weighing: their texts as weighted character pairs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from planddiff.evidence.bigrams import (
    Bigrams,
    Floats,
    Ints,
    Matrix,
    bigrams,
    occurrences,
    rarity,
    scaled,
    summed,
    with_data,
)

_LEAD_ENDS = re.compile(r"[。;!?\n]")
_LONG_LEAD = 40
_LEAST_AGENCY = 0.3


@dataclass(frozen=True)
class Side:
    """The items of one plan.

    Attributes
    ----------
    even : sparse matrix, shape (n_items, n_bigrams)
        Rarity-weighted character pairs with repetition damped, rows of length 1.
    loud, rare, lead : array
        Other weightings of the entries of ``even``: with repetition undamped (length 1), rarity
        alone, and damped weight where the lead sentence has the pair (else 0).
    mass : array, shape (n_items,)
        Sum of ``rare`` over each item.
    agencies : sparse matrix, shape (n_items, n_agencies)
        Responsible agencies by rarity, rows of length 1.
    """

    even: Matrix
    loud: Floats
    rare: Floats
    lead: Floats
    mass: Floats
    agencies: Matrix

    def __len__(self) -> int:
        return int(self.even.shape[0])


def lead_sentence(core: str) -> str:
    """What an item says first: its lead sentence, or the first clause of a long one.

    Examples
    --------
    >>> lead_sentence("推进智慧物流建设。支持港口,扩大试点。")
    '推进智慧物流建设'
    """
    sentence = _LEAD_ENDS.split(core, maxsplit=1)[0]
    return sentence if len(sentence) <= _LONG_LEAD else sentence.split(",", 1)[0]


def prepare(
    old_texts: Sequence[str],
    new_texts: Sequence[str],
    old_agencies: Sequence[Sequence[str]] | None = None,
    new_agencies: Sequence[Sequence[str]] | None = None,
    *,
    context: Sequence[Sequence[str]] = (),
) -> tuple[Side, Side]:
    """Ready the items of two plans; parameters as in :func:`planddiff.evidence.gather`.

    Rarity is one for both sides, so that either may be weighed against the other or itself.
    """
    texts = [*old_texts, *new_texts]
    bodies = bigrams(texts)
    counts = bodies.counts
    cut = len(old_texts)
    known = [bigrams(plan, bodies.keys).counts for plan in context if len(plan)]
    rare = rarity(*(known or (counts[:cut], counts[cut:])))[counts.indices]
    damped = np.log1p(counts.data) * rare
    in_lead = _entries(bodies, [lead_sentence(text) for text in texts])
    lead = np.zeros(counts.nnz)
    lead[in_lead] = damped[in_lead]
    both = Side(
        even=with_data(counts, scaled(damped, counts.indptr)),
        loud=scaled(counts.data * rare, counts.indptr),
        rare=rare,
        lead=lead,
        mass=summed(rare, counts.indptr),
        agencies=_named(old_agencies, new_agencies, (len(old_texts), len(new_texts))),
    )
    return _rows(both, slice(0, cut)), _rows(both, slice(cut, len(texts)))


def stacked(sides: Sequence[Side]) -> Side:
    """The items of several sides that were prepared together, one side below the other."""
    return Side(
        even=_stacked([side.even for side in sides]),
        loud=np.concatenate([side.loud for side in sides]),
        rare=np.concatenate([side.rare for side in sides]),
        lead=np.concatenate([side.lead for side in sides]),
        mass=np.concatenate([side.mass for side in sides]),
        agencies=_stacked([side.agencies for side in sides]),
    )


def _stacked(matrices: Sequence[Matrix]) -> Matrix:
    sizes = np.concatenate([np.diff(each.indptr) for each in matrices])
    data, indices = (
        np.concatenate([getattr(each, name) for each in matrices]) for name in ("data", "indices")
    )
    ends = np.concatenate([[0], np.cumsum(sizes)])
    return sparse.csr_array((data, indices, ends), shape=(len(sizes), matrices[0].shape[1]))


def _entries(bodies: Bigrams, parts: Sequence[str]) -> Ints:
    """Positions of the entries of ``bodies`` that stand in a part of the same text."""
    pairs, rows = occurrences(parts)
    counts = bodies.counts
    row_of = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    width = np.int64(counts.shape[1])
    wanted = rows * width + np.searchsorted(bodies.keys, pairs)
    return np.searchsorted(row_of * width + counts.indices, wanted)


def _rows(side: Side, rows: slice) -> Side:
    entries = slice(side.even.indptr[rows.start], side.even.indptr[rows.stop])
    return Side(
        even=side.even[rows],
        loud=side.loud[entries],
        rare=side.rare[entries],
        lead=side.lead[entries],
        mass=side.mass[rows],
        agencies=side.agencies[rows],
    )


def _named(
    old: Sequence[Sequence[str]] | None,
    new: Sequence[Sequence[str]] | None,
    sizes: tuple[int, int],
) -> Matrix:
    """Agencies of all items; none at all where either side does not tell its agencies."""
    if old is None or new is None:
        return sparse.csr_array((sum(sizes), 0))
    items = [sorted(set(each)) for each in (*old, *new)]
    names = {name: at for at, name in enumerate(sorted({n for each in items for n in each}))}
    columns = np.array([names[name] for each in items for name in each], dtype=np.int64)
    ends = np.cumsum([0, *(len(each) for each in items)])
    held = sparse.csr_array((np.ones(len(columns)), columns, ends), shape=(len(items), len(names)))
    weights = _LEAST_AGENCY + rarity(held)[held.indices]
    return with_data(held, scaled(weights, ends))
