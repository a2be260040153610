"""Texts as weighted character pairs.

A character pair needs no segmentation, so no segmenter's mistake can hide a match, and it costs
next to nothing. On the gold pairs jieba words beside the pairs raised no score by more than its
noise (``benchmarks/fit_weights.py``), so they are not used here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Matrix = Any  # scipy-stubs knows the arithmetic of csr_array only in part
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_BITS = 21  # a code point fits in 21 bits, so a pair of them in 42


@dataclass(frozen=True)
class Bigrams:
    """Counts of character pairs: ``counts`` (n_texts, n_pairs), ``keys`` names the columns."""

    counts: Matrix
    keys: Ints


def _joined(codes: Ints) -> NDArray[np.bool_]:
    """Whether each character and the next one make a pair: letters, or a letter and a figure."""
    han = ((codes >= 0x3400) & (codes <= 0x9FFF)) | ((codes >= 0x20000) & (codes <= 0x3FFFF))
    latin = (codes >= ord("a")) & (codes <= ord("z"))
    figure = (codes >= ord("0")) & (codes <= ord("9"))
    letter = han | latin
    named = (figure[:-1] & latin[1:]) | (latin[:-1] & figure[1:])
    return (letter[:-1] & letter[1:]) | named


def bigrams(texts: Sequence[str], keys: Ints | None = None) -> Bigrams:
    """Count the pairs of adjacent Han characters or Latin letters, case folded, in each text.

    Punctuation and figures separate: a target that rose is not another wording. A figure beside a
    Latin letter is part of a name (4G, IPv6).

    Parameters
    ----------
    texts : sequence of str
    keys : array of int, sorted, optional
        The pairs to count; all that occur, where not given.
    """
    pairs, rows, _ = occurrences(texts)
    if keys is not None:
        known = np.isin(pairs, keys)
        pairs, rows = pairs[known], rows[known]
    order = np.argsort(pairs, kind="stable")
    pairs, rows = pairs[order], rows[order]
    first_of_pair = np.diff(pairs, prepend=-1) != 0
    opens = np.flatnonzero(first_of_pair | (np.diff(rows, prepend=-1) != 0))
    if keys is None:
        keys = pairs[first_of_pair]
    counted = np.diff(opens, append=len(pairs)).astype(np.float64)
    columns = np.append(np.searchsorted(pairs[opens], keys), len(opens))
    counts = sparse.csc_array((counted, rows[opens], columns), shape=(len(texts), len(keys)))
    return Bigrams(counts.tocsr(), keys)


def occurrences(texts: Sequence[str]) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Every pair in every text in reading order.

    Returns
    -------
    (pairs, rows, joined)
        Each pair as one number; the text that it stands in; whether its first character is the
        last one of the pair before it.
    """
    joined = "\0".join(text.replace("\0", " ") for text in texts).lower()
    codes = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    at = np.flatnonzero(_joined(codes))
    pairs = (codes[at] << _BITS) | codes[at + 1]
    return pairs, np.cumsum(codes == 0)[at], np.diff(at, prepend=-2) == 1


def rarity(*plans: Matrix) -> Floats:
    """Weigh each column by how few of the texts of a plan hold it, 0 (all) to 1 (one alone).

    The inverse document frequency of Spärck Jones (1972), scaled so that plans of any size
    compare: what every item of a plan says tells no item from another. The frequency is the mean
    over the plans that hold the column, since what goes on from one plan to the next is no
    commoner for it.
    """
    frequency = np.array([np.bincount(each.indices, minlength=each.shape[1]) for each in plans])
    n_texts = float(np.mean([each.shape[0] for each in plans]))
    holding = np.maximum((frequency > 0).sum(axis=0), 1)
    usual = np.clip(frequency.sum(axis=0) / holding, 1, max(n_texts, 1))
    weights: Floats = np.log((n_texts + 1) / usual) / np.log(n_texts + 1)
    return weights


def with_data(matrix: Matrix, data: Floats) -> Matrix:
    """The same sparsity pattern with other values."""
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def unit_rows(matrix: Matrix) -> Matrix:
    """Rows scaled to Euclidean length 1; empty rows stay empty."""
    return with_data(matrix, scaled(matrix.data, matrix.indptr))


def row_sums(matrix: Matrix) -> Floats:
    """Sum of each row, as a flat array."""
    return summed(matrix.data, matrix.indptr)


def scaled(data: Floats, ends: Ints) -> Floats:
    """Values of rows that lie one after the other, each row scaled to Euclidean length 1."""
    lengths = np.sqrt(summed(data**2, ends))
    result: Floats = data / np.repeat(np.maximum(lengths, 1e-12), np.diff(ends))
    return result


def summed(data: Floats, ends: Ints) -> Floats:
    """Sum of each of the rows that lie one after the other; row i is ``ends[i]:ends[i + 1]``."""
    sums = np.zeros(len(ends) - 1)
    filled = np.diff(ends) > 0
    if filled.any():
        sums[filled] = np.add.reduceat(data, ends[:-1][filled])
    return sums
