"""Questions put to the tracks of the example series."""

from __future__ import annotations

import pandas as pd
import pytest

from planddiff.errors import InvalidInputError
from planddiff.plan import Plan, parse_plan
from planddiff.tracks.result import Tracks

TABLES = ["initiatives", "members", "events", "kinship", "statuses"]


@pytest.mark.parametrize("by", ["theme", "section", "agency", "status", "strength", "level"])
def test_trend_names_its_column_and_bounds_its_shares(tracks: Tracks, by: str) -> None:
    table = tracks.trend(by=by, draws=50)
    assert table.columns[0] == by
    assert table["share"].between(0, 1).all()
    assert (table["low"] <= table["share"] + 1e-9).all()
    assert (table["share"] <= table["high"] + 1e-9).all()
    assert not table.duplicated([by, "year"]).any()


def test_theme_trend_counts_the_items_of_each_theme(tracks: Tracks) -> None:
    table = tracks.trend().query("theme == '大数据'").set_index("year")["items"]
    for year, items in tracks.items.groupby("year")["themes"]:
        assert table[year] == sum("大数据" in themes for themes in items)


def test_statuses_of_a_year_add_up_to_its_items(tracks: Tracks) -> None:
    table = tracks.trend(by="status", draws=10).query("status != 'dropped'")
    assert table.groupby("year")["items"].sum().to_dict() == {
        2015: 39,
        2016: 37,
        2017: 39,
        2018: 39,
    }


def test_level_is_that_of_the_government(tracks: Tracks) -> None:
    assert set(tracks.trend(by="level", draws=10)["level"]) == {"province"}


def test_lead_agencies_are_fewer_than_all(tracks: Tracks) -> None:
    every = tracks.trend(by="agency", draws=10)["items"].sum()
    lead = tracks.trend(by="agency", role="lead", draws=10)["items"].sum()
    assert 0 < lead < every


def test_history_by_theme_marks_what_fits(tracks: Tracks) -> None:
    table = tracks.history("智慧城市")
    themes = tracks.items.set_index("item_id")["themes"]
    assert [("智慧城市" in themes[item]) for item in table["item_id"]] == table["hit"].tolist()
    assert table["hit"].any()
    assert table.groupby("initiative_id")["hit"].any().all()
    first = table.drop_duplicates("initiative_id")
    assert (first["redline"] == "").all()


def test_history_by_text_initiative_and_item(tracks: Tracks) -> None:
    by_text = tracks.history("北斗卫星导航应用")
    name = by_text["initiative_id"].iloc[0]
    by_name = tracks.history(name)
    assert by_name["title"].tolist() == ["推进北斗卫星导航应用"] * 2
    assert by_name["status"].tolist() == ["observed", "returned"]
    by_item = tracks.history(by_name["item_id"].iloc[1])
    assert by_item["item_id"].tolist() == by_name["item_id"].tolist()
    assert by_item["hit"].tolist() == [False, True]
    assert by_name["redline"].iloc[1] != ""


def test_history_of_nothing_says_what_there_is(tracks: Tracks) -> None:
    with pytest.raises(InvalidInputError, match=r"'量子通信卫星'.*智慧城市"):
        tracks.history("量子通信卫星")
    with pytest.raises(InvalidInputError):
        tracks.history("")


def test_targets_of_the_climbing_plan(tracks: Tracks) -> None:
    name = tracks.history("实施企业信息化“登高”计划")["initiative_id"].iloc[0]
    table = tracks.targets()
    table = table.loc[(table["initiative_id"] == name) & (table["series"] == 1)]
    values = dict(zip(table["year"], table["value"], strict=True))
    assert [values[year] for year in (2014, 2015, 2016, 2017)] == [1000, 1500, 2000, 3000]
    changes = dict(zip(table["year"], table["change"], strict=True))
    assert [changes[year] for year in (2014, 2015, 2016, 2017)] == ["first"] + ["raised"] * 3


def test_targets_point_into_the_source(tracks: Tracks) -> None:
    text_of = {item: plan.source_text for plan in tracks.plans for item in plan.items["item_id"]}
    table = tracks.targets().dropna(subset=["start"])
    assert len(table) > 100
    for row in table.to_dict("records"):
        assert text_of[row["item_id"]][int(row["start"]) : int(row["end"])] == row["as_written"]


