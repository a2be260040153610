"""The course of a document: where it stops looking back, states its goals, and only leads in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from planddiff.outline.marks import FINE, number_of
from planddiff.outline.parts import heading_part, part_of
from planddiff.outline.tree import Node
from planddiff.outline.units import Unit
from planddiff.outline.words import alternatives

_SALUTATION = re.compile(alternatives("salutation"))
_GOALS = re.compile(alternatives("goals"))
_TIMES = re.compile(r"(?P<year>(?:19|20)\d\d)年|“(?P<period>[八九十][一二三四五六]?)五”时期")
_YEAR_AHEAD = re.compile(
    rf"(?:今年|{_TIMES.pattern}),?是|根据[^。《]{{0,6}}《[^》]{{4,60}}五年规划[^》]{{0,20}}建议》"
)
_PROBLEMS = re.compile(alternatives("problems"))
_FIGURE = re.compile(r"\d[%万亿千个家户人名条项件所座台处公平米吨]")
_LED = re.compile(r"[^，,。；;：:！!]{4,24}[。:].{20}")
_LATEST_PROBLEMS = 0.6
"""In what share of the text the problems of the past stand at the latest."""
_LONGEST_LEAD_IN, _LONGEST_APPEAL = 160, 260


@dataclass(frozen=True)
class _Course:
    """Where the text turns ahead, what paragraphs turn, and the goals of the year by heading."""

    turn: int
    openings: frozenset[int]
    goals: Mapping[int, int]


def parts_of(text: str, units: Sequence[Unit]) -> list[str]:
    """The part of each item, in the order of the text.

    A heading that looks back holds no longer than to the paragraph that turns to the year ahead,
    and one of requirements no longer than to the goals of the year where numbered headings follow
    them: copies of reports lose the heading between. What stands before the problems that end a
    review, and under no heading that tells, belongs to the review.
    """
    course = _read_course(text, units)
    parts = [_part(text, unit, course) for unit in units]
    problems = _problems(text, units, course.turn)
    for place in range(problems + 1):
        if parts[place] in ("task", "safeguard", "framing"):
            parts[place] = "review"
    for place in _lead_ins(text, units, course.openings):
        if parts[place] == "task":
            parts[place] = "framing"
    return parts


def _body(text: str, unit: Unit) -> str:
    """The first sentences of an item, without number and salutation."""
    start = max(unit.number[1], unit.start)
    salutation = _SALUTATION.match(text, start, unit.end)
    return text[salutation.end() if salutation else start : unit.end].lstrip()


def _read_course(text: str, units: Sequence[Unit]) -> _Course:
    """Follow the times of which the text speaks.

    It turns ahead where it states goals or speaks of a later year or five-year period than before;
    failing that, where the items of a review are numbered from 1 again.
    """
    past: dict[str, int] = {}
    turns: list[int] = []
    openings: set[int] = set()
    goals: dict[int, int] = {}
    for place, unit in enumerate(units):
        begin = _body(text, unit)[:60]
        opened = _YEAR_AHEAD.match(begin)
        if _GOALS.search(begin):
            turns.append(unit.start)
            if "预期" in begin:
                goals.setdefault(unit.path[-1].start if unit.path else -1, unit.start)
        elif place and opened and not goals and _is_later(opened, past):
            turns.append(unit.start)
            openings.add(unit.start)
        if turns:
            continue
        for said in [*(text[slice(*node.title)] for node in unit.path), begin]:
            for hit in _TIMES.finditer(said):
                for kind, number in _time(hit).items():
                    past[kind] = min(past.get(kind, number), number)
    turn = turns[0] if turns else _numbered_again(text, units)
    return _Course(turn, frozenset(openings), goals)


def _time(hit: re.Match[str]) -> dict[str, int]:
    """The year (2025) or the number of the five-year period (十四五 is 14) that a phrase names."""
    if hit["year"]:
        return {"year": int(hit["year"])}
    return {"period": number_of(hit["period"])} if hit["period"] else {}


def _is_later(opened: re.Match[str], past: Mapping[str, int]) -> bool:
    named = _time(opened)
    return not named or any(kind in past and past[kind] < at for kind, at in named.items())


def _numbered_again(text: str, units: Sequence[Unit]) -> int:
    """Where a numbering begins a second time under a heading that looks back, else the end."""
    firsts: dict[tuple[int, str], int] = {}
    for unit in units:
        for above, node in pairwise([*unit.path, *([unit.node] if unit.node else [])]):
            begins = node.mark is not None and node.mark.value == 1 and node.style not in FINE
            if not begins or heading_part(text[slice(*above.title)]) != "review":
                continue
            if firsts.setdefault((above.start, node.style), node.start) != node.start:
                return node.start
    return len(text)


def _part(text: str, unit: Unit, course: _Course) -> str:
    headings = [
        _ahead(heading) if _is_over(text, unit, node, course) else heading
        for node in unit.path
        for heading in [text[slice(*node.title)]]
    ]
    unnumbered = unit.number[0] == unit.number[1]
    body = text[unit.start : unit.end] if unnumbered else ""
    return part_of(headings, text[unit.title[0] : unit.title[1]], body)


def _ahead(heading: str) -> str:
    """The half of a heading that looks ahead (…发展成就和“十四五”时期主要目标), if it has one."""
    halves = re.split("[和与及]", heading)
    return re.sub(rf"^(?:{_TIMES.pattern})(?:的)?", "", halves[-1]) if halves[1:] else ""


def _is_over(text: str, unit: Unit, node: Node, course: _Course) -> bool:
    """Whether a heading above an item says nothing of it because the text has turned since."""
    part = heading_part(text[slice(*node.title)])
    if part == "review":
        return node.start < course.turn <= unit.start
    if part != "requirement" or node.start not in course.goals:
        return False
    inner = [*unit.path, *([unit.node] if unit.node else [])]
    return any(
        each.start > course.goals[node.start]
        and each.mark is not None
        and each.mark.value > 0
        and each.style not in FINE
        for each in inner
    )


def _problems(text: str, units: Sequence[Unit], turn: int) -> int:
    """The place of the paragraph that owns up to problems before the text turns, else -1."""
    if turn >= len(text):
        return -1
    for place, unit in enumerate(units):
        if unit.start >= min(turn, _LATEST_PROBLEMS * len(text)):
            return -1
        if _PROBLEMS.search(_body(text, unit)[:80]):
            return place
    return -1


def _lead_ins(text: str, units: Sequence[Unit], openings: frozenset[int]) -> Iterator[int]:
    """Items that commit to nothing: openings of sections, the year ahead, closing appeals."""
    above: Node | None = None
    for place, unit in enumerate(units):
        node = unit.path[-1] if unit.path else None
        opens = node is not above
        above = node
        body = _body(text, unit)
        if unit.leads_in:
            if len(body) <= _LONGEST_LEAD_IN and not _FIGURE.search(body):
                yield place
        elif unit.number[0] == unit.number[1]:
            following = [each for each in units[place + 1 : place + 3] if node in each.path]
            introduces = opens and node is not None and len(following) == 2
            introduces = introduces and _is_lead_in(text, body, following)
            if introduces or unit.start in openings:
                yield place
    last = len(units) - 1
    while last > 0 and _is_address(text, units[last]):
        yield last
        last -= 1


def _is_lead_in(text: str, body: str, following: Sequence[Unit]) -> bool:
    """Whether one sentence without figures stands before items that have leads or numbers."""
    led = all(
        each.number[0] < each.number[1] or _LED.match(_body(text, each)) for each in following
    )
    one = len(re.findall("[。！!]", body)) == 1 and _LED.match(body) is None
    return led and one and len(body) <= _LONGEST_LEAD_IN and not _FIGURE.search(body)


def _is_address(text: str, unit: Unit) -> bool:
    """Whether a short unnumbered paragraph speaks to the deputies and names no figure."""
    unnumbered = unit.number[0] == unit.number[1] and unit.end - unit.start <= _LONGEST_APPEAL
    called = _SALUTATION.match(text, unit.start, unit.end) is not None
    return unnumbered and called and not _FIGURE.search(text, unit.start, unit.end)
