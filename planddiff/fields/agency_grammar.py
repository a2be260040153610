"""The grammar of a responsibility clause: a stretch of text to bodies with their roles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from planddiff.fields.agency_words import CLOSE, HAN, OPEN, SEPARATORS, agency_words

Known = Callable[[str], bool]

_NEST = re.compile(rf"[{OPEN}][^{OPEN}{CLOSE}]{{0,60}}[{CLOSE}]")
_NEST_ROLE = re.compile(rf"[{OPEN}]({HAN}+)[{CLOSE}]$")
_SEPARATOR = re.compile(rf"[{SEPARATORS}]+")
_PARTNER = re.compile(r"会同|联合(?=.)|协同(?=.)")
_BY = re.compile(rf"(?:{HAN}{{0,4}}(?:工作|任务|事项))?[均都需须应要]*由")
_AND = re.compile(r"以及|[和与及暨]")
_ETC = re.compile(rf"等(?:[0-9]*{HAN}{{0,8}}(?:部门|单位|地区|企业|方面|机构|司局|地|市|区|县))?$")
_ETC_GOVERNMENT = re.compile(rf"({HAN}{{2,8}}?)等{HAN}{{0,3}}?([市县区](?:人民)?政府)")
_NOISE = re.compile(
    r"[0-9一二三四]*[0-9年月日号底初末前后内至到起第上中下半旬每周季度—-]+[完成启动持续推进实施前取得进展]*"
    r"|(?:长期|持续)[坚持推进实施]*|下同"
)
# 列第一位的, 首个: the place in a list, which 第一医院 is not.
FIRST_PLACE = r"(?:第一[位个家名]|首[位个家名]|第一(?=[的者为责]))"
_ORDER_NOTE = re.compile(rf"{FIRST_PLACE}.*(?:牵头|主办|主责)")
# Words of running text: no body's name holds them.
_PROSE = re.compile(
    r"的|了|是|应(?!急)|将|把|被|从|向|或|如(?!皋|东)|请|包括|其中|以下|以上(?!市)|简称|统称|加盖|公章|者|位的"
)
_DIGIT = re.compile(r"[0-9]")
_LETTERS = re.compile(r"[0-9A-Za-z]")
_UNKNOWN_BODY = re.compile(rf"(?:{HAN}|[“”·—()（）-]){{2,30}}")
_PLACE = re.compile(rf"{HAN}{{2,8}}")
_PLACE_UNIT = re.compile(r"(?:[市县区]|自治州)$")
_GOVERNMENT = re.compile(r"[市县区州盟旗镇乡]?(?:人民)?政府$|[市县区]委$|管委会$")
_UNIT = r"省|市(?![场政民])|区(?![域块])|县(?!域)|州|盟|旗"
_LOCAL = re.compile(
    rf"(?:{_UNIT}|新区|自治区|国家|中央|中共|全国|中国|团[省市区县]|国务院|国网"
    rf"|(?:(?![局委厅办部署和及与]){HAN}){{2,7}}?(?:{_UNIT}))(?:{HAN}|[“”])+"
)
_CLOSED_CLASSES = ("部门", "单位", "地区", "政府")
_ROLE_ORDER = ["lead", "support", "listed"]


@dataclass(frozen=True)
class Body:
    """One named body of a clause; ``name`` is what is left without nested brackets.

    ``strong`` bodies are known for one by themselves (in the register, with a local prefix, or a
    class such as 各市政府); the others only have a body's ending.
    """

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
    ``complete``: nothing in it was left unread; ``closed``: the last body has a role word after it.
    """

    bodies: tuple[Body, ...]
    labelled: bool
    worded: bool
    complete: bool
    closed: bool


