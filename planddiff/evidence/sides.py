"""The items of two plans made ready for weighing: their texts as weighted character pairs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
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
    loud, rare : array
        Other weightings of the entries of ``even``: with repetition undamped (length 1), and
        rarity alone.
    lead, joined, lead_ends : array
        The lead sentences in reading order: positions in the entries of ``even``; whether a pair
        begins with the last character of the one before; item i is
        ``lead_ends[i]:lead_ends[i + 1]``.
    mass : array, shape (n_items,)
        Sum of ``rare`` over each item.
    agencies : sparse matrix, shape (n_items, n_agencies)
        Responsible agencies by rarity, rows of length 1.
    """

    even: Matrix
    loud: Floats
    rare: Floats
    lead: Ints
    joined: NDArray[np.bool_]
    lead_ends: Ints
    mass: Floats
    agencies: Matrix

    def __len__(self) -> int:
        return int(self.even.shape[0])

    @cached_property
    def chance(self) -> float:
        """Mass that two items of the plan share, as a part of the product of their masses.

        The items of one plan are different initiatives: this is what items of one length share by
        being of one kind of document.
        """
        holders = np.bincount(self.even.indices, minlength=self.even.shape[1])
        shared = float(np.sum(self.rare * (holders[self.even.indices] - 1)))
        products = float(np.sum(self.mass) ** 2 - np.sum(self.mass**2))
        return shared / products if products > 0 else 0.0


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
    lead, joined, lead_ends = _leads(bodies, texts)
    both = Side(
        even=with_data(counts, scaled(damped, counts.indptr)),
        loud=scaled(counts.data * rare, counts.indptr),
        rare=rare,
        lead=lead,
        joined=joined,
        lead_ends=lead_ends,
        mass=summed(rare, counts.indptr),
        agencies=_named(old_agencies, new_agencies, (len(old_texts), len(new_texts))),
    )
    return _rows(both, slice(0, cut)), _rows(both, slice(cut, len(texts)))


def _leads(bodies: Bigrams, texts: Sequence[str]) -> tuple[Ints, NDArray[np.bool_], Ints]:
    """``lead``, ``joined`` and ``lead_ends`` of a side; a pair that recurs counts once."""
    pairs, rows, joined = occurrences([lead_sentence(text) for text in texts])
    counts = bodies.counts
    row_of = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    width = np.int64(counts.shape[1])
    wanted = rows * width + np.searchsorted(bodies.keys, pairs)
    entries = np.searchsorted(row_of * width + counts.indices, wanted)
    first = np.sort(np.unique(entries, return_index=True)[1])
    joined = joined[first] & (np.diff(first, prepend=-2) == 1)
    return entries[first], joined, np.searchsorted(rows[first], np.arange(len(texts) + 1))


def _rows(side: Side, rows: slice) -> Side:
    entries = slice(side.even.indptr[rows.start], side.even.indptr[rows.stop])
    ends = side.lead_ends[rows.start : rows.stop + 1]
    lead = slice(ends[0], ends[-1])
    return Side(
        even=side.even[rows],
        loud=side.loud[entries],
        rare=side.rare[entries],
        lead=side.lead[lead] - entries.start,
        joined=side.joined[lead],
        lead_ends=ends - ends[0],
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
