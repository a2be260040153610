"""Front matter, the plan itself, back matter: notices before it, signatures and notes behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from planddiff.outline.marks import ATTACHMENT, RANKS, read_mark
from planddiff.outline.spans import Segment
from planddiff.outline.words import alternatives

_TITLES_ANNOUNCED = re.compile(
    r"(?:印发|发布|下发|转发|制定了?|批准|同意|现将)[^。]{0,30}?《([^》]{4,60})》"
)
_CN_YEAR, _CN_DAY = "[〇○零一二三四五六七八九]{4}", "[一二三四五六七八九十]{1,3}"
_FULL_DATE = (
    rf"[12]\d{{3}}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日|{_CN_YEAR}年{_CN_DAY}月{_CN_DAY}日"
)
DATE_LINE = re.compile(rf"[(\s]*(?:{_FULL_DATE})(?:印发|发布|公布|签发)?[)\s]*")
"""A line that is a date and no more."""

_SIGNATURE = re.compile(rf"[\u4e00-\u9fff\s、()]{{2,60}}(?:{alternatives('body')})")
_BACK_LINE = re.compile(rf"(?:{DATE_LINE.pattern})|{alternatives('back')}")
_OPENING_LINES = 60
_OPENING = re.compile(alternatives("opening"))
_NOTES = re.compile(alternatives("notes"))
_HANDS_OUT = re.compile(
    r"现将.{0,200}(?:印发|下发|转发|发布|公布|通报)|现(?:予|将其)?(?:印发|下发|发布|公布).{0,40}(?:你们|执行)"
    r"|现发布《|印发给你们|请(?:结合实际|认真|遵照|各地).{0,30}(?:执行|落实|实施)。"
)
"""What a notice says that hands out another document."""
_ATTACHED_LIST = re.compile(r"附\s?(?:件|表)\s?\d*[::]")


@dataclass(frozen=True)
class Regions:
    """Places in the list of paragraphs: the plan is ``front:back``.

    ``announced`` is the title in 《》 that a notice before the plan announces and the plan bears;
    ``hands_out`` says that the text hands out another document and does not hold it.
    """

    front: int
    back: int
    announced: str
    hands_out: bool


def find_regions(text: str, segments: Sequence[Segment]) -> Regions:
    """Part the plan from the notice before it and the signature and notes behind it."""
    lines = [text[each.start : each.end] for each in segments]
    announced, title = _announced_title(lines)
    notice = -1 if title >= 0 else _notice_end(lines)
    front = _opening(lines, max(title, notice) + 1)
    hands_out = title < 0 and notice < 0 and any(_HANDS_OUT.search(line) for line in lines[:40])
    return Regions(front, _back_matter(lines, front), announced, hands_out)


def squeezed(line: str) -> str:
    """A line without blanks and the marks that editions of one title differ in."""
    return re.sub(r"[\s“”\"《》〈〉()]", "", line)


def _announced_title(lines: Sequence[str]) -> tuple[str, int]:
    head = lines[:40]
    for place, line in enumerate(head):
        for hit in _TITLES_ANNOUNCED.finditer(line):
            wanted = squeezed(hit[1])
            for later in range(place + 1, min(len(lines), place + 60)):
                if squeezed(lines[later]) == wanted:
                    return hit[1], later
                if later + 1 < len(lines) and squeezed(lines[later] + lines[later + 1]) == wanted:
                    return hit[1], later + 1
    return "", -1


def _notice_end(lines: Sequence[str]) -> int:
    """The last line of a notice that hands out the plan behind it, -1 if there is no such notice.

    Behind the hand-out formula come signature and date, and numbered text only behind them.
    """
    formula = next((i for i, line in enumerate(lines[:40]) if _HANDS_OUT.search(line)), None)
    if formula is None:
        return -1
    for place in range(formula + 1, min(len(lines), formula + 12)):
        if DATE_LINE.fullmatch(lines[place]):
            signed = place > 0 and _SIGNATURE.fullmatch(lines[place - 1]) is not None
            coarse = any(_is_coarse(line) for line in lines[place + 1 :])
            return place if signed and coarse else -1
        if _is_coarse(lines[place]) and len(lines[place]) > 60:
            return -1
    return -1


def _is_coarse(line: str) -> bool:
    mark = read_mark(line)
    return mark is not None and RANKS[mark.style] <= RANKS["ar_dun"]


def _opening(lines: Sequence[str], front: int) -> int:
    """The first paragraph behind title, session, speaker, date and salutation."""
    opening = front
    for place in range(front, min(len(lines), front + _OPENING_LINES)):
        line = lines[place]
        if _OPENING.fullmatch(line) or DATE_LINE.fullmatch(line):
            opening = place + 1
            continue
        if _is_coarse(line):
            break
    return opening


def _back_matter(lines: Sequence[str], front: int) -> int:
    back = len(lines)
    behind = range(front + max(2, (len(lines) - front) // 3), len(lines))
    notes = (i for i in behind if len(lines[i]) < 40 and _NOTES.fullmatch(lines[i]))
    back = next(notes, back)
    while back > front + 1:
        line = lines[back - 1]
        if _BACK_LINE.fullmatch(line) or (
            len(line) <= 40 and _SIGNATURE.fullmatch(line) and read_mark(line) is None
        ):
            back -= 1
            continue
        listed = _attached_list(lines, front, back)
        if listed == back:
            break
        back = listed
    return back


def _attached_list(lines: Sequence[str], front: int, back: int) -> int:
    """Where the list 附件:1.… 2.… that ends at ``back`` begins, or ``back`` if there is none."""
    at = back - 1
    while at > front and back - at < 30:
        line = lines[at]
        if _ATTACHED_LIST.match(line):
            return at
        mark = read_mark(line)
        if mark is None or RANKS[mark.style] < RANKS["ar_dot"] or len(line) > 70 or "。" in line:
            return back
        at -= 1
    return back


def is_attachment_heading(line: str) -> bool:
    """Whether a line opens an attachment: 附件 or 附件2 with at most its title behind it."""
    hit = ATTACHMENT.fullmatch(line)
    return hit is not None and len(line) <= 40 and not line.endswith(("。", ";", "；"))
