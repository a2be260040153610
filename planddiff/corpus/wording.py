"""Texts as the stretches of four letters they hold: the wording that one text can take over.

Pairs of characters, by which the items of one issuer are weighed, say that two items are about the
same thing. Whether one took its words from another shows in longer stretches: four Chinese
characters are two words in one order, which different hands seldom write by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from planddiff.evidence.bigrams import Ints, Matrix

LENGTH = 4
Keys = NDArray[np.uint64]


@dataclass(frozen=True)
class Wording:
    """What texts hold: ``held`` (n_texts, n_keys) is 1 where a text has a stretch, else 0."""

    held: Matrix
    keys: Keys


def stretches(texts: Sequence[str]) -> tuple[Ints, Keys, Ints, Ints]:
    """Every stretch of ``LENGTH`` Han characters or Latin letters, case folded.

    Punctuation, spaces and figures are passed over: a target that rose and another way to set
    commas are no other wording.

    Returns
    -------
    rows, keys, starts, ends : array
        The text each stretch stands in, a number that is the same for the same letters, and its
        span in that text.

    Examples
    --------
    >>> rows, keys, starts, ends = stretches(["建设,园区", "建设园区"])
    >>> rows.tolist(), bool(keys[0] == keys[1]), starts.tolist(), ends.tolist()
    ([0, 1], True, [0, 0], [5, 4])
    """
    joined = "\0".join(text.replace("\0", " ") for text in texts)
    codes = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    capital = (codes >= ord("A")) & (codes <= ord("Z"))
    codes[capital] += np.uint64(ord("a") - ord("A"))
    han = ((codes >= 0x3400) & (codes <= 0x9FFF)) | ((codes >= 0x20000) & (codes <= 0x3FFFF))
    at = np.flatnonzero(han | ((codes >= ord("a")) & (codes <= ord("z"))))
    breaks = np.flatnonzero(codes == 0)
    row = np.searchsorted(breaks, at).astype(np.int64)
    last = len(at) - LENGTH + 1
    if last <= 0:
        none = np.zeros(0, dtype=np.int64)
        return none, none.astype(np.uint64), none, none
    keys = np.zeros(last, dtype=np.uint64)
    for place in range(LENGTH):
        keys = (keys << np.uint64(16)) | (codes[at[place : place + last]] & np.uint64(0xFFFF))
    whole = row[:last] == row[LENGTH - 1 :]
    opens = np.concatenate([[0], breaks + 1])[row[:last]]
    starts, ends = at[:last] - opens, at[LENGTH - 1 :] - opens + 1
    return row[:last][whole], keys[whole], starts[whole], ends[whole]


def wording_of(texts: Sequence[str], keys: Keys | None = None) -> Wording:
    """Which stretches each text holds.

    Parameters
    ----------
    texts : sequence of str
    keys : array, sorted, optional
        The stretches to look for; all that occur, where not given.
    """
    rows, found, _, _ = stretches(texts)
    if keys is None:
        keys, columns = np.unique(found, return_inverse=True)
    else:
        columns, known = places_in(keys, found)
        rows, columns = rows[known], columns[known]
    held = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(texts), len(keys)))
    held.sum_duplicates()
    held.data[:] = 1.0
    return Wording(held, keys)


def places_in(keys: Keys, found: Keys) -> tuple[Ints, NDArray[np.bool_]]:
    """Place of each of ``found`` among sorted ``keys``, and whether it is there at all."""
    places = np.searchsorted(keys, found)
    known = places < len(keys)
    known[known] = keys[places[known]] == found[known]
    return places, known