@lru_cache(maxsize=65536)
def actor_kind(name: str) -> str:
    """Kind of body a name is by its ending, or an empty string where it is none."""
    words = agency_words()
    if not 2 <= len(name) <= 40 or _PROSE.search(name) or name.startswith(words.openings):
        return ""
    if words.actor_class.fullmatch(name):
        return "class"
    if _LETTERS.search(name) or name.endswith(words.not_bodies):
        return ""
    for size in range(min(6, len(name)), 0, -1):
        if size == len(name) and size < 3:
            continue
        kind = words.suffixes.get(name[-size:])
        if kind:
            return "class" if re.match(r"各|有关|相关|其他|所有", name) else kind
    return "government" if re.fullmatch(rf"{HAN}{{1,8}}[市县区州]", name) else ""


def parse_clause(text: str, start: int, end: int, *, known: Known, role: str = "") -> Clause:
    """Read ``text[start:end]`` as a list of bodies.

    ``known`` tells whether a name stands in the register; ``role`` is the role of a column
    heading that the stretch stands under (an empty string where there is none).
    """
    reader = _Reader(text, known, label_role=role, labelled=bool(role))
    for piece_start, piece_end, mark in _pieces(text, start, end):
        reader.piece(piece_start, piece_end, mark)
    return reader.clause()


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Spans between separators with the mark before each; 各市、县(市、区)政府 stays whole."""
    words = agency_words()
    whole = [m.span() for m in words.shield.finditer(text, start, end)]
    whole += [m.span() for m in _NEST.finditer(text, start, end)]
    cuts = [
        (m.start(), m.end(), m.group().strip()[:1] or "\n")
        for m in _SEPARATOR.finditer(text, start, end)
        if not any(a < m.start() and m.end() < b for a, b in whole)
    ]
    cuts += [(m.start(), m.start(), ";") for m in words.column.finditer(text, start, end)]
    at, before = start, ""
    for cut_start, cut_end, mark in [*sorted(cuts), (end, end, "")]:
        if cut_start > at:
            yield at, cut_start, before
            before = ""
        at = max(at, cut_end)
        before = ";" if ";" in (before, mark) else mark


@dataclass
class _Reader:
    """State of one reading from left to right."""

    text: str
    known: Known
    label_role: str
    labelled: bool
    worded: bool = False
    complete: bool = True
    closed: bool = False
    partner: bool = False  # after 会同
    group: int = 0  # first body that a following role word speaks of
    comma: int = 0  # the same for words of support: they do not reach back over a comma
    bodies: list[Body] = field(default_factory=list)

    def piece(self, start: int, end: int, mark: str) -> None:
        words = agency_words()
        if mark and mark in "；;。\n":
            self.group, self.partner = len(self.bodies), False
        if mark and mark in "，,；;。\n":
            self.comma = len(self.bodies)
        if _ORDER_NOTE.search(self.text, start, end):
            return
        label = words.label.match(self.text, start, end)
        if label:
            self.label_role = words.labels[label.group(1) or label.group(2)]
            self.labelled = self.labelled or self.label_role != "none"
            start, self.group, self.partner = label.end(), len(self.bodies), False
        elif label := words.bare_label.match(self.text, start, end):
            rest = self.text[label.end() : end]
            if self.known(rest) or _local_prefix(rest):
                self.label_role, self.labelled = words.labels[label.group(1)], True
                start, self.group, self.partner = label.end(), len(self.bodies), False
        if self.label_role == "none" or start >= end:
            return
        for joint in _PARTNER.finditer(self.text, start, end):
            self._part(start, joint.start())
            self._assign("lead")
            self.partner = self.worded = True
            start = joint.end()
        self._part(start, end)

    def _part(self, start: int, end: int) -> None:
        words = agency_words()
        by = _BY.match(self.text, start, end)
        start = by.end() if by else start
        name = self.text[start:end]
        own_role, word_role = "", ""
        nested = _NEST_ROLE.search(name)
        if nested and nested.group(1) in words.role_words:
            own_role, name = words.role_words[nested.group(1)], name[: nested.start()]
            self.worded = True
        tail = words.role_tail.search(name)
        if tail and actor_kind(name) and not actor_kind(_NEST.sub("", name[: tail.start()])):
            tail = None  # 市政协办
        if tail:
            said = [role for word, role in words.role_words.items() if word in tail.group()]
            word_role = min(said or ["listed"], key=_ROLE_ORDER.index)
            name, self.worded = name[: tail.start()], True
        shared = _ETC_GOVERNMENT.fullmatch(name)
        if shared:
            self.bodies.append(
                Body(
                    start,
                    start + len(shared.group(1)),
                    shared.group(1) + shared.group(2),
                    self._role(own_role),
                    "government",
                    open_ended=True,
                    strong=True,
                )
            )
            name = ""
        dated = _DIGIT.search(name)
        if dated and _NOISE.fullmatch(name, dated.start()):
            name = name[: dated.start()]  # 省大数据局6月底前完成
        etc = _ETC.search(name)
        name = name[: etc.start()] if etc else name
        first = len(self.bodies)
        self._names(start, name, own_role)
        if etc and len(self.bodies) > first:
            self._etc(start, start + len(name) + len(etc.group()), etc.group())
        if word_role:
            self._assign(word_role)
        self.closed = bool(tail or own_role)

    def _role(self, own_role: str) -> str:
        label_role = "" if self.label_role == "listed" else self.label_role
        return own_role or label_role or ("support" if self.partner else "")

    def _names(self, start: int, name: str, own_role: str) -> None:
        for a, b in _split_joined(name, self.known) if name else []:
            bare = _NEST.sub("", name[a:b])
            if _NOISE.fullmatch(bare):
                continue
            known = self.known(bare)
            kind = actor_kind(bare) or ("department" if known else "")
            bare = name[a:b] if kind == "class" else bare
            if known and kind == "enterprise" and not bare.endswith(("公司", "集团")):
                kind = "department"  # 人民银行
            if not kind and _may_be_body(bare, labelled=self.labelled):
                kind = "?"
            if kind:
                strong = kind == "class" or known or _is_local(bare, self.known)
                self.bodies.append(
                    Body(
                        start + a,
                        start + b,
                        bare,
                        self._role(own_role),
                        kind,
                        strong=strong and kind != "?",
                    )
                )
            else:
                self.complete = False

    def _etc(self, start: int, end: int, words: str) -> None:
        last = self.bodies.pop()
        if last.kind != "?" or len(words) == 1:
            self.bodies.append(replace(last, open_ended=True))
            return
        # 卫生、民政、交通等部门 names one class of bodies.
        while len(self.bodies) > self.group and self.bodies[-1].kind == "?":
            last = self.bodies.pop()
        name = self.text[last.start : end]
        self.bodies.append(
            Body(last.start, end, name, last.role, "class", open_ended=True, strong=True)
        )

    def _assign(self, role: str) -> None:
        # With no role word before it, 配合 leaves what stands before its comma to lead.
        first = self.comma if role == "support" and not self.group else self.group
        self.bodies[first:] = [replace(b, role=b.role or role) for b in self.bodies[first:]]
        self.group = self.comma = len(self.bodies)
        self.partner = False

    def clause(self) -> Clause:
        bodies = _share_office(self.text, _share_ending(self.text, self.bodies), self.known)
        unread = [body for body in bodies if body.kind == "?"]
        complete = self.complete and not unread
        if self.labelled:
            bodies = [
                replace(body, kind="department") if body.kind == "?" else body
                for body in bodies
                if body.kind != "?" or len(body.name) > 3
            ]
        else:
            bodies = [body for body in bodies if body.kind != "?"]
        return Clause(tuple(_settle(bodies)), self.labelled, self.worded, complete, self.closed)


def _may_be_body(name: str, *, labelled: bool) -> bool:
    """A piece without a body's ending that may still be one: under a label, or a bare place."""
    if _PROSE.search(name) or not _UNKNOWN_BODY.fullmatch(name):
        return False
    if name.startswith(agency_words().openings):
        return False
    return labelled or _PLACE.fullmatch(name) is not None


