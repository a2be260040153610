"""From the lines of a file to logical paragraphs: hard wraps joined, glued paragraphs parted."""

from __future__ import annotations

import re
from collections.abc import Sequence

GLUE = re.compile(r"(?<=[。！？；：”）)!?;:])[\u3000\u2003\u2002]{2,}(?=\S)")
"""Two ideographic blanks after the end of a sentence: the indent of a paragraph glued on."""

_OPEN_END = re.compile(r"[,，、(（《“‘〔【]$")
_CLOSED_END = re.compile(r"[。！？；：!?;:”）)】》…]$")
_CONTINUES = re.compile(r"[,，。、；;：:)）》”’〕】%]")
_STARTS_UNIT = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,4}[编章节条部]|[一二三四五六七八九十]{1,3}[、.是]|\("
    r"|\d{1,3}(?:[.、)]|\.\d{1,2} )|[①-⑳]|——|专栏|附件|附:|●|■|◆|[一二三四五六七八九十]{1,3}要"
)


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


def continues(line: str, following: str, wrap: int) -> bool:
    """Whether ``following`` goes on with the sentence of ``line``.

    Both are stripped; ``wrap`` is the width of the document's hard wraps, 0 if it has none.
    """
    if _CONTINUES.match(following):
        return True
    if _STARTS_UNIT.match(following):
        return False
    if _OPEN_END.search(line):
        return True
    return bool(wrap) and len(line) >= wrap - 4 and not _CLOSED_END.search(line)
