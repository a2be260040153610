"""Words that the dictionary does not know, found from the texts themselves.

A run of neighbouring tokens is a word, or a fixed phrase, of its own where its parts attract each
other (normalised pointwise mutual information, Bouma 2009) and its neighbours vary freely on both
sides (branching entropy, Jin & Tanaka-Ishii 2006).

References
----------
Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction.
*Proceedings of GSCL*, 31-40.

Jin, Z. & Tanaka-Ishii, K. (2006). Unsupervised segmentation of Chinese text by use of branching
entropy. *Proceedings of COLING/ACL*, 428-435.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from planddiff.segment import in_dictionary, is_function_word

LONGEST = 4
MOST_CHARACTERS = 8

Run = tuple[str, ...]

_WORD = re.compile(r"(?=.*[^\W\d_])\w+")
_FIGURE = re.compile(r"\d+(?![0-9A-Za-z])|第")


def is_term(token: str) -> bool:
    """Whether a token may be a term or a part of one: a word, not a figure or a function word."""
    return bool(_WORD.fullmatch(token)) and not _FIGURE.match(token) and not is_function_word(token)


def runs(tokens: Sequence[str]) -> Iterator[tuple[Run, str, str]]:
    """Yield each run of up to ``LONGEST`` terms, with its left and its right neighbour.

    Examples
    --------
    >>> [run for run, _, _ in runs(["低空", "经济", "和", "物流"])]
    [('低空',), ('低空', '经济'), ('经济',), ('物流',)]
    """
    padded = ["", *tokens, ""]
    usable = [is_term(token) for token in padded]
    for start in range(1, len(padded) - 1):
        for end in range(start + 1, min(start + LONGEST, len(padded) - 1) + 1):
            if not usable[end - 1]:
                break
            yield tuple(padded[start:end]), padded[start - 1], padded[end]


def find_new_words(
    texts: Iterable[Sequence[str]],
    *,
    min_count: int = 5,
    min_cohesion: float = 0.5,
    min_freedom: float = 1.0,
) -> dict[Run, str]:
    """Find runs of tokens that make up a word the dictionary does not know.

    Parameters
    ----------
    texts : iterable of list of str
        Tokens of each text, see :func:`planddiff.segment.tokens`.
    min_count : int
        Fewest occurrences in all texts together.
    min_cohesion : float
        Least normalised mutual information, from -1 to 1, at the weakest cut through the run.
    min_freedom : float
        Least entropy, in bits, of the left and of the right neighbour; two neighbours that are
        equally frequent make 1 bit. An edge of a text is a neighbour like no other.

    Returns
    -------
    dict
        From the run of tokens to the word of 2 to 8 characters; falling by count, then by run.

    Examples
    --------
    >>> texts = [["发展", "低空", "经济", "。"], ["低空", "经济", "提速"], ["做强", "低空", "经济"]]
    >>> find_new_words(texts, min_count=3)
    {('低空', '经济'): '低空经济'}
    """
    texts = list(texts)
    total = sum(map(len, texts))
    counts = Counter(run for tokens in texts for run, _, _ in runs(tokens))

    def cohesion(run: Run) -> float:
        return min(
            math.log(counts[run] * total / (counts[run[:cut]] * counts[run[cut:]]))
            / math.log(total / counts[run])
            for cut in range(1, len(run))
        )

    candidates = {
        run
        for run, count in counts.items()
        if count >= min_count
        and len(run) > 1
        and 2 <= sum(map(len, run)) <= MOST_CHARACTERS
        and not in_dictionary("".join(run))
        and cohesion(run) >= min_cohesion
    }
    left: defaultdict[Run, Counter[str]] = defaultdict(Counter)
    right: defaultdict[Run, Counter[str]] = defaultdict(Counter)
    for tokens in texts:
        for run, before, after in runs(tokens):
            if run in candidates:
                left[run][before] += 1
                right[run][after] += 1
    found = [run for run in candidates if min(_bits(left[run]), _bits(right[run])) >= min_freedom]
    found.sort(key=lambda run: (-counts[run], run))
    return {run: "".join(run) for run in found}


def _bits(neighbours: Counter[str]) -> float:
    total = sum(neighbours.values())
    edges = neighbours[""]
    shares = [n / total * math.log2(total / n) for word, n in neighbours.items() if word]
    # fsum, because a sum that depends on the order of the texts could cross the threshold.
    return math.fsum([*shares, edges / total * math.log2(total)])
