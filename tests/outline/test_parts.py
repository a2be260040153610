"""The part of the plan an item belongs to."""

import pytest

import planddiff as pdd
from planddiff.outline.parts import part_of


@pytest.mark.parametrize(
    ("headings", "title", "part"),
    [
        (["2019年工作回顾"], "推进项目建设", "review"),
        (["过去五年工作回顾和主要成就"], "推进项目建设", "review"),
        (["总体要求"], "指导思想", "requirement"),
        (["总体要求", "主要目标"], "到2025年", "requirement"),
        (["保障措施"], "加强组织领导", "safeguard"),
        (["组织实施"], "加强宣传", "safeguard"),
        (["重点任务"], "建设平台", "task"),
        (["重点任务", "强化网络安全和综合保障"], "落实责任制", "task"),
        (["强化信息化发展保障"], "培养人才", "task"),
        (["2020年重点工作"], "今年发展主要预期目标是:增长6%", "requirement"),
        ([], "过去一年,全市上下奋力拼搏", "review"),
    ],
)
def test_parts(headings, title, part):
    assert part_of(headings, title) == part


def test_the_nearest_heading_that_tells_decides():
    assert part_of(["保障措施", "主要目标"], "甲") == "requirement"


def test_all_items_of_the_example_are_tasks():
    assert all((plan.items["part"] == "task").all() for plan in pdd.load_example())
