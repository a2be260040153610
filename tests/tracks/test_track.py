"""Tracking whole plans: the example series, and small plans constructed for one point each."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest

from planddiff.errors import InvalidInputError
from planddiff.plan import Plan, parse_plan
from planddiff.tracks.documents import order_documents, pool
from planddiff.tracks.result import Tracks
from planddiff.tracks.track import track

BEIDOU = "推进北斗卫星导航应用。在渔船、公交和危险品运输车辆上安装北斗终端,建设北斗位置服务平台。"
CREDIT = "完善社会信用信息平台。归集企业和个人信用信息,在招投标和信贷中推广信用报告。"
RURAL = "扩大农村宽带覆盖。推进光纤到村,提升乡镇学校和卫生院的接入带宽。"
LIBRARY = "建设数字图书馆。采购电子期刊,开通县级图书馆的远程借阅。"
FOREST = "开展林区防火监测。布设高清视频探头和烟雾传感器,实现火情自动报警。"


def make_plan(year: int, *items: str, title: str = "某省信息化工作要点") -> Plan:
    """A constructed plan with one section."""
    lines = [f"{number}.{text}" for number, text in enumerate(items, start=1)]
    text = "\n".join([f"{year}年{title}", "一、重点工作", *lines])
    return parse_plan(text, year=year, issuer="某省")


def lives(tracks: Tracks) -> dict[str, list[int]]:
    """Title of the founding item to the years of the initiative."""
    titles = tracks.items.set_index("item_id")["title"]
    return {
        titles[chain["item_id"].iloc[0]]: chain["year"].tolist()
        for _, chain in tracks.members.groupby("initiative_id")
    }


def test_initiative_comes_back_after_an_observed_gap() -> None:
    tracks = track(
        [
            make_plan(2014, BEIDOU, CREDIT, RURAL),
            make_plan(2015, CREDIT, RURAL, LIBRARY),
            make_plan(2016, BEIDOU, CREDIT, RURAL, FOREST),
        ]
    )
    assert lives(tracks)["推进北斗卫星导航应用"] == [2014, 2016]
    returned = tracks.statuses.query("status == 'returned'")
    assert returned[["old_year", "new_year", "side"]].values.tolist() == [[2015, 2016, "new"]]
    assert tracks.links.query("relation == 'returned'")[
        ["old_year", "new_year"]
    ].values.tolist() == [[2014, 2016]]
    row = tracks.initiatives.query("label == '推进北斗卫星导航应用'").iloc[0]
    assert (row["gaps"], row["n_years"], row["exit"]) == ([2015], 2, "censored")
    assert tracks.presence.loc[row["initiative_id"], 2015] == "absent"
    library = tracks.initiatives.query("label == '建设数字图书馆'").iloc[0]
    assert library["exit"] == "dropped"


def test_deadline_across_a_gap_is_judged_from_its_own_year() -> None:
    def due(year: int) -> str:
        return BEIDOU + f"{year}年10月底前完成。"

    tracks = track(
        [
            make_plan(2013, CREDIT, FOREST),
            make_plan(2014, due(2014), CREDIT, RURAL),
            make_plan(2015, CREDIT, RURAL, LIBRARY),
            make_plan(2016, due(2016), CREDIT, RURAL),
        ]
    )
    returned = tracks.links.query("relation == 'returned'")
    assert returned[["old_year", "new_year"]].values.tolist() == [[2014, 2016]]
    assert returned["deadline_change"].tolist() == ["none"]


def test_a_year_that_is_missing_is_neither_dropped_nor_new() -> None:
    tracks = track([make_plan(2014, BEIDOU, CREDIT), make_plan(2016, BEIDOU, CREDIT, LIBRARY)])
    assert lives(tracks)["推进北斗卫星导航应用"] == [2014, 2016]
    assert set(tracks.presence[2015]) == {"unobserved"}
    assert not {"dropped", "returned"} & set(tracks.statuses["status"])
    assert set(tracks.events["year"]) == {2016}
    assert tracks.initiatives["gaps"].map(len).eq(0).all()
    row = tracks.initiatives.query("label == '推进北斗卫星导航应用'").iloc[0]
    assert row["statuses"][2015] == "unobserved"


def test_plan_and_supplement_of_one_year() -> None:
    supplement = make_plan(2014, LIBRARY, FOREST, title="某省信息化工作补充计划")
    tracks = track(
        [
            make_plan(2014, BEIDOU, CREDIT),
            supplement,
            make_plan(2015, BEIDOU, CREDIT, LIBRARY, RURAL),
        ]
    )
    assert lives(tracks)["建设数字图书馆"] == [2014, 2015]
    assert len(tracks.documents) == 3
    dropped = tracks.initiatives.query("exit == 'dropped'")["label"].tolist()
    assert dropped == ["开展林区防火监测"]


def test_pooled_documents_keep_their_offsets() -> None:
    one = make_plan(2014, BEIDOU, CREDIT)
    other = make_plan(2014, LIBRARY, title="某省信息化工作补充计划")
    both = pool([one, other])
    for start, end, body in zip(
        both.items["start"], both.items["end"], both.items["body"], strict=True
    ):
        assert both.source_text[start:end] == body
    assert len(both.items) == 3


def test_renamed_series_is_joined_by_its_successor() -> None:
    plans = [
        make_plan(2014, BEIDOU, CREDIT, title="某省信息化工作要点"),
        make_plan(2015, BEIDOU, CREDIT, title="某省数字化工作要点"),
    ]
    tracks = track(plans, successors={"某省信息化工作要点": "某省数字化工作要点"})
    assert tracks.documents["series"].tolist() == ["某省数字化工作要点"] * 2
    with pytest.raises(InvalidInputError, match="run in a circle"):
        track(plans, successors={"某省信息化工作要点": "某省信息化工作要点"})


def test_successors_tell_that_two_titles_are_one_series() -> None:
    plans = [
        make_plan(2014, BEIDOU),
        make_plan(2014, CREDIT, title="某省数字化工作要点"),
        make_plan(2015, BEIDOU),
    ]
    assert len(order_documents(plans)[0]) == 3
    with pytest.raises(InvalidInputError, match="two plans of 2014"):
        track(plans, successors={"某省数字化工作要点": "某省信息化工作要点"})


@pytest.mark.parametrize(
    ("plans", "message"),
    [
        ([], "got no plan; pass two or more"),
        ([make_plan(2014, BEIDOU)], "only the year 2014; pass two or more"),
        (make_plan(2014, BEIDOU), "only the year 2014"),
        (["2014.txt"], "track takes plans, got a str"),
        ([make_plan(2014, BEIDOU), make_plan(2014, CREDIT)], "two plans of 2014|only the year"),
        (
            [make_plan(2014, BEIDOU), make_plan(2015, CREDIT), make_plan(2015, RURAL)],
            "two plans of 2015 in the series",
        ),
        (
            [replace(make_plan(2014, BEIDOU), year=None), make_plan(2015, CREDIT)],
            "states no year; read it with year=",
        ),
        (
            [
                replace(make_plan(2014, BEIDOU), region="浙江省"),
                replace(make_plan(2015, CREDIT), region="江苏省"),
            ],
            "different regions",
        ),
    ],
)
def test_plans_that_cannot_be_tracked_together(plans: list[Plan], message: str) -> None:
    with pytest.raises(InvalidInputError, match=message):
        track(plans)


def test_plan_without_tasks_is_named() -> None:
    plan = make_plan(2015, CREDIT)
    empty = plan.select(plan.items["ordinal"] > 1)
    with pytest.raises(InvalidInputError, match="has no item of the parts task"):
        track([make_plan(2014, BEIDOU), empty])


def test_unknown_word_for_agencies(example: list[Plan]) -> None:
    with pytest.raises(InvalidInputError, match="agencies='modern'"):
        track(example, agencies="modern")


def test_own_themes_replace_those_of_the_plans(example: list[Plan]) -> None:
    tracks = track(example[:2], themes={"北斗": ["北斗"]})
    trend = tracks.trend(by="theme")
    assert set(trend["theme"]) == {"北斗"}
    assert trend.query("year == 2014")["items"].tolist() == [1]


# --- the example series --------------------------------------------------------------------------


def test_every_item_has_one_initiative(tracks: Tracks, example: list[Plan]) -> None:
    ids = [item for plan in example for item in plan.items["item_id"]]
    assert sorted(tracks.members["item_id"]) == sorted(ids)
    assert len(ids) == 191


def test_every_item_has_one_status_per_pair_of_years(tracks: Tracks, example: list[Plan]) -> None:
    counts = tracks.statuses.groupby(["old_year", "new_year", "side"]).size()
    sizes = {plan.year: len(plan.items) for plan in example}
    for (old, new, side), count in counts.items():
        assert count == sizes[old if side == "old" else new]
    assert not tracks.statuses.duplicated(["new_year", "side", "item_id"]).any()


def test_mass_is_conserved(tracks: Tracks) -> None:
    carried = tracks.links.groupby("old_id")["weight"].sum()
    known = tracks.members.dropna(subset=["lost_share"])
    total = known["lost_share"] + known["item_id"].map(carried).fillna(0.0)
    assert total.to_numpy() == pytest.approx(1.0)


def test_plans_that_share_nothing_are_tracked_too() -> None:
    tracks = track([make_plan(2014, BEIDOU, CREDIT), make_plan(2015, RURAL, LIBRARY)])
    assert sorted(lives(tracks).values()) == [[2014], [2014], [2015], [2015]]
    assert tracks.links.empty
    assert tracks.persistence()["persistence"].tolist() == [0.0]
    assert tracks.targets().empty
    assert set(tracks.tables()["events"]["event"]) == {"birth", "drop"}


def test_order_of_documents_changes_nothing(tracks: Tracks, example: list[Plan]) -> None:
    again = track([example[place] for place in (3, 0, 4, 2, 1)])
    for name in ("initiatives", "members", "links", "events", "presence", "statuses", "items"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(tracks, name))


def test_adding_a_year_changes_no_earlier_statement(tracks: Tracks, example: list[Plan]) -> None:
    early = track(example[:4])
    keys = ["initiative_id", "item_id", "year", "weight"]
    pd.testing.assert_frame_equal(
        tracks.members.loc[tracks.members["year"] < 2018, keys], early.members[keys]
    )
    for name, column in (("links", "new_year"), ("statuses", "new_year"), ("events", "year")):
        full = getattr(tracks, name)
        kept = full.loc[full[column] < 2018].reset_index(drop=True)
        pd.testing.assert_frame_equal(kept, getattr(early, name))
    before = tracks.presence.loc[early.presence.index, list(early.presence.columns)]
    revised = (before != early.presence) & ~((before == "absent") & (early.presence == "after"))
    assert not revised.to_numpy().any()
    persistence = tracks.persistence().query("new_year < 2018")
    pd.testing.assert_frame_equal(persistence, early.persistence())
    bands = ["theme", "year", "items", "share", "low", "high", "share_chars"]
    trend = tracks.trend().query("year < 2018 and theme in @early.trend().theme")
    pd.testing.assert_frame_equal(
        trend[bands].reset_index(drop=True), early.trend()[bands].reset_index(drop=True)
    )


def test_removing_a_year_leaves_it_unobserved(example: list[Plan]) -> None:
    tracks = track([plan for plan in example if plan.year != 2016])
    assert set(tracks.presence[2016]) == {"unobserved"}
    assert 2016 not in set(tracks.events["year"]) | set(tracks.statuses["new_year"])
    assert all(2016 not in gaps for gaps in tracks.initiatives["gaps"])
    assert all(
        words.get(2016, "unobserved") == "unobserved" for words in tracks.initiatives["statuses"]
    )


def test_censoring_is_that_of_first_and_last_year(tracks: Tracks) -> None:
    table = tracks.initiatives
    assert (table["left_censored"] == (table["first_year"] == 2014)).all()
    assert (table["right_censored"] == (table["last_year"] == 2018)).all()


def test_known_lives_of_the_example(tracks: Tracks) -> None:
    chains = lives(tracks)
    assert chains["实施企业信息化“登高”计划"][:4] == [2014, 2015, 2016, 2017]
    assert chains["全面推行“机器换人”"] == [2014, 2015]
    assert chains["推进北斗卫星导航应用"] == [2014, 2017]


def test_label_shows_repaired_text(tracks: Tracks) -> None:
    assert not tracks.initiatives["label"].str.contains("互联网 ”").any()


def test_repr_is_one_line_and_html_a_table(tracks: Tracks) -> None:
    assert "\n" not in repr(tracks)
    assert repr(tracks).startswith("<Tracks 2014-2018:")
    assert "<th>persist</th>" in tracks._repr_html_()


def test_result_is_the_same_under_every_hash_seed() -> None:
    script = (
        "import hashlib; from planddiff.examples import load_example;"
        "from planddiff.tracks.track import track; t = track(load_example()[:3]);"
        "tables = t.initiatives, t.links, t.events, t.targets();"
        "text = ''.join(table.to_csv() for table in tables);"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
