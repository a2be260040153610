"""Figures as Chinese plans write them, read as numbers.

``5万`` is 50000, ``百分之八十`` and ``八成`` are 80 %, ``二十`` is 20. The expressions here are the
parts that ``targets`` builds its grammar from.
"""

from __future__ import annotations

import re

from planddiff.errors import InvalidInputError

ARABIC = r"\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?"
CHINESE = r"[一二两三四五六七八九十][一二两三四五六七八九十百千万亿零〇]*"
SCALE = r"万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百"

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_SECTIONS = {"万": 10_000, "亿": 100_000_000}
_CHINESE_ONLY = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?")


def read_number(written: str, scale: str = "") -> float:
    """Value of a figure, with an optional scale word after it.

    Parameters
    ----------
    written : str
        Arabic (``"1,500"``, ``"1.5"``) or Chinese (``"一百二十"``, ``"八十五点五"``) digits.
    scale : str, optional
        A scale word such as ``"万"`` or ``"千万"``.

    Returns
    -------
    float

    Raises
    ------
    InvalidInputError
        If `written` is not a figure.

    Examples
    --------
    >>> read_number("1.5", "万")
    15000.0
    >>> read_number("一百二十")
    120.0
    >>> read_number("一万五千")
    15000.0
    """
    factor = 1
    for sign in scale:
        factor *= _PLACES.get(sign) or _SECTIONS[sign]
    plain = written.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return _times(float(plain), factor)
    if not _CHINESE_ONLY.fullmatch(written):
        raise InvalidInputError(
            f"Not a figure: {written!r}. Give Arabic digits or a Chinese numeral such as 二十."
        )
    whole, _, fraction = written.partition("点")
    value = float(_chinese_integer(whole))
    for place, sign in enumerate(fraction, start=1):
        value += _DIGITS[sign] / 10**place
    return _times(round(value, 9), factor)


def _times(value: float, factor: int) -> float:
    # 1.1 × 10000 is 11000.000000000002 in binary; the text has no more than a few decimals.
    return round(value * factor, 6)


def _chinese_integer(written: str) -> int:
    total = section = digit = 0
    for sign in written:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            section += (digit or 1) * _PLACES[sign]
            digit = 0
        elif sign == "万":
            total += (section + digit) * _SECTIONS[sign]
            section = digit = 0
        else:
            total = (total + section + digit) * _SECTIONS[sign]
            section = digit = 0
    return total + section + digit
