"""Automatic list numbers as Word and HTML define them: 3 to 三, iii, ③, 丙."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_MAX = 9_999
_ENCLOSED = {
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "ideographEnclosedCircle": ("㊀", 10),
}


def list_number(value: int, style: str) -> str:
    """Write a list number.

    Parameters
    ----------
    value
        The count, from 1 on.
    style
        A number format of ECMA-376 part 1, 17.18.59 (``ST_NumberFormat``).

    Returns
    -------
    str
        The number without the punctuation around it; formats of other scripts, and counts that
        a format does not reach, give the decimal number.

    Examples
    --------
    >>> list_number(12, "chineseCountingThousand"), list_number(3, "ideographTraditional")
    ('十二', '丙')
    >>> list_number(4, "upperRoman"), list_number(28, "lowerLetter"), list_number(2, "bullet")
    ('IV', 'bb', '')
    """
    if style in {"bullet", "none"}:
        return ""
    if not 0 < value <= _MAX:
        return str(value)
    if style in _ENCLOSED:
        first, count = _ENCLOSED[style]
        return chr(ord(first) + value - 1) if value <= count else str(value)
    if style in {"chineseCountingThousand", "chineseCounting", "taiwaneseCountingThousand"}:
        digitwise = style == "chineseCounting" and value > 99
        return _digitwise(value, _DIGITS) if digitwise else chinese_number(value)
    if style in {"japaneseCounting", "taiwaneseCounting", "koreanCounting"}:
        return chinese_number(value)
    if style in {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}:
        return _digitwise(value, _DIGITS)
    if style in {"chineseLegalSimplified", "ideographLegalTraditional"}:
        return chinese_number(value, _FORMAL, "拾佰仟", "零")
    if style == "ideographTraditional":
        return _STEMS[value - 1] if value <= len(_STEMS) else str(value)
    if style == "ideographZodiac":
        return _BRANCHES[value - 1] if value <= len(_BRANCHES) else str(value)
    if style in {"upperRoman", "lowerRoman"}:
        roman = _roman(value)
        return roman if style == "upperRoman" else roman.lower()
    if style in {"upperLetter", "lowerLetter"}:
        letters = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters if style == "upperLetter" else letters.lower()
    if style in {"decimalFullWidth", "decimalFullWidth2"}:
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    return f"{value:02d}" if style == "decimalZero" else str(value)


def chinese_number(
    value: int, digits: str = _DIGITS, powers: str = "十百千", zero: str = "零"
) -> str:
    """Write 1..9999 in Chinese.

    Examples
    --------
    >>> [chinese_number(value) for value in (10, 11, 20, 105, 110, 2016)]
    ['十', '十一', '二十', '一百零五', '一百一十', '二千零一十六']
    """
    written, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            written += zero if gap and written else ""
            written += digits[digit] + (powers[power - 1] if power else "")
        gap = not digit and bool(written)
    return written[1:] if 10 <= value < 20 and powers[0] == "十" else written


def _digitwise(value: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(value))


def _roman(value: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        written += letters * count
    return written
