"""Deadlines: kinds, exact spans, and periods resolved against the plan's year."""

from datetime import date
from pathlib import Path

import pytest

from planddiff.fields.deadlines import find_deadlines, find_due_dates

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.parametrize(
    ("text", "kind", "written", "first", "last"),
    [
        ("2017年底前完成改造。", "by", "2017年底前", date(2017, 1, 1), date(2017, 12, 31)),
        ("(2017年12月底前完成)", "by", "2017年12月底前", date(2017, 1, 1), date(2017, 12, 31)),
        ("年底前建成。", "by", "年底前", date(2017, 1, 1), date(2017, 12, 31)),
        ("6月底前开通,", "by", "6月底前", date(2017, 1, 1), date(2017, 6, 30)),
        ("10月底完成", "by", "10月底", date(2017, 1, 1), date(2017, 10, 31)),
        ("于6月30日前上报", "by", "6月30日前", date(2017, 1, 1), date(2017, 6, 30)),
        ("2月底前完成", "by", "2月底前", date(2017, 1, 1), date(2017, 2, 28)),
        ("明年3月底前验收", "by", "明年3月底前", date(2017, 1, 1), date(2018, 3, 31)),
        ("9月上旬前报送", "by", "9月上旬前", date(2017, 1, 1), date(2017, 9, 10)),
        ("三季度末前开工", "by", "三季度末前", date(2017, 1, 1), date(2017, 9, 30)),
        ("十二月底前建成", "by", "十二月底前", date(2017, 1, 1), date(2017, 12, 31)),
        ("年内建成", "within", "年内", date(2017, 1, 1), date(2017, 12, 31)),
        ("今年建成", "within", "今年", date(2017, 1, 1), date(2017, 12, 31)),
        ("一季度启动", "within", "一季度", date(2017, 1, 1), date(2017, 3, 31)),
        ("上半年启动", "within", "上半年", date(2017, 1, 1), date(2017, 6, 30)),
        ("2018年下半年验收", "within", "2018年下半年", date(2018, 7, 1), date(2018, 12, 31)),
        (
            "“十三五”期间建成",
            "plan_period",
            "“十三五”期间",
            date(2016, 1, 1),
            date(2020, 12, 31),
        ),
        ("到2025年,建成", "to", "到2025年", date(2017, 1, 1), date(2025, 12, 31)),
        ("未来三年建成", "span", "未来三年", date(2017, 1, 1), date(2019, 12, 31)),
        ("2018—2020年分批实施", "span", "2018—2020年", date(2018, 1, 1), date(2020, 12, 31)),
        ("长期坚持", "standing", "长期坚持", date(2017, 1, 1), None),
    ],
)
def test_an_expression_is_read_with_its_period(
    text: str, kind: str, written: str, first: date | None, last: date | None
) -> None:
    [mention] = find_deadlines(text, year=2017)
    assert (mention.as_written, mention.kind) == (written, kind)
    assert (mention.period_start, mention.period_end) == (first, last)
    assert text[mention.start : mention.end] == written


@pytest.mark.parametrize(
    "text",
    [
        "落实《数字乡村行动计划(2018—2020年)》,",
        "制定“十三五”规划。",
        "截至2017年底已建成。",
        "三年前启动的项目。",
        "此前、目前、提前完成。",
        "依据2016年4月6日印发的通知。",
        "年前期工作",
        "2008年底首次提出智慧城市。",
        "由2012年的8万亿元增长至2021年的42万亿元。",
        "是“十一五”末的3倍。",
    ],
)
def test_dates_that_bind_nothing_are_left_alone(text: str) -> None:
    assert find_deadlines(text, year=2018) == []


def test_without_a_plan_year_the_period_stays_open() -> None:
    relative, absolute = find_deadlines("年底前启动,2019年6月底前建成。")
    assert (relative.period_start, relative.period_end) == (None, None)
    assert absolute.period_end == date(2019, 6, 30)


def test_the_seed_of_2017_states_its_deadlines_in_brackets() -> None:
    text = (SEEDS / "zhejiang-2017.txt").read_text(encoding="utf-8")
    due = [d for d in find_deadlines(text, year=2017) if d.kind == "by"]
    assert len(due) == 32
    assert {d.as_written for d in due} == {f"2017年{m}月底前" for m in (9, 10, 11, 12)}


def test_leap_years_end_february_on_the_29th() -> None:
    [mention] = find_deadlines("2月底前完成", year=2020)
    assert mention.period_end == date(2020, 2, 29)


def test_due_dates_are_the_deadlines_that_the_work_must_meet() -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted(SEEDS.glob("*.txt"))]
    made = "十月底以前,上半年完成。\n一季度末前上线。\n长期坚持,到2020年建成。\n“十三五”末达标。"
    for line in "\n".join([made, *texts]).splitlines():
        by = [mention for mention in find_deadlines(line, year=2016) if mention.kind == "by"]
        assert find_due_dates(line, year=2016) == by
