"""Where a constructed report looks back, states goals, leads in and commits."""

import pytest

import planddiff as pdd

PAST = "全市统一的公共数据平台建成运行，部门业务系统整合迁移，共享交换机制不断完善。"
TASK = "加快建设全市统一的公共数据平台，推动部门业务系统整合迁移，完善共享交换机制。"
GOALS = "今年全市发展的主要预期目标是：地区生产总值增长6%左右，新增就业3万人以上。"
PROBLEMS = "我们也清醒地认识到，发展中还存在不少困难和问题，主要是企业数量不多、规模不大。"
CLOSING = "各位代表！目标已经明确，关键在于实干，我们要一步一个脚印把蓝图变为现实。"


def parts(*lines):
    plan = pdd.parse_plan("\n".join(lines), year=2020, issuer="云州市")
    return list(zip(plan.items["part"], plan.items["title"], strict=True))


def only(found, title):
    (part,) = [part for part, each in found if each == title]
    return part


def section(*leads, text=TASK):
    return [f"{lead}。{text}" for lead in leads]


BACK = section("平台建成运行", "系统整合完成", "企业加快上云", text=PAST)
AHEAD = section("建设平台", "整合系统", "培育企业")


@pytest.mark.parametrize(
    "turn",
    [
        GOALS,
        "2020年是实施规划的第一年，我们要增强信心，扎实做好各项工作。",
        "今年是实施规划的第一年，我们要增强信心，扎实做好各项工作。",
    ],
)
def test_a_review_ends_where_the_text_turns_ahead(turn):
    found = parts("一、2019年工作回顾", *BACK, PROBLEMS, turn, *AHEAD)
    assert [part for part, _ in found[:4]] == ["review"] * 4
    assert found[4][0] in ("requirement", "framing")
    assert [part for part, _ in found[5:]] == ["task"] * 3


def test_the_year_looked_back_on_is_no_turn():
    opening = "2019年是实施规划的第一年，我们克服困难，各项工作取得了成效。"
    found = parts("一、2019年工作回顾", opening, *BACK, "二、2020年重点工作", *AHEAD)
    assert [part for part, _ in found] == ["review"] * 4 + ["task"] * 3


@pytest.mark.parametrize(
    ("half", "expected"),
    [("主要任务", ["framing"] + ["task"] * 3), ("主要目标任务", ["requirement"] * 4)],
)
def test_a_later_five_year_period_is_a_turn(half, expected):
    found = parts(
        f"一、“十三五”时期发展成就和“十四五”时期{half}",
        "“十三五”时期是很不平凡的五年，我们克服困难，各项工作取得了成效。",
        *BACK,
        "“十四五”时期是加快发展的五年，我们要增强信心，扎实做好各项工作。",
        *AHEAD,
    )
    assert [part for part, _ in found] == ["review"] * 4 + expected


def test_numbers_that_begin_again_under_a_review_are_the_tasks():
    def numbered(items):
        return [f"（{number}）{item}" for number, item in zip("一二三", items, strict=True)]

    found = parts("2019年工作回顾", *numbered(BACK), PROBLEMS, *numbered(AHEAD))
    assert [part for part, _ in found if part != "review"] == ["task"] * 3


def test_what_stands_before_the_problems_is_review():
    found = parts(
        "各位代表：", "一、平台建设取得成效", *BACK, PROBLEMS, "二、全年安排", GOALS, *AHEAD, *AHEAD
    )
    assert [part for part, _ in found[:4]] == ["review"] * 4
    assert found[4][0] == "requirement"
    assert {part for part, _ in found[5:]} == {"task"}


def test_requirements_end_at_the_goals_of_the_year():
    numbered = [f"（{number}）{item}" for number, item in zip("一二三", AHEAD, strict=True)]
    found = parts("一、总体要求和目标", *section("坚持稳中求进", "坚持改革创新"), GOALS, *numbered)
    assert [part for part, _ in found] == ["requirement"] * 3 + ["task"] * 3


def test_a_heading_of_requirements_and_tasks_tells_of_neither():
    found = parts("一、2020年的总体要求、主要目标和重点任务", *AHEAD)
    assert [part for part, _ in found] == ["task"] * 3


LEAD_IN = "坚持创新驱动，统筹平台建设与制度建设，不断增强高质量发展的动力和活力。"


def test_a_sentence_that_opens_a_section_only_leads_in():
    found = parts("一、建设数字政府", LEAD_IN, *AHEAD, "二、发展数字经济", LEAD_IN, *AHEAD)
    assert [part for part, _ in found] == (["framing"] + ["task"] * 3) * 2


@pytest.mark.parametrize(
    "opening",
    [
        "坚持创新驱动，统筹平台建设与制度建设，新建平台30个以上，带动就业。",
        f"坚持创新驱动。{TASK}",
    ],
)
def test_an_opening_that_commits_is_a_task(opening):
    found = parts("一、建设数字政府", opening, *AHEAD)
    assert found[0][0] == "task"


def test_a_numbered_heading_with_its_lead_in_on_one_line():
    lines = [
        line
        for number in "一二三"
        for line in (f"（{number}）建设第{number}类平台。坚持统筹推进，完善工作机制。", *AHEAD)
    ]
    found = parts("一、2020年重点工作", *lines)
    assert [part for part, _ in found] == (["framing"] + ["task"] * 3) * 3


def test_a_lead_in_before_enumerated_tasks():
    lines = [
        line
        for number in "一二三"
        for line in (
            f"（{number}）建设第{number}类平台。坚持统筹推进，完善工作机制。",
            *(f"{digit}是{item}" for digit, item in zip("一二三", AHEAD, strict=True)),
        )
    ]
    found = parts("一、2020年重点工作", *lines)
    assert [part for part, _ in found] == (["framing"] + ["task"] * 3) * 3


def test_a_numbered_lead_with_a_figure_stays_a_task():
    found = parts(
        "一、重点工作", "（一）建设平台。新建平台30个以上。", *AHEAD, "（二）甲。", *AHEAD
    )
    assert only(found[:1], "建设平台") == "task"


def test_the_closing_appeal_frames():
    found = parts("一、2020年重点工作", *AHEAD, CLOSING)
    assert [part for part, _ in found] == ["task"] * 3 + ["framing"]


def test_a_long_address_that_commits_is_no_appeal():
    found = parts("一、2020年重点工作", *AHEAD, f"各位代表！我们要加强政府自身建设。{TASK * 7}")
    assert [part for part, _ in found] == ["task"] * 4


def test_the_opening_formula_frames():
    found = parts("现在，我代表市人民政府，向大会作政府工作报告，请予审议。", *AHEAD, *AHEAD)
    assert [part for part, _ in found] == ["framing"] + ["task"] * 6
