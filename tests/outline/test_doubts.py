"""Broken numbers are kept and logged."""

import pytest

import planddiff as pdd


def doubts(text, kind="numbering_doubt"):
    plan = pdd.parse_plan(text, year=2020, issuer="云州市")
    return plan, plan.log[plan.log["kind"] == kind]


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        (["1.", "2.", "4."], "4. follows 2: a number between is missing"),
        (["1.", "2.", "2."], "2. is repeated"),
        (["1.", "3.", "2."], "2. follows 3: out of order"),
    ],
)
def test_a_broken_run(numbers, message):
    text = "一、任务\n" + "\n".join(f"{number}建设平台。加快推进。" for number in numbers)
    plan, found = doubts(text)
    assert len(plan.items) == 3
    assert message in found["message"].tolist()
    for row in found.itertuples():
        assert plan.source_text[row.start : row.end] == row.before


def test_runs_that_go_on_or_start_again_are_no_doubt():
    text = "一、任务\n1.建设平台。\n2.整合系统。\n二、应用\n3.推广应用。\n三、保障\n1.加强领导。\n"
    assert doubts(text)[1].empty


def test_a_figure_at_the_start_of_a_line_is_said_to_be_no_number():
    plan, found = doubts(
        "一、任务\n1.建设平台。\n2.整合系统。\n95.建成比例不断提高。\n3.推广应用。",
        "structure_doubt",
    )
    assert plan.items["number"].tolist() == ["1.", "2.", "3."]
    assert len(found) == 1


@pytest.mark.parametrize("line", ["4.0402年启动建设。", "18.45 亿户接入。", "2.5"])
def test_amounts_at_the_start_of_a_line_stay_in_their_item(line):
    plan, found = doubts(f"一、任务\n1.建设平台。\n{line}\n2.整合系统。")
    assert plan.items["number"].tolist() == ["1.", "2."]
    assert found.empty
