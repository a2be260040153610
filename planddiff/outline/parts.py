"""The part of the plan an item belongs to: task, review, requirement, safeguard or attachment."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

PARTS = ("task", "review", "requirement", "safeguard", "attachment")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    with (files("planddiff") / "data" / "parts.csv").open(encoding="utf-8") as file:
        return tuple(
            (re.compile(row["pattern"]), row["part"], row["where"]) for row in csv.DictReader(file)
        )


def part_of(headings: Sequence[str], title: str) -> str:
    """The part an item belongs to, by the nearest heading that tells and then by its own title.

    Headings are canonical and without their numbers, the outermost first.

    Examples
    --------
    >>> part_of(["总体要求"], "指导思想"), part_of(["保障措施"], "加强组织领导")
    ('requirement', 'safeguard')
    >>> part_of(["加强规划引导"], "制定信息化规划")
    'task'
    """
    for heading in reversed(headings):
        for pattern, part, where in _patterns():
            if where == "heading" and len(heading) <= 40 and pattern.search(heading):
                return part
    for pattern, part, where in _patterns():
        if (where == "title" or len(title) <= 16) and pattern.search(title):
            return part
    return "task"
