"""Plans: the example series item by item, selection, many documents, accounting."""

import datetime
import json

import numpy as np
import pandas as pd
import pytest

import planddiff as pdd
from planddiff.errors import InvalidInputError, PlanDiffWarning, SourceNotFoundError

TITLES_2016 = """
一 1. 组织制定信息化发展“十三五”规划
一 2. 组织制定相关专项发展规划及课题研究
二 3. 深化“两化”深度融合国家示范试点区域建设
二 4. 强化“两化”深度融合智能制造(数字工厂)示范
二 5. 制定“互联网 ”制造实施意见
二 6. 推进两化融合管理体系贯标工作
二 7. 实施企业信息化“登高”计划
二 8. 培育工业信息工程公司
三 9. 开展智慧城市示范试点项目应用推广
三 10. 加强智慧城市顶层设计
三 11. 加快推进政府服务、城市管理智慧化
三 12. 推进立体交通智慧化
三 13. 开展智慧安防、安监示范推广
三 14. 推进生态环境保护智慧化
三 15. 推进智慧能源管理
三 16. 推进智慧旅游建设
三 17. 推广智慧健康服务
三 18. 推进智慧物流
三 19. 推进智慧城市时空信息云平台建设
四 20. 加快信息进村入户试点建设
四 21. 开展农民信箱系统功能提升
四 22. 完善农业应急指挥系统
四 23. 推进农业信息化示范试点建设
五 24. 优化大数据管理体系
五 25. 建立大数据产业体系
五 26. 培育大数据应用示范
五 27. 推动大数据市场交易
五 28. 完善省级政务信息资源目录体系
六 29. 夯实信息设施基础
六 30. 深入推进三网融合
六 31. 加快支撑产业发展
六 32. 推进产业载体建设
六 33. 强化人才引进和培养
六 34. 强化网络安全保障
七 35. 积极筹备第三届世界互联网大会
七 36. 筹办首届中国产业互联网大会
七 37. 办好中国宁波智慧城市博览会
"""
SECTIONS_2016 = [
    "加强规划引导",
    "大力推进“两化”深度融合",
    "深化智慧城市建设",
    "助推农村信息化",
    "加快信息资源共享开放",
    "优化信息化发展环境",
    "组织筹备重大活动",
]
SMALL = "一、推进产业\n1.建设园区。新建3个。(市经信局)\n2.培育企业。(市商务局)\n"


@pytest.fixture(scope="module")
def plans():
    return pdd.load_example()


@pytest.fixture(scope="module")
def plan_2016(plans):
    return plans[2]


def parse(text, **options):
    return pdd.parse_plan(text, **{"year": 2020, "issuer": "云州市", **options})


def test_2016_item_by_item(plan_2016):
    items = plan_2016.items
    wanted = [line.split(" ", 2) for line in TITLES_2016.split("\n") if line]
    found = zip(items["section_number"], items["number"], items["title"], strict=True)
    assert [["一二三四五六七"[s - 1], number, title] for s, number, title in found] == wanted
    assert items["section"].unique().tolist() == SECTIONS_2016
    assert items["ordinal"].tolist() == list(range(1, 38))


def test_2016_metadata(plan_2016):
    assert plan_2016.title == "2016年浙江省信息化工作要点"
    assert plan_2016.series_title == "浙江省信息化工作要点"
    assert (plan_2016.year, plan_2016.years) == (2016, (2016,))
    assert plan_2016.issuer == "浙江省信息化工作领导小组办公室"
    assert plan_2016.date == datetime.date(2016, 4, 6)
    assert (plan_2016.region, plan_2016.level) == ("浙江省", "province")
    assert not plan_2016.constructed
    assert plan_2016.source == "zhejiang-2016.txt"


def test_2016_bodies_of_items(plan_2016):
    items = plan_2016.items.set_index("ordinal")
    twelve = items.loc[12, "lead"] + items.loc[12, "support"]
    assert {"嘉兴市政府", "金华市政府"} < set(twelve)
    assert sum(name.startswith("杭州") for name in twelve) == 1
    assert items.loc[27, "lead"] == ["省经信委"]
    assert items.loc[27, "support"] == ["省发改委", "省金融办", "省商务厅"]
    assert items.loc[27, "body"].endswith("省商务厅等)")
    mentions = plan_2016.agencies[plan_2016.agencies["item_id"] == items.loc[27, "item_id"]]
    assert mentions["open_ended"].any()


