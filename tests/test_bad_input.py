"""What a researcher hands in by mistake ends in a clear word, never in an empty table."""

import warnings

import pytest

import planddiff as pdd
from planddiff.errors import (
    InvalidInputError,
    PlanDiffError,
    PlanDiffWarning,
    SourceNotFoundError,
    UnreadableSourceError,
)

PLAN = (
    "2020年某市示例工作要点\n一、抓好产业\n1.建设园区。新建园区3个。(市经信局)\n"
    "2.培育企业。(市商务局)\n"
)
NOTICE = (
    "关于印发《2021年某市示例工作要点》的通知\n各县(市、区)人民政府,市各有关单位:\n"
    "现将《2021年某市示例工作要点》印发给你们,请认真贯彻执行。\n附件:2021年某市示例工作要点\n"
    "某市人民政府办公室\n2021年3月1日\n"
)


def test_a_missing_file_is_named_and_is_a_file_not_found_error(tmp_path):
    with pytest.raises(SourceNotFoundError, match=r"2019\.txt") as caught:
        pdd.read_plan(tmp_path / "2019.txt")
    assert isinstance(caught.value, FileNotFoundError)


def test_a_pattern_that_matches_nothing_is_named(tmp_path):
    with pytest.raises(SourceNotFoundError, match=r"\*\.docx"):
        pdd.read_plans(str(tmp_path / "*.docx"))


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n"])
def test_an_empty_file_is_named(tmp_path, content):
    path = tmp_path / "2019.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableSourceError, match=r"2019\.txt.* is empty"):
        pdd.read_plan(path)


def test_a_binary_file_is_named_and_the_readable_kinds_are_listed(tmp_path):
    path = tmp_path / "2019.dat"
    path.write_bytes(bytes(range(256)) * 8)
    with pytest.raises(UnreadableSourceError, match=r"2019\.dat.*binary.*\.docx"):
        pdd.read_plan(path)


def test_a_cover_notice_has_no_items_and_says_why(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, encoding="utf-8")
    with pytest.warns(PlanDiffWarning, match=r"notice.*no items.*attachment") as caught:
        plan = pdd.read_plan(path)
    assert len(plan.items) == 0
    assert caught[0].filename == __file__
    assert plan.log["kind"].tolist().count("no_items") == 1


def test_nothing_to_read_is_an_error():
    with pytest.raises(PlanDiffError, match="at least one document"):
        pdd.read_plans([])


@pytest.mark.parametrize("source", [None, 2016, ["a"]])
def test_what_is_no_source_is_named(source):
    with pytest.raises(InvalidInputError, match="a source is a path"):
        pdd.read_plan(source)


def test_a_year_that_is_no_year_is_named():
    with pytest.raises(InvalidInputError, match="'next'"):
        pdd.parse_plan(PLAN, year="next")


def test_a_plan_without_a_year_warns_at_the_callers_line():
    with pytest.warns(PlanDiffWarning, match="year=") as caught:
        plan = pdd.parse_plan("1.建设园区。\n2.培育企业。\n", name="pasted")
    assert plan.year is None
    assert caught[0].filename == __file__


def test_two_plans_of_one_year_warn_and_name_both(tmp_path):
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        path.write_text(PLAN, encoding="utf-8")
    with pytest.warns(PlanDiffWarning, match="2020.*a.*b"):
        assert len(pdd.read_plans(paths)) == 2


def test_two_plans_of_one_year_cannot_be_compared():
    plan = pdd.parse_plan(PLAN)
    with pytest.raises(InvalidInputError, match="2020"):
        pdd.compare(plan, pdd.parse_plan(PLAN + "3.开放数据。\n"))


def test_one_plan_alone_cannot_be_tracked():
    with pytest.raises(InvalidInputError, match="two"):
        pdd.track([pdd.parse_plan(PLAN)])


def test_what_is_no_plan_cannot_be_compared():
    with pytest.raises(InvalidInputError, match=r"read_plan|parse_plan"):
        pdd.compare(pdd.parse_plan(PLAN), PLAN)


def test_comparing_with_a_plan_without_items_is_said():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PlanDiffWarning)
        empty = pdd.parse_plan(NOTICE)
    with pytest.raises(InvalidInputError, match="no items"):
        pdd.compare(pdd.parse_plan(PLAN), empty)