@lru_cache(maxsize=65536)
def _local_prefix(name: str) -> bool:
    return _LOCAL.match(name) is not None


def _is_local(name: str, known: Known) -> bool:
    """省…, 杭州市…, 国家…, or a known body with a part of it: 交通运输部运输服务司."""
    if _local_prefix(name):
        return True
    return any(known(name[:size]) for size in range(3, len(name) - 1))


def _split_joined(name: str, known: Known) -> list[tuple[int, int]]:
    """Cut 交通运输部及各地区 in two, but not 文化和旅游部 nor 各市及县市区政府."""
    cuts = [m.span() for m in _AND.finditer(name)]
    whole = [(0, len(name))]
    if not cuts or known(name):
        return whole
    # From the right: how the rest from each start falls into bodies, if it does.
    rests: dict[int, list[tuple[int, int]]] = {}
    for start in [*(cut_end for _, cut_end in reversed(cuts)), 0]:
        rest = name[start:]
        if start and actor_kind(_NEST.sub("", rest)):
            rests[start] = [(start, len(name))]
        if start and known(rest):
            continue
        for cut_start, cut_end in cuts:
            if cut_start > start and cut_end in rests and _ends_body(name[start:cut_start]):
                rests[start] = [(start, cut_start), *rests[cut_end]]
                break
    return rests.get(0, whole)


