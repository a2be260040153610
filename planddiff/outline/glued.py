"""Paragraphs that a copy glued together, parted at the numbers that stand inside the line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from planddiff.outline.marks import FINE, Mark, read_mark
from planddiff.outline.spans import Segment
from planddiff.outline.words import alternatives

_LONG = 600
"""Characters from which a line may hold several paragraphs."""
_GIANT = 2400
"""Characters from which a line is taken for a whole chapter or document."""
_STRETCH, _SHORTEST = 400, 60
"""In such a line, a stretch without numbers of so many characters is parted at its lead sentences,
into paragraphs of at least so many."""
_CANDIDATE = re.compile(
    r"(?:(?<=[。！？；;!?：:”）)】\s])|(?<=[\u4e00-\u9fff])(?=\d{1,2}[.、][^\d\s]))"
    r"(?=第?[一二三四五六七八九十]{1,3}[、章节编条,是]|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[.、](?!\d)|[①-⑳]|——)"
)
_ADDRESS = re.compile(r"(?<=[。！？!?：: ])各位(?:代表|委员)[!！：:]\s?|(?<=\S)(?=各位代表[:：])")
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]+[”’)）]*\s?")
_HEADING_NOUN = re.compile(
    rf"[^。！？!?；;：:]{{2,28}}?(?:{alternatives('section')})"
    r"(?=\s|[^的之,，、。和与及工安重总]{4})"
)
_INNER_HEADING = re.compile(
    r"(?<=[。！？!? ])(?:20\d\d年)?(?:全市|全省|政府|的|经济社会发展|主要){0,3}"
    r"(?:工作回顾|工作安排|工作总体要求|工作任务|重点工作)(?=\s|[\u4e00-\u9fff“\d]{6})"
)


@dataclass(frozen=True)
class _Place:
    """A number at ``at``; ``following`` is the next number of its style, -1 if there is none."""

    segment: int
    at: int
    mark: Mark
    inside: bool
    following: int


def part_glued(text: str, segments: Sequence[Segment]) -> list[Segment]:
    """The paragraphs, those that hold several parted into them.

    A number inside a line begins a paragraph where it carries on the run of its style, or, in a
    very long line, where it begins a run that goes on. Offsets stay; nothing is dropped.

    Examples
    --------
    >>> line = "一、总体要求。坚持创新。二、主要任务。建设平台。"
    >>> whole = [Segment(0, 12), Segment(12, 24)]
    >>> part_glued(line, whole) == whole
    True
    """
    cuts = _cuts(text, segments)
    parted: list[Segment] = []
    for number, segment in enumerate(segments):
        found = cuts.get(number, [])
        if segment.cells:
            parted.append(segment)
            continue
        if segment.end - segment.start >= _LONG:
            found = found + _long_cuts(text, segment, found)
        pieces = _pieces(segment, found)
        if segment.end - segment.start >= _GIANT:
            pieces = [part for piece in pieces for part in _lead_parts(text, piece)]
        parted.extend(
            _trimmed(text, piece) for piece in pieces if text[piece.start : piece.end].strip()
        )
    return parted


def _pieces(segment: Segment, cuts: Sequence[int]) -> list[Segment]:
    bounds = sorted({segment.start, segment.end, *cuts})
    return [Segment(a, b, segment.level) for a, b in pairwise(bounds)]


def _places(text: str, segments: Sequence[Segment]) -> list[_Place]:
    """Every number at the start of a line or where a paragraph might begin inside one."""
    found: list[tuple[int, int, Mark, bool]] = []
    for number, segment in enumerate(segments):
        if segment.cells:
            continue
        mark = read_mark(text, segment.start, segment.end)
        if mark is not None:
            found.append((number, segment.start, mark, False))
        for hit in _CANDIDATE.finditer(text, segment.start + 1, segment.end):
            inner = read_mark(text, hit.end(), segment.end)
            if inner is not None:
                found.append((number, hit.end(), inner, True))
    following: dict[str, int] = {}
    places = []
    for number, at, mark, inside in reversed(found):
        places.append(_Place(number, at, mark, inside, following.get(mark.style, -1)))
        following[mark.style] = mark.value
    return places[::-1]


def _cuts(text: str, segments: Sequence[Segment]) -> dict[int, list[int]]:
    last: dict[str, int] = {}
    cuts: dict[int, list[int]] = {}
    for place in _places(text, segments):
        style, value = place.mark.style, place.mark.value
        segment = segments[place.segment]
        if place.inside:
            is_long = segment.end - segment.start >= _LONG
            if style in FINE:
                firm = text[place.at - 1] in " 。！!:：”"
                begins = style == "dash" or value == 1 or last.get(style) == value - 1
                begins = begins and is_long and firm and style in ("dash", "cn_is", "cn_di")
            else:
                goes_on = value > 1 and last.get(style) == value - 1 and place.following != value
                ends_line = segment.end - place.at <= 40 and text[segment.end - 1] not in "。；;"
                opens = value == 1 and place.following == 2 and (is_long or ends_line)
                begins = goes_on or opens
            if not begins:
                continue
            cuts.setdefault(place.segment, []).append(place.at)
        if value:
            last[style] = value
    return cuts


def _long_cuts(text: str, segment: Segment, cuts: Sequence[int]) -> list[int]:
    """Salutations, and the ends of section headings, inside a long line."""
    found = []
    for hit in _ADDRESS.finditer(text, segment.start, segment.end):
        found += [hit.start(), hit.end()]
    for hit in _INNER_HEADING.finditer(text, segment.start, segment.end):
        found += [hit.start(), hit.end()]
    for at in [segment.start, *cuts]:
        mark = read_mark(text, at, segment.end)
        if mark is not None and mark.style in ("cn_dun", "zhang", "bufen"):
            heading = _HEADING_NOUN.match(text, at + mark.width, segment.end)
            if heading:
                found.append(heading.end())
    return [at for at in found if segment.start < at < segment.end]


def _lead_parts(text: str, segment: Segment) -> list[Segment]:
    """A very long stretch parted before short sentences without a comma: leads of paragraphs."""
    if segment.end - segment.start < _STRETCH:
        return [segment]
    cuts = [segment.start]
    for hit in _SENTENCE.finditer(text, segment.start, segment.end):
        sentence = hit[0].strip()
        is_lead = 6 <= len(sentence) <= 22 and not re.search(r"[,，、:：;；\d“]", sentence)
        if is_lead and hit.start() - cuts[-1] >= _SHORTEST:
            cuts.append(hit.start())
    return _pieces(segment, cuts)


def _trimmed(text: str, segment: Segment) -> Segment:
    piece = text[segment.start : segment.end]
    return Segment(
        segment.start + len(piece) - len(piece.lstrip()),
        segment.end - len(piece) + len(piece.rstrip()),
        segment.level,
        segment.cells,
    )
