"""Who is responsible: bodies named in a plan item, with role, kind and exact span."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from planddiff.fields.agency_grammar import Body, Clause, parse_clause
from planddiff.fields.agency_register import AgencyRegister, load_register
from planddiff.fields.agency_words import CLOSE, OPEN, agency_words


@dataclass(frozen=True)
class AgencyMention:
    """One body at ``text[start:end]``.

    ``agency`` is the register's name for it at the time, ``role`` is ``lead``, ``support`` or
    ``listed`` by word, ``kind`` is ``department``, ``government``, ``enterprise`` or ``class``
    (各市政府), and ``open_ended`` says that 等 follows.
    """

    start: int
    end: int
    as_written: str
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


_BRACKET = re.compile(
    rf"[{OPEN}][^{OPEN}{CLOSE}]{{0,500}}"
    rf"(?:[{OPEN}][^{OPEN}{CLOSE}]{{0,200}}[{CLOSE}][^{OPEN}{CLOSE}]{{0,500}}){{0,20}}[{CLOSE}]"
)
_ENDS = "。；;\n"


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
    found: list[tuple[int, int, Clause]] = []
    for bracket in _BRACKET.finditer(text):
        if agency_words().trigger.search(bracket.group()) is None:
            continue
        clause = parse_clause(text, bracket.start() + 1, bracket.end() - 1, known=register.knows)
        if _accepted(text, bracket.start(), bracket.end(), clause):
            found.append((*bracket.span(), clause))
    found.sort(key=lambda entry: entry[0])
    mentions = []
    for _, _, clause in found:
        for body in _with_convention(clause, convention):
            mentions.append(
                AgencyMention(
                    body.start,
                    body.end,
                    text[body.start : body.end],
                    register.canonical(body.name, region),
                    body.role,
                    body.kind,
                    body.open_ended,
                )
            )
    return AgencyReading(tuple(mentions), tuple((a, b) for a, b, _ in found))


def _accepted(text: str, start: int, end: int, clause: Clause) -> bool:
    if not clause.bodies:
        return False
    if clause.labelled:
        return True
    strong = any(body.strong for body in clause.bodies)
    if clause.worded:
        return strong
    before, after = text[:start].rstrip(), text[end:].lstrip(" \t　")
    at_tail = not before or before[-1] in "。；;!！" or not after or after[0] in _ENDS
    return clause.complete and strong and at_tail


def _with_convention(clause: Clause, convention: AgencyConvention) -> tuple[Body, ...]:
    if not convention.first_leads or any(body.role != "listed" for body in clause.bodies):
        return clause.bodies
    first, *rest = clause.bodies
    return (replace(first, role="lead"), *(replace(body, role="support") for body in rest))


def assign_roles(
    mentions: tuple[AgencyMention, ...] | list[AgencyMention],
) -> tuple[list[str], list[str], bool]:
    """Leading and supporting bodies of an item, and whether the lead had to be inferred.

    Bodies with the word lead; where no word says who leads, the first one named leads.
    Each agency appears once.

    Examples
    --------
    >>> assign_roles(read_agencies("做好统计。(省经信委、省统计局)").mentions)
    (['省经信委'], ['省统计局'], True)
    """
    lead = [m.agency for m in mentions if m.role == "lead"]
    inferred = bool(mentions) and not lead
    if inferred:
        lead = [mentions[0].agency]
    support = [m.agency for m in mentions if m.agency not in lead]
    return list(dict.fromkeys(lead)), list(dict.fromkeys(support)), inferred
