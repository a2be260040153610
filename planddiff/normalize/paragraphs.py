"""From the lines of a file to logical paragraphs: hard wraps joined, glued paragraphs parted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_LONG = 400
"""Characters from which a line is searched for the line ends that a copy turned into blanks."""
_GLUE = re.compile(r"(?<=[。！？；：”）)!?;:])[\u3000\u2002\u2003]{2,}(?=\S)")
_GLUE_IN_LONG = re.compile(r"(?<=\S)[\u3000\u2002\u2003]{2,}(?=\S)")
_PAGE_IN_LONG = re.compile(r"(?<=\S)(\s+)[—–-]\s?\d{1,3}\s?[—–-](\s+)(?=\S)")
_BLANK = re.compile(r"(?<=[^\s\d])[ \u2002\u2003\xa0]+(?=\S)")
_OPEN_END = re.compile(r"[,，、(（《“‘〔【]$")
_CLOSED_END = re.compile(r"[。！？；：!?;:”）)】》…]$")
_CONTINUES = re.compile(r"[,，。、；;：:)）》”’〕】%]")
_STARTS_UNIT = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,4}[编章节条部]|[一二三四五六七八九十]{1,3}[、.是]|\("
    r"|\d{1,3}(?:[.、)]|\.\d{1,2} )|[①-⑳]|——|专栏|附件|附:|●|■|◆|[一二三四五六七八九十]{1,3}要"
)


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
    if wrap_width([after - before for before, after in pairwise(bounds)]):
        found += blanks
    within = {at for hit in pages for at in range(hit.start(), hit.end())}
    found = [span for span in found if span[0] not in within]
    found += [hit.span(number) for hit in pages for number in (1, 2)]
    return sorted(set(found))


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
    if len(widths) < 8:
        return 0
    ordered = sorted(widths)
    width = ordered[int(len(ordered) * 0.9)]
    if not 16 <= width <= 130:
        return 0
    crowded = sum(width - 4 <= each <= width + 3 for each in ordered)
    return width if crowded >= 0.4 * len(ordered) and ordered[-1] <= 2 * width else 0


def continues(line: str, following: str, wrap: int, *, soft: bool = False) -> bool:
    """Whether ``following`` goes on with the sentence of ``line``.

    Both are stripped; ``wrap`` is the width of the document's hard wraps, 0 if it has none;
    ``soft`` says that only a blank stood between them.
    """
    if _CONTINUES.match(following):
        return True
    ended = _CLOSED_END.search(line) is not None
    if soft:
        if ended:
            return len(line) >= wrap - 4 and not _STARTS_UNIT.match(following)
        return not (len(line) < 0.7 * wrap and _STARTS_UNIT.match(line))
    if _STARTS_UNIT.match(following):
        return False
    if _OPEN_END.search(line):
        return True
    return bool(wrap) and len(line) >= wrap - 4 and not ended
