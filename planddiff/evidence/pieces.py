"""The evidence on pairs of items: what speaks for and against a pair, each piece named, 0 to 1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from planddiff.evidence.assignment import best_assignment
from planddiff.evidence.bigrams import (
    Floats,
    Ints,
    Matrix,
    bigrams,
    rarity,
    row_sums,
    unit_rows,
    with_data,
)
from planddiff.evidence.candidates import candidate_pairs

HALF_SHARED = 8.0
"""Shared mass that counts half: eight character pairs that no other item has."""

PIECES = {
    "emphasis": "cosine of the rarity-weighted character pairs: what both items keep saying (root)",
    "residual": "rare content shared beyond what the best partner of either explains (root)",
    "preference": "how near the pair comes to the best that one of the two items has elsewhere",
    "substitution": "alike, although the object that each lead names is missing from the other",
    "agencies_differ": "dissimilarity of the responsible agencies, where both name some",
}
"""Name and meaning of each piece; all are 0 to 1."""

AGAINST = ("substitution", "agencies_differ")
"""The pieces that speak against a pair; the others speak for it."""

_LEAD_ENDS = re.compile(r"[。;!?\n]")
_LONG_LEAD = 40


@dataclass(frozen=True)
class Evidence:
    """Candidate pairs with their evidence.

    ``pairs`` has ``old`` and ``new`` (positions), one column per piece of ``PIECES``,
    ``similarity`` (cosine of the same pairs with repetition damped, by which the standing of a
    pair among its rivals is judged), ``forward`` and ``backward`` (share of the old item's content
    found in the new, and back).
    """

    pairs: pd.DataFrame


@dataclass(frozen=True)
class _Side:
    counts: Matrix
    present: Matrix
    weighted: Matrix
    even: Matrix
    loud: Matrix
    lead: Matrix
    mass: Floats


def lead_sentence(core: str) -> str:
    """What an item says first: its lead sentence, or the first clause of a long one.

    Examples
    --------
    >>> lead_sentence("推进智慧物流建设。支持港口,扩大试点。")
    '推进智慧物流建设'
    """
    sentence = _LEAD_ENDS.split(core, maxsplit=1)[0]
    return sentence if len(sentence) <= _LONG_LEAD else sentence.split(",", 1)[0]


def gather(
    old_texts: Sequence[str],
    new_texts: Sequence[str],
    old_agencies: Sequence[Sequence[str]] | None = None,
    new_agencies: Sequence[Sequence[str]] | None = None,
    *,
    context: Sequence[str] = (),
    same_plan: bool = False,
    also: Sequence[tuple[int, int]] = (),
) -> Evidence:
    """Weigh all candidate pairs of two lists of item bodies.

    Parameters
    ----------
    old_texts, new_texts : sequence of str
        Canonical bodies without number, agencies and deadline (``items["core"]``).
    old_agencies, new_agencies : sequence of sequence of str, optional
        Harmonised names of the responsible agencies of each item.
    context : sequence of str
        Bodies from which rarity is learned instead of the two lists: the whole plans, where the
        lists are only a part of them.
    same_plan : bool
        Both lists are the same plan: an item is then no candidate for itself. This is how the
        items of one plan, which are known non-matches, are weighed.
    also : sequence of (int, int)
        Positions of pairs to weigh besides the candidates.

    Returns
    -------
    Evidence
    """
    old, new = _sides(old_texts, new_texts, context)
    first, second = candidate_pairs(old.even, new.even, also)
    if same_plan:
        apart = first != second
        first, second = first[apart], second[apart]
    similarity = _dots(old.even, first, new.even, second)
    shared_mass = _dots(old.weighted, first, new.present, second)
    forward = shared_mass / np.maximum(old.mass[first], 1e-12)
    backward = shared_mass / np.maximum(new.mass[second], 1e-12)
    shape = (len(old_texts), len(new_texts))
    assigned = best_assignment(first, second, similarity, shape)
    residual = _residual(old, new, first, second, assigned, shared_mass)
    columns = {
        "similarity": similarity,
        "emphasis": np.sqrt(np.maximum(_dots(old.loud, first, new.loud, second), 0)),
        "residual": np.sqrt(np.maximum(residual, 0)),
        "preference": _preference(first, second, similarity, shape),
        "substitution": similarity
        * np.sqrt(_missing(old, first, new, second) * _missing(new, second, old, first)),
        "agencies_differ": _agencies_differ(old_agencies, new_agencies, first, second),
        "forward": forward,
        "backward": backward,
    }
    clipped = {name: np.clip(values, 0.0, 1.0) for name, values in columns.items()}
    return Evidence(pd.DataFrame({"old": first, "new": second, **clipped}))


def _sides(
    old_texts: Sequence[str], new_texts: Sequence[str], context: Sequence[str]
) -> tuple[_Side, _Side]:
    texts = [*old_texts, *new_texts]
    bodies = bigrams(texts)
    leads = bigrams([lead_sentence(text) for text in texts], bodies.keys)
    weights = rarity(bigrams(context, bodies.keys).counts if context else bodies.counts)
    cut = len(old_texts)
    return (
        _side(bodies.counts[:cut], leads.counts[:cut], weights),
        _side(bodies.counts[cut:], leads.counts[cut:], weights),
    )


def _side(counts: Matrix, leads: Matrix, weights: Floats) -> _Side:
    weight = weights[counts.indices]
    weighted = with_data(counts, weight)
    damped = with_data(counts, np.log1p(counts.data) * weight)
    in_lead = with_data(leads, np.ones_like(leads.data))
    return _Side(
        counts=counts,
        present=with_data(counts, np.ones_like(counts.data)),
        weighted=weighted,
        even=unit_rows(damped),
        loud=unit_rows(with_data(counts, counts.data * weight)),
        lead=in_lead.multiply(damped).tocsr(),
        mass=row_sums(weighted),
    )


def _dots(left: Matrix, first: Ints, right: Matrix, second: Ints) -> Floats:
    """Inner product of row ``first[k]`` of left and row ``second[k]`` of right, for each k."""
    if left.shape[0] * right.shape[0] <= 4 * len(first):
        every: Floats = (left @ right.T).toarray()
        chosen: Floats = every[first, second]
        return chosen
    return row_sums(left[first].multiply(right[second]).tocsr())


def _saturated(mass: Floats) -> Floats:
    return mass / (mass + HALF_SHARED)


def _residual(
    old: _Side, new: _Side, first: Ints, second: Ints, assigned: Floats, shared_mass: Floats
) -> Floats:
    """What a pair shares beyond the best partner; an assigned pair keeps all it shares."""
    pairs = assigned > 0
    left_old = _unexplained(old.weighted, new.present, first[pairs], second[pairs])
    left_new = _unexplained(new.weighted, old.present, second[pairs], first[pairs])
    rest = np.minimum(
        _dots(left_old, first, new.present, second), _dots(left_new, second, old.present, first)
    )
    return _saturated(np.where(pairs, shared_mass, rest))


def _unexplained(items: Matrix, partners: Matrix, item: Ints, partner: Ints) -> Matrix:
    link = sparse.csr_array(
        (np.ones(len(item)), (item, partner)), shape=(items.shape[0], partners.shape[0])
    )
    covered = items.multiply((link @ partners) > 0)
    rest = (items - covered).tocsr()
    rest.eliminate_zeros()
    return rest


def _preference(first: Ints, second: Ints, similarity: Floats, shape: tuple[int, int]) -> Floats:
    best_old, best_new = np.zeros(shape[0]), np.zeros(shape[1])
    np.maximum.at(best_old, first, similarity)
    np.maximum.at(best_new, second, similarity)
    lesser_best = np.minimum(best_old[first], best_new[second])
    preference: Floats = similarity / np.maximum(lesser_best, 1e-12)
    return preference


def _missing(side: _Side, item: Ints, other: _Side, partner: Ints) -> Floats:
    """The weightiest part of each item's lead that its partner never mentions, 0 to 1.

    Weight is rarity times repetition in the body, relative to the weightiest part of the lead: the
    object of an item is what its lead names and its body keeps naming.
    """
    sizes = np.diff(side.lead.indptr)[item]
    starts = np.repeat(side.lead.indptr[item] - np.cumsum(sizes) + sizes, sizes)
    at = starts + np.arange(sizes.sum())
    pair = np.repeat(np.arange(len(item)), sizes)
    held = np.repeat(np.arange(other.present.shape[0]), np.diff(other.present.indptr))
    width = side.lead.shape[1]
    mentioned = held * width + other.present.indices
    asked = partner[pair] * width + side.lead.indices[at]
    place = np.minimum(np.searchsorted(mentioned, asked), len(mentioned) - 1)
    absent = mentioned[place] != asked if len(mentioned) else np.ones(len(asked), dtype=bool)
    heaviest, missing = np.zeros(len(item)), np.zeros(len(item))
    np.maximum.at(heaviest, pair, side.lead.data[at])
    np.maximum.at(missing, pair[absent], side.lead.data[at][absent])
    return missing / np.maximum(heaviest, 1e-12)


def _agencies_differ(
    old: Sequence[Sequence[str]] | None,
    new: Sequence[Sequence[str]] | None,
    first: Ints,
    second: Ints,
) -> Floats:
    if old is None or new is None:
        return np.zeros(len(first))
    names = sorted({name for item in [*old, *new] for name in item})
    column = {name: position for position, name in enumerate(names)}
    rows = [[column[name] for name in sorted(set(item))] for item in [*old, *new]]
    sizes = np.array([len(row) for row in rows], dtype=np.int64)
    indices = np.array([each for row in rows for each in row], dtype=np.int64)
    indptr = np.concatenate([[0], np.cumsum(sizes)])
    held = sparse.csr_array((np.ones(len(indices)), indices, indptr), shape=(len(rows), len(names)))
    if not len(names):
        return np.zeros(len(first))
    weighted = unit_rows(with_data(held, 0.3 + rarity(held)[held.indices]))
    alike = _dots(weighted[: len(old)], first, weighted[len(old) :], second)
    both = (sizes[: len(old)][first] > 0) & (sizes[len(old) :][second] > 0)
    return np.where(both, 1 - alike, 0.0)
