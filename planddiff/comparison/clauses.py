"""Clauses of two items side by side: which part of the one is carried into the other."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planddiff.evidence.bigrams import bigrams, row_sums, with_data

CARRIED = 0.5
"""A clause is carried over when at least half of its character pairs stand in one of the other."""

_CLAUSE = re.compile(r"[^,;。!?:\n]+")
_SHORTEST = 4


@dataclass(frozen=True)
class Clause:
    """A clause at ``text[start:end]``."""

    start: int
    end: int
    text: str


def split_clauses(text: str) -> list[Clause]:
    """Clauses between commas, semicolons and full stops; scraps join the clause before.

    Examples
    --------
    >>> [clause.text for clause in split_clauses("推进智慧物流建设。支持港口扩能,等,完善标准。")]
    ['推进智慧物流建设', '支持港口扩能,等', '完善标准']
    """
    found: list[Clause] = []
    for match in _CLAUSE.finditer(text):
        if len(match.group().strip()) < _SHORTEST and found:
            start = found.pop().start
            found.append(Clause(start, match.end(), text[start : match.end()]))
        elif match.group().strip():
            found.append(Clause(match.start(), match.end(), match.group()))
    return found


def align_clauses(old: str, new: str) -> pd.DataFrame:
    """Pair every clause of each text with the clause of the other that holds most of it.

    Returns
    -------
    DataFrame
        ``old``, ``new`` (clause texts, empty where nothing answers), ``similarity`` (share of the
        shorter clause's character pairs that both have, 0 to 1), ``old_start``, ``old_end``,
        ``new_start``, ``new_end`` (offsets, -1 where empty); in the order of the old text, then
        what is new.
    """
    left, right = split_clauses(old), split_clauses(new)
    shared = _shared(left, right)
    rows: list[tuple[Clause | None, Clause | None, float]] = []
    answered = np.zeros(len(right), dtype=bool)
    for i, clause in enumerate(left):
        j = int(shared[i].argmax()) if len(right) else -1
        if j >= 0 and shared[i, j] >= CARRIED:
            answered[j] = True
            rows.append((clause, right[j], float(shared[i, j])))
        else:
            rows.append((clause, None, 0.0))
    for j, clause in enumerate(right):
        if answered[j]:
            continue
        i = int(shared[:, j].argmax()) if left else -1
        if i >= 0 and shared[i, j] >= CARRIED:
            rows.append((left[i], clause, float(shared[i, j])))
        else:
            rows.append((None, clause, 0.0))
    table = [
        {
            "old": a.text if a else "",
            "new": b.text if b else "",
            "similarity": value,
            "old_start": a.start if a else -1,
            "old_end": a.end if a else -1,
            "new_start": b.start if b else -1,
            "new_end": b.end if b else -1,
        }
        for a, b, value in rows
    ]
    columns = ["old", "new", "similarity", "old_start", "old_end", "new_start", "new_end"]
    return pd.DataFrame(table, columns=columns)


def _shared(left: list[Clause], right: list[Clause]) -> np.ndarray:
    if not left or not right:
        return np.zeros((len(left), len(right)))
    counts = bigrams([clause.text for clause in [*left, *right]]).counts
    present = with_data(counts, np.ones_like(counts.data))
    sizes = row_sums(present)
    common = (present[: len(left)] @ present[len(left) :].T).toarray()
    shorter = np.minimum.outer(sizes[: len(left)], sizes[len(left) :])
    result: np.ndarray = common / np.maximum(shorter, 1)
    return result
