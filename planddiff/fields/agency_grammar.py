"""The grammar of a responsibility clause: a stretch of text to bodies with their roles."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from planddiff.fields.agency_words import CLOSE, HAN, OPEN, SEPARATORS, agency_words

Known = Callable[[str], bool]

_NEST = rf"[{OPEN}][^{OPEN}{CLOSE}]{{0,60}}[{CLOSE}]"
_PREFIX = r"省|市(?![场政民])|区(?![域块])|县(?!域)|州|盟|旗"
_LOCAL = (
    rf"(?:{_PREFIX}|自治区|国家|中央|中共|全国|中国|团[省市区县]|国务院|国网"
    rf"|{HAN}{{2,7}}?(?:{_PREFIX}))"
)
_SPLIT = re.compile(r"以及|[和与及暨]")
_ETC = re.compile(rf"等(?:{HAN}{{0,8}}(?:部门|单位|地区|企业|方面|机构|司局|地))?$")
_NOISE = re.compile(r".*[0-9].*|(?:长期|持续|年底|年内|全年)[坚持推进实施完成前]*")
# Words of running text: no body's name holds them.
_PROSE = re.compile(
    r"的|了|是|应(?!急)|将|把|被|从|向|或|如(?!皋|东)|请|包括|其中|以下|以上|简称|统称|加盖|公章|[“”\"]{3}"
)
_PLACE = re.compile(rf"{HAN}{{2,8}}")
_GOVERNMENT = re.compile(r"[市县区州盟旗镇乡]?(?:人民)?政府$|[市县区]委$|管委会$")


@dataclass(frozen=True)
class Body:
    """One named body of a clause; ``name`` is what is left without nested brackets."""

    start: int
    end: int
    name: str
    role: str
    kind: str
    open_ended: bool = False
    strong: bool = False


@dataclass(frozen=True)
class Clause:
    """A parsed stretch: its bodies in order, and how sure it is that it names who is responsible.

    ``labelled``: it has a label such as 牵头单位; ``worded``: a role word such as 负责;
    ``complete``: nothing in it was left unread.
    """

    bodies: tuple[Body, ...]
    labelled: bool
    worded: bool
    complete: bool


@cache
def actor_kind(name: str) -> str:
    """Kind of body a name is by its ending, or an empty string where it is none."""
    words = agency_words()
    if len(name) < 2 or len(name) > 40 or _PROSE.search(name):
        return ""
    if words.actor_class.fullmatch(name):
        return "class"
    if re.search(r"[0-9A-Za-z]", name):
        return ""
    for size in range(min(6, len(name) - 1), 0, -1):
        kind = words.suffixes.get(name[-size:])
        if kind:
            return kind
    return "government" if re.fullmatch(rf"{HAN}{{2,8}}[市县区州]", name) else ""


@cache
def _has_local_prefix(name: str) -> bool:
    return re.match(rf"{_LOCAL}{HAN}+", name) is not None


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Spans between separators, each with the separator before it; classes stay whole."""
    shielded = [m.span() for m in agency_words().shield.finditer(text, start, end)]
    shielded += [m.span() for m in re.compile(_NEST).finditer(text, start, end)]
    cuts = [
        (m.start(), m.end(), m.group())
        for m in re.compile(rf"[{SEPARATORS}]+").finditer(text, start, end)
        if not any(a < m.start() and m.end() < b for a, b in shielded)
    ]
    pieces, at, before = [], start, ""
    for cut_start, cut_end, mark in [*cuts, (end, end, "")]:
        if cut_start > at:
            pieces.append((at, cut_start, before))
        at, before = cut_end, mark.strip() or "\n"
    return pieces


def _split_joined(name: str, known: Known) -> list[tuple[int, int]]:
    """Cut 交通运输部及各地区 in two, but not 文化和旅游部 nor 各市及县市区政府."""
    if known(name):
        return [(0, len(name))]
    for cut in _SPLIT.finditer(name):
        left, right = name[: cut.start()], name[cut.end() :]
        left_kind = actor_kind(_without_nest(left))
        if left_kind and (left_kind != "class" or left.endswith(("部门", "单位", "地区", "政府"))):
            rest = _split_joined(right, known)
            if all(actor_kind(_without_nest(right[a:b])) for a, b in rest):
                return [(0, cut.start()), *((a + cut.end(), b + cut.end()) for a, b in rest)]
    return [(0, len(name))]


def _without_nest(name: str) -> str:
    return re.sub(_NEST, "", name)


