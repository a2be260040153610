"""From the lines of a file to logical paragraphs: hard wraps joined, glued paragraphs parted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_LONG = 400
"""Characters from which a line is searched for the line ends that a copy turned into blanks."""
_GLUE = re.compile(r"(?<=[。！？；：”）)!?;:])[\u3000\u2002\u2003]{2,}(?=\S)")
_GLUE_IN_LONG = re.compile(r"(?<=\S)[\u3000\u2002\u2003]{2,}(?=\S)")
_INDENT = re.compile(r"[\u3000\u2002\u2003]{2,}")
_PAGE_IN_LONG = re.compile(r"(?<=\S)(\s+)[—–-]\s?\d{1,3}\s?[—–-](\s+)(?=\S)")
_RAGGED = 3
"""How far, in ideographs, the ends of full lines lie apart."""
_NARROWEST, _WIDEST = 16, 130
"""Between how many ideographs a page is wide."""
_BLANK = re.compile(r"(?<=[^\s\d])[ \u2002\u2003\xa0]+(?=\S)")
_OPEN_END = re.compile(r"[,，、(（《“‘〔【]$")
_CLOSED_END = re.compile(r"[。！？；：!?;:”）)】》…]$")
_CONTINUES = re.compile(r"[,，。、；;：:)）》”’〕】%％]|[\u4e00-\u9fff][。；;]")
_CUT_TOKEN = re.compile(r"[\u4e00-\u9fff]{8}.*(?<!\d{4})[A-Za-z0-9]$")
_STARTS_UNIT = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,4}[编章节条部]|[一二三四五六七八九十]{1,3}[、.．是]"
    r"|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}[.．、)）](?!\d)"
    r"|\d{1,2}(?:\.[1-9]\d?){1,2} ?(?![亿万千百年月日个倍]|版(?!权)|代(?!表|码|理))[\u4e00-\u9fff]"
    r"|[①-⑳]|——|专栏|附件|附[:：]|[●■◆]|[一二三四五六七八九十]{1,3}要"
)
_TOKEN = re.compile(r"[A-Za-z0-9.%+(（“《-]+[亿万个年]?")
"""What no line break parts, so that the line before may end early."""


def is_indent(gap: str) -> bool:
    """Whether the blanks between two stretches of a line were the indent of a paragraph."""
    return _INDENT.fullmatch(gap) is not None


def hidden_breaks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    r"""The blanks of a line that were line ends: indents glued on, page numbers, hard wraps.

    Two ideographic blanks behind the end of a sentence are an indent. In a long line they are one
    anywhere, page numbers stand in the running text, and blanks at a constant distance were wraps.

    Examples
    --------
    >>> hidden_breaks("抓好落实。\u3000\u3000二是推进改革。", 0, 14)
    [(5, 7)]
    """
    if end - start < _LONG:
        return [hit.span() for hit in _GLUE.finditer(text, start, end)]
    pages = list(_PAGE_IN_LONG.finditer(text, start, end))
    found = [hit.span() for hit in _GLUE_IN_LONG.finditer(text, start, end)]
    blanks = [hit.span() for hit in _BLANK.finditer(text, start, end)]
    bounds = [start, *(span[0] for span in blanks), end]
    if wrap_width([width_of(text[before:after]) for before, after in pairwise(bounds)]):
        found += blanks
    within = {at for hit in pages for at in range(hit.start(), hit.end())}
    found = [span for span in found if span[0] not in within]
    found += [hit.span(number) for hit in pages for number in (1, 2)]
    return sorted(set(found))


def width_of(line: str) -> int:
    """The width of a line in ideographs: Latin letters and digits are half as wide.

    Examples
    --------
    >>> width_of("2025年底前"), width_of("十二月底前")
    (5, 5)
    """
    return (len(line.encode("utf-8", "ignore")) + len(line)) // 4


def wrap_width(widths: Sequence[int]) -> int:
    """The width at which a document was wrapped by hand, or 0 where it was not.

    In a wrapped document the lines crowd at one width; paragraphs of any length do not.

    Examples
    --------
    >>> wrap_width([38, 37, 38, 12, 38, 38, 37, 38, 5, 38, 38, 38])
    38
    >>> wrap_width([15, 120, 340, 97, 12, 410])
    0
    """
    counts = Counter(width for width in widths if width >= _NARROWEST)
    total = sum(counts.values())
    if total < 8:
        return 0
    near = {width: sum(counts[width - back] for back in range(_RAGGED)) for width in counts}
    width = max(near, key=lambda each: (near[each], each), default=0)
    wider = sum(count for each, count in counts.items() if each > width + _RAGGED)
    return width if near[width] >= 0.4 * total and wider <= 0.35 * total and width <= _WIDEST else 0


def continues(
    line: str, following: str, width: int, wrap: int, *, first: bool = True, soft: bool = False
) -> bool:
    """Whether ``following`` goes on with the sentence of ``line``.

    Both are folded and stripped; ``width`` is how wide ``line`` was in the source, ``wrap`` the
    width of the document's hard wraps, 0 if it has none. ``first`` says that ``line`` begins its
    paragraph and may be indented, ``soft`` that only a blank stands between the two.
    """
    if _CONTINUES.match(following):
        return True
    ended = _CLOSED_END.search(line) is not None
    starts = _STARTS_UNIT.match(following) is not None
    token = _TOKEN.match(following)
    slack = _RAGGED + (2 if first else 0) + (width_of(token[0]) if token else 0)
    is_full = bool(wrap) and width >= wrap - slack
    if soft:
        if ended:
            return is_full and not starts
        return not (width < 0.7 * wrap and _STARTS_UNIT.match(line))
    if starts:
        return False
    if _OPEN_END.search(line) or (width >= _NARROWEST and _CUT_TOKEN.search(line)):
        return True
    return is_full and not ended
