"""Paragraphs that a copy glued together, parted at the numbers that stand inside the line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planddiff.outline.marks import FINE, Mark, read_mark
from planddiff.outline.spans import Segment

_LONG = 600
"""Characters from which a line may hold several paragraphs."""
_GIANT = 1200
"""Characters from which a paragraph without numbers is parted at its lead sentences too."""
_CANDIDATE = re.compile(
    r"(?:(?<=[。！？；;!?：:”）)】\s])|(?<=[\u4e00-\u9fff])(?=\d{1,2}[.、][^\d\s]))"
    r"(?=第?[一二三四五六七八九十]{1,3}[、章节编条,是]|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[.、](?!\d)|[①-⑳]|——)"
)
_ADDRESS = re.compile(r"(?<=[。！？!?：: ])各位(?:代表|委员)[!！：:]\s?|(?<=\S)(?=各位代表[:：])")
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]+[”’)）]*\s?")
_HEADING_NOUN = re.compile(
    r"[^。！？!?；;：:]{2,28}?(?:回顾|总结|任务|重点工作|工作安排|工作部署|总体要求|总体思路|政府自身建设|奋斗目标"
    r"|主要目标|自身建设|工作重点|工作)(?=\s|[^的之,，、。和与及]{4})"
)


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
    starts = [read_mark(text, each.start, each.end) for each in segments]
    last: dict[str, int] = {}
    parted: list[Segment] = []
    for place, segment in enumerate(segments):
        if segment.cells:
            parted.append(segment)
            continue
        if (mark := starts[place]) is not None and mark.value:
            last[mark.style] = mark.value
        cuts = _cuts(text, segment, last, starts[place + 1 :])
        if segment.end - segment.start >= _LONG:
            cuts += _long_cuts(text, segment, cuts)
        bounds = [segment.start, *sorted(set(cuts)), segment.end]
        pieces = [
            Segment(a, b, segment.level)
            for a, b in zip(bounds, bounds[1:], strict=False)
            if text[a:b].strip()
        ]
        if segment.end - segment.start >= 2 * _GIANT:
            pieces = [part for piece in pieces for part in _lead_parts(text, piece)]
        parted.extend(_trimmed(text, piece) for piece in pieces)
    return parted


def _cuts(
    text: str, segment: Segment, last: dict[str, int], later: Sequence[Mark | None]
) -> list[int]:
    is_long = segment.end - segment.start >= _LONG
    found = [
        (hit.end(), mark)
        for hit in _CANDIDATE.finditer(text, segment.start + 1, segment.end)
        if (mark := read_mark(text, hit.end(), segment.end)) is not None
    ]
    cuts = []
    for number, (at, mark) in enumerate(found):
        style, value = mark.style, mark.value
        before = text[at - 1]
        if style in FINE:
            firm = before.strip() == "" or before in "。！!:：”"
            if not is_long or not firm or style in ("ar_paren", "ar_rparen", "circle", "letter"):
                continue
            follows = style == "dash" or value == 1 or last.get(style) == value - 1
        else:
            next_inside = [m.value for _, m in found[number + 1 :] if m.style == style][:1]
            next_start = next((m.value for m in later if m and m.style == style), None)
            goes_on = value > 1 and last.get(style) == value - 1 and next_start != value
            opens = value == 1 and (next_inside == [2] or next_start == 2)
            follows = goes_on or (opens and (is_long or next_start == 2))
        if follows:
            cuts.append(at)
            if value:
                last[style] = value
    return cuts


def _long_cuts(text: str, segment: Segment, cuts: Sequence[int]) -> list[int]:
    """Salutations, and the ends of section headings, inside a long line."""
    found = []
    for hit in _ADDRESS.finditer(text, segment.start, segment.end):
        found += [hit.start(), hit.end()]
    for at in [segment.start, *cuts]:
        mark = read_mark(text, at, segment.end)
        if mark is not None and mark.style in ("cn_dun", "zhang", "bufen"):
            heading = _HEADING_NOUN.match(text, at + mark.width, segment.end)
            if heading:
                found.append(heading.end())
    return [at for at in found if segment.start < at < segment.end]


def _lead_parts(text: str, segment: Segment) -> list[Segment]:
    """A very long stretch parted before short sentences without a comma: the leads of paragraphs."""
    if segment.end - segment.start < _GIANT:
        return [segment]
    bounds = [segment.start]
    for hit in _SENTENCE.finditer(text, segment.start, segment.end):
        sentence = hit[0].strip()
        is_lead = 6 <= len(sentence) <= 22 and not re.search(r"[,，、:：;；\d“]", sentence)
        if is_lead and hit.start() - bounds[-1] >= 120:
            bounds.append(hit.start())
    bounds.append(segment.end)
    return [Segment(a, b, segment.level) for a, b in zip(bounds, bounds[1:], strict=False)]


def _trimmed(text: str, segment: Segment) -> Segment:
    piece = text[segment.start : segment.end]
    return Segment(
        segment.start + len(piece) - len(piece.lstrip()),
        segment.end - len(piece) + len(piece.rstrip()),
        segment.level,
        segment.cells,
    )
