"""What a plan says about itself."""

import datetime

import pytest

import planddiff as pdd
from planddiff.plan_metadata import series_title

BODY = "一、抓好产业\n1.建设园区。新建园区3个。\n2.培育企业。扶持企业。\n"


def parse(head, tail="", name="<text>"):
    return pdd.parse_plan(f"{head}\n{BODY}{tail}", name=name)


@pytest.mark.parametrize(
    ("title", "series"),
    [
        ("2016年浙江省信息化工作要点", "浙江省信息化工作要点"),
        ("2014年浙江省信息化工作要点(示例)", "浙江省信息化工作要点"),
        ("数字山东2019行动方案", "数字山东行动方案"),
        ("数字强省建设2023年工作要点", "数字强省建设工作要点"),
        ("云州市智慧城市行动计划(2021-2023年)", "云州市智慧城市行动计划"),
        ("云州市2020年度数字化工作要点", "云州市数字化工作要点"),
        ("建设指南(2021版)", "建设指南"),
        ("管理办法(修订版)", "管理办法"),
        ("关于印发《云州市2020年工作要点》的通知", "云州市工作要点"),
    ],
)
def test_series_titles(title, series):
    assert series_title(title) == series


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("2020年云州市示例工作要点", (2020,)),
        ("云州市示例行动计划(2021-2023年)", (2021, 2022, 2023)),
        ("云州市示例行动计划(2021—2023年)", (2021, 2022, 2023)),
        ("数字云州2019示例行动方案", (2019,)),
        ("云州市关于做好“科技创新2030”项目2021年度申报工作的通知", (2021,)),
        ("云州市“十四五”示例发展规划", (2021, 2022, 2023, 2024, 2025)),
        ("云州市“九五”示例发展规划", (1996, 1997, 1998, 1999, 2000)),
        ("云州市贯彻“十四五”规划2022年示例工作要点", (2022,)),
    ],
)
def test_years_of_the_title(title, years):
    plan = parse(title)
    assert (plan.title, plan.years, plan.year) == (title, years, years[0])


@pytest.mark.parametrize(
    ("head", "name", "year"),
    [
        ("示例工作要点", "云州市2018年工作要点.txt", 2018),
        ("示例工作要点\n2017年3月2日", "plan.txt", 2017),
        ("政府工作报告\n——2015年1月20日在云州市第八届人民代表大会第五次会议上", "r.txt", 2015),
        ("示例工作要点", "2018/云州市.txt", 2018),
        ("政府工作报告\n我代表市人民政府报告工作。2018年是关键一年。2019年更是。", "r.txt", 2019),
    ],
)
def test_years_from_elsewhere(head, name, year):
    assert parse(head, name=name).year == year


def test_a_report_whose_title_is_glued_to_what_follows():
    plan = parse("2015年云州市政府工作报告——2015年1月20日在云州市第八届人民代表大会第五次会议上")
    assert plan.title == "2015年云州市政府工作报告"
    assert plan.issuer == "云州市人民政府"


def test_the_year_of_a_report_is_that_of_the_tasks_ahead():
    paragraphs = "加快建设。推动数据共享,完善机制,提升能力水平。\n" * 3
    text = f"各位代表:\n一、2019年工作回顾\n{paragraphs}二、2020年工作安排\n{paragraphs}"
    assert pdd.parse_plan(text).year == 2020


@pytest.mark.parametrize(
    ("head", "tail", "issuer"),
    [
        ("2020年示例要点\n云州市数字化办公室\n2020年3月1日", "", "云州市数字化办公室"),
        ("2020年示例要点", "云州市经济和信息化局\n2020年3月1日\n", "云州市经济和信息化局"),
        ("云州市人民政府关于做好2020年示例工作的意见", "", "云州市人民政府"),
        ("发文机关:云州市大数据局\n2020年示例要点", "", "云州市大数据局"),
        (
            "政府工作报告\n——2020年1月2日在云州市第八届人民代表大会第五次会议上",
            "",
            "云州市人民政府",
        ),
        ("2020年云州市示例工作要点", "", "云州市"),
        ("2020年示例工作要点", "", ""),
    ],
)
def test_issuers(head, tail, issuer):
    assert parse(head, tail).issuer == issuer


