"""Page furniture and tables of contents: what stands on the page and is not the document."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

_HEAD, _TAIL = 40, 30
"""How many lines from either end site menus and buttons are looked for."""

_SHORTEST_PAGE = 12
"""How many lines a page has at least."""
_CONTENTS_TITLE = re.compile(r"目\s*[录次]")
_CONTENTS_LINE = re.compile(r"\S.{0,70}?\s?[.…·．]{4,}\s*[\divxIVX—-]{0,6}\s*")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    groups: dict[str, list[str]] = {}
    with (files("planddiff") / "data" / "furniture.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            groups.setdefault(row["where"], []).append(row["pattern"])
    return {where: re.compile("|".join(f"(?:{p})" for p in ps)) for where, ps in groups.items()}


def furniture_kinds(lines: Sequence[str], stated: Sequence[str]) -> list[str]:
    """For each line ``""`` for content or the kind it is set aside as; ``stated`` by the reader."""
    patterns = _patterns()
    kinds = list(stated)
    count = len(lines)
    repeated = _running_heads(lines)
    pages = _page_numbers(lines, patterns["page"])
    for number, line in enumerate(lines):
        if kinds[number] or len(line) > 120:
            continue
        near_edge = number < _HEAD or number >= count - _TAIL
        if (
            line in repeated
            or patterns["anywhere"].fullmatch(line)
            or (near_edge and patterns["edge"].fullmatch(line))
            or (number >= count - _TAIL and patterns["tail"].fullmatch(line))
            or number in pages
        ):
            kinds[number] = "furniture"
    for number in _contents(lines):
        kinds[number] = kinds[number] or "toc"
    return kinds


def _page_numbers(lines: Sequence[str], pattern: re.Pattern[str]) -> set[int]:
    """Lines that are page numbers; bare figures only where they stand a page apart."""
    hits = [number for number, line in enumerate(lines) if pattern.fullmatch(line)]
    bare = [number for number in hits if lines[number].isdigit()]
    close = {each for pair in pairwise(bare) if pair[1] - pair[0] < _SHORTEST_PAGE for each in pair}
    return set(hits) - close - (set(bare) if len(lines) < _SHORTEST_PAGE else set())


def _running_heads(lines: Sequence[str]) -> set[str]:
    """Short lines without a closing mark that return at least four times, a page apart."""
    places: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if 4 <= len(line) <= 60 and line[-1] not in "。；;:!?！？)”、,":
            places.setdefault(line, []).append(number)
    return {
        line
        for line, at in places.items()
        if len(at) >= 4 and min(b - a for a, b in itertools.pairwise(at)) >= 15
    }


def _contents(lines: Sequence[str]) -> list[int]:
    """The lines of a table of contents: dot leaders, or headings that all come again below."""
    found = [i for i, line in enumerate(lines) if len(line) <= 200 and _is_entry(line)]
    title = next((i for i, line in enumerate(lines[:300]) if _CONTENTS_TITLE.fullmatch(line)), None)
    if title is None:
        return found if len(found) > 2 else []
    below = Counter(_bare(line) for line in lines[title + 1 :])
    listed: list[int] = []
    missed: list[int] = []
    echoed: set[str] = set()
    for place in range(title + 1, len(lines)):
        entry = _bare(lines[place])
        if entry in echoed:
            break
        if not (_is_entry(lines[place]) or (len(entry) <= 60 and below[entry] > 1)):
            missed.append(place)
            if len(missed) > 2 or len(entry) > 60:
                break
            continue
        below[entry] -= 1
        echoed.add(entry)
        listed += [*missed, place]
        missed = []
    return sorted({title, *listed, *found}) if len(listed) > 2 or len(found) > 2 else []


def _is_entry(line: str) -> bool:
    return _CONTENTS_LINE.fullmatch(line) is not None


def _bare(line: str) -> str:
    """An entry without blanks, leaders and page number."""
    return re.sub(r"\s|[.…·．]{3,}.*$|(?<=[\u4e00-\u9fff])\s*\d{1,3}$", "", line)
