"""Who is responsible: bodies named in a plan item, with role, kind and exact span."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from planddiff.fields.agency_clauses import find_clauses
from planddiff.fields.agency_grammar import FIRST_PLACE, Body, parse_clause
from planddiff.fields.agency_register import AgencyRegister, load_register
from planddiff.fields.agency_words import HAN


@dataclass(frozen=True)
class AgencyMention:
    """One body at ``text[start:end]``.

    ``name`` is the body as the plan calls it, with what it shares with its neighbours written out
    (杭州 in 杭州、金华市政府 is 杭州市政府); ``agency`` is the register's name for it at the time
    (省通管局 is 省通信管理局); ``role`` is ``lead``, ``support`` or
    ``listed`` by word, ``kind`` is ``department``, ``government``, ``enterprise`` or ``class``
    (各市政府), and ``open_ended`` says that 等 follows.
    """

    start: int
    end: int
    as_written: str
    name: str
    agency: str
    role: str
    kind: str
    open_ended: bool


@dataclass(frozen=True)
class AgencyReading:
    """Mentions in order of the text, and the spans of whole responsibility clauses."""

    mentions: tuple[AgencyMention, ...]
    clauses: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class AgencyConvention:
    """What a document says once for all its items.

    ``first_leads``: the first body of every list leads (列第一位者为牵头单位). ``standing``:
    bodies responsible for every item (以下任务均需各部门落实), with offsets into the document.
    """

    first_leads: bool = False
    standing: tuple[AgencyMention, ...] = ()


def read_agencies(
    text: str,
    *,
    region: str | None = None,
    convention: AgencyConvention | None = None,
    register: AgencyRegister | None = None,
) -> AgencyReading:
    """Find the responsible bodies of one item.

    Parameters
    ----------
    text : str
        Canonical text of the item.
    region : str, optional
        The plan's own region (浙江省), by which 浙江省经信委 is 省经信委.
    convention : AgencyConvention, optional
        What :func:`document_convention` found for the whole document.
    register : AgencyRegister, optional
        Names and successions; the shipped register by default.

    Examples
    --------
    >>> reading = read_agencies("推进智慧交通。(省交通运输厅牵头,杭州、金华市政府配合)")
    >>> [(m.as_written, m.role) for m in reading.mentions]
    [('省交通运输厅', 'lead'), ('杭州', 'support'), ('金华市政府', 'support')]
    >>> reading.mentions[1].agency, reading.clauses
    ('杭州市政府', ((7, 28),))
    """
    register = register or load_register()
    convention = convention or AgencyConvention()
    stretches = find_clauses(text, register.knows)
    mentions = []
    for stretch in stretches:
        bodies = stretch.clause.bodies
        if convention.first_leads or _FIRST_LEADS.search(text, stretch.start, stretch.end):
            bodies = _first_leads(bodies)
        mentions += [_mention(text, body, register, region) for body in bodies]
    return AgencyReading(tuple(mentions), tuple((s.start, s.end) for s in stretches))


def _mention(text: str, body: Body, register: AgencyRegister, region: str | None) -> AgencyMention:
    return AgencyMention(
        start=body.start,
        end=body.end,
        as_written=text[body.start : body.end],
        name=body.name,
        agency=register.canonical(body.name, region),
        role=body.role,
        kind=body.kind,
        open_ended=body.open_ended,
    )


def _first_leads(bodies: tuple[Body, ...]) -> tuple[Body, ...]:
    if any(body.role != "listed" for body in bodies):
        return bodies
    first, *rest = bodies
    return (replace(first, role="lead"), *(replace(body, role="support") for body in rest))


_FIRST_LEADS = re.compile(
    rf"{FIRST_PLACE}[的者]{{0,2}}{HAN}{{0,6}}?"
    rf"(?:[为是即]{HAN}{{0,4}}(?:牵头|主办|主责)(?:单位|部门)|(?:单位|部门){HAN}{{0,2}}牵头)"
)
_ALL_ITEMS = r"(?:以下|下列|上述|以上|文中|各项|所有|全部)"
# Each with a sign without which it cannot fit: most documents are passed over by the sign.
_EVERY_ITEM = (
    (
        re.compile(_ALL_ITEMS),
        # 以下任务均需各部门落实
        re.compile(
            rf"{_ALL_ITEMS}[^。；;\n]{{0,20}}?[均都][需须由应要]{{1,2}}(?P<who>[^。；;\n]{{2,60}}?)"
            r"(?:共同|认真|抓好|具体|贯彻|密切)*(?P<word>落实|执行|负责|配合|参与|实施)"
        ),
    ),
    (
        re.compile(f"[为是]{_ALL_ITEMS}"),
        # 各市政府为各项任务的责任单位
        re.compile(
            rf"(?P<who>[^。；;，,\n]{{2,60}}?)均?[为是]{_ALL_ITEMS}[^。；;\n]{{0,12}}"
            r"(?P<word>责任|落实|配合|参与)(?:单位|部门)"
        ),
    ),
    (
        re.compile("不再"),
        # 涉及各市政府的,不再单独列出
        re.compile(
            r"(?:涉及|[需须由])(?P<who>[^。；;，,\n]{2,60}?)(?P<word>落实|负责|配合|参与|)的?"
            r"[，,]?(?:以下|下文)?(?:均|都)?不再[一逐单另][一个条独行](?:列|标|注)"
        ),
    ),
)
_SUPPORTING = ("配合", "参与")


def document_convention(
    text: str, *, region: str | None = None, register: AgencyRegister | None = None
) -> AgencyConvention:
    """Read once per document what it says about the bodies of all its items.

    Parameters
    ----------
    text : str
        Canonical text of the whole document, cover note included.

    Examples
    --------
    >>> document_convention("责任单位中列第一位的为牵头单位。").first_leads
    True
    >>> found = document_convention("以下任务均需各市政府落实,不再一一列出。").standing
    >>> [(m.agency, m.start, m.end) for m in found]
    [('各市政府', 6, 10)]
    """
    register = register or load_register()
    standing: dict[tuple[int, int], AgencyMention] = {}
    clauses = (
        match
        for sign, pattern in _EVERY_ITEM
        if sign.search(text)
        for match in pattern.finditer(text)
    )
    for clause in clauses:
        role = "support" if clause.group("word") in _SUPPORTING else "listed"
        parsed = parse_clause(text, *clause.span("who"), known=register.knows, role=role)
        if parsed.complete:
            for body in parsed.bodies:
                mention = _mention(text, replace(body, role=role), register, region)
                standing.setdefault((body.start, body.end), mention)
    return AgencyConvention(_FIRST_LEADS.search(text) is not None, tuple(standing.values()))


def assign_roles(
    mentions: tuple[AgencyMention, ...] | list[AgencyMention],
) -> tuple[list[str], list[str], bool]:
    """Leading and supporting bodies of an item, and whether the lead had to be inferred.

    Bodies with a word for it lead; where no word says who leads, the first one named leads.
    Names are as the plan has them (``AgencyMention.name``), each once.

    Examples
    --------
    >>> assign_roles(read_agencies("做好统计。(省经信委、省统计局)").mentions)
    (['省经信委'], ['省统计局'], True)
    """
    lead = [m.name for m in mentions if m.role == "lead"]
    inferred = bool(mentions) and not lead
    if inferred:
        lead = [mentions[0].name]
    support = [m.name for m in mentions if m.name not in lead]
    return list(dict.fromkeys(lead)), list(dict.fromkeys(support)), inferred
