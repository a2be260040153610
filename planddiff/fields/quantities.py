"""Figures with their units, as far as they measure something done.

The expression in ``target_lexicon`` finds a figure and its unit; here it becomes a number, and
figures that only describe (a threshold, a baseline, a time of procedure, a grant) are set aside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from planddiff.fields.numerals import read_number
from planddiff.fields.target_lexicon import TargetLexicon

_FROM = re.compile(r"(?:由|从)[^,，。;；]{0,14}$")
_TO = re.compile(r"^[^,，。;；]{0,16}(?:到|至)")
_ENUMERATED = re.compile(r"(?:等|、[^、,，。;；]{1,8})$")
_RANKED = re.compile(r"(?<![底末日旬年月])前$")
_RESTING = re.compile(r"[^,，。;；]{0,20}基础上")
_REACHED_YEARS = re.compile(r"(?:达到|达|提高到|提高至|提高|延长|延长到|延长至|超过)$")
_GRANT = re.compile(r"(?:给予[^,，。;；]{0,20}|(?:奖励|奖补|罚款)(?:最高|不超过|各)?)$")
_GRANTED = re.compile(r"[^,，。;；]{0,14}(?:补助|奖励|补贴|资助|奖补)")
_SIZED = re.compile(r"[^,，。;；、\d]{0,8}(?:企业|项目|产业|集群|工程|产品|单位|园区|县|镇)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: its span, value in `unit`, end of the range, and what stands after it."""

    start: int
    end: int
    value: float
    upper: float | None
    unit: str
    kind: str
    more: bool
    after: str


def read_quantities(readable: str, lexicon: TargetLexicon) -> list[Quantity]:
    """Figures of a text that may be targets.

    Parameters
    ----------
    readable : str
        Text of an item with its names, dates and ignored spans hidden.
    lexicon : TargetLexicon

    Returns
    -------
    list of Quantity
        In the order of the text.
    """
    return [
        quantity
        for match in lexicon.quantity.finditer(readable)
        if (quantity := _read(match, lexicon)) and _is_committed(quantity, readable, lexicon)
    ]


def _read(match: re.Match[str], lexicon: TargetLexicon) -> Quantity | None:
    """A figure with its unit, or None for a Chinese numeral that is part of a word."""
    start, end = match.span()
    after = match["after"] or ""
    upper: float | None = None
    more = False
    if match["percent"]:
        value, unit = read_number(match["percent"]), "%"
    elif match["tenths"]:
        value, unit = read_number(match["tenths"]) * 10 + (5 if match["half"] else 0), "%"
    elif match["whole"]:
        value, unit = 100 * read_number(match["part"]) / read_number(match["whole"]), "%"
    elif match["fraction"]:
        part, whole = match["fraction"].split("/")
        if float(whole) <= float(part):
            return None
        value, unit = 100 * float(part) / float(whole), "%"
    elif match["unit"]:
        low, unit = match["low"], lexicon.units[match["unit"]]
        scale = match["low_scale"] or ""
        if match["high"]:
            upper = read_number(match["high"], match["high_scale"] or "")
            scale = scale or (match["high_scale"] or "")
        value = read_number(low, scale)
        if not low[0].isdigit() and (match["unit"] not in lexicon.chinese_units or value < 2):
            return None
        if upper is not None and upper <= value:
            return None
        more = bool(match["more"] or match["unit_more"])
        if match["bracket"]:
            unit += match["bracket"].replace("（", "(").replace("）", ")")
        unit += match["per"] or ""
    else:
        value, unit = 2.0 ** (read_number(match["doubling"]) if match["doubling"] else 1), "倍"
    kind = lexicon.kinds.get(lexicon.units[match["unit"]] if match["unit"] else unit, "count")
    return Quantity(start, end, value, upper, unit, kind, more, after)


def _is_committed(quantity: Quantity, readable: str, lexicon: TargetLexicon) -> bool:
    """Whether the figure measures something done, not the kind of thing it is done to."""
    left = readable[max(0, quantity.start - 30) : quantity.start]
    right = readable[quantity.end : quantity.end + 24]
    if _RANKED.search(left) or (_FROM.search(left) and _TO.match(right)):
        return False
    if _RESTING.match(right):
        return False
    if quantity.kind in ("money", "percent") and _GRANT.search(left):
        return False
    if quantity.kind == "percent" and _GRANTED.match(right):
        return False
    if quantity.kind == "time":
        reached = lexicon.reach.search(left)
        levels = reached is not None and reached[0].strip() in lexicon.level
        return levels or bool(lexicon.before.search(left) or lexicon.growth.search(left))
    if quantity.kind == "bandwidth":
        return not right or not right[0].isalnum() or right[0] in "和及与"
    if quantity.kind == "years":
        return bool(_REACHED_YEARS.search(left)) and not right.startswith("内")
    if quantity.kind in ("money", "measure") and quantity.after in ("以上", "以下", "及以上"):
        return not _SIZED.match(right.removeprefix("的"))
    written_in_chinese = readable[quantity.start] in "二两三四五六七八九十" and quantity.unit != "%"
    return not (written_in_chinese and quantity.unit != "倍" and _ENUMERATED.search(left))
