"""What became of the targets of an item: raised, lowered, restated, removed, new.

Targets of two linked items are paired by what they count, never by the figure: 20个创业基地 is no
raise of 18个示范区. A pair in the same unit is compared by value; a pair about the same thing in
another unit or on another base (a count that became a share, a yearly addition that became a
total) is restated, since its figures cannot be compared.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz.distance import Indel
from scipy.optimize import linear_sum_assignment

from planddiff.errors import InvalidInputError
from planddiff.fields.target_lexicon import target_lexicon
from planddiff.fields.targets import TargetMention

CHANGES = ("raised", "lowered", "restated", "removed", "new", "none")
"""What `target_change` may say, in order of precedence."""

COLUMNS = [
    "old_position",
    "new_position",
    "old_target",
    "new_target",
    "old_object",
    "new_object",
    "old_value",
    "new_value",
    "old_unit",
    "new_unit",
    "similarity",
    "change",
]

_NEEDED = ("start", "end", "as_written", "value", "unit", "comparator", "base", "object")
# Least likeness of two objects. Where each item has one target left, the link itself says that
# they may be the same commitment, so less is asked of their words; two absolute figures in
# different units (场次 and 家) are mostly two commitments, so more is asked.
_ENOUGH, _ENOUGH_ALONE, _ENOUGH_OTHER_UNIT = 0.42, 0.3, 0.8
_SHORTEST = 4
_RATE = re.compile(r"(?:[^\W\d_]{2}率|占比|比例|占[^占]*比重)$")
_ROUNDING = 1e-9


class _Words(NamedTuple):
    text: str
    pairs: frozenset[str]


@dataclass(frozen=True)
class Target:
    """One target of an item, as far as a comparison reads it; ``position`` is its row."""

    position: int
    as_written: str
    value: float
    unit: str
    comparator: str
    base: str
    object: str
    flow: str
    reported: bool
    clause: str

    @cached_property
    def readings(self) -> tuple[_Words, ...]:
        """The wordings of the object."""
        return _readings(self.object)

    @cached_property
    def around(self) -> _Words:
        """The words of the clause."""
        return _words(_plain(self.clause))


def compare_targets(
    old: pd.DataFrame | Sequence[TargetMention],
    new: pd.DataFrame | Sequence[TargetMention],
    *,
    old_spans: Iterable[tuple[int, int]] | None = None,
    new_spans: Iterable[tuple[int, int]] | None = None,
) -> pd.DataFrame:
    """Targets of two linked items, paired by object, with the kind of change.

    Parameters
    ----------
    old, new : DataFrame or sequence of TargetMention
        Rows of ``plan.targets`` of one item each (columns `start`, `end`, `as_written`, `value`,
        `unit`, `comparator`, `base`, `object`; `upper`, `flow`, `reported` if known).
    old_spans, new_spans : iterable of (int, int), optional
        Parts of the items that carry the shared content, in the same offsets as the targets.
        Targets outside are not looked at: in a split or merged link they belong to another link.

    Returns
    -------
    DataFrame
        One row per pair and per target without a partner, in text order, with the columns
        `COLUMNS`. `change` is ``raised``, ``lowered``, ``unchanged``, ``restated``, ``removed``,
        ``new`` or ``not_comparable`` (one side is told as achieved, or a floor became a ceiling).
        A limit (不超过) is raised when its figure falls: it demands more. A position is the place
        in the input, missing where there is no partner.

    Raises
    ------
    InvalidInputError
        If a table lacks a column.

    Examples
    --------
    >>> from planddiff.fields.targets import find_targets
    >>> table = compare_targets(
    ...     find_targets("建设18个示范区、4个创业基地。"), find_targets("建设20个创业基地。")
    ... )
    >>> table[["old_value", "new_value", "change"]].values.tolist()
    [[18.0, nan, 'removed'], [4.0, 20.0, 'raised']]
    """
    olds, news = _targets(old, old_spans, "old"), _targets(new, new_spans, "new")
    rows = [_row(*each) for each in matched_targets(olds, news)]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype({"old_position": "Int64", "new_position": "Int64"})


def matched_targets(
    olds: Sequence[Target], news: Sequence[Target]
) -> list[tuple[Target | None, Target | None, float]]:
    """Old and new targets with the likeness of each pair, and those without a partner."""
    pairs = pair_targets(olds, news)
    partner = {i: (news[j], likeness) for i, j, likeness in pairs}
    taken = {j for _, j, _ in pairs}
    return [
        *((target, *partner.get(i, (None, np.nan))) for i, target in enumerate(olds)),
        *((None, target, np.nan) for j, target in enumerate(news) if j not in taken),
    ]


def target_change(
    old: pd.DataFrame | Sequence[TargetMention],
    new: pd.DataFrame | Sequence[TargetMention],
    *,
    old_spans: Iterable[tuple[int, int]] | None = None,
    new_spans: Iterable[tuple[int, int]] | None = None,
) -> str:
    """One word for what became of the targets of a link.

    Parameters
    ----------
    old, new, old_spans, new_spans
        As for `compare_targets`.

    Returns
    -------
    str
        The first of `CHANGES` that occurs among the targets: ``raised`` if any is raised, else
        ``lowered``, ``restated``, ``removed``, ``new``, and ``none``.

    Examples
    --------
    >>> from planddiff.fields.targets import find_targets
    >>> target_change(find_targets("普及率达到90%。"), find_targets("普及率达到95%。"))
    'raised'
    """
    return summed_up(_targets(old, old_spans, "old"), _targets(new, new_spans, "new"))


def summed_up(olds: Sequence[Target], news: Sequence[Target]) -> str:
    """One word for what became of targets already read."""
    pairs = pair_targets(olds, news)
    found = {change_of(olds[i], news[j]) for i, j, _ in pairs}
    if len(pairs) < len(olds):
        found.add("removed")
    if len(pairs) < len(news):
        found.add("new")
    return next((change for change in CHANGES if change in found), "none")


def _targets(
    given: pd.DataFrame | Sequence[TargetMention],
    spans: Iterable[tuple[int, int]] | None,
    side: str,
) -> list[Target]:
    table = given if isinstance(given, pd.DataFrame) else pd.DataFrame(given)
    if table.empty:
        return []
    require_columns(table, f"the {side} targets")
    return read_targets(table.to_dict("records"), spans)


def read_targets(
    rows: Iterable[Mapping[Hashable, Any]], spans: Iterable[tuple[int, int]] | None = None
) -> list[Target]:
    """Targets of one item, in the order of the text, from rows that have the columns needed."""
    within = None if spans is None else list(spans)
    targets = []
    for position, row in enumerate(rows):
        start, end = int(row["start"]), int(row["end"])
        if within is not None and not any(a < end and start < b for a, b in within):
            continue
        upper = row.get("upper")
        value = float(row["value"])
        target = Target(
            position=position,
            as_written=str(row["as_written"]),
            value=value if upper is None or pd.isna(upper) else (value + upper) / 2,
            unit=str(row["unit"]),
            comparator=str(row["comparator"]),
            base=str(row["base"]),
            object=str(row["object"]),
            flow=str(row.get("flow") or ""),
            reported=bool(row.get("reported")),
            clause=str(row.get("clause") or row["as_written"]),
        )
        targets.append((start, target))
    return [target for _, target in sorted(targets, key=lambda pair: pair[0])]


def require_columns(table: pd.DataFrame, name: str) -> None:
    """Raise `InvalidInputError` where a table of targets lacks a column that is compared."""
    missing = [column for column in _NEEDED if column not in table.columns]
    if missing:
        raise InvalidInputError(
            f"{name} lack the column {missing[0]!r}; "
            "give rows of plan.targets or the result of find_targets."
        )


def pair_targets(olds: Sequence[Target], news: Sequence[Target]) -> list[tuple[int, int, float]]:
    """Best assignment of old to new targets whose objects are alike enough."""
    if not olds or not news:
        return []
    likeness = [[_likeness(a, b) for b in news] for a in olds]
    worth = [
        [_worth(olds[i], news[j], x) for j, x in enumerate(row)] for i, row in enumerate(likeness)
    ]
    chosen = zip(*linear_sum_assignment(worth, maximize=True), strict=True)
    pairs = [(int(i), int(j), likeness[i][j]) for i, j in chosen if worth[i][j]]
    old_left = sorted(set(range(len(olds))) - {i for i, _, _ in pairs})
    new_left = sorted(set(range(len(news))) - {j for _, j, _ in pairs})
    if len(old_left) == len(new_left) == 1:
        i, j = old_left[0], new_left[0]
        if likeness[i][j] >= _ENOUGH_ALONE and not _in_other_unit(olds[i], news[j]):
            pairs.append((i, j, likeness[i][j]))
    return sorted(pairs)


def _worth(old: Target, new: Target, likeness: float) -> float:
    """What a pair is worth to the assignment, 0 where the objects are not alike enough.

    A partner that can be compared is taken before one that is as much alike but in another unit,
    or a change where this one is a level.
    """
    if likeness < (_ENOUGH_OTHER_UNIT if _in_other_unit(old, new) else _ENOUGH):
        return 0.0
    return likeness + 0.25 * _comparable(old, new)


def _in_other_unit(old: Target, new: Target) -> bool:
    return old.base == new.base and not _same_measure(old, new)


def _comparable(old: Target, new: Target) -> bool:
    return _same_measure(old, new) and _same_flow(old.flow, new.flow)


def _same_measure(old: Target, new: Target) -> bool:
    kinds = target_lexicon().kinds
    both_counts = kinds.get(old.unit, "count") == kinds.get(new.unit, "count") == "count"
    return old.base == new.base and (old.unit == new.unit or both_counts)


def _likeness(old: Target, new: Target) -> float:
    """Likeness of what two figures count, 0..1, by the object or by the clause around it."""
    counted = max((_alike(a, b) for a in old.readings for b in new.readings), default=0.0)
    return max(counted, (counted + _shared(old.around, new.around)) / 2)


def _alike(first: _Words, second: _Words) -> float:
    order = Indel.normalized_similarity(first.text, second.text)
    head = Indel.normalized_similarity(first.text[-4:], second.text[-4:])
    return float(0.3 * order + 0.5 * _shared(first, second) + 0.2 * head)


def _readings(counted: str) -> tuple[_Words, ...]:
    """The object whole, without what it does (企业开展贯标), and what a rate is of (监测覆盖率)."""
    action = target_lexicon().predicate.search(counted, 2)
    short = counted[: action.start()] if action else counted
    of_rate = _RATE.sub("", counted)
    wordings = map(_plain, dict.fromkeys((counted, short, of_rate)))
    return tuple(_words(text) for text in dict.fromkeys(wordings) if text)


def _plain(words: str) -> str:
    return "".join(filter(str.isalpha, words))


def _words(text: str) -> _Words:
    return _Words(text, frozenset(map(add, text, text[1:])) or frozenset([text]))


def _shared(first: _Words, second: _Words) -> float:
    """Share of the two-character words of the shorter text that the longer has too."""
    shorter = min(len(first.pairs), len(second.pairs))
    return len(first.pairs & second.pairs) / max(_SHORTEST, shorter)


def change_of(old: Target | None, new: Target | None) -> str:
    """What became of a target, as `compare_targets` has it."""
    if old is None or new is None:
        return "removed" if old else "new"
    if not _comparable(old, new):
        return "restated"
    if old.reported != new.reported or {old.comparator, new.comparator} == {">=", "<="}:
        return "not_comparable"
    if abs(old.value - new.value) <= _ROUNDING * max(abs(old.value), abs(new.value)):
        return "unchanged"
    demands_less = "<=" in (old.comparator, new.comparator)
    return "raised" if (new.value > old.value) != demands_less else "lowered"


def _same_flow(old: str, new: str) -> bool:
    """Whether both figures are levels or changes in one direction: 450元 and 再增加40元 are not."""
    changing = {"increase", "decrease"}
    return old == new or not (changing & {old, new} or {old, new} == {"flow", "stock"})


def _row(old: Target | None, new: Target | None, likeness: float) -> dict[str, object]:
    row: dict[str, object] = {"similarity": likeness, "change": change_of(old, new)}
    for side, target in (("old", old), ("new", new)):
        row[f"{side}_position"] = target.position if target else None
        row[f"{side}_target"] = target.as_written if target else None
        row[f"{side}_object"] = target.object if target else None
        row[f"{side}_value"] = target.value if target else np.nan
        row[f"{side}_unit"] = target.unit if target else None
    return row
