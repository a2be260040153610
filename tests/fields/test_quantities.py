"""Figures that measure something done, and figures that only describe."""

import pytest

from planddiff.fields.quantities import read_quantities
from planddiff.fields.target_lexicon import target_lexicon


def values(text: str) -> list[tuple[float, str]]:
    return [(q.value, q.unit) for q in read_quantities(text, target_lexicon())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("低保标准提高到每人每月800元", [(800, "元")]),
        ("安排补助资金5000万元", [(50_000_000, "元")]),
        ("时限由10个工作日压缩到3个工作日", [(3, "工作日")]),
        ("带宽达到100M和30M", [(100, "M"), (30, "M")]),
        ("装机60万千瓦", [(600_000, "千瓦")]),
        ("节能1.2万吨标准煤", [(12_000, "吨标准煤")]),
        ("三分之一的县", [(pytest.approx(33.333333), "%")]),
        ("八成半的村", [(85, "%")]),
        ("百分之八十五点五", [(85.5, "%")]),
    ],
)
def test_measures_are_read(text: str, found: list[tuple[float, str]]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "给予最高100万元奖励",
        "应在7个工作日内上报",
        "光纤端口100M以上端口",
        "投资额1亿元以上的工业项目",
        "建设周期3年",
        "3万吨级码头",
        "一个平台",
        "百个平台",
    ],
)
def test_descriptions_are_set_aside(text: str) -> None:
    assert values(text) == []
