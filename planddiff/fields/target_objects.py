"""What a figure counts: the noun phrase around it, inside its clause.

The phrase follows the figure (建设20个示范基地), precedes it (示范基地20个) or is the subject
of the clause (覆盖率达到80%). A list shares its first words (产业6个示范基地、4个特色基地), and a
clause that says only 增长20% speaks of what the clause before it named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planddiff.fields.target_lexicon import TargetLexicon

_CONNECTOR = re.compile(r"(?:以及|[、及和与并或,，\s”\ue000])+")
_CLOSED = re.compile(r"^(?:[、和与等)）\]】]|及|以及|至|到|\ue000)")
_TRAILING = re.compile(r"(?:建设水平|建设|工作|等|的|共|各|以及|及|和|、|[(（])+$")
_BASELINE = re.compile(
    r"(?:(?:由|从)[^由从]{0,6}[\d\ue000][^由从]{0,14}|(?:较|比(?:上年|去年|\d{4}))[^较比]{0,8})$"
)
_RELATIVE = re.compile(r"具有|具备|拥有|符合|服务于")
_LONGEST_ACTION = 24


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: `parts` are the spans it is written in.

    `start` and `end` enclose the phrase and its figure; words taken over from another clause or
    list member are among the parts, outside that span. `continues` says that the figure has no
    words of its own and goes on with those of the one before.
    """

    start: int
    end: int
    parts: tuple[tuple[int, int], ...]
    prefix: tuple[int, int] | None = None
    continues: bool = False


def object_of(
    layout: str,
    *,
    clause: tuple[int, int],
    quantity: tuple[int, int],
    following: int | None,
    previous: Phrase | None,
    before: tuple[int, int] | None,
    level: bool,
    is_share: bool,
    lexicon: TargetLexicon,
) -> Phrase:
    """Noun phrase counted by the figure at `quantity`.

    Parameters
    ----------
    layout : str
        Item text with the contents of brackets and quotation marks hidden.
    clause, quantity : (int, int)
        Spans of the clause, and of the figure with its comparator and unit.
    following : int or None
        Where the next figure of the same clause begins.
    previous : Phrase or None
        Object of the figure before this one in the item.
    before : (int, int) or None
        Span of the clause before.
    level : bool
        Whether the clause says that its subject reaches the figure.
    is_share : bool
        Whether the figure is a percentage.
    lexicon : TargetLexicon

    Returns
    -------
    Phrase
    """
    in_list = previous is not None and clause[0] <= previous.start < quantity[0]
    left_from = max(clause[0], previous.end) if in_list and previous else clause[0]
    left = _left(layout, left_from, quantity[0], level, lexicon)
    relative = layout.startswith("的", quantity[1])
    right = None
    if not (is_share and left and not relative and level):
        right = _right(layout, quantity[1], clause[1], following, lexicon)
    if right and (not level or not left):
        phrase = _joined(
            layout, left_from, quantity, right, previous if in_list else None, is_share, lexicon
        )
        return phrase if following else _acting(layout, phrase, right[1], clause[1], lexicon)
    place = lexicon.place.match(layout, *left) if left else None
    if place and previous and previous.parts and before and before[0] <= previous.start:
        return _inheriting(layout, place, quantity[1], previous, lexicon)
    if left and not lexicon.noun_verb.fullmatch(layout, *left):
        phrase = Phrase(left[0], quantity[1], (left,))
        return phrase if following else _acting(layout, phrase, quantity[1], clause[1], lexicon)
    if not left and in_list and previous:
        return Phrase(*quantity, parts=previous.parts, continues=True)
    return _from_before(layout, quantity, left, before, previous, lexicon)


def _acting(layout: str, phrase: Phrase, start: int, stop: int, lexicon: TargetLexicon) -> Phrase:
    """60个部门完成目录注册: of a bare 部门 or 企业 only what it does says what is counted."""
    stop = min(stop, start + _LONGEST_ACTION)
    if not lexicon.generic.search(layout, *phrase.parts[-1]):
        return phrase
    if not lexicon.predicate.match(layout, start, stop):
        return phrase
    while start < stop and (match := _TRAILING.search(layout[start:stop])):
        stop -= len(match[0])
    return replace(phrase, end=max(phrase.end, stop), parts=(*phrase.parts, (start, stop)))


def _left(
    layout: str, start: int, stop: int, level: bool, lexicon: TargetLexicon
) -> tuple[int, int] | None:
    if match := _CONNECTOR.match(layout, start, stop):
        start = match.end()
    if baseline := _BASELINE.search(layout[start:stop]):
        stop = start + baseline.start()
    opening = (lexicon.adverb if level else lexicon.opening).match(layout, start, stop)
    if opening and opening.end() == stop and (verb := lexicon.noun_verb.search(opening[0])):
        start = opening.start() + verb.start()
    elif opening:
        start = opening.end()
    elif lexicon.preposition.match(layout[start : start + 1]):
        verbs = [m for m in lexicon.verb.finditer(layout, start, stop) if m.end() + 2 <= stop]
        if verbs:
            start = verbs[-1].end()
    while start < stop and (match := _TRAILING.search(layout[start:stop])):
        stop -= len(match[0])
    if match := _CONNECTOR.match(layout, start, stop):
        start = match.end()
    return (start, stop) if start < stop else None


