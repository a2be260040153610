"""The numbering grammar: what a number before a heading or an item looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CN = "[一二三四五六七八九十百千零〇两]"

RANKS = {
    "attachment": 0,
    "bian": 10,
    "h1": 11,
    "bufen": 12,
    "zhang": 20,
    "h2": 21,
    "jie": 30,
    "h3": 31,
    "tiao": 35,
    "cn_dun": 40,
    "h4": 42,
    "bare": 45,
    "h5": 46,
    "h6": 47,
    "cn_paren": 50,
    "ar_blank": 59,
    "ar_dot": 60,
    "ar_dun": 61,
    "deci2": 65,
    "deci3": 66,
    "box": 68,
    "ar_paren": 70,
    "ar_rparen": 72,
    "letter": 76,
    "circle": 80,
    "cn_di": 84,
    "cn_is": 85,
    "dash": 90,
    "bullet": 91,
}
"""Every style with its usual place in a document, coarse to fine: a prior, not a rule."""

FINE = frozenset({"ar_paren", "ar_rparen", "letter", "circle", "cn_di", "cn_is", "dash", "bullet"})
"""Styles that mostly enumerate inside one task."""

_MARK = re.compile(
    rf"""
      第\s?(?P<tiao>{_CN}{{1,6}}|\d{{1,3}})\s?条(?:之[一二三四五六七八九十])?(?![款例约件])[\s:]*
    | 第\s?(?P<zhang>{_CN}{{1,4}}|\d{{1,2}})\s?章[\s、:]*
    | 第\s?(?P<jie>{_CN}{{1,4}}|\d{{1,2}})\s?节(?!目)[\s、:]*
    | 第\s?(?P<bian>{_CN}{{1,4}}|\d{{1,2}})\s?[编篇][\s、:]*
    | 第\s?(?P<bufen>{_CN}{{1,4}}|\d{{1,2}})\s?部分[\s、:]*
    | (?P<cn_di>第{_CN}{{1,2}})[,、:]\s?
    | (?P<cn_is>{_CN}{{1,3}})(?:是|要)(?!否)
    | (?P<cn_dun>{_CN}{{1,3}})(?:\s?[、.]|,(?=[^,。]{{2,30}}$))\s?(?!{_CN}[、至到])
    | \(\s?(?P<cn_paren>{_CN}{{1,3}})\s?\)[\s、.]*
    | (?P<cn_circle>[㈠-㈩])[\s、.]*
    | (?P<deci3>\d{{1,2}}\.\d{{1,2}}\.\d{{1,2}})(?![\d.])[\s、.]*
    | (?P<deci2>\d{{1,2}}\.\d{{1,2}})(?![\d.%])[\s、.]*
    | (?P<ar_dot>\d{{1,3}})\s?\.(?!\d)[\s、]*
    | (?P<ar_dot_char>[⒈-⒛])\s*
    | (?P<ar_dun>\d{{1,3}})\s?、\s*
    | (?P<ar_blank>\d{{1,2}})\s+(?=[\u4e00-\u9fff]{{2}})
    | \(\s?(?P<ar_paren>\d{{1,3}})\s?\)[\s、.]*
    | (?P<ar_paren_char>[⑴-⒇])\s*
    | (?P<ar_rparen>\d{{1,2}})\)\s*
    | (?P<circle>[①-⑳])\s*
    | (?P<letter>[A-H])[.、]\s*(?=[\u4e00-\u9fff])
    | (?:[\u4e00-\u9fff]{{2}})?专栏\s?
      (?P<box>{_CN}{{1,3}}|\d{{1,2}}(?:-\d{{1,2}})?|(?=[\s:]|$))[\s:、.]*
    | (?P<dash>—{{2,}}|-{{2,}}|──+|━+)\s*
    | (?P<bullet>[●■◆▲★•])\s*
    """,
    re.VERBOSE,
)

ATTACHMENT = re.compile(
    r"附\s?(?:件|表|录|图)\s?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})?\s*[::]?\s*(?P<title>.{0,60})"
)
"""A line that opens an attachment or lists one."""

_NOT_COUNTED = re.compile(r"[年月日亿万千百%℃倍个]|\s[亿万千]")
_VERSION = re.compile(r"(?:\d{1,2}\.)+(?:0(?!\d)|\d{1,2}(?:[A-Za-z]|版(?!权)|代(?!表|码|理)))")
"""A version (2.0, 5.5G): headings count from 1, and a blank parts them from a word in Latin."""


@dataclass(frozen=True)
class Mark:
    """A number as printed: its ``style`` (a key of ``RANKS``), ``value`` and printed ``length``.

    ``width`` is ``length`` and the blanks behind it: where the text begins.
    """

    style: str
    value: int
    length: int
    width: int
    parents: tuple[int, ...] = ()


def number_of(numeral: str) -> int:
    """The value of a Chinese or Arabic numeral below ten thousand.

    Examples
    --------
    >>> [number_of(n) for n in ("三", "十二", "二十", "三十七", "一百零五", "37")]
    [3, 12, 20, 37, 105, 37]
    """
    if numeral.isascii():
        return int(numeral)
    total, pending = 0, 0
    for char in numeral:
        if char in _UNITS:
            total += (pending or 1) * _UNITS[char]
            pending = 0
        else:
            pending = _DIGITS[char]
    return total + pending


def read_mark(text: str, start: int = 0, end: int | None = None) -> Mark | None:
    """The number that ``text[start:end]`` begins with, if it begins with one.

    Amounts are no numbers: ``4.0402年``, ``18.45 亿户``, a lone ``2.5``.

    Examples
    --------
    >>> read_mark("(三)推进三网融合。")
    Mark(style='cn_paren', value=3, length=3, width=3, parents=())
    >>> read_mark("4.0402年启动"), read_mark("18.45 亿户"), read_mark("2.5")
    (None, None, None)
    """
    stop = len(text) if end is None else end
    hit = _MARK.match(text, start, stop)
    if hit is None:
        return None
    style, printed = str(hit.lastgroup), hit[hit.lastgroup or 0]
    printed_length = len(hit[0].rstrip()) if style != "tiao" else len(hit[0].rstrip(" :"))
    width = hit.end() - start
    if style in ("deci2", "deci3"):
        rest = text[hit.end() : hit.end() + 2]
        if not rest.strip() or hit.end() >= stop or _NOT_COUNTED.match(rest) or rest[0].isdigit():
            return None
        if _VERSION.match(text, start):
            return None
        *parents, value = (int(part) for part in printed.split("."))
        return Mark(style, value, printed_length, width, tuple(parents))
    if style == "cn_circle":
        return Mark("cn_paren", ord(printed) - ord("㈠") + 1, printed_length, width)
    if style == "ar_dot_char":
        return Mark("ar_dot", ord(printed) - ord("⒈") + 1, printed_length, width)
    if style == "ar_paren_char":
        return Mark("ar_paren", ord(printed) - ord("⑴") + 1, printed_length, width)
    if style == "circle":
        return Mark(style, ord(printed) - ord("①") + 1, printed_length, width)
    if style == "letter":
        return Mark(style, ord(printed) - ord("A") + 1, printed_length, width)
    if style in ("dash", "bullet"):
        return Mark(style, 0, printed_length, width)
    if style == "box":
        return Mark(style, number_of(printed.split("-")[-1] or "0"), printed_length, width)
    if style == "cn_di":
        return Mark(style, number_of(printed[1:]), printed_length, width)
    if style == "ar_dun" and re.match(r"\d{1,2}[、月]", text[hit.end() : hit.end() + 3]):
        return None
    if hit.end() >= stop and style in ("ar_dot", "ar_dun", "ar_rparen"):
        return None
    return Mark(style, number_of(printed), printed_length, width)
