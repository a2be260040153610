"""Themes of an item: every hit of a lexicon with its span, and what part the hit plays.

A plan that builds a data centre and one that merely uses big data both say 大数据. Coders of policy
agendas count the first only, so each mention carries a role, read from the grammar of its clause:

``object``
    the theme, or a thing of it, is what an action is about;
``means``
    it is only the instrument, basis or occasion (利用云计算、大数据等技术);
``listed``
    one of four or more listed things, unless half of them or more belong to the theme;
``topic``
    what an exhibition, training or contest is about, below the lead sentence.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from planddiff.errors import InvalidInputError
from planddiff.fields.theme_lexicon import ThemeLexicon

LISTED_FROM = 4
_NEAR = 12
_REACH = 400
"""How far, in characters, a clause reaches from a hit: longer stretches are no clause, and a text
without a mark is read in linear time."""

_BODY = re.compile(
    r"(?:发展|应用|产业)?(?:管理|服务)?"
    r"(?:局|厅|委员会|委|办公室|办|集团|有限公司|公司|(?:工作)?(?:行政)?(?:主管|管理)部门)"
    r"(?=[、,，。;；:：()（）】〕\]和与及等牵负配会\s]|$)"
)
_CLAUSE_END = re.compile(r"[,，。;；:：!！?？\n]")
# 通过 may open an action of its own (通过…建设) or mean to pass (通过…认定).
_OWN_END = re.compile(
    r"[^,，、]{0,6}(?:建设|试点|示范|改造)|[^,，]{0,14}(?:认定|认证|验收|评审|评估)"
)
_LAST_TWO = re.compile(r"^[^的等]{1,8}?(?:以及|和|与|及)")
_TAKEN_AS = re.compile(
    r"^[^,，]{0,10}?(?:为(?!重点|核心|主[^题]|突破|抓手|方向)|支撑|引领|带动|牵引)"
)
_FIGURE_BEFORE = re.compile(r"\d[^、]*$")
_FIGURE_AFTER = re.compile(r"[^、等]*\d")
_LIST_CLOSES = re.compile(r"的|[两三四五六七八九十\d]+[级类大个项方]")
_LIST_OPENS = re.compile(r"[在对从为等]|包括")
_LEAD_END = re.compile(r"[。\n]|$")


@dataclass(frozen=True)
class ThemeMention:
    """One hit of the theme lexicon: ``text[start:end] == as_written``.

    ``term`` is the row of the lexicon that fits; ``role`` is object, means, listed or topic.
    """

    start: int
    end: int
    as_written: str
    theme: str
    term: str
    role: str


@cache
def _cues(role: str) -> re.Pattern[str]:
    table = (files("planddiff") / "data" / "theme_cues.csv").read_text(encoding="utf-8")
    words = [row["cue"] for row in csv.DictReader(table.splitlines()) if row["role"] == role]
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


def _clause(ends: list[int], start: int, end: int) -> tuple[int, int]:
    """Span of the clause around a hit, cut at ``_REACH``; ``ends`` are the marks of the text."""
    place = bisect_right(ends, start - 1)
    low = ends[place - 1] + 1 if place else 0
    following = bisect_left(ends, end)
    high = ends[following] if following < len(ends) else end + _REACH
    return max(low, start - _REACH), min(high, end + _REACH)


def _is_means(before: str, after: str) -> bool:
    """Whether a verb of using governs the hit: no new object or 的 in between."""
    for cue in _cues("means").finditer(before):
        between = before[cue.end() :]
        used = not between.startswith("、") and "的" not in between
        own_end = cue[0] == "通过" and _OWN_END.match(after)
        if used and not own_end and not _cues("action").search(between):
            return True
    taken = before.rfind("以")
    return (
        taken >= 0
        and not _cues("action").search(before[taken:])
        and "的" not in before[taken:]
        and bool(_TAKEN_AS.match(after))
    )


def _is_listed(before: str, hit: str, after: str) -> bool:
    """Whether the hit stands in a list of four or more, not before or behind the list.

    A listed thing with a figure of its own (4家智能工厂) is a commitment, not a mere mention.
    """
    if _FIGURE_BEFORE.search(before) or _FIGURE_AFTER.match(after):
        return False
    members = (before + hit + after).split("、")
    if len(members) < 2 or len(members) + bool(_LAST_TWO.match(members[-1])) < LISTED_FROM:
        return False
    opening = before[before.rfind("、") + 1 :]
    if "等" in opening:
        return False
    if "、" not in after:
        return not (_LIST_CLOSES.search(opening) or _cues("action").search(opening))
    if "、" not in before:
        rest = after[: after.find("、")]
        return not (_LIST_OPENS.search(rest) or _cues("action").search(rest))
    return True


def _prevails(clause: str, offset: int, own: list[int]) -> bool:
    """Whether at least half of the listed members belong to the theme."""
    members = clause.split("、")
    count = 0
    for member in members:
        count += any(offset <= start < offset + len(member) for start in own)
        offset += len(member) + 1
    return count * 2 >= len(members)


def _role(
    text: str,
    start: int,
    end: int,
    ends: list[int],
    own: list[int],
    lead_end: int,
) -> str:
    low, high = _clause(ends, start, end)
    before, hit, after = text[low:start], text[start:end], text[end:high]
    if _is_means(before, after):
        return "means"
    near = own[bisect_left(own, low) : bisect_left(own, high)]
    if _is_listed(before, hit, after) and not _prevails(text[low:high], low, near):
        return "listed"
    shown = _cues("event").search(after[:_NEAR]) or _cues("event_verb").search(before)
    return "topic" if shown and start >= lead_end else "object"


def find_themes(
    text: str,
    lexicon: ThemeLexicon | None = None,
    ignore: Iterable[tuple[int, int]] = (),
) -> list[ThemeMention]:
    """Every mention of a theme in one item.

    A hit is no theme where it touches an exclusion of the lexicon or a span of ``ignore``, or runs
    into the name of a body (大数据 in 省大数据局).

    Parameters
    ----------
    text : str
        Canonical text of one item, its lead sentence first.
    lexicon : ThemeLexicon, optional
        The shipped lexicon by default; see :meth:`ThemeLexicon.from_any`.
    ignore : iterable of (start, end), optional
        Spans to leave out, such as agency clauses.

    Returns
    -------
    list of ThemeMention
        In order of ``start``, then of the themes in the lexicon; ``text[start:end]`` is
        ``as_written``. One stretch may belong to several themes.

    Examples
    --------
    >>> text = "推进智慧旅游建设。利用云计算、大数据等技术整合景区信息。(省大数据局)"
    >>> lexicon = ThemeLexicon.default().select(["智慧城市", "大数据"])
    >>> [(m.theme, m.as_written, m.role) for m in find_themes(text, lexicon)]
    [('智慧城市', '智慧旅游', 'object'), ('大数据', '大数据', 'means')]
    """
    lexicon = lexicon or ThemeLexicon.default()
    barred = list(ignore)
    end_of_lead = _LEAD_END.search(text)
    lead_end = end_of_lead.start() if end_of_lead else len(text)
    hits = [
        (row, start, end)
        for row, start, end in lexicon.hits(text)
        if not any(low < end and start < high for low, high in barred)
        and not _BODY.match(text, end)
    ]
    ends = [mark.start() for mark in _CLAUSE_END.finditer(text)]
    starts: dict[str, list[int]] = {}
    for row, start, _ in sorted(hits, key=lambda hit: hit[1]):
        starts.setdefault(row.theme, []).append(start)
    mentions = [
        ThemeMention(
            start,
            end,
            text[start:end],
            row.theme,
            row.term,
            _role(text, start, end, ends, starts[row.theme], lead_end),
        )
        for row, start, end in hits
    ]
    return sorted(mentions, key=lambda mention: mention.start)


def tag_item(
    text: str,
    section: str = "",
    lexicon: ThemeLexicon | None = None,
    *,
    basis: str = "object",
    ignore: Iterable[tuple[int, int]] = (),
) -> list[str]:
    """Themes of one item, in the order of the lexicon.

    Parameters
    ----------
    text, lexicon, ignore
        As in :func:`find_themes`.
    section : str, optional
        Heading of the section the item stands under. Where it names one thing only, without 和, 与,
        及 or 、, its themes are given to the item too. Empty (the default) tags by text alone.
    basis : {'object', 'mention'}
        ``'object'`` counts a theme that some mention has as object; ``'mention'`` counts any
        mention. The first is what a coder would call the item's themes, the second has higher
        recall and suits the study of a vocabulary.

    Raises
    ------
    InvalidInputError
        For an unknown basis.

    Examples
    --------
    >>> text = "运用大数据技术治理交通。"
    >>> tag_item(text), tag_item(text, basis="mention")
    ([], ['大数据'])
    """
    return themes_of(find_themes(text, lexicon, ignore), section, lexicon, basis=basis)


def themes_of(
    mentions: Iterable[ThemeMention],
    section: str = "",
    lexicon: ThemeLexicon | None = None,
    *,
    basis: str = "object",
) -> list[str]:
    """Themes of an item whose mentions are already found; otherwise as :func:`tag_item`."""
    if basis not in ("object", "mention"):
        raise InvalidInputError(f"basis={basis!r}: use 'object' or 'mention'")
    lexicon = lexicon or ThemeLexicon.default()
    found = {
        mention.theme for mention in mentions if basis == "mention" or mention.role == "object"
    }
    shipped = lexicon is ThemeLexicon.default()
    found |= _shipped_section_themes(section) if shipped else _section_themes(section, lexicon)
    return [theme for theme in lexicon.themes if theme in found]


@lru_cache(maxsize=256)
def _shipped_section_themes(section: str) -> frozenset[str]:
    return _section_themes(section, ThemeLexicon.default())


def _section_themes(section: str, lexicon: ThemeLexicon) -> frozenset[str]:
    """Themes that a section heading gives its items: all of them, if it names one thing only."""
    headed = find_themes(section, lexicon)
    rest = section
    for mention in headed:
        rest = rest.replace(mention.as_written, "")
    several = re.search("[和与及、]", rest)
    return frozenset() if several else frozenset(mention.theme for mention in headed)
