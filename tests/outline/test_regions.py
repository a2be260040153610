"""The plan apart from the notice before it and the signature and notes behind it."""

import pytest

import planddiff as pdd

PLAN = "一、抓好产业\n1.建设园区。新建园区3个。(市经信局)\n2.培育企业。(市商务局)\n"
NOTICE = (
    "关于印发《2020年云州市示例工作要点》的通知\n各县(市、区)人民政府,市各有关单位:\n"
    "现将《2020年云州市示例工作要点》印发给你们,请认真贯彻执行。\n云州市人民政府办公室\n2020年3月1日\n"
)


def parse(text, **options):
    return pdd.parse_plan(text, year=2020, issuer="云州市", **options)


def labels(plan):
    texts = [plan.source_text[row.start : row.end] for row in plan.layout.itertuples()]
    return dict(zip(texts, plan.layout["label"], strict=True))


def test_a_notice_before_the_plan_is_front_matter():
    plan = pdd.parse_plan(NOTICE + "2020年云州市示例工作要点\n为做好全年工作,制定本要点。\n" + PLAN)
    assert plan.title == "2020年云州市示例工作要点"
    assert plan.issuer == "云州市人民政府办公室"
    assert str(plan.date) == "2020-03-01"
    assert plan.layout["label"].tolist()[:2] == ["front_matter", "heading"]
    assert len(plan.items) == 2


def test_a_notice_with_numbers_of_its_own_is_not_mixed_with_the_plan():
    notice = NOTICE.replace(
        "云州市人民政府办公室", "一、各地要加强领导。\n二、按时报送情况。\n云州市人民政府办公室"
    )
    plan = parse(notice + "2020年云州市示例工作要点\n" + PLAN)
    assert plan.items["title"].tolist() == ["建设园区", "培育企业"]


def test_a_plan_behind_a_notice_under_another_title():
    plan = parse(NOTICE + "附件\n云州市数字化年度任务\n" + PLAN)
    assert plan.items["title"].tolist() == ["建设园区", "培育企业"]


def test_a_notice_alone_gives_no_items_and_says_why():
    with pytest.warns(pdd.errors.PlanDiffWarning, match="notice that hands out a plan"):
        plan = parse(NOTICE + "附件:2020年云州市示例工作要点\n")
    assert plan.items.empty
    assert plan.log["kind"].tolist().count("no_items") == 1
    assert list(plan.items.columns) == list(parse(PLAN).items.columns)


def test_signature_imprint_and_contacts_are_back_matter():
    tail = (
        "附件:1.任务清单\n2.指标表\n云州市人民政府办公室\n2020年3月1日\n"
        "抄送:市委办公室。\n(此件公开发布)\n"
    )
    plan = parse("2020年云州市示例工作要点\n" + PLAN + tail)
    assert labels(plan)[tail] == "back_matter"
    assert plan.items["title"].tolist() == ["建设园区", "培育企业"]


def test_a_glossary_is_back_matter():
    notes = "名词解释\n1.一网通办:指政务服务统一入口。\n2.城市大脑:指城市运行平台。\n"
    plan = parse("2020年云州市示例工作要点\n" + PLAN + notes)
    assert labels(plan)[notes] == "back_matter"
    assert len(plan.items) == 2


def test_attachments_behind_the_plan_are_a_part_of_their_own():
    plan = parse(
        "2020年云州市示例工作要点\n"
        + PLAN
        + "附件1\n考核办法\n1.考核对象。各县。\n2.考核方式。评分。\n"
    )
    assert plan.items["part"].tolist() == ["task", "task", "attachment", "attachment"]


def test_the_opening_of_a_work_report():
    text = (
        "政府工作报告\n——2020年1月10日在云州市第十届人民代表大会第四次会议上\n云州市市长 张某\n"
        "各位代表:\n现在,我代表市人民政府向大会报告工作,请予审议。\n一、重点工作\n1.建设园区。新建园区。\n"
    )
    plan = pdd.parse_plan(text)
    assert plan.layout["label"].tolist() == ["front_matter", "heading", "item"]
    assert (plan.year, plan.issuer, str(plan.date)) == (2020, "云州市人民政府", "2020-01-10")
