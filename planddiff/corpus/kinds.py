"""Which kind of document a title names."""

from __future__ import annotations

import re
from functools import cache

from planddiff.outline.words import alternatives
from planddiff.plan_metadata import series_title

_REPORT = "政府工作报告"


def kind_of(title: str) -> str:
    """The kind that a title ends on, with the word that goes with it; empty where it names none.

    Examples
    --------
    >>> kind_of("2016年浙江省信息化工作要点"), kind_of("数字山东2019行动方案")
    ('工作要点', '行动方案')
    >>> kind_of("关于印发《智慧城市行动计划(2021-2023年)》的通知"), kind_of("关于某市的建议")
    ('行动计划', '')
    >>> kind_of("某省产业发展行动计划")
    '行动计划'
    """
    if _REPORT in title:
        return _REPORT
    series = series_title(title)
    if last := re.search(rf"{_kinds()}$", series):
        return last[0]
    inside = re.findall(_kinds(), series)
    return inside[-1] if inside else ""


@cache
def _kinds() -> str:
    return f"(?:{alternatives('kind_qualifier')})?(?:{alternatives('kind')})"
