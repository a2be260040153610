"""Targets: the figures an item commits to, with what they count.

A target is a figure with a unit. The grammar is: figure (Arabic or Chinese, with 万 and 亿) + unit
from ``data/units.csv``, a comparator before or after it, and the noun phrase that is counted, read
in the clause. Figures inside names, titles, dates and document numbers (``data/non_targets.csv``)
are hidden before reading, so 中国制造2025, “十万企业上云” and 浙政发【2012】41号 promise nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from planddiff.fields.deadlines import DeadlineMention, find_deadlines
from planddiff.fields.numerals import read_number
from planddiff.fields.quantities import Quantity, read_quantities
from planddiff.fields.target_lexicon import TargetLexicon, target_lexicon
from planddiff.fields.target_objects import Phrase, distribute, object_of

_HIDDEN = "\ue000"
_ITEM_NUMBER = re.compile(
    r"^[ \t\u3000]*(?:[(（]?(?:[一二三四五六七八九十百]+|\d{1,3})[)）.．、]"
    r"|第[一二三四五六七八九十百]+条)",
    re.MULTILINE,
)
_CLAUSE_END = re.compile(r"[,，。;；!！?？:：\n]")
_ENCLOSED = re.compile(r"[(（][^()（）\n]{0,20}[)）]|“[^“”\n]{0,30}”|《[^《》\n]*》")
_PER = re.compile(
    r"每[一二三四五六七八九十百千万亿\d]*(?:人口|人|名|户|亩|平方公里|个?[县市区镇村]|家)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}年")
_WHOLE = re.compile(r"全[国省市县区州旗域]")
_RANK = re.compile(
    r"(?:进入|跻身|位居|位列|居|列|排名|保持在?)[^,，。;；]{0,8}前\s?"
    r"(?P<rank>\d{1,3}|[一二三四五六七八九十]+)(?:位|名|强)?(?![项批期个家年月])"
)
_FIRST = re.compile(
    r"(?:建成|建设|打造|创建|争创|落地|设立|组建|获批)(?P<scope>全国|全省|全市|国内|世界|全球)?首(?P<unit>[个家座条台艘所支])"
)

_RELATIVE = ("percent", "points", "times")
_COUNTED = ("count", "events", "persons", "households", "attendances")


@dataclass(frozen=True, slots=True)
class TargetMention:
    """One figure that an item commits to.

    ``text[start:end] == as_written``. `value` is in `unit`, with 万 and 亿 multiplied out; `upper`
    is the end of a range. `clause` is the whole clause, for its context. `comparator` is one of
    ``= >= <= ~``; `base` one of ``absolute``, ``share``, ``rate`` (growth) and ``rank``. `flow` is
    ``"increase"`` or ``"decrease"`` where the figure is by how much the object changes (再增加40元,
    but neither 提高到490元 nor a rate), ``"flow"`` for what one year adds anew (新增), ``"stock"``
    for a level, empty where no word tells.
    `reported` marks a figure that the text tells as already achieved.
    """

    start: int
    end: int
    as_written: str
    value: float
    upper: float | None
    unit: str
    comparator: str
    base: str
    object: str
    scope: str
    flow: str
    deadline: str
    reported: bool
    clause: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """A figure in its clause, from the first word that belongs to it (达到, 不低于, 增长)."""

    quantity: Quantity
    clause: tuple[int, int]
    start: int
    comparator: str
    growing: bool
    level: bool
    direction: str


def find_targets(
    text: str, *, year: int | None = None, ignore: Iterable[tuple[int, int]] = ()
) -> list[TargetMention]:
    """Targets of one item.

    Parameters
    ----------
    text : str
        Canonical text of an item; its printed number is never read as a figure.
    year : int, optional
        Year of the plan, for the deadlines of the targets.
    ignore : iterable of (int, int), optional
        Spans to leave out, such as the responsibility clause.

    Returns
    -------
    list of TargetMention
        In the order of the text.

    Examples
    --------
    >>> [t] = find_targets("培育省级示范企业20家以上。")
    >>> t.value, t.unit, t.comparator, t.object
    (20.0, '家', '>=', '省级示范企业')
    >>> find_targets("深入实施“十万企业上云”行动,对接中国制造2025。")
    []
    """
    lexicon = target_lexicon()
    readable = _hide(text, lexicon, ignore)
    quantities = read_quantities(readable, lexicon)
    deadlines = find_deadlines(text, year=year)
    layout = _layout(text, [q.start for q in quantities], deadlines)
    ends = [m.start() for m in _CLAUSE_END.finditer(layout)]
    mentions = _assemble(text, layout, ends, quantities, lexicon)
    mentions.extend(_firsts_and_ranks(text, readable, mentions))
    mentions.sort(key=lambda m: (m.start, m.end))
    return [replace(m, deadline=_deadline_of(m, text, deadlines)) for m in mentions]


def _hide(text: str, lexicon: TargetLexicon, ignore: Iterable[tuple[int, int]]) -> str:
    def blank(match: re.Match[str]) -> str:
        return _HIDDEN * len(match[0])

    readable = lexicon.names.sub(blank, _ITEM_NUMBER.sub(blank, text))
    for start, end in ignore:
        readable = readable[:start] + _HIDDEN * (end - start) + readable[end:]
    return readable


def _layout(text: str, figures: Sequence[int], deadlines: Iterable[DeadlineMention]) -> str:
    """The text as the clause grammar sees it, of the same length.

    Brackets and quotations count as one word, unless a figure stands in them: such a bracket is a
    clause of its own. The printed number of the item ends a clause; years and deadlines are hidden.
    """

    def enclose(match: re.Match[str]) -> str:
        start, end = match.span()
        if bisect_left(figures, start) < bisect_left(figures, end):
            return f",{match[0][1:-1]}," if match[0][0] in "(（" else match[0]
        return match[0][0] + _HIDDEN * (end - start - 2) + match[0][-1]

    numbered = _ITEM_NUMBER.sub(lambda m: _HIDDEN * (len(m[0]) - 1) + "\n", text)
    numbered = _YEAR.sub(lambda m: _HIDDEN * len(m[0]), numbered)
    for due in deadlines:
        numbered = numbered[: due.start] + _HIDDEN * (due.end - due.start) + numbered[due.end :]
    return _ENCLOSED.sub(enclose, numbered)


def _assemble(
    text: str,
    layout: str,
    ends: Sequence[int],
    quantities: Sequence[Quantity],
    lexicon: TargetLexicon,
) -> list[TargetMention]:
    readings: list[_Reading] = []
    phrases: list[Phrase] = []
    for number, quantity in enumerate(quantities):
        at = bisect_left(ends, quantity.start)
        clause = (ends[at - 1] + 1 if at else 0, ends[at] if at < len(ends) else len(layout))
        reading = _comparison(layout, clause, quantity, lexicon)
        following = None
        if number + 1 < len(quantities) and quantities[number + 1].start < clause[1]:
            following = _comparison(layout, clause, quantities[number + 1], lexicon).start
        phrases.append(
            object_of(
                layout,
                clause=clause,
                quantity=(reading.start, quantity.end),
                following=following,
                previous=phrases[-1] if phrases else None,
                before=(ends[at - 2] + 1 if at > 1 else 0, ends[at - 1]) if at else None,
                level=reading.level,
                is_share=quantity.kind == "percent",
                lexicon=lexicon,
            )
        )
        readings.append(reading)
    mentions: list[TargetMention] = []
    for reading, phrase in zip(readings, distribute(layout, phrases, lexicon), strict=True):
        previous = mentions[-1] if mentions else None
        mentions.append(_mention(text, reading, phrase, previous, lexicon))
    return mentions


def _mention(
    text: str,
    reading: _Reading,
    phrase: Phrase,
    previous: TargetMention | None,
    lexicon: TargetLexicon,
) -> TargetMention:
    quantity, comparator = reading.quantity, reading.comparator
    start, end = min(phrase.start, reading.start), max(phrase.end, quantity.end)
    left = text[reading.clause[0] : quantity.start]
    counted = "".join(text[first:last] for first, last in phrase.parts).strip()
    growing = reading.growing
    if phrase.continues and previous:
        # 分别突破2万亿元、3万亿元 and 分别增长5%和8% say comparator and growth once.
        comparator = previous.comparator if comparator == "=" else comparator
        growing = growing or (previous.base == "rate" and not reading.level)
    elif not reading.level and lexicon.cut.match(left):
        growing = growing or not lexicon.share.search(counted[-4:])
    return TargetMention(
        start=start,
        end=end,
        as_written=text[start:end],
        value=quantity.value,
        upper=quantity.upper,
        unit=quantity.unit,
        comparator=comparator,
        base=_base(quantity, counted, growing),
        object=counted,
        scope=_scope(left, counted, lexicon),
        flow=_flow(left, reading, previous if phrase.continues else None, lexicon),
        deadline="",
        reported=_is_reported(text, quantity.start, lexicon),
        clause=text[slice(*reading.clause)].strip(),
    )


def _comparison(
    layout: str, clause: tuple[int, int], quantity: Quantity, lexicon: TargetLexicon
) -> _Reading:
    """The words before the figure that compare it, reach it or grow by it."""
    start, comparator, growing, level = quantity.start, "", False, False
    direction = ""
    while start > clause[0]:
        left = layout[max(clause[0], start - 8) : start]
        if match := lexicon.before.search(left):
            comparator = comparator or lexicon.comparators[match["word"]]
            level = level or quantity.kind == "percent"
        elif not growing and (match := lexicon.growth.search(left)):
            growing, direction = True, lexicon.directions[match["word"]]
        elif match := lexicon.reach.search(left):
            level = level or match[0].strip() in lexicon.level
        else:
            break
        start -= len(match[0])
    comparator = lexicon.comparators.get(quantity.after, "") or comparator
    if not comparator:
        comparator = ">=" if quantity.more else "="
    return _Reading(quantity, clause, start, comparator, growing, level, direction)


def _base(quantity: Quantity, counted: str, growing: bool) -> str:
    if quantity.kind in ("points", "times"):
        return "rate"
    if quantity.kind != "percent":
        return "absolute"
    grows = growing or counted.endswith(("增速", "增幅", "增长率", "降幅", "下降率"))
    return "rate" if grows else "share"


def _scope(left: str, target_object: str, lexicon: TargetLexicon) -> str:
    if per := _PER.search(left):
        return per[0]
    found = lexicon.scope.match(target_object) or _WHOLE.search(left)
    return found[0] if found else ""


def _flow(
    left: str, reading: _Reading, continued: TargetMention | None, lexicon: TargetLexicon
) -> str:
    """Whether the figure is a change, a yearly addition or a level.

    提高标准30元 and 减少贫困人口1000万人 say how far the amount moves; 增加车位500个 says, as 新增
    does, how many things a year adds.
    """
    kind = reading.quantity.kind
    if kind not in _RELATIVE and not reading.level:
        if reading.direction:
            return reading.direction
        if not reading.growing and (moved := lexicon.cut.match(left)):
            direction = lexicon.directions[moved["word"]]
            return "flow" if direction == "increase" and kind in _COUNTED else direction
        if continued and continued.flow in ("increase", "decrease"):
            return continued.flow
    if lexicon.stock.search(left):
        return "stock"
    return "flow" if lexicon.flow.search(left) else ""


def _is_reported(text: str, position: int, lexicon: TargetLexicon) -> bool:
    """Whether the last word of time before the figure looks back (去年, 累计已) and not ahead."""
    start = max(text.rfind("。", 0, position), text.rfind("\n", 0, position)) + 1
    looks_back = [m.end() for m in lexicon.reported.finditer(text, start, position)]
    looks_ahead = [m.end() for m in lexicon.intended.finditer(text, start, position)]
    return max(looks_back, default=-1) > max(looks_ahead, default=-1)


def _firsts_and_ranks(
    text: str, readable: str, mentions: Sequence[TargetMention]
) -> list[TargetMention]:
    """首个 (one that is the first in its area) and 前十位 (a rank to be reached)."""
    taken = [m.start for m in mentions]
    found = []
    for match in _RANK.finditer(readable):
        rank = read_number(match["rank"])
        found.append(_bare(text, match.span(), rank, "位", "<=", ""))
    for match in _FIRST.finditer(readable):
        scope = match["scope"] or ""
        found.append(_bare(text, match.span(), 1.0, match["unit"], "=", scope))
    return [m for m in found if not _overlaps(m, taken, mentions)]


def _overlaps(
    mention: TargetMention, starts: Sequence[int], mentions: Sequence[TargetMention]
) -> bool:
    at = bisect_right(starts, mention.start) - 1
    return any(
        other.start < mention.end and mention.start < other.end
        for other in mentions[max(0, at) : at + 2]
    )


def _bare(
    text: str,
    span: tuple[int, int],
    value: float,
    unit: str,
    comparator: str,
    scope: str,
) -> TargetMention:
    start, end = span
    stop = _CLAUSE_END.search(text, end)
    last = min(stop.start() if stop else len(text), end + 20)
    counted = text[end:last].strip()
    if unit == "位":
        opening = max((m.end() for m in _CLAUSE_END.finditer(text, 0, start)), default=0)
        counted, start, last = text[opening:start].strip(), opening, end
    return TargetMention(
        start=start,
        end=last,
        as_written=text[start:last],
        value=value,
        upper=None,
        unit=unit,
        comparator=comparator,
        base="rank",
        object=counted,
        scope=scope,
        flow="",
        deadline="",
        reported=False,
        clause=text[start:last].strip(),
    )


def _deadline_of(mention: TargetMention, text: str, deadlines: Sequence[DeadlineMention]) -> str:
    """The last deadline said before the figure in its sentence."""
    sentence = text.rfind("。", 0, mention.start) + 1
    said = [
        d.as_written
        for d in deadlines
        if d.kind != "standing" and sentence <= d.start < mention.end
    ]
    return said[-1] if said else ""