def _ends_body(left: str) -> bool:
    """Whether a body may end before 和: after 有关部门, but not after 各市 in 各市和县政府."""
    kind = actor_kind(_NEST.sub("", left))
    return bool(kind) and (kind != "class" or left.endswith(_CLOSED_CLASSES))


def _share_ending(text: str, bodies: list[Body]) -> list[Body]:
    """杭州、嘉兴、金华市政府 are three governments: the last piece lends its ending."""
    read = list(bodies)
    for index in range(len(read) - 1, 0, -1):
        last, before = read[index], read[index - 1]
        ending = _GOVERNMENT.search(last.name)
        if last.kind != "government" or ending is None or ending.start() == 0:
            continue
        if before.kind not in ("?", "government") or _GOVERNMENT.search(before.name):
            continue
        between = text[before.end : last.start].strip()
        if not _PLACE.fullmatch(before.name) or between not in ("、", "和", "及", "与"):
            continue
        lent = ending.group()
        if _PLACE_UNIT.search(before.name) and lent[0] in "市县区州":
            lent = lent[1:]
        read[index - 1] = replace(before, name=before.name + lent, kind="government", strong=True)
    return read


def _share_office(text: str, bodies: list[Body], known: Known) -> list[Body]:
    """省科技、教育、财政厅 are three departments, if the register knows all three."""
    read = list(bodies)
    for index, last in enumerate(bodies):
        first = index
        while (
            first
            and read[first - 1].kind == "?"
            and (text[read[first - 1].end : read[first].start] == "、")
        ):
            first -= 1
        if first == index or last.kind != "department":
            continue
        prefix = read[first].name[0] if read[first].name[0] in "省市区县" else ""
        names = [prefix * (at > first) + read[at].name for at in range(first, index + 1)]
        names = [name + last.name[-1] for name in names[:-1]] + names[-1:]
        if all(known(name) for name in names):
            read[first : index + 1] = [
                replace(body, name=name, kind="department", strong=True)
                for body, name in zip(read[first : index + 1], names, strict=True)
            ]
    return read


def _settle(bodies: list[Body]) -> list[Body]:
    """Roles by word; where a word says who leads or supports, the others do the other."""
    roles = {body.role for body in bodies}
    rest = "support" if "lead" in roles else "lead" if "support" in roles else "listed"
    return [replace(b, role=rest) if b.role in ("", "listed") else b for b in bodies]