def test_2016_is_one_of_37_items_and_seven_headings(plan_2016):
    labels = plan_2016.layout["label"].value_counts()
    assert labels["heading"] == 7
    assert labels["item"] == 37
    front = plan_2016.layout[plan_2016.layout["label"] == "front_matter"]
    assert "各市、县(市、区)人民政府" in plan_2016.source_text[: front["end"].iloc[0]]
    last = plan_2016.layout.iloc[-1]
    assert plan_2016.source_text[last["start"] :].startswith("分享到")


def test_offsets_are_exact_in_every_table(plans):
    for plan in plans:
        for item in plan.items.itertuples():
            assert plan.source_text[item.start : item.end] == item.body
        for table in (plan.agencies, plan.targets, plan.citations, plan.theme_hits):
            for row in table.itertuples():
                assert plan.source_text[row.start : row.end] == row.as_written
            assert set(table["item_id"]) <= set(plan.items["item_id"])
        assert len(plan.agencies) > 90
        assert len(plan.targets) > 15
        assert len(plan.theme_hits) > 50


def test_every_character_is_accounted_for(plans):
    for plan in plans:
        assert plan.layout["start"].tolist() == [0, *plan.layout["end"].tolist()[:-1]]
        assert plan.layout["end"].iloc[-1] == len(plan.source_text)
        assert plan.shares().sum() == pytest.approx(1)
        assert plan.shares()["item"] > 0.9


def test_five_numbering_schemes(plans):
    assert [len(plan.items) for plan in plans] == [37, 39, 37, 39, 39]
    assert [plan.items["number"].iloc[-1] for plan in plans] == [
        "(三十七)",
        "39．",
        "37.",
        "4.",
        "(六)",
    ]
    assert [len(plan.levels) for plan in plans] == [2, 2, 2, 2, 3]
    deep = plans[4].items[plans[4].items["section_number"] == 2]
    assert deep["number"].tolist() == ["1.", "2.", "3.", "1.", "2.", "3.", "4.", "5.", "6.", "7."]
    assert deep["path"].iloc[0] == "二、加快发展数字经济 > (一)推进数字产业化"
    assert deep["path"].iloc[-1] == "二、加快发展数字经济 > (二)推进产业数字化"


def test_a_deadline_in_a_bracket_of_its_own_is_no_part_of_the_core(plans):
    item = plans[3].items.set_index("ordinal").loc[9]
    assert item["deadline"] == "2017年10月底前"
    assert "2017年10月底前" in item["body"]
    assert "2017年10月底前" not in item["core"]
    assert "省经信委" not in item["core"]
    assert item["core"].startswith("推动制造业与互联网融合创新。")


def test_item_ids_are_unique_over_the_series(plans):
    ids = pd.concat([plan.items["item_id"] for plan in plans])
    assert ids.is_unique


def test_select_keeps_only_the_items_and_their_rows(plan_2016):
    chosen = plan_2016.select(plan_2016.items["section_number"] == 3)
    assert chosen.items["ordinal"].tolist() == list(range(9, 20))
    assert chosen.items.index.tolist() == list(range(11))
    assert set(chosen.agencies["item_id"]) <= set(chosen.items["item_id"])
    assert len(plan_2016.items) == 37
    assert chosen.title == plan_2016.title


@pytest.mark.parametrize("mask", [[True], [1, 0], pd.Series([True, False], index=[5, 6]), "all"])
def test_a_mask_that_does_not_fit_is_named(mask):
    with pytest.raises(InvalidInputError, match="mask"):
        parse(SMALL).select(mask)


def test_arrays_and_series_select_the_same():
    plan = parse(SMALL)
    series = plan.items["ordinal"] == 2
    assert plan.select(series).items["title"].tolist() == ["培育企业"]
    assert plan.select(np.array(series)).items["title"].tolist() == ["培育企业"]


def test_arguments_override_what_the_document_says(plan_2016):
    plan = parse("2016年云州市示例工作要点\n" + SMALL, year=2019, issuer="某局")
    assert (plan.year, plan.issuer) == (2019, "某局")
    assert set(plan.items["year"]) == {2019}
    assert set(plan.items["issuer"]) == {"某局"}


