"""Task tables: rows of a reader, separated lines, cells flattened to lines."""

import pytest

import planddiff as pdd

TABBED = """云州市2020年示例工作任务分工表
序号\t重点任务\t工作措施\t牵头单位\t配合单位\t完成时限
一、数字政府
1\t建设政务云\t完成20个部门系统迁移。\t市大数据局\t市财政局、市经信局\t6月底前
2\t推进一网通办\t事项网办率达到90%以上。\t市行政审批局\t市大数据局\t12月底前
二、数字经济
3\t培育企业\t新增企业10家。\t市经信局\t各县(市、区)政府\t年底前
"""
BARS = """云州市2020年示例工作任务分工表
|序号|类别|重点任务|责任单位|
|---|---|---|---|
|1|数字政府|建设政务云。完成迁移。|市大数据局、市财政局|
|2||推进一网通办|市行政审批局|
|3|数字经济|培育企业|市经信局|
"""
FLAT = """2020年示例重点任务清单
序号
工作任务
工作措施
责任单位
完成时限
一、数字政府
1
建设政务云
完成20个部门系统迁移。
扩容机房。
市大数据局
6月底前
2
推进一网通办
事项网办率达到90%以上。
市行政审批局
12月底前
二、数字经济
3
培育企业
新增企业10家。
市经信局
年底前
"""


def parse(text):
    return pdd.parse_plan(text, year=2020, issuer="云州市")


@pytest.mark.parametrize("text", [TABBED, BARS, FLAT])
def test_rows_become_items_under_their_sections(text):
    items = parse(text).items
    assert items["number"].tolist() == ["1", "2", "3"]
    assert items["section"].tolist() == ["数字政府", "数字政府", "数字经济"]
    assert items["section_number"].tolist() == [1, 1, 2]
    assert items["title"].tolist() == ["建设政务云", "推进一网通办", "培育企业"]
    assert (items["part"] == "task").all()


@pytest.mark.parametrize("text", [TABBED, FLAT])
def test_columns_become_fields(text):
    items = parse(text).items
    assert items["deadline"].tolist() == ["6月底前", "12月底前", "年底前"]
    assert items["lead"].tolist() == [["市大数据局"], ["市行政审批局"], ["市经信局"]]
    assert items["n_targets"].tolist() == [1, 1, 1]


def test_bodies_that_support_are_those_of_their_column():
    plan = parse(TABBED)
    assert plan.items["support"][0] == ["市财政局", "市经信局"]
    assert not plan.items["lead_inferred"].any()
    for row in plan.agencies.itertuples():
        assert plan.source_text[row.start : row.end] == row.as_written


def test_measures_over_several_lines_stay_in_their_row():
    plan = parse(FLAT)
    assert "扩容机房" in plan.items["core"][0]
    assert "大数据局" not in plan.items["core"][0]


def test_offsets_and_accounting():
    for text in (TABBED, BARS, FLAT):
        plan = parse(text)
        for item in plan.items.itertuples():
            assert plan.source_text[item.start : item.end] == item.body
        assert plan.shares().sum() == pytest.approx(1)


def test_a_row_without_number_and_task_goes_on_with_the_one_above():
    text = (
        "2020年示例任务表\n序号|任务|措施|牵头单位\n1|建设政务云|迁移系统。|市大数据局\n"
        "||扩容机房。|市财政局\n2|培育企业|奖补。|市经信局"
    )
    items = parse(text).items
    assert items["title"].tolist() == ["建设政务云", "培育企业"]
    assert "扩容机房" in items["body"][0]


def test_a_heading_over_a_table_is_its_section():
    text = (
        "2020年示例要点\n一、数字政府\n序号|任务|牵头单位\n"
        "1|建设政务云|市大数据局\n2|一网通办|市审批局"
    )
    items = parse(text).items
    assert items["title"].tolist() == ["建设政务云", "一网通办"]
    assert items["section"].tolist() == ["数字政府"] * 2
    assert items["path"].tolist() == ["一、数字政府"] * 2


def test_a_table_of_figures_is_no_task_table():
    text = (
        "一、现状\n1.基础扎实。指标如下。\n指标|2018年|2019年\n用户|10万|12万\n"
        "2.应用广泛。不断拓展。"
    )
    assert parse(text).items["title"].tolist() == ["基础扎实", "应用广泛"]