def _right(
    layout: str, start: int, stop: int, following: int | None, lexicon: TargetLexicon
) -> tuple[int, int] | None:
    relative = layout.startswith("的", start)
    if relative:
        start += 1
    if following is not None and following < stop:
        stop = _list_break(layout, start, following)
    segment = layout[start:stop]
    if len(segment) < (1 if relative else 2) or _CLOSED.match(segment):
        return None
    cut = lexicon.predicate.search(segment, 0)
    head = segment.rfind("的")
    if cut and head > cut.start() and (cut.start() == 0 or _RELATIVE.fullmatch(cut[0])):
        cut = lexicon.predicate.search(segment, head + 3)
    elif cut and cut.start() == 0:
        return None
    if cut:
        stop = start + cut.start()
    while start < stop and (match := _TRAILING.search(layout[start:stop])):
        stop -= len(match[0])
    whole = stop - start > 1 or relative or lexicon.generic.match(layout, start, stop)
    return (start, stop) if start < stop and whole else None


def _list_break(layout: str, start: int, following: int) -> int:
    """Where the list member at `start` ends: before the connector that leads to the next figure."""
    segment = layout[start:following]
    if match := re.search(r"(?:以及|、|及|和|与)$", segment):
        return start + match.start()
    for connector in ("以及", "及", "、", "和"):
        if connector in segment:
            return start + segment.rindex(connector)
    return following


def _joined(
    layout: str,
    left_from: int,
    quantity: tuple[int, int],
    right: tuple[int, int],
    previous: Phrase | None,
    is_share: bool,
    lexicon: TargetLexicon,
) -> Phrase:
    prefix = _prefix(layout, left_from, quantity[0], is_share, lexicon)
    if prefix:
        return Phrase(prefix[0], right[1], (prefix, right), prefix=prefix)
    shared = previous.prefix if previous else None
    if shared and previous and _head(layout, previous.parts[-1]) == _head(layout, right):
        return Phrase(quantity[0], right[1], (shared, right), prefix=shared)
    return Phrase(quantity[0], right[1], (right,))


def _prefix(
    layout: str, start: int, stop: int, is_share: bool, lexicon: TargetLexicon
) -> tuple[int, int] | None:
    """Words before the figure that belong to the noun after it (软件产业6个示范基地).

    Before a share the subject of the clause belongs to it as well (示范覆盖60%以上的县).
    """
    if match := _CONNECTOR.match(layout, start, stop):
        start = match.end()
    if layout.startswith("的", stop - 1):
        opening = lexicon.opening.match(layout, start, stop)
        start = opening.end() if opening else start
    elif not is_share:
        for verb in lexicon.verb.finditer(layout, start, stop):
            start = verb.end()
    if opening := lexicon.adverb.match(layout, start, stop):
        start = opening.end()
    while start < stop and (match := lexicon.preposition.search(layout[start:stop])):
        stop -= len(match[0])
    words = layout[start:stop]
    if len(words) < 2 or "、" in words or words.endswith(("等", "和", "及", "与")):
        return None
    return start, stop


def _head(layout: str, span: tuple[int, int]) -> str:
    return layout[span[1] - 2 : span[1]]


def _inheriting(
    layout: str, place: re.Match[str], end: int, previous: Phrase, lexicon: TargetLexicon
) -> Phrase:
    """农村达到100M after 城市宽带接入能力达到200M: the same indicator of another place."""
    last = previous.parts[-1]
    other = lexicon.scope.match(layout, *last)
    common = (other.end() if other else last[0], last[1])
    return Phrase(place.start(), end, (place.span("scope"), common))


def _from_before(
    layout: str,
    quantity: tuple[int, int],
    left: tuple[int, int] | None,
    before: tuple[int, int] | None,
    previous: Phrase | None,
    lexicon: TargetLexicon,
) -> Phrase:
    counted_before = bool(before and previous and before[0] <= previous.start < before[1])
    if counted_before and previous and not left:
        return Phrase(*quantity, parts=previous.parts)
    named = _left(layout, *before, False, lexicon) if before and not counted_before else None
    start = left[0] if left else quantity[0]
    if named and left and layout[slice(*named)].endswith(layout[slice(*left)]):
        left = None
    return Phrase(start, quantity[1], tuple(part for part in (named, left) if part))


def distribute(layout: str, phrases: Sequence[Phrase], lexicon: TargetLexicon) -> list[Phrase]:
    """Give each figure of 甲、乙分别增长5%和8% its own part of the words before 分别.

    Parameters
    ----------
    layout : str
        As for `object_of`.
    phrases : sequence of Phrase
        Objects of the figures of one item, in order.
    lexicon : TargetLexicon

    Returns
    -------
    list of Phrase
        As many as given; where the parts do not match the figures, the phrases as they were.
    """
    given = list(phrases)
    first = 0
    while first < len(given):
        last = first + 1
        while last < len(given) and given[last].continues:
            last += 1
        if last - first > 1:
            given[first:last] = _respective(layout, given[first:last], lexicon)
        first = last
    return given


def _respective(layout: str, group: list[Phrase], lexicon: TargetLexicon) -> list[Phrase]:
    words = group[0].parts[0] if group[0].parts else (0, 0)
    if "分别" not in layout[words[1] : group[0].end]:
        return group
    for separator in (r"[^、]+", r"(?:(?!、|以及|和|与).)+"):
        pieces = [m.span() for m in re.compile(separator).finditer(layout, *words)]
        if len(pieces) == len(group):
            break
    else:
        return group
    last = pieces[-1]
    place = lexicon.scope.match(layout, *last)
    common = (place.end() if place else last[0], last[1])
    own = [
        (piece, common) if lexicon.scope.fullmatch(layout, *piece) else (piece,) for piece in pieces
    ]
    return [replace(phrase, parts=parts) for phrase, parts in zip(group, own, strict=True)]
