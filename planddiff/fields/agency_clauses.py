"""Where an item says who is responsible: brackets, labelled runs, sentences and cells.

Each finder hands its stretch to :func:`planddiff.fields.agency_grammar.parse_clause` and keeps it
only where the pieces look like bodies; a stretch that a former finder took is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planddiff.fields.agency_grammar import Body, Clause, Known, parse_clause
from planddiff.fields.agency_words import CLOSE, HAN, OPEN, agency_words


@dataclass(frozen=True)
class Stretch:
    """One responsibility clause at ``[start, end)``, brackets included."""

    start: int
    end: int
    clause: Clause


_BRACKET = re.compile(
    rf"[{OPEN}][^{OPEN}{CLOSE}]{{0,500}}"
    rf"(?:[{OPEN}][^{OPEN}{CLOSE}]{{0,200}}[{CLOSE}][^{OPEN}{CLOSE}]{{0,500}}){{0,20}}[{CLOSE}]"
)
_ENDS = "。；;\n"
_OFFICE = re.compile(rf"{HAN}{{2,}}[局委厅办署部司处室会组]$|公司$")
_INNER_OFFICE = re.compile(rf"{HAN}{{2,}}[局委厅办司处科室]$")
_GLOSSED = ("部门", "单位", "机构", "机关", "部委", "成员", "企业", "高校", "城市", "厅局", "委局")
_BEFORE_LABEL = re.compile(r"[。；;，,、！!:：|\s)）】\].．>—]")
_PUBLIC = re.compile(r"[省市区县]|国网|中国")
_RUN_END = re.compile(r"[。\n]")
_NEXT_LINE = re.compile(r"[。\n]\s*")
_LONGEST_RUN = 1000
_SENTENCE = re.compile(r"[^。\n\t|()（）]+")
_LINE = re.compile(r"(?<=[\n\t|])[^\n\t|。]+")
_OFFICE_ENDINGS = "局委厅办部署府会联协室组队"
_LINE_ENDINGS = tuple(_OFFICE_ENDINGS + "区市县位门等")
# Who holds an event (主办) is not who is responsible for a task.
_TAIL_WORD = re.compile(r"牵头|负责|配合|参与|落实")
_BY = re.compile(r"[均都]?由(?!于)")
_REACH = 300  # no list of bodies in running text is longer
_LEADER = " \t\u3000—-·"
_COMMA = re.compile(r"[，,；;]")


def find_clauses(text: str, known: Known) -> list[Stretch]:
    """All responsibility clauses of ``text``, in order and apart.

    ``known`` tells whether a name stands in the register.
    """
    taken: list[Stretch] = []
    for finder in (_brackets, _labelled_runs, _sentences, _lines):
        for stretch in finder(text, known, taken):
            if all(s.end <= stretch.start or stretch.end <= s.start for s in taken):
                taken.append(stretch)
    return sorted(taken, key=lambda stretch: stretch.start)


def _brackets(text: str, known: Known, _: list[Stretch]) -> Iterator[Stretch]:
    trigger = agency_words().trigger
    for bracket in _BRACKET.finditer(text):
        start, end = bracket.span()
        if trigger.search(text, start, end) is None:
            continue
        clause = parse_clause(text, start + 1, end - 1, known=known)
        if _names_who(text, start, end, clause, known):
            yield Stretch(start, end, clause)


def _names_who(text: str, start: int, end: int, clause: Clause, known: Known) -> bool:
    if not clause.bodies:
        return False
    if clause.labelled:
        return True
    strong = any(body.strong for body in clause.bodies)
    if clause.worded:
        return strong or (clause.complete and clause.closed)
    if not clause.complete or _firms(clause, known):
        return False
    before, after = text[max(0, start - 30) : start].rstrip(), text[end : end + 30].lstrip(" \t　")
    if not before or before[-1] in "。；;!！":
        return strong or all(_INNER_OFFICE.search(body.name) for body in clause.bodies)
    if not (strong and any(_is_office(body, known) for body in clause.bodies)):
        return False
    # 装备工业司(国家重大技术装备办公室) is one office, 两个部门(市数据局、市医保局) tells which.
    second_name = len(clause.bodies) == 1 and _OFFICE.search(before)
    if second_name or before.endswith(_GLOSSED):
        return False
    return not after or after[0] in _ENDS or (after[0] in "，," and len(clause.bodies) > 1)


def _firms(clause: Clause, known: Known) -> bool:
    return all(b.kind == "enterprise" and not _is_office(b, known) for b in clause.bodies)


def _is_office(body: Body, known: Known) -> bool:
    """A public office or a class of them; not a place, a hospital or a firm of some town."""
    if body.kind == "enterprise":
        return _PUBLIC.match(body.name) is not None
    return body.kind == "class" or known(body.name) or body.name[-1] in _OFFICE_ENDINGS


def _labelled_runs(text: str, known: Known, taken: list[Stretch]) -> Iterator[Stretch]:
    """牵头单位:省教育厅;配合单位:省财政厅 on a line, in a cell or after a sentence."""
    column = agency_words().column
    at = 0
    while label := column.search(text, at):
        start, at = label.span()
        within = next((s for s in taken if s.start <= start < s.end), None)
        if within:
            at = within.end
        elif not start or _BEFORE_LABEL.match(text[start - 1]):
            at = _run_end(text, at)
            clause = parse_clause(text, start, at, known=known)
            if any(b.strong for b in clause.bodies) or (clause.bodies and clause.complete):
                yield Stretch(start, at, clause)


def _run_end(text: str, at: int) -> int:
    """End of a labelled run: its sentence or line, and the next line if that has a label too."""
    column = agency_words().column
    limit = at + _LONGEST_RUN
    while True:
        stop = _RUN_END.search(text, at, limit)
        end = stop.start() if stop else min(limit, len(text))
        following = _NEXT_LINE.match(text, end)
        if following is None or not column.match(text, following.end()):
            return end
        at = following.end()


def _sentences(text: str, known: Known, _: list[Stretch]) -> Iterator[Stretch]:
    """由省大数据局牵头,各市政府配合 as a sentence or its tail."""
    for sentence in _SENTENCE.finditer(text):
        if _TAIL_WORD.search(sentence.group()):
            start, end = _trimmed(text, *sentence.span())
            yield from _worded_sentence(text, start, end, known)


def _lines(text: str, known: Known, _: list[Stretch]) -> Iterator[Stretch]:
    """A line or a table cell of bodies and nothing else; never the first line, the title."""
    for line in _LINE.finditer(text):
        start, end = _trimmed(text, *line.span())
        if not 2 < end - start < 300 or not text[end - 1].endswith(_LINE_ENDINGS):
            continue
        clause = parse_clause(text, start, end, known=known)
        cell = "\t" in text or "|" in text
        offices = all(_is_office(body, known) for body in clause.bodies)
        if clause.complete and clause.bodies and offices and (cell or len(clause.bodies) > 1):
            yield Stretch(start, end, clause)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip(_LEADER)), start + len(inside.rstrip())


def _worded_sentence(text: str, start: int, end: int, known: Known) -> Iterator[Stretch]:
    at = start
    for by in _BY.finditer(text, start, end):
        if by.start() < at:
            continue
        for stop in reversed(_stops(text, by.end(), min(end, by.end() + _REACH))):
            clause = parse_clause(text, by.start(), stop, known=known)
            if _is_list(clause) and clause.closed:
                yield Stretch(by.start(), stop, clause)
                at = stop
                break
    if at == start and end - start <= _REACH:
        clause = parse_clause(text, start, end, known=known)
        named = any(body.kind != "class" for body in clause.bodies) or "职责" in text[start:end]
        if _is_list(clause) and clause.closed and named:
            yield Stretch(start, end, clause)


def _is_list(clause: Clause) -> bool:
    return clause.complete and any(body.strong for body in clause.bodies)


def _stops(text: str, start: int, end: int) -> list[int]:
    return [*(m.start() for m in _COMMA.finditer(text, start, end)), end][:8]
