"""The change axes, each on its own."""

import pytest

from planddiff.comparison import compare
from planddiff.comparison.axes import deadline_change, moved_sections, wording
from planddiff.plan import parse_plan
from tests.comparison.made import BRIDGE, FERRY, HERBS, ORCHARD


def axes(old, new):
    """Axes of the first items of two plans of two items each."""
    plans = [
        parse_plan(f"一、任务\n1.{item}\n2.{BRIDGE}。", year=year)
        for item, year in ((old, 2020), (new, 2021))
    ]
    links = compare(*plans).links
    return links[(links["old_ordinal"] == 1) & (links["new_ordinal"] == 1)].iloc[0]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (FERRY, FERRY, "verbatim"),
        (FERRY, FERRY.replace("三条", "12条").replace(",", ";"), "verbatim"),
        (FERRY, FERRY.replace("改造沿线旧码头", "新建沿线停靠站点"), "light"),
        (FERRY, ORCHARD, "substantive"),
        (FERRY, "", "substantive"),
        ("筹备第十二届茶文化节活动", "筹备第十三届茶文化节活动", "verbatim"),
    ],
)
def test_wording_by_the_share_that_stayed(old, new, expected):
    assert wording(old, new) == expected
    assert wording(new, old) == expected


def test_a_part_is_measured_by_the_shorter_text():
    part = FERRY.split(",")[1] + "," + FERRY.split(",")[2]
    assert wording(FERRY, part) == "light"
    assert wording(FERRY, part, whole=False) == "verbatim"
    assert wording(FERRY, HERBS, whole=False) == "substantive"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2020年10月底前完成", "2021年10月底前完成", "none"),
        ("2020年10月底前完成", "2021年6月底前完成", "earlier"),
        ("2020年6月底前完成", "2021年10月底前完成", "later"),
        ("尽快完成", "2021年10月底前完成", "new"),
        ("2020年6月底前完成", "尽快完成", "removed"),
        ("尽快完成", "尽快完成", "none"),
    ],
)
def test_a_deadline_moves_within_the_year_of_its_plan(old, new, expected):
    assert deadline_change(old, new, 2020, 2021) == expected


def test_targets_are_compared_by_what_they_count():
    old, new = (f"{FERRY},新增候船亭{count}个。" for count in (20, 30))
    assert axes(old, new)["target_change"] == "raised"
    assert axes(new, old)["target_change"] == "lowered"
    assert axes(f"{FERRY}。", new)["target_change"] == "new"
    assert axes(old, f"{FERRY}。")["target_change"] == "removed"
    assert axes(old, old)["target_change"] == "none"


def test_another_lead_is_a_change_and_a_renamed_one_is_none():
    old = f"{FERRY}。(责任单位:省交通运输厅、省财政厅)"
    assert axes(old, old)["lead_change"] == "no"
    assert axes(old, old.replace("交通运输厅", "水利厅"))["lead_change"] == "yes"
    assert axes(old, old.replace("、省财政厅", ""))["lead_change"] == "no"


def test_strength_is_read_from_the_lead_and_scope_from_the_whole():
    old = f"探索{FERRY},在部分县试点。"
    new = f"{FERRY},在全省组织实施。"
    link, back = axes(old, new), axes(new, old)
    assert (link["strength_change"], link["scope_change"]) == ("raised", "widened")
    assert (back["strength_change"], back["scope_change"]) == ("lowered", "narrowed")


def test_sections_correspond_by_title_or_by_their_links():
    assert moved_sections(["交通设施建设"], ["加快交通设施建设"]) == [False]
    old = ["农业"] * 4 + ["文化"] * 4
    new = ["乡村振兴"] * 4 + ["公共服务"] * 3 + ["乡村振兴"]
    assert moved_sections(old, new) == [False] * 7 + [True]
    assert moved_sections(["", "农业"], ["文化", ""]) == [False, False]
