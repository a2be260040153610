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


@pytest.mark.parametrize(
    "paragraph",
    [
        "综合分析各方面情况,我们面临的机遇大于挑战,要做好应对困难的准备。",
        "从国际国内形势看,今年有利条件不少,制约发展的矛盾也不少。",
        "今年是实施规划的第三年,也是建市四十周年,做好全年工作意义重大。",
        "做好今年工作,必须把握好稳与进的关系,处理好当前与长远的关系。",
        "实现上述目标,必须坚持项目为王,聚焦短板弱项。",
        "展望未来,我们对完成规划充满信心。",
    ],
)
@pytest.mark.parametrize("headings", [[], ["总体要求"]])
def test_a_paragraph_on_the_situation_or_the_spirit_of_the_year_frames(headings, paragraph):
    assert part_of(headings, paragraph, paragraph) == "framing"


@pytest.mark.parametrize(
    "paragraph",
    [
        "综合考虑需要和可能,今年的主要目标是:新增就业三万人。",
        "做好今年疫情防控工作,补上短板漏洞,加快接种。",
        "做好政府工作,必须加强自身建设。",
        "实现上述目标,安排投资三百亿元。",
    ],
)
def test_a_paragraph_that_commits_to_something_does_not_frame(paragraph):
    assert part_of([], paragraph, paragraph) != "framing"


def test_a_look_back_does_not_frame_however_it_opens():
    paragraph = "综合分析各方面情况,过去一年困难和挑战不少。"
    assert part_of(["过去一年工作回顾"], paragraph, paragraph) == "review"
