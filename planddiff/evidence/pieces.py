"""The evidence on pairs of items: what speaks for and against a pair, each piece named, 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planddiff.evidence.assignment import best_assignment
from planddiff.evidence.bigrams import Floats, Ints
from planddiff.evidence.candidates import candidate_pairs
from planddiff.evidence.overlap import overlap
from planddiff.evidence.sides import Side, prepare

Flags = NDArray[np.bool_]

HALF_SHARED = 8.0
"""Shared mass that counts half: eight character pairs that no other item has."""

PIECES = {
    "emphasis": "cosine of the rarity-weighted character pairs: what both items keep saying (root)",
    "residual": "rare content shared beyond chance and what the best partner explains (root)",
    "preference": "how near the pair comes to the best that one of the two items has elsewhere",
    "explained": "emphasis lost without what the best partner of either item shares (squared)",
    "substitution": "alike, although the object that each lead names is missing from the other",
    "agencies_differ": "dissimilarity of the responsible agencies, where both name some",
}
"""Name and meaning of each piece; all are 0 to 1."""

AGAINST = ("explained", "substitution", "agencies_differ")
"""The pieces that speak against a pair; the others speak for it."""


def gather(
    old_texts: Sequence[str],
    new_texts: Sequence[str],
    old_agencies: Sequence[Sequence[str]] | None = None,
    new_agencies: Sequence[Sequence[str]] | None = None,
    *,
    context: Sequence[Sequence[str]] = (),
    same_plan: bool = False,
    also: Sequence[tuple[int, int]] = (),
) -> pd.DataFrame:
    """Weigh all candidate pairs of two lists of item bodies.

    Parameters
    ----------
    old_texts, new_texts : sequence of str
        Canonical bodies without number, agencies and deadline (``items["core"]``).
    old_agencies, new_agencies : sequence of sequence of str, optional
        Harmonised names of the responsible agencies of each item.
    context : sequence of sequence of str
        Bodies of each plan from which rarity is learned instead of the two lists: the whole
        plans, where the lists are only a part of them.
    same_plan : bool
        Both lists are the same plan: an item is then no candidate for itself. This is how the
        items of one plan, which are known non-matches, are weighed.
    also : sequence of (int, int)
        Positions of pairs to weigh besides the candidates.

    Returns
    -------
    DataFrame
        The columns of :func:`weigh_sides`.
    """
    sides = prepare(old_texts, new_texts, old_agencies, new_agencies, context=context)
    return pd.DataFrame(weigh_sides(*sides, same_plan=same_plan, also=also))


def weigh_sides(
    old: Side, new: Side, *, same_plan: bool = False, also: Sequence[tuple[int, int]] = ()
) -> dict[str, Any]:
    """Weigh all candidate pairs of two sides that were prepared together.

    Parameters
    ----------
    old, new : Side
        Of one call of :func:`planddiff.evidence.sides.prepare`; the same one twice, where the
        items of one plan are weighed against each other.
    same_plan, also
        As in :func:`gather`.

    Returns
    -------
    dict of arrays
        ``old`` and ``new`` (positions), one column per piece of ``PIECES``, ``similarity`` (cosine
        of the same pairs with repetition damped, by which the standing of a pair among its rivals
        is judged), ``forward`` and ``backward`` (share of the old item's content found in the new,
        and back); ordered by old, new.
    """
    first, second = candidate_pairs(old.even, new.even, also)
    if same_plan:
        apart = first != second
        first, second = first[apart], second[apart]
    return weigh_chosen(old, new, first, second)


def weigh_chosen(old: Side, new: Side, first: Ints, second: Ints) -> dict[str, Any]:
    """Weigh chosen pairs: rows ``first`` of one side with rows ``second`` of the other.

    Parameters and result as in :func:`weigh_sides`.
    """
    shared = overlap(old.even, first, new.even, second)
    similarity = shared.total(old.even.data, new.even.data)
    assigned = best_assignment(first, second, similarity, (len(old), len(new))) > 0
    rare = old.rare[shared.left]
    mass, left = shared.summed(rare), shared.beyond(assigned, rare)
    chance = (old.chance + new.chance) / 2 * old.mass[first] * new.mass[second]
    loud = old.loud[shared.left] * new.loud[shared.right]
    emphasis = np.sqrt(shared.summed(loud))
    missing = _missing(old, first, shared.pair, shared.left) * _missing(
        new, second, shared.pair, shared.right
    )
    columns = {
        "similarity": similarity,
        "emphasis": emphasis,
        "residual": np.sqrt(_saturated(np.maximum(left - chance, 0.0))),
        "preference": _preference(first, second, similarity, (len(old), len(new))),
        "explained": (emphasis - np.sqrt(shared.beyond(assigned, loud))) ** 2,
        "substitution": similarity * np.sqrt(missing),
        "agencies_differ": _agencies_differ(old, new, first, second),
        "forward": mass / np.maximum(old.mass[first], 1e-12),
        "backward": mass / np.maximum(new.mass[second], 1e-12),
    }
    clipped = {name: np.clip(values, 0.0, 1.0) for name, values in columns.items()}
    return {"old": first, "new": second, **clipped}


def _saturated(mass: Floats) -> Floats:
    return mass / (mass + HALF_SHARED)


def _preference(first: Ints, second: Ints, similarity: Floats, shape: tuple[int, int]) -> Floats:
    best_old, best_new = np.zeros(shape[0]), np.zeros(shape[1])
    np.maximum.at(best_old, first, similarity)
    np.maximum.at(best_new, second, similarity)
    lesser_best = np.minimum(best_old[first], best_new[second])
    preference: Floats = similarity / np.maximum(lesser_best, 1e-12)
    return preference


def _missing(side: Side, item: Ints, pair: Ints, entry: Ints) -> Floats:
    """The weightiest part of each item's lead that its partner never mentions, 0 to 1.

    Weight is rarity times repetition in the body, relative to the weightiest part of the lead: the
    object of an item is what its lead names and its body keeps naming. ``pair`` and ``entry`` tell
    what the partners do mention.
    """
    place = np.full(side.even.nnz, -1)
    place[side.lead] = np.arange(len(side.lead))
    sizes = np.diff(side.lead_ends)[item]
    starts = np.cumsum(sizes) - sizes
    offset = starts - side.lead_ends[item]
    asked = np.arange(sizes.sum()) - np.repeat(offset, sizes)
    absent = np.ones(len(asked), dtype=bool)
    mentioned = np.flatnonzero(place.take(entry) >= 0)
    absent[place.take(entry.take(mentioned)) + offset.take(pair.take(mentioned))] = False
    absent &= ~_seams(absent, side.joined.take(asked))
    weight = side.even.data.take(side.lead.take(asked))
    missing = np.zeros(len(item))
    led = sizes > 0
    if led.any():
        heaviest = np.maximum.reduceat(weight, starts[led])
        lost = np.maximum.reduceat(np.where(absent, weight, 0.0), starts[led])
        missing[led] = lost / np.maximum(heaviest, 1e-12)
    return missing


def _seams(absent: Flags, joined: Flags) -> Flags:
    """Absent pairs of characters that are no word: both characters belong to words present.

    In 技术应用 beside 技术研发和应用, 术应 is absent, but nothing of the lead is. Another object
    leaves at least two absent pairs next to each other.
    """
    held = ~absent
    continued = np.append(joined[1:], False)
    before = joined & np.append(False, held[:-1])
    after = continued & np.append(held[1:], False)
    seams: Flags = absent & (before | ~joined) & (after | ~continued) & (before | after)
    return seams


def _agencies_differ(old: Side, new: Side, first: Ints, second: Ints) -> Floats:
    shared = overlap(old.agencies, first, new.agencies, second)
    alike = shared.total(old.agencies.data, new.agencies.data)
    named = [np.diff(side.agencies.indptr) > 0 for side in (old, new)]
    both = named[0][first] & named[1][second]
    return np.where(both, 1 - alike, 0.0)
