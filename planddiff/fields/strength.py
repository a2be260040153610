"""Commitment strength: how far the verb of a task binds, from 探索 to 建成.

The scale is ordinal: 探索 < 研究 < 试点 < 推进 < 实施 < 建成. ``data/strength.csv`` says at which
level a verb stands. In a clause the first verb governs and the later ones are its objects
(推进智慧旅游建设 promises 推进), but 开展…试点 and 开展…研究 promise a trial and a study, and a
result such as 建成 or 全覆盖 counts wherever it stands. Words in quoted names and titles bind
nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from planddiff.fields.target_lexicon import any_of, rows_of

LEVELS = ("探索", "研究", "试点", "推进", "实施", "建成")

_NAMES = re.compile(r"“[^“”\n]{0,30}”|《[^《》\n]*》|[(（](?:责任|牵头|配合)[^()（）\n]*[)）]")
_SENTENCE = re.compile(r"[。;；\n]")
_CLAUSE_END = re.compile(r"[,，。;；:：!！?？\n]")
_TRIAL, _RESULT = 3, 6
_NOUN_AFTER = re.compile(
    r"(?:的|项目|区|点|城市|单位|企业|基地|成果|经验|方案|者|型|性|度|力|率|面|院)"
)


@dataclass(frozen=True, slots=True)
class StrengthMention:
    """One verb of commitment; `level` is one of `LEVELS`, `rank` its place from 1 to 6."""

    start: int
    end: int
    as_written: str
    level: str
    rank: int


@cache
def _lexicon() -> tuple[re.Pattern[str], dict[str, tuple[str, int]]]:
    levels = {r["verb"]: (r["level"], int(r["rank"])) for r in rows_of("strength.csv")}
    return re.compile(any_of(levels)), levels


def find_strength(text: str) -> list[StrengthMention]:
    """Verbs that say how firmly a task is promised.

    Parameters
    ----------
    text : str
        Canonical text of an item.

    Returns
    -------
    list of StrengthMention
        In the order of the text. A word such as 试点 in 试点城市 names a thing and is no verb.

    Examples
    --------
    >>> [(m.as_written, m.rank) for m in find_strength("探索数据交易,建成交易平台。")]
    [('探索', 1), ('建成', 6)]
    """
    pattern, levels = _lexicon()
    bare = _NAMES.sub(lambda m: "\ue000" * len(m[0]), text)
    mentions: list[StrengthMention] = []
    clause: list[StrengthMention] = []
    stop = -1
    for match in pattern.finditer(bare):
        if _NOUN_AFTER.match(bare, match.end()):
            continue
        if match.start() >= stop:
            mentions.extend(_binding(clause, stop))
            boundary = _CLAUSE_END.search(bare, match.end())
            clause, stop = [], boundary.start() if boundary else len(bare)
        level, rank = levels[match[0]]
        clause.append(StrengthMention(*match.span(), match[0], level, rank))
    mentions.extend(_binding(clause, stop))
    return mentions


def _binding(clause: list[StrengthMention], stop: int) -> list[StrengthMention]:
    """The verbs of one clause that promise something, not those that name its object."""
    if not clause:
        return []
    first, *later = clause
    results = [m for m in later if m.rank == _RESULT]
    if later and later[-1].end == stop and later[-1].rank <= _TRIAL < first.rank:
        return [*results, later[-1]]
    return [first, *results]


def item_strength(text: str) -> StrengthMention | None:
    """The strongest commitment of the title of an item (its text up to the first 。).

    Parameters
    ----------
    text : str
        Canonical text of an item.

    Returns
    -------
    StrengthMention or None
        The first of the highest rank. Where the title has no such verb, the whole item is read;
        None where nothing is found.

    Examples
    --------
    >>> item_strength("开展智慧物流试点。建成平台。").level
    '试点'
    """
    stop = _SENTENCE.search(text, len(text) - len(text.lstrip()))
    found = find_strength(text[: stop.start()] if stop else text) or find_strength(text)
    return max(found, key=lambda m: (m.rank, -m.start), default=None)
