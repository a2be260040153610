"""Terms that rise or fall between years, issuers or any other groups of items.

The score is the log-odds ratio of a term in two groups with an informative Dirichlet prior, over
its standard error (Monroe, Colaresi & Quinn 2008, equations 15, 16, 20 and 22). The prior shrinks
rare terms, which a ratio of shares would put on top.

References
----------
Monroe, B. L., Colaresi, M. P. & Quinn, K. M. (2008). Fightin' words: Lexical feature selection and
evaluation for identifying the content of political conflict. *Political Analysis*, 16(4), 372-403.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planddiff.errors import InvalidInputError
from planddiff.new_words import Run, find_new_words, is_term, runs
from planddiff.segment import Cut, tokens

Array = NDArray[np.float64]

EMERGING_COLUMNS = [
    "old",
    "new",
    "term",
    "old_count",
    "new_count",
    "old_items",
    "new_items",
    "log_odds",
    "z",
    "new_word",
]


def emerging(
    items: pd.DataFrame,
    by: str = "year",
    *,
    text: str = "core",
    against: str = "previous",
    prior: float = 500.0,
    min_count: int = 5,
    new_words: bool = True,
    segmenter: str | Cut | None = None,
) -> pd.DataFrame:
    """Rank the terms that rise or fall from one group of items to another.

    Parameters
    ----------
    items : DataFrame
        One row per item, with the columns `by` and `text`.
    by : str
        Column that groups the items: ``"year"``, ``"issuer"`` ...
    text : str
        Column to read; ``"core"`` of ``plan.items`` leaves out agencies, which would otherwise
        rank high at every reform.
    against : {'previous', 'rest'}
        Compare each group with the one before it in sorted order, or with all others together.
    prior : float
        Weight of the prior in terms: as if so many had been seen in each group, shared out as in
        all groups together. Larger values ask for more evidence.
    min_count : int
        Fewest occurrences of a term in the two groups together, and of a new word in all items.
    new_words : bool
        Also count words the dictionary does not know, see
        :func:`planddiff.new_words.find_new_words`.
    segmenter : {'jieba', 'rjieba'} or callable, optional
        See :func:`planddiff.segment.tokens`.

    Returns
    -------
    DataFrame
        One row per pair of groups and term of two characters or more: ``old`` (``"rest"`` where all
        others are meant), ``new``, ``term``, ``old_count``, ``new_count`` (occurrences),
        ``old_items``, ``new_items`` (items with the term), ``log_odds`` and ``z`` (positive where
        the term rises; beyond 1.96 it is unlikely to be chance, though many terms are tested),
        ``new_word``. In order of the groups, falling ``z``, and ``term``.

    Raises
    ------
    InvalidInputError
        For a missing column, fewer than two groups, or a parameter out of range.

    Examples
    --------
    >>> items = pd.DataFrame({
    ...     "year": [2016] * 3 + [2017] * 3,
    ...     "core": ["发展信息经济。"] * 3 + ["发展数字经济,推广企业上云。"] * 3,
    ... })
    >>> emerging(items, min_count=3)[["term", "old_count", "new_count"]].head(2)
           term  old_count  new_count
    0      企业上云          0          3
    1        推广          0          3
    """
    for column in (by, text):
        if column not in items.columns:
            raise InvalidInputError(f"items has no column {column!r} among {list(items.columns)}")
    if against not in ("previous", "rest"):
        raise InvalidInputError(f"against={against!r}: use 'previous' or 'rest'")
    if not prior > 0 or min_count < 1:
        raise InvalidInputError(f"prior={prior}, min_count={min_count}: give positive numbers")
    rows = items.loc[items[by].notna() & items[text].notna(), [by, text]]
    cut = [tokens(body, segmenter) for body in rows[text]]
    found = find_new_words(cut, min_count=min_count) if new_words else {}
    counted = pd.DataFrame(
        [
            (group, term, count)
            for group, piece in zip(rows[by], cut, strict=True)
            for term, count in _terms(piece, found).items()
        ],
        columns=["group", "term", "count"],
    ).groupby(["group", "term"])["count"]
    occurrences = counted.sum().unstack("term", fill_value=0)
    holders = counted.size().unstack("term", fill_value=0)
    groups = list(occurrences.index)
    if len(groups) < 2:
        raise InvalidInputError(f"items[{by!r}]: one group of text {groups}: give two or more")
    if against == "previous":
        pairs = [(old, [old], new) for old, new in pairwise(groups)]
    else:
        pairs = [("rest", [other for other in groups if other != new], new) for new in groups]
    expected = (prior * occurrences.sum() / occurrences.to_numpy().sum()).to_numpy()
    tables = []
    for label, old, new in pairs:
        before, after = occurrences.loc[old].sum().to_numpy(), occurrences.loc[new].to_numpy()
        log_odds, z = _log_odds(before, after, expected)
        table = pd.DataFrame(
            {
                "old": label,
                "new": new,
                "term": occurrences.columns.to_numpy(),
                "old_count": before,
                "new_count": after,
                "old_items": holders.loc[old].sum().to_numpy(),
                "new_items": holders.loc[new].to_numpy(),
                "log_odds": log_odds,
                "z": z,
                "new_word": occurrences.columns.isin(list(found.values())),
            }
        )
        enough = table["old_count"] + table["new_count"] >= min_count
        tables.append(table[enough].sort_values(["z", "term"], ascending=[False, True]))
    return pd.concat(tables, ignore_index=True)[EMERGING_COLUMNS]


def _terms(piece: Sequence[str], found: dict[Run, str]) -> Counter[str]:
    """Occurrences of each term of two characters or more in one text."""
    words = [token for token in piece if len(token) > 1 and is_term(token)]
    joined = [found[run] for run, _, _ in runs(piece) if run in found] if found else []
    return Counter(words + joined)


def _log_odds(old: Array, new: Array, expected: Array) -> tuple[Array, Array]:
    """Log-odds ratio of each term and its z-score; ``expected`` are the counts of the prior."""
    total = expected.sum()
    old_odds = (old + expected) / (old.sum() + total - old - expected)
    new_odds = (new + expected) / (new.sum() + total - new - expected)
    difference = np.log(new_odds / old_odds)
    return difference, difference / np.sqrt(1 / (old + expected) + 1 / (new + expected))