def test_agencies_under_one_name_through_the_reform(tracks: Tracks) -> None:
    table = tracks.agencies()
    assert "省经信委" not in set(table["agency"])
    assert set(table.loc[table["agency"] == "省经信厅", "year"]) == {2014, 2015, 2016, 2017, 2018}


def test_edges_join_bodies_of_one_item(tracks: Tracks) -> None:
    table = tracks.co_responsibility()
    assert (table["source"] < table["target"]).all()
    assert (table["items"] >= 1).all()


def test_transitions(tracks: Tracks) -> None:
    sections = tracks.transitions()
    assert sections["links"].sum() == len(tracks.links)
    statuses = tracks.transitions("status")
    assert statuses.groupby(["old_year", "new_year", "side"])["share"].sum().round(9).eq(1).all()
    with pytest.raises(InvalidInputError, match="by='colour'"):
        tracks.transitions("colour")


def test_survival_groups_by_the_founding_item(tracks: Tracks) -> None:
    frame = tracks.survival()
    assert len(frame) == len(tracks.initiatives)
    assert frame["event"].sum() == (tracks.initiatives["exit"] == "dropped").sum()
    themes = tracks.items.set_index("item_id")["themes"]
    founders = tracks.members.drop_duplicates("initiative_id").set_index("initiative_id")["item_id"]
    for row in tracks.survival(by="theme").to_dict("records"):
        assert row["group"] in themes[founders[row["initiative_id"]]]


def test_survival_curves_and_test_between_themes(tracks: Tracks) -> None:
    pytest.importorskip("lifelines")
    curve = tracks.kaplan_meier()
    assert curve["survival"].is_monotonic_decreasing
    assert tracks.logrank("section")["df"] >= 1


def test_suspicions_are_long_chains(tracks: Tracks) -> None:
    names = set(tracks.suspicions()["initiative_id"])
    lengths = tracks.initiatives.set_index("initiative_id")["n_years"]
    assert all(lengths[name] > 2 for name in names)


def test_codebook_explains_every_column_and_word(tracks: Tracks) -> None:
    book = tracks.codebook()
    explained = set(book.loc[book["topic"] == "column", "name"])
    for name in TABLES:
        assert set(getattr(tracks, name).columns) <= explained, name
    assert set(tracks.statuses["status"]) <= set(book.loc[book["topic"] == "status", "name"])
    assert set(tracks.events["event"]) <= set(book.loc[book["topic"] == "event", "name"])
    assert (book["topic"] == "document").sum() == 5
    assert "0.1.0" in set(book.loc[book["topic"] == "version", "value"])


def test_methods_do_not_change_the_tables(tracks: Tracks) -> None:
    before = {name: getattr(tracks, name).copy(deep=True) for name in TABLES}
    tracks.trend()
    tracks.persistence()
    tracks.history("大数据")
    tracks.targets()
    tracks.survival("theme")
    for name, table in before.items():
        pd.testing.assert_frame_equal(getattr(tracks, name), table)


REPORT = """2015年某省政府工作报告
一、2014年工作回顾
过去一年,智慧物流信息平台建成运行,接入物流企业三百家,智慧物流建设取得进展。
二、2015年重点工作
1.发展跨境电子商务。建设跨境电商综合试验区。
"""
PROMISES = """2014年某省政府工作要点
一、重点工作
1.推进智慧物流建设。建设智慧物流信息平台,接入物流企业。
2.开展林区防火监测。布设高清视频探头和烟雾传感器,实现火情自动报警。
"""


def fulfilment_plans() -> tuple[Plan, Plan]:
    plan = parse_plan(PROMISES, year=2014, issuer="某省")
    report = parse_plan(REPORT, year=2015, issuer="某省")
    return plan, report


def test_promises_that_the_review_speaks_of(tracks: Tracks) -> None:
    plan, report = fulfilment_plans()
    assert "review" in set(report.items["part"])
    table = tracks.fulfilment(plan, report).set_index("title")
    assert table.loc["推进智慧物流建设", "fate"] == "reported"
    assert "智慧物流信息平台建成运行" in table.loc["推进智慧物流建设", "reported"][0]
    assert table.loc["开展林区防火监测", "fate"] == "silent"


def test_report_must_look_back(tracks: Tracks) -> None:
    plan, report = fulfilment_plans()
    with pytest.raises(InvalidInputError, match="later year"):
        tracks.fulfilment(report, plan)
    with pytest.raises(InvalidInputError, match="no review part"):
        tracks.fulfilment(plan, parse_plan(PROMISES, year=2015, issuer="某省"))
