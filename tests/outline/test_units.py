"""What becomes an item in each kind of document."""

import pytest

import planddiff as pdd

TEXT = "加快建设全市统一的公共数据平台，推动部门业务系统整合迁移，完善共享交换机制。"


def parse(text, **options):
    return pdd.parse_plan(text, year=2020, issuer="云州市", **options)


def found(plan):
    return plan.items[["number", "title"]].values.tolist()


def test_the_finest_level_that_carries_tasks():
    plan = parse(
        f"一、任务\n(一)数字政府\n1.建设平台。{TEXT}\n2.整合系统。{TEXT}\n(二)数字社会。{TEXT}"
    )
    assert found(plan) == [["1.", "建设平台"], ["2.", "整合系统"], ["(二)", "数字社会"]]
    assert plan.items["path"].tolist() == ["一、任务 > (一)数字政府"] * 2 + ["一、任务"]
    assert plan.unit == "numbered"
    assert plan.levels == ("cn_dun", "cn_paren", "ar_dot")


@pytest.mark.parametrize("inner", ["(1)", "①", "——", "一是"])
def test_enumerations_inside_a_task_stay_with_it(inner):
    second = {"(1)": "(2)", "①": "②", "——": "——", "一是": "二是"}[inner]
    plan = parse(f"一、任务\n1.建设平台。{TEXT}\n{inner}{TEXT}\n{second}{TEXT}\n2.整合系统。{TEXT}")
    assert [title for _, title in found(plan)] == ["建设平台", "整合系统"]


def test_a_list_with_semicolons_is_an_enumeration():
    plan = parse(
        "第一条 有下列情形之一的，予以支持：\n(一)建设平台的；\n(二)整合系统的；\n"
        "(三)其他。\n第二条 施行。"
    )
    assert [number for number, _ in found(plan)] == ["第一条", "第二条"]


def test_a_box_belongs_to_the_task_it_stands_in():
    plan = parse(
        f"一、任务\n1.建设平台。{TEXT}\n专栏1 重点工程\n1.云平台。\n2.政务网。\n2.整合系统。{TEXT}"
    )
    assert [title for _, title in found(plan)] == ["建设平台", "整合系统"]
    assert "云平台" in plan.items["body"][0]


def test_prose_gives_one_item_a_paragraph():
    leads = ["扩大有效投资", "促进消费升级", "优化营商环境", "发展数字经济"]
    paragraphs = "\n".join(f"{lead}。{TEXT}" for lead in leads)
    plan = parse(
        f"各位代表：\n一、二〇二〇年重点工作\n今年要做好以下工作：\n{paragraphs}\n二、自身建设\n{paragraphs}"
    )
    assert plan.unit == "paragraph"
    assert plan.items["title"].tolist() == leads * 2
    assert plan.items["section_number"].tolist() == [1] * 4 + [2] * 4
    assert (plan.items["number"] == "").all()


def test_a_paragraph_with_a_number_keeps_it():
    paragraphs = "\n".join(f"加快第{n}类平台建设。{TEXT}" for n in "甲乙丙")
    plan = parse(
        f"一、工作\n(一)壮大产业。{TEXT}\n{paragraphs}\n(二)改善民生。{TEXT}\n{paragraphs}"
    )
    assert plan.unit == "paragraph"
    assert plan.items["number"].tolist() == ["(一)", "", "", "", "(二)", "", "", ""]


def test_text_before_the_first_heading_counts_in_prose():
    paragraphs = "\n".join(f"加快第{n}类平台建设。{TEXT}" for n in "甲乙丙丁")
    plan = parse(f"{paragraphs}\n一、重点工作\n{paragraphs}")
    assert len(plan.items) == 8


def test_clauses():
    plan = parse(f"一、任务\n1.建设平台。{TEXT}推动企业上云；完善工作机制。", unit="clause")
    assert plan.items["body"].tolist() == ["1.建设平台。", TEXT, "推动企业上云；", "完善工作机制。"]
    assert plan.items["number"].tolist() == ["1.", "", "", ""]
    assert plan.unit == "clause"


def test_unit_can_be_forced():
    text = f"一、任务\n1.建设平台。{TEXT}\n{TEXT}\n2.整合系统。{TEXT}"
    assert len(parse(text, unit="numbered").items) == 2
    assert len(parse(text, unit="paragraph").items) == 3


def test_an_unknown_unit_is_named():
    with pytest.raises(pdd.errors.InvalidInputError, match="'page'"):
        parse("1.建设平台。", unit="page")


def test_remarks_behind_the_last_task_are_no_part_of_it():
    plan = parse(
        f"一、任务\n1.建设平台。{TEXT}\n2.整合系统。{TEXT}\n3.培育企业。{TEXT}\n以上任务按季度调度。\n二、保障\n1.加强领导。{TEXT}"
    )
    assert plan.items["body"][2].endswith("机制。")


def test_responsible_bodies_on_their_own_line_are_part_of_it():
    plan = parse(
        f"一、任务\n1.建设平台。{TEXT}\n2.整合系统。{TEXT}\n3.培育企业。{TEXT}\n(市经信局、市科技局)\n"
    )
    assert plan.items["lead"][2] == ["市经信局"]


def test_a_long_numbered_chapter_of_prose_is_parted_in_a_numbered_plan():
    prose = "\n".join(f"加快第{n}类平台建设。{TEXT * 5}" for n in "甲乙丙丁戊己庚辛")
    tasks = "\n".join(f"{n}.建设平台。{TEXT * 5}" for n in range(1, 30))
    plan = parse(f"一、形势\n{prose}\n二、任务\n{tasks}")
    assert plan.unit == "numbered"
    assert (plan.items["section_number"] == 1).sum() == 8
