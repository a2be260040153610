from __future__ import annotations

import pandas as pd
import pytest

from planddiff.tracks.lineage import build_lineages
from planddiff.tracks.target_series import target_series
from tests.tracks.chains import make_items, make_links

ITEMS = make_items("a14", "a15", "b14", "b15")
LINKS = make_links(("a14", "a15", 0.9, 0.9), ("b14", "b15", 0.9, 0.9))


def figure(
    item: str, value: float, object_: str, unit: str = "家", **more: object
) -> dict[str, object]:
    return {
        "item_id": item, "value": value, "upper": None, "unit": unit, "comparator": "=",
        "base": "absolute", "object": object_, "flow": "", "deadline": "", "reported": False,
        "start": 0, "end": 4, "as_written": f"{value}",
    } | more  # fmt: skip


def series(*figures: dict[str, object]) -> pd.DataFrame:
    lineages = build_lineages(ITEMS, LINKS)
    return target_series(pd.DataFrame(figures), lineages.members, lineages.links)


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (figure("a14", 1000, "骨干企业"), figure("a15", 1500, "骨干企业"), "raised"),
        (figure("a14", 1000, "骨干企业"), figure("a15", 800, "骨干企业"), "lowered"),
        (figure("a14", 1000, "骨干企业"), figure("a15", 1000, "骨干企业"), "unchanged"),
        (figure("a14", 10, "示范县"), figure("a15", 60, "示范县", "%", base="share"), "restated"),
        (
            figure("a14", 450, "补助标准", "元"),
            figure("a15", 40, "补助标准", "元", flow="increase"),
            "restated",
        ),
        (
            figure("a14", 40, "补助标准", "元", flow="increase"),
            figure("a15", 490, "补助标准", "元"),
            "restated",
        ),
        (
            figure("a14", 40, "补助标准", "元", flow="increase"),
            figure("a15", 30, "补助标准", "元", flow="increase"),
            "lowered",
        ),
        (
            figure("a14", 40, "补助标准", "元", flow="increase"),
            figure("a15", 30, "补助标准", "元", flow="decrease"),
            "restated",
        ),
        (
            figure("a14", 10, "示范县", deadline="2014年底前"),
            figure("a15", 20, "示范县", deadline="2016年底前"),
            "reset",
        ),
        (
            figure("a14", 10, "示范县", deadline="2015年底前"),
            figure("a15", 20, "示范县", deadline="2015年底前"),
            "raised",
        ),
    ],
)
def test_change_against_the_year_before(
    old: dict[str, object], new: dict[str, object], change: str
) -> None:
    table = series(old, new)
    assert table["change"].tolist() == ["first", change]
    assert table["series"].nunique() == 1
    assert table["old_value"].iloc[1] == old["value"]
    assert table["old_item_id"].iloc[1] == "a14"


def test_figures_of_different_objects_are_not_compared() -> None:
    table = series(
        figure("a14", 10, "智慧医院"), figure("a14", 20, "乡镇卫生院"),
        figure("a15", 25, "乡镇卫生院"), figure("a15", 5, "名师工作室"),
    )  # fmt: skip
    changes = dict(
        zip(zip(table["object"], table["year"], strict=True), table["change"], strict=True)
    )
    assert changes == {
        ("智慧医院", 2014): "first",
        ("智慧医院", 2015): "removed",
        ("乡镇卫生院", 2014): "first",
        ("乡镇卫生院", 2015): "raised",
        ("名师工作室", 2015): "new",
    }


def test_initiatives_do_not_share_series() -> None:
    table = series(figure("a14", 10, "示范县"), figure("b15", 20, "示范县"))
    assert table[["initiative_id", "change"]].values.tolist() == [
        ["2014-printa14", "first"],
        ["2014-printa14", "removed"],
        ["2014-printb14", "new"],
    ]


def test_figure_told_as_achieved_is_not_compared() -> None:
    table = series(figure("a14", 10, "示范县"), figure("a15", 9, "示范县", reported=True))
    assert table["change"].tolist() == ["first", "not_comparable"]