def parse_clause(text: str, start: int, end: int, *, known: Known, role: str = "") -> Clause:
    """Read ``text[start:end]`` as a list of bodies.

    ``known`` tells whether a name stands in the register; ``role`` is the role of a label that
    stood before the stretch (an empty string where none did).
    """
    words = agency_words()
    bodies: list[Body] = []
    labelled, worded, complete = bool(role), False, True
    label_role = role
    group = 0  # index of the first body that a following role word speaks of
    comma = 0  # the same, for words of support: they do not reach over a comma

    def assign(word_role: str) -> None:
        nonlocal group
        first = comma if word_role == "support" and comma > group else group
        bodies[first:] = [replace(body, role=body.role or word_role) for body in bodies[first:]]
        group = len(bodies)

    for piece_start, piece_end, mark in _pieces(text, start, end):
        if mark[:1] in "；;。\n" and mark:
            group = len(bodies)
        if mark[:1] in "，,；;。\n":
            comma = len(bodies)
        label = words.label.match(text, piece_start, piece_end)
        if label:
            label_role = words.labels[label.group(1)]
            labelled = labelled or label_role != "none"
            piece_start, group = label.end(), len(bodies)
        if label_role == "none" or piece_start >= piece_end:
            continue
        joint = re.compile(r"(?:会同|联合|协同)").split(text[piece_start:piece_end])
        at = piece_start
        partner = False
        for number, part in enumerate(joint):
            if number:
                if not part:
                    continue
                at = text.index(part, at)
                if bodies and group < len(bodies):
                    assign("lead")
                partner = worded = True
                comma = group = len(bodies)
            elif not part:
                continue
            part_end = at + len(part)
            lead_in = re.compile(r"(?:均?由|需由)").match(text, at, part_end)
            at = lead_in.end() if lead_in else at
            name = text[at:part_end]
            nested = re.search(rf"[{OPEN}]({HAN}+)[{CLOSE}]$", name)
            own_role = ""
            if nested and nested.group(1) in words.role_words:
                own_role = words.role_words[nested.group(1)]
                name, worded = name[: nested.start()], True
            tail = words.role_tail.search(name)
            word_role = ""
            if tail:
                roles = [words.role_words[w] for w in words.role_words if w in tail.group()]
                word_role = min(roles or ["listed"], key=["lead", "support", "listed"].index)
                name, worded = name[: tail.start()], True
            etc = _ETC.search(name)
            if etc:
                name = name[: etc.start()]
            found = False
            for a, b in _split_joined(name, known) if name else []:
                bare = _without_nest(name[a:b])
                kind = actor_kind(bare)
                is_known = known(bare)
                if is_known and not kind:
                    kind = "department"
                if not kind and (label_role or _PLACE.fullmatch(bare)) and not _PROSE.search(bare):
                    kind = "?" if re.fullmatch(rf"[{HAN[1:-1]}“”·—()（）-]{{2,30}}", bare) else ""
                if kind:
                    found = True
                    strong = kind == "class" or is_known or _has_local_prefix(bare)
                    bodies.append(
                        Body(
                            at + a,
                            at + b,
                            bare,
                            own_role or _labelled(label_role),
                            kind,
                            strong=strong and kind != "?",
                        )
                    )
                else:
                    complete = complete and _NOISE.fullmatch(name[a:b]) is not None
            if etc and bodies:
                bodies[-1] = replace(bodies[-1], open_ended=True)
            if word_role:
                assign("support" if partner and word_role == "listed" else word_role)
            elif partner and found:
                bodies[-1] = replace(bodies[-1], role="support")
            at = part_end
    read = _share_suffix(text, bodies)
    complete = complete and all(body.kind != "?" for body in read)
    if labelled:
        read = [replace(b, kind="department") if b.kind == "?" else b for b in read]
    read = [body for body in read if body.kind != "?"]
    return Clause(tuple(_settle(read)), labelled, worded, complete)


def _labelled(role: str) -> str:
    return "" if role == "listed" else role


def _share_suffix(text: str, bodies: list[Body]) -> list[Body]:
    """杭州、嘉兴、金华市政府 are three governments: the last piece lends its ending."""
    read = list(bodies)
    for index in range(len(read) - 1, 0, -1):
        last, before = read[index], read[index - 1]
        ending = _GOVERNMENT.search(last.name)
        if (
            last.kind != "government"
            or ending is None
            or ending.start() == 0
            or not (before.kind == "?" or re.search(r"[市县区州]$", before.name))
            or not _PLACE.fullmatch(before.name)
            or text[before.end : last.start].strip() not in ("、", "和", "及", "与")
        ):
            continue
        lent = ending.group()
        if re.search(r"[市县区]$|自治州$", before.name) and lent[0] in "市县区州":
            lent = lent[1:]
        read[index - 1] = replace(before, name=before.name + lent, kind="government", strong=True)
    return read


def _settle(bodies: list[Body]) -> list[Body]:
    """Roles by word; where one word says who leads, those without a word support."""
    roles = {body.role for body in bodies}
    rest = "support" if "lead" in roles else "lead" if "support" in roles else "listed"
    return [replace(b, role=rest) if b.role in ("", "listed") else b for b in bodies]
