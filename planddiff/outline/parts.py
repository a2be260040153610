"""The part of the plan an item belongs to: task, review, requirement, safeguard, framing ...

``framing`` is an item that commits to nothing: the lead-in of a section whose
tasks follow, the year ahead in general, the guiding thought, the closing appeal.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

_TURNS_AHEAD = re.compile(r"新的一年|[今新]年(?:要|将|我们)|下一步")
_TASKS_TOO = re.compile(r"[、,和及与\s].*(?:(?<!目标)任务|重点工作|工作重点|工作安排|举措)")
PARTS = ("task", "review", "requirement", "safeguard", "framing", "attachment")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    with (files("planddiff") / "data" / "parts.csv").open(encoding="utf-8") as file:
        return tuple(
            (re.compile(row["pattern"]), row["part"], row["where"]) for row in csv.DictReader(file)
        )


def heading_part(heading: str) -> str:
    """The part that a heading tells of by itself, empty where it does not.

    A heading that names requirements and tasks alike tells of neither.

    Examples
    --------
    >>> heading_part("2019年工作回顾"), heading_part("总体要求、奋斗目标和重点任务")
    ('review', '')
    """
    for pattern, part, where in _patterns():
        if where == "heading" and len(heading) <= 40 and pattern.search(heading):
            return "" if part == "requirement" and _TASKS_TOO.search(heading) else part
    return ""


def part_of(headings: Sequence[str], title: str, text: str = "") -> str:
    """The part an item belongs to, by the nearest heading that tells and then by its own title.

    ``text`` is the whole paragraph where the item is a paragraph without a number.

    Headings are canonical and without their numbers, the outermost first.

    Examples
    --------
    >>> part_of(["总体要求"], "指导思想"), part_of(["保障措施"], "加强组织领导")
    ('requirement', 'safeguard')
    >>> part_of(["加强规划引导"], "制定信息化规划")
    'task'
    """
    told = next(filter(None, map(heading_part, reversed(headings))), "")
    if told not in ("", "requirement"):
        return told
    for pattern, part, where in _patterns():
        if where == "text" and pattern.search(text):
            return part
    if told:
        return told
    for pattern, part, where in _patterns():
        if part == "review" and _TURNS_AHEAD.search(text):
            continue
        if where == "text":
            continue
        if (where == "title" or len(title) <= 16) and pattern.search(title):
            return part
    return "task"
