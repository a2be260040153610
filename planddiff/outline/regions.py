"""Front matter, the plan itself, back matter: notices before it, signatures and notes behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from planddiff.outline.marks import ATTACHMENT, RANKS, read_mark
from planddiff.outline.spans import Segment

_TITLES_ANNOUNCED = re.compile(
    r"(?:印发|发布|下发|转发|制定了?|批准|同意|现将)[^。]{0,30}?《([^》]{4,60})》"
)
_CN_YEAR, _CN_DAY = "[〇○零一二三四五六七八九]{4}", "[一二三四五六七八九十]{1,3}"
_FULL_DATE = (
    rf"[12]\d{{3}}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日|{_CN_YEAR}年{_CN_DAY}月{_CN_DAY}日"
)
DATE_LINE = re.compile(rf"[(\s]*(?:{_FULL_DATE})(?:印发|发布|公布|签发)?[)\s]*")
"""A line that is a date and no more."""

_SIGNATURE = re.compile(
    r"[\u4e00-\u9fff\s、()]{2,60}(?:政府|办公[厅室]|委员会|[部厅局委办]|领导小组|总局|国务院|中央|协会)"
)
_BACK_LINE = re.compile(
    rf"(?:{DATE_LINE.pattern})|抄\s?[送报].*|主\s?[送题].*|\(?此件.{{0,20}}\)?|\(?(?:联系|咨询)?(?:人|电话|方式|邮箱|地址|邮编)[::].*"
    r"|联\s*系\s*人.*|传\s*真.*|电\s*话.*|邮\s*箱.*|\(?新华社.{0,20}电\)?|《?\s?人民日报\s?》?.{0,30}|\(完\)"
    r"|.{2,40}\d{4}年\d{1,2}月\d{1,2}日印发|分享到?.*|【.{1,12}】|(?:相关|推荐)(?:报道|阅读|链接).*"
)
_OPENING_LINES = 60
_OPENING = re.compile(
    r"[-—]*.{0,30}在.{2,40}(?:会议|大会|全会)(?:第?.{0,6}会议)?上(?:的报告|的讲话)?"
    r"|(?:\S{2,12}\s?)?(?:代?(?:总理|省长|主席|市长|州长|县长|区长|盟长))\s?\S{1,4}(?:\s\S{1,3})?(?:各位代表[:：!！])?"
    r"|(?:各位代表|各位委员|同志们|各位同志)(?:、.{2,20})?[:：,，!！]"
    r"|.{0,20}现在,?我?.{0,30}报告.{0,8}工作.{0,60}|.{2,200}(?:政府|委员会|部门|单位|机构|厅|局|办|院校|企业|团体|总队)[:：]"
)
_NOTES = re.compile(
    r"[(《【]?.{0,16}(?:名词|名词术语|有关用语|部分用语|相关用语)(?:解释|注释|说明|释义).{0,6}|注\s?释[::]?|附注[::]?|名词解释.{0,10}"
)
_ATTACHED_LIST = re.compile(r"附\s?(?:件|表)\s?\d*[::]")


@dataclass(frozen=True)
class Regions:
    """Places in the list of paragraphs: the plan is ``front:back``, its title ``title`` or -1.

    ``announced`` is the title in 《》 that a notice announces; ``notice`` says that the text before
    ``front`` is a notice.
    """

    front: int
    back: int
    title: int
    announced: str
    notice: bool


def find_regions(text: str, segments: Sequence[Segment]) -> Regions:
    """Part the plan from the notice before it and the signature and notes behind it."""
    lines = [text[each.start : each.end] for each in segments]
    announced, title = _announced_title(lines)
    front = _opening(lines, title + 1)
    back = _back_matter(lines, front)
    return Regions(front, back, title, announced, title > 0)


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


def _opening(lines: Sequence[str], front: int) -> int:
    """The first paragraph behind title, session, speaker, date and salutation."""
    opening = front
    for place in range(front, min(len(lines), front + _OPENING_LINES)):
        line = lines[place]
        if _OPENING.fullmatch(line) or DATE_LINE.fullmatch(line):
            opening = place + 1
            continue
        mark = read_mark(line)
        if mark is not None and RANKS[mark.style] <= RANKS["ar_dun"]:
            break
    return opening


def _back_matter(lines: Sequence[str], front: int) -> int:
    back = len(lines)
    notes = next(
        (
            i
            for i in range(front + 3, len(lines))
            if len(lines[i]) < 40 and _NOTES.fullmatch(lines[i])
        ),
        None,
    )
    if notes is not None and notes > front + (len(lines) - front) * 0.3:
        back = notes
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