@pytest.mark.parametrize(
    ("head", "region", "level"),
    [
        ("2020年浙江省示例工作要点", "浙江省", "province"),
        ("数字山东2020示例行动方案", "山东省", "province"),
        ("2020年云州市示例工作要点", "云州市", "prefecture"),
        ("2020年清水县示例工作要点", "清水县", "county"),
        ("国务院关于做好2020年示例工作的意见", "全国", "national"),
        ("2020年智慧城市示例工作要点", "", ""),
    ],
)
def test_regions(head, region, level):
    plan = parse(head)
    assert (plan.region, plan.level) == (region, level)


@pytest.mark.parametrize(
    ("name", "opening", "issuer", "region", "level"),
    [
        ("杭州.txt", "我代表市人民政府", "杭州市人民政府", "杭州市", "prefecture"),
        ("吉林.txt", "我代表市政府", "吉林市人民政府", "吉林市", "prefecture"),
        ("吉林.txt", "我代表省政府", "吉林省人民政府", "吉林省", "province"),
        ("黄山.txt", "我代表区人民政府", "黄山区人民政府", "黄山区", "county"),
        ("锡林郭勒.txt", "我代表行署", "锡林郭勒盟行政公署", "锡林郭勒盟", "prefecture"),
        ("杭州/2020.txt", "我代表市人民政府", "杭州市人民政府", "杭州市", "prefecture"),
        ("2020_义乌政府工作报告.txt", "我代表市政府", "义乌市人民政府", "义乌市", "county"),
        ("r.txt", "我代表宁波市人民政府", "宁波市人民政府", "宁波市", "prefecture"),
        ("r.txt", "我代表国务院", "国务院", "全国", "national"),
        ("r.txt", "我代表市人民政府", "", "", ""),
    ],
)
def test_work_reports_by_their_opening_and_the_name_of_the_source(
    name, opening, issuer, region, level
):
    plan = parse(f"各位代表:\n现在,{opening},向大会报告2020年工作安排,请予审议。", name=name)
    assert (plan.title, plan.issuer) == ("政府工作报告", issuer)
    assert (plan.region, plan.level) == (region, level)


def test_a_given_issuer_brings_its_region_and_a_given_region_its_level():
    text = f"2020年示例工作要点\n{BODY}"
    plan = pdd.parse_plan(text, issuer="杭州市人民政府")
    assert (plan.issuer, plan.region, plan.level) == ("杭州市人民政府", "杭州市", "prefecture")
    plan = pdd.parse_plan(text, region="义乌市")
    assert (plan.region, plan.level, plan.issuer) == ("义乌市", "county", "义乌市")
    plan = pdd.parse_plan(text, issuer="杭州市数据局", region="义乌市")
    assert (plan.region, plan.issuer) == ("义乌市", "杭州市数据局")
    report = f"各位代表:\n现在,我代表市人民政府,向大会报告2020年工作安排,请予审议。\n{BODY}"
    for region in ("义乌市", "义乌"):
        plan = pdd.parse_plan(report, region=region, year=2020)
        assert (plan.region, plan.issuer) == (region, "义乌市人民政府")


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("云政发〔2020〕12号\n2020年示例要点", "云政发〔2020〕12号"),
        ("发文字号:云数办〔2020〕3号\n2020年示例要点", "云数办〔2020〕3号"),
        ("2020年示例要点\n根据国发〔2017〕35号文件精神,制定本要点。", ""),
    ],
)
def test_document_numbers(head, number):
    assert parse(head).document_number == number


@pytest.mark.parametrize(
    ("tail", "date"),
    [
        ("云州市人民政府\n2020年3月1日\n", datetime.date(2020, 3, 1)),
        ("云州市人民政府\n二〇二〇年十二月二十一日\n", datetime.date(2020, 12, 21)),
        ("云州市人民政府\n2020年2月31日\n", None),
    ],
)
def test_dates(tail, date):
    assert parse("2020年示例要点", tail).date == date


def test_constructed():
    assert parse("【示例构造文本,并非官方文件】\n2020年示例要点").constructed
    assert not parse("2020年示例要点").constructed


@pytest.mark.parametrize(
    "kind", ["重点任务分工表", "任务分工", "责任清单", "任务分解表", "工作台账"]
)
@pytest.mark.parametrize("row", ["{}", "{}||", "{0}|{0}|{0}", "|{}||"])
def test_the_title_of_a_task_table(kind, row):
    title = f"云州市数字政府{kind}"
    plan = pdd.parse_plan(
        f"{row.format(title)}\n序号|重点任务|责任单位\n1|建设平台|市经信局\n2|培育企业|市科技局",
        year=2020,
    )
    assert plan.title == title
    assert plan.items["title"].tolist() == ["建设平台", "培育企业"]
