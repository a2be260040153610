"""Deadlines: by when, or within which period, something is to be done.

The kinds are told apart by the words: ``by`` (2017年12月底前, 年底前, 6月30日前), ``to``
(到2025年), ``within`` (年内, 上半年, 一季度), ``plan_period`` (“十三五”期间), ``span`` (未来三年,
2019—2021年) and ``standing`` (长期坚持). Only ``by`` is a date that the work must meet, so only
it fills the `deadline` of an item.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from planddiff.fields.numerals import read_number

_YEAR = r"(?:(?P<{0}>(?:19|20)\d{{2}})\s*年|(?P<{0}_word>今年|本年|明年|后年|当年|次年))"
_MONTH = r"(?P<{0}>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月份?"
_QUARTER = r"(?:第?(?P<{0}>[一二三四1-4])\s*季度|(?P<{0}_half>[上下])半年)"
# No expression begins otherwise: most characters are passed over without trying any.
_OPENS = '[到至于在0-9今本明后当次十一二三四五六七八九第上下年“"未接全长持常]'
_DEADLINE = re.compile(
    rf"""(?={_OPENS})(?:
      (?P<by>(?:到|至|于|在)?(?:{_YEAR.format("by_year")}\s*
        (?:{_MONTH.format("by_month")}\s*(?:(?P<by_day>[0-3]?\d)\s*[日号]|(?P<tenday>[上中下]旬))?
          |{_QUARTER.format("by_quarter")})?
        |{_MONTH.format("bare_month")}\s*(?:(?P<bare_day>[0-3]?\d)\s*[日号]|(?P<bare_tenday>[上中下]旬))?
        |{_QUARTER.format("bare_quarter")}|年(?=[底末]))
        (?:[底末]\s*(?:以前|之前|前)?
          |(?:以前|之前|前)(?![后期沿瞻景提述列往来三十\d])))
    | (?P<plan>[“"]?十(?P<plan_number>[一二三四五六])五[”"]?
        (?P<plan_part>期间|时期|末|期末|以来|中期)?)
    | (?P<span>(?P<from>(?:19|20)\d{{2}})\s*年?\s*[-—–－~～至到]{{1,2}}\s*
        (?P<until>(?:19|20)\d{{2}})\s*年
        |(?:未来|今后|接下来)\s*(?P<years>[一二三四五六七八九十两]|\d{{1,2}})
        (?:到[一二三四五六七八九十])?\s*年)
    | (?P<to>到\s*(?P<to_year>(?:19|20)\d{{2}})\s*年)
    | (?P<within>{_YEAR.format("in_year")}\s*(?:{_QUARTER.format("in_quarter")}|内)
        |{_QUARTER.format("quarter")}(?:内|中)?|(?<![\d一二三四五六七八九十两几数])年内|年度内|全年|今年(?:内)?|年中)
    | (?P<standing>长期坚持|长期推进|长期任务|持续推进|持续实施|常态化推进|常年坚持))
    """,
    re.VERBOSE,
)
_SAYS_BY = re.compile("[底末前]")  # one of which every expression of the kind by has
_TITLE = re.compile(r"《[^《》\n]*》")
_WORD_YEARS = {"今年": 0, "本年": 0, "当年": 0, "明年": 1, "次年": 1, "后年": 2}
_FIRST_PLAN_YEAR = 1953
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_TEN_DAYS = {"上旬": 10, "中旬": 20}


@dataclass(frozen=True, slots=True)
class DeadlineMention:
    """One expression of time, resolved against the year of the plan.

    ``text[start:end] == as_written``. `period_start` and `period_end` are the first and last day
    in which the work is due, None where the text or a missing plan year leaves them open.
    """

    start: int
    end: int
    as_written: str
    kind: str
    period_start: date | None
    period_end: date | None


def find_deadlines(text: str, *, year: int | None = None) -> list[DeadlineMention]:
    """Expressions that say when something is due.

    Parameters
    ----------
    text : str
        Canonical text of an item.
    year : int, optional
        Year of the plan; without it 年底前 or 上半年 keep an open period.

    Returns
    -------
    list of DeadlineMention
        In the order of the text.

    Examples
    --------
    >>> [d] = find_deadlines("9月底前完成目录编制", year=2017)
    >>> d.as_written, d.kind, d.period_end
    ('9月底前', 'by', datetime.date(2017, 9, 30))
    """
    mentions = []
    said = _TITLE.sub(lambda m: " " * len(m[0]), text)
    for match in _DEADLINE.finditer(said):
        kind = next(k for k in ("by", "plan", "span", "to", "within", "standing") if match[k])
        start, end = match.span()
        if kind == "by":
            start += len(match[0]) - len(match[0].lstrip("到至于在"))
        first, last = _period(match, kind, year)
        if _is_history(text, match, kind) or _is_past(match, last, year):
            continue
        mentions.append(
            DeadlineMention(start, end, text[start:end], _KIND_NAMES.get(kind, kind), first, last)
        )
    return mentions


_KIND_NAMES = {"plan": "plan_period"}


def find_due_dates(text: str, *, year: int | None = None) -> list[DeadlineMention]:
    """The dates that the work must meet: the deadlines of the kind ``by``.

    Parameters
    ----------
    text, year
        As in :func:`find_deadlines`.

    Examples
    --------
    >>> [d.as_written for d in find_due_dates("全年推进,年底前完成", year=2017)]
    ['年底前']
    """
    if not _SAYS_BY.search(text):
        return []
    return [mention for mention in find_deadlines(text, year=year) if mention.kind == "by"]


def _is_history(text: str, match: re.Match[str], kind: str) -> bool:
    """A five-year plan as a name, or a time that lies behind (十二五以来, 截至2015年底)."""
    if kind == "plan":
        return match["plan_part"] not in ("期间", "时期", "末", "期末")
    return text[: match.start() + 1].rstrip("至").endswith(("截", "截止"))


def _is_past(match: re.Match[str], last: date | None, year: int | None) -> bool:
    """A time before the plan without 前 tells what happened then (2008年底提出)."""
    return bool(year and last and last.year < year and "前" not in match[0] and not match["to"])


def _period(match: re.Match[str], kind: str, year: int | None) -> tuple[date | None, date | None]:
    if kind == "by":
        return _due_by(match, year)
    if kind == "plan":
        first = _FIRST_PLAN_YEAR + 5 * (10 + int(read_number(match["plan_number"])) - 1)
        first = first if first < 1963 else first + 3
        return date(first, 1, 1), date(first + 4, 12, 31)
    if kind == "span":
        if match["from"]:
            return date(int(match["from"]), 1, 1), date(int(match["until"]), 12, 31)
        if year is None:
            return None, None
        return date(year, 1, 1), date(year + int(read_number(match["years"])) - 1, 12, 31)
    if kind == "to":
        last = int(match["to_year"])
        return _opening(year, last), date(last, 12, 31)
    if kind == "within":
        return _within(match, year)
    return (date(year, 1, 1) if year else None), None


def _opening(year: int | None, last: int) -> date:
    """A task of this plan starts with its year, one of an earlier year with that year."""
    return date(min(year, last) if year else last, 1, 1)


def _named_year(match: re.Match[str], group: str, year: int | None) -> int | None:
    if match[group]:
        return int(match[group])
    if year is None:
        return None
    return year + _WORD_YEARS.get(match[f"{group}_word"] or "", 0)


def _due_by(match: re.Match[str], year: int | None) -> tuple[date | None, date | None]:
    named = _named_year(match, "by_year", year)
    if named is None:
        return None, None
    month_word = match["by_month"] or match["bare_month"]
    quarter = match["by_quarter"] or match["bare_quarter"]
    half = match["by_quarter_half"] or match["bare_quarter_half"]
    month = 12
    if month_word:
        month = int(read_number(month_word))
    elif quarter:
        month = 3 * int(_QUARTERS.get(quarter) or quarter)
    elif half:
        month = 6 if half == "上" else 12
    last = monthrange(named, month)[1]
    day = match["by_day"] or match["bare_day"]
    ten_days = match["tenday"] or match["bare_tenday"]
    if day:
        last = min(int(day) or 1, last)
    elif ten_days:
        last = _TEN_DAYS.get(ten_days, last)
    return _opening(year, named), date(named, month, last)


def _within(match: re.Match[str], year: int | None) -> tuple[date | None, date | None]:
    named = _named_year(match, "in_year", year)
    if named is None:
        return None, None
    quarter = match["in_quarter"] or match["quarter"]
    half = match["in_quarter_half"] or match["quarter_half"]
    if quarter:
        last = 3 * int(_QUARTERS.get(quarter) or quarter)
        return date(named, last - 2, 1), date(named, last, monthrange(named, last)[1])
    if half:
        return (
            (date(named, 1, 1), date(named, 6, 30))
            if half == "上"
            else (
                date(named, 7, 1),
                date(named, 12, 31),
            )
        )
    return date(named, 1, 1), date(named, 12, 31)
