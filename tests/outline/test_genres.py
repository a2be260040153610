"""Plans as different genres write them, each read without a rule of its own."""

import planddiff as pdd

T = "加快建设全市统一的公共数据平台，推动部门业务系统整合迁移，完善共享交换机制。"


def titles(*lines):
    plan = pdd.parse_plan("\n".join(lines), year=2020, issuer="云州市")
    return plan, plan.items["title"].tolist()


def test_a_plan_in_chapters_with_contents_and_boxes():
    plan, found = titles(
        "云州市示例发展规划(2021-2025年)", "目　　录", "第一章 发展基础", "第二章 重点任务",
        "第三章 保障措施", "第一章 发展基础", T, T, "第二章 重点任务", "第一节 数字政府",
        "一、建设平台", T, "二、整合系统", T, "专栏1 重点工程", f"1.云平台工程。{T}",
        f"2.政务网工程。{T}", "第二节 数字经济", "一、培育企业", T, "第三章 保障措施",
        "第一节 组织领导",
        T,
    )  # fmt: skip
    assert found == ["发展基础", "建设平台", "整合系统", "培育企业", "组织领导"]
    assert plan.items["part"].tolist() == ["requirement", "task", "task", "task", "safeguard"]
    assert plan.items["section_number"].tolist() == [1, 2, 2, 2, 3]
    assert (plan.layout["label"] == "toc").sum() == 1


def test_items_without_sections():
    plan, found = titles("2020年云州市示例要点", f"（一）建设平台。{T}", f"（二）整合系统。{T}")
    assert found == ["建设平台", "整合系统"]
    assert plan.items["section_number"].isna().all()


def test_a_list_of_projects_of_one_line_each():
    _, found = titles("2020年云州市民生实事", "1.新建幼儿园10所", "2.改造老旧小区20个")
    assert found == ["新建幼儿园10所", "改造老旧小区20个"]


def test_fields_on_lines_of_their_own_stay_with_their_item():
    plan, found = titles(
        "2020年示例要点", "一、数字政府", "1.建设平台", f"工作内容：{T}",
        "责任单位：市大数据局、市财政局", "完成时限：6月底前", "2.整合系统", f"工作内容：{T}",
        "责任单位：市经信局", "完成时限：年底前",
    )  # fmt: skip
    assert found == ["建设平台", "整合系统"]
    assert plan.items["lead"].tolist() == [["市大数据局"], ["市经信局"]]
    assert plan.items["deadline"].tolist() == ["6月底前", "年底前"]


def test_a_speech():
    _, found = titles("在会议上的讲话", "同志们：", T, f"一要抓好平台。{T}", f"二要抓好应用。{T}")
    assert found == ["抓好平台", "抓好应用"]


def test_decimal_numbers():
    plan, found = titles(
        "云州市示例行动方案(2021年)", "1 总体要求", "1.1 指导思想", T, "1.2 目标", T, "2 主要任务",
        "2.1 建设平台", T, "2.2 整合系统", T, "2.2.1 迁移", T, "2.2.2 下线", T,
    )  # fmt: skip
    assert found == ["指导思想", "目标", "建设平台", "迁移", "下线"]
    assert plan.items["section"].unique().tolist() == ["总体要求", "主要任务"]


def test_sections_and_tasks_without_any_number():
    plan, found = titles(
        "2020年云州市示例要点",
        "数字政府",
        f"建设平台。{T}",
        f"整合系统。{T}",
        "数字经济",
        f"培育企业。{T}",
    )
    assert found == ["建设平台", "整合系统", "培育企业"]
    assert plan.items["section"].tolist() == ["数字政府", "数字政府", "数字经济"]


def test_articles_with_their_enumerations():
    plan, found = titles(
        "云州市示例办法", "第一章 总则", f"第一条 {T}", "第二章 任务", "第二条 有下列情形的：",
        "（一）甲情形；", "（二）乙情形。", f"第三条 {T}",
    )  # fmt: skip
    assert plan.items["number"].tolist() == ["第一条", "第二条", "第三条"]
    assert len(found) == 3


def test_a_section_that_is_one_item_is_its_own_section():
    plan, _ = titles("一、数字政府", f"1.建设平台。{T}", "二、数字经济", T)
    assert plan.items["section"].tolist() == ["数字政府", "数字经济"]