def test_bytes_files_and_text_give_the_same(tmp_path):
    path = tmp_path / "2020.txt"
    path.write_text(SMALL, encoding="utf-8")
    with path.open("rb") as file:
        read = [pdd.read_plan(path), pdd.read_plan(file), pdd.read_plan(SMALL.encode(), year=2020)]
    prints = [plan.items["fingerprint"].tolist() for plan in read]
    assert prints == [parse(SMALL).items["fingerprint"].tolist()] * 3
    assert len({plan.sha256 for plan in read}) == 1


def test_read_plans_sorts_by_year_and_reports(tmp_path):
    for year in (2021, 2019, 2020):
        (tmp_path / f"{year}.txt").write_text(f"{year}年云州市示例要点\n{SMALL}", encoding="utf-8")
    plans = pdd.read_plans(tmp_path)
    assert [plan.year for plan in plans] == [2019, 2020, 2021]
    assert plans.report["n_items"].tolist() == [2, 2, 2]
    assert (plans.report["error"] == "").all()


def test_one_bad_file_does_not_stop_the_rest(tmp_path):
    (tmp_path / "2019.txt").write_text(f"2019年云州市示例要点\n{SMALL}", encoding="utf-8")
    (tmp_path / "2020.txt").write_bytes(b"")
    with pytest.warns(PlanDiffWarning, match=r"left out: .*2020\.txt") as caught:
        plans = pdd.read_plans(tmp_path)
    assert caught[0].filename == __file__
    assert [plan.year for plan in plans] == [2019]
    assert "empty" in plans.report.set_index("source").loc["2020.txt", "error"]


def test_a_pattern_without_files_is_named(tmp_path):
    with pytest.raises(SourceNotFoundError, match=r"\*\.txt"):
        pdd.read_plans(str(tmp_path / "*.txt"))


def test_text_is_not_a_path():
    with pytest.raises(InvalidInputError, match="read_plan"):
        pdd.parse_plan(b"plan")


def test_tables_are_the_same_for_a_plan_without_items():
    with pytest.warns(PlanDiffWarning, match="no items"):
        empty = parse("说明")
    assert list(empty.items.columns) == list(parse(SMALL).items.columns)
    assert empty.layout["label"].tolist() == ["front_matter"]


def test_repr_is_one_line_and_html_is_escaped():
    plan = parse("2020年<b>示例</b>工作要点\n" + SMALL)
    assert "\n" not in repr(plan)
    assert "2 items" in repr(plan)
    assert "<b>" not in plan._repr_html_()
    assert "&lt;b&gt;" in plan._repr_html_()


def test_a_constructed_plan_says_so(plans):
    assert "constructed" in repr(plans[0])
    assert "constructed" in plans[0]._repr_html_()
    assert "constructed" not in repr(plans[2])


def test_bodies_responsible_for_every_task_are_mentions_of_every_task():
    plan = parse("2020年示例要点\n以下任务均需各县政府落实,不再一一列出。\n" + SMALL)
    every = plan.agencies[plan.agencies["agency"] == "各县政府"]
    assert every["item_id"].tolist() == plan.items["item_id"].tolist()
    assert set(every["as_written"]) == {"各县政府"}


def test_items_go_through_json(plan_2016):
    assert len(json.loads(plan_2016.items.to_json(orient="records"))) == 37


def test_an_empty_table_has_the_types_of_a_full_one():
    bare = parse("1.建设平台。推进改革。\n2.整合系统。完善机制。")
    full = pdd.load_example()[0]
    for name in ("items", "agencies", "targets", "citations", "theme_hits"):
        assert getattr(bare, name).dtypes.equals(getattr(full, name).dtypes)


def test_a_paragraph_that_runs_over_a_page_number_goes_on_behind_it():
    lines = ["一、任务"]
    for page in range(1, 4):
        body = [f"{page}.建设平台。推进平台建设，", *["整合部门业务系统，完善共享机制，"] * 14]
        lines += [*body, f"— {page} —", f"开展第{page}次评估，抓好落实。"]
    plan = parse("\n".join(lines))
    furniture = plan.layout[plan.layout["label"] == "furniture"]
    printed = [plan.source_text[a:b].strip() for a, b in furniture[["start", "end"]].values]
    assert printed == ["— 1 —", "— 2 —", "— 3 —"]
    assert plan.layout["item"].tolist() == [-1, 0, -1, 0, 1, -1, 1, 2, -1, 2]
    assert (plan.layout["end"].iloc[:-1].values == plan.layout["start"].iloc[1:].values).all()
