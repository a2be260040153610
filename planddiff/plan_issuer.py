"""Who issued a plan: what its head states, who signed it, whose government reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from planddiff.fields.agency_register import load_register
from planddiff.outline.regions import DATE_LINE
from planddiff.outline.words import alternatives
from planddiff.places import provinces

_STATED = re.compile(
    r"(?:发文机关|发布机构|制定机关|发文单位|印发机关|发布单位)\s*[:：]\s*(\S{3,40})"
)
_BODY = re.compile(
    rf"(?!关于|为|根据|按照|各)[\u4e00-\u9fff\s()、]{{2,60}}(?:{alternatives('body')})"
)
_ISSUED = re.compile(
    rf"((?!关于|为|根据|按照|各)[\u4e00-\u9fff\s()、]{{2,60}}?(?:{alternatives('body')}))\s?关于"
)
_ALONE = re.compile(rf"(?:{alternatives('body')})+")
_NAME_LINE = re.compile(r"(?!关于|为|根据|按照|各)[\u4e00-\u9fff\s()、]{2,40}")
_PLACED = re.compile(
    r"[\u4e00-\u9fff]{2,10}?(?:省|市|州|县|区|盟|旗)|国务院|中共|中央|国家|中国|全国|最高"
)
_HIGHEST = re.compile(r"中共中央|国务院|(?:中共)?.{2,8}[省市州盟县区]委|.{2,8}[省市州县区]人民政府")
_OF_STATE = re.compile(r"代表国务院|国务院总理|国务院的?委托|在.{0,10}全国人民代表大会")
_SIGNERS = 8


def find_issuer(head: Sequence[str], tail: Sequence[str], title: str) -> str:
    """The issuing body by a labelled line, the signature, or the title; several with ``、``.

    Parameters
    ----------
    head, tail : sequence of str
        Lines before the first item and behind the last.
    title : str
        The title, or what the source is called.
    """
    for line in head:
        if stated := _STATED.match(line):
            return joint(stated[1])
    for lines in (head, tail):
        for at, (line, following) in enumerate(pairwise(lines)):
            if DATE_LINE.fullmatch(following) and len(line) <= 60 and _BODY.fullmatch(line):
                return joint(" ".join(_signature(lines, at)))
    for line in (title, *head[:12]):
        issued = _ISSUED.match(line)
        if issued and len(line) <= 120:
            return joint(issued[1])
    if title.endswith("政府工作报告"):
        return ""
    for line in tail:
        if printed := re.match(rf"({_BODY.pattern})\s*\d{{4}}年", line):
            return joint(printed[1])
    return ""


def joint(names: str) -> str:
    """Bodies that stand side by side, with ``、`` between; blanks within a name go.

    Examples
    --------
    >>> joint("科技部  财 政 部"), joint("云 州 市 人 民 政 府"), joint("云州市人民政府 办公室")
    ('科技部、财政部', '云州市人民政府', '云州市人民政府办公室')
    >>> joint("科学技术部办公厅财政部办公厅")
    '科学技术部办公厅、财政部办公厅'
    """
    found: list[str] = []
    for word in re.split(r"[\s、]+", names.strip()):
        if found and (not _BODY.fullmatch(found[-1]) or _ALONE.fullmatch(word)):
            found[-1] += word
        else:
            found.append(word)
    return "、".join(part for body in found for part in _run_on(body))


def _run_on(body: str) -> list[str]:
    """Two bodies that were printed without anything between."""
    for at in range(3, len(body) - 2):
        parts = [body[:at], body[at:]]
        # 省政府国有资产监督管理委员会 is one body of the government, not two.
        of_government = parts[0].endswith("政府") and not _begins_with_place(parts[1])
        if of_government or re.match("办?公[厅室]", parts[1]):
            continue
        bare = [re.sub("(?<=.{3})(?:办公厅|办公室)$", "", part) for part in parts]
        if all(_HIGHEST.fullmatch(name) or load_register().knows(name) for name in bare):
            return parts
    return [body]


def report_issuer(title: str, opening: Sequence[str], place: str) -> str:
    """The government that gives a work report; empty for other documents."""
    if not title.endswith("政府工作报告"):
        return ""
    if any(_OF_STATE.search(line) for line in opening):
        return "国务院"
    league = place.endswith(("盟", "地区"))
    return f"{place}{'行政公署' if league else '人民政府'}" if place else ""


def _signature(lines: Sequence[str], at: int) -> list[str]:
    """The lines of a signature that ends in one line: several bodies, or a name that is wrapped."""
    block = [lines[at]]
    for line in lines[max(at - _SIGNERS, 0) : at][::-1]:
        goes_on = not _begins(block[0]) or _BODY.fullmatch(line)
        if not goes_on or not _NAME_LINE.fullmatch(line):
            break
        block.insert(0, line)
    while block and not _begins(block[0]):
        block.pop(0)
    return block or [lines[at]]


def _begins(line: str) -> bool:
    """Whether a line begins with the name of a body and not in the middle of one."""
    return _begins_with_place(line) or load_register().knows(joint(line).partition("、")[0])


def _begins_with_place(line: str) -> bool:
    bare = re.sub(r"\s", "", line)
    return bool(_PLACED.match(bare)) or any(bare.startswith(each.short) for each in provinces())
