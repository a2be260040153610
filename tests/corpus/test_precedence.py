"""Which of two items came first, and what is said where time does not tell."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from planddiff.corpus.commonness import count_users
from planddiff.corpus.precedence import edge_table, ordered_pairs, shared_runs
from planddiff.corpus.upstream import explained_by_upstream
from planddiff.corpus.wording import wording_of


def item(issuer, level, year, province="", day=None, core=""):
    return {
        "item_id": f"{issuer}-{year}",
        "document_id": f"{year}-{issuer}",
        "issuer": issuer,
        "level": level,
        "province": province,
        "year": year,
        "date": day,
        "core": core,
    }


def pair_of(one, other):
    items = pd.DataFrame([one, other])
    return ordered_pairs(items, pd.DataFrame({"first": [0], "second": [1]})).iloc[0]


def test_the_earlier_year_is_the_source():
    link = pair_of(
        item("甲市", "prefecture", 2017, "浙江省"), item("乙市", "prefecture", 2015, "浙江省")
    )
    assert link[["source_issuer", "target_issuer", "lag"]].tolist() == ["乙市", "甲市", 2]
    assert link[["direction", "same_province", "same_year", "ordered"]].tolist() == [
        "horizontal",
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("levels", "direction"),
    [
        (("national", "province"), "down"),
        (("province", "county"), "down"),
        (("prefecture", "province"), "up"),
        (("province", "province"), "horizontal"),
        (("", "province"), "unknown"),
        (("unknown", "unknown"), "unknown"),
    ],
)
def test_direction_goes_by_level(levels, direction):
    link = pair_of(item("甲", levels[0], 2014), item("乙", levels[1], 2015))
    assert link["direction"] == direction
    assert link["same_province"] is pd.NA


def test_a_year_without_dates_does_not_order():
    for days in [(None, None), (date(2016, 3, 1), None), (date(2016, 3, 1), date(2016, 3, 1))]:
        link = pair_of(
            item("甲", "province", 2016, day=days[0]), item("乙", "national", 2016, day=days[1])
        )
        assert link[["same_year", "ordered", "direction"]].tolist() == [True, False, "unordered"]
        assert link["source_issuer"] == "甲"


def test_dates_order_a_year():
    link = pair_of(
        item("甲", "province", 2016, day=date(2016, 3, 9)),
        item("乙", "province", 2016, day=date(2016, 2, 1)),
    )
    assert link[["source_issuer", "same_year", "ordered"]].tolist() == ["乙", True, True]
    assert link["lag"] == 0


def test_one_edge_a_pair_of_issuers_from_the_first_text_taken_up():
    columns = [
        "source_issuer", "target_issuer", "source_year", "target_year", "confidence",
        "via_upstream", "ordered", "lag", "source_item_id", "target_item_id", "on_subject",
    ]  # fmt: skip
    rows = [
        ("甲", "乙", 2014, 2016, 0.9, False, True, 2, "a14", "b16", False),
        ("甲", "乙", 2015, 2016, 0.8, False, True, 1, "a15", "b16", True),
        ("甲", "乙", 2015, 2017, 1.0, False, True, 2, "a15", "b17", True),
        ("乙", "甲", 2016, 2018, 0.8, True, True, 2, "b16", "a18", False),
        ("乙", "甲", 2017, 2018, 0.7, False, True, 1, "b17", "a18", False),
        ("甲", "丙", 2015, 2015, 0.9, False, False, 0, "a15", "c15", True),
    ]
    links = pd.DataFrame(rows, columns=columns)
    edges = edge_table(links.sample(frac=1, random_state=2)).set_index(columns[:2])
    assert edges.loc[("甲", "乙"), ["source_item_id", "target_item_id", "n_links"]].tolist() == [
        "a14",
        "b16",
        3,
    ]
    assert edges.loc[("乙", "甲"), "source_item_id"] == "b17"
    assert len(edges) == 2
    assert edges["n_on_subject"].to_dict() == {("甲", "乙"): 2, ("乙", "甲"): 0}
    assert "ordered" not in edges


def counted(items, others=30):
    """Commonness of items whose issuers have no other plans, among other issuers."""
    keys = wording_of(items["core"].tolist()).keys
    years = np.unique(items["year"])
    found = [(years[:1], [])] * others
    for _, group in items.groupby("issuer"):
        firsts, seen = [], np.zeros(0, dtype=np.int64)
        for year, texts in group.groupby("year")["core"]:
            used = np.unique(wording_of(texts.tolist(), keys).held.indices)
            firsts.append((int(np.searchsorted(years, year)), np.setdiff1d(used, seen)))
            seen = np.union1d(seen, used)
        found.append((group["year"].unique(), firsts))
    return count_users(keys, years, found)


ABOVE = "建成跨院调阅授权中枢，对重复拍片实行费用倒扣公示，统一影像云存储格式"
BESIDE = "由社区药师上门整理慢病药箱，回收过期药品兑换积分"


def explained(cores, levels=("province", "prefecture", "prefecture"), years=(2014, 2015, 2016)):
    items = pd.DataFrame(
        [
            item(f"{n}号", level, year, core=core)
            for n, (core, level, year) in enumerate(zip(cores, levels, years, strict=True))
        ]
    )
    held = wording_of(items["core"].tolist()).held
    return explained_by_upstream(items, held, np.array([1]), np.array([2]), counted(items)).iloc[0]


def test_what_two_cities_have_from_their_province_is_explained():
    assert explained([ABOVE, ABOVE, ABOVE + "。"]).tolist() == pytest.approx([0, 1])


def test_what_the_province_does_not_say_remains():
    found = explained([ABOVE, ABOVE + BESIDE[:14], ABOVE + BESIDE[:14]])
    assert found["item"] == 0
    assert 0.5 < found["explained"] < 0.75
    assert explained([ABOVE[:12], ABOVE + BESIDE, ABOVE + BESIDE])["item"] == -1


def test_a_document_that_is_later_or_not_above_explains_nothing():
    texts = [ABOVE, ABOVE, ABOVE]
    assert explained(texts, years=(2016, 2015, 2016))["item"] == -1
    assert explained(texts, levels=("prefecture",) * 3)["item"] == -1
    assert explained(texts, levels=("province", "province", "prefecture"))["item"] == -1
    assert explained(texts, levels=("unknown", "prefecture", "prefecture"))["item"] == -1
    assert explained(texts, levels=("national", "province", "prefecture"))["item"] == 0


def test_items_of_one_document_explain_together():
    items = pd.DataFrame(
        [
            item("省", "province", 2014, core=ABOVE) | {"item_id": "p1"},
            item("省", "province", 2014, core=BESIDE) | {"item_id": "p2"},
            item("甲市", "prefecture", 2015, core=ABOVE + BESIDE),
            item("乙市", "prefecture", 2016, core=ABOVE + BESIDE),
        ]
    )
    held = wording_of(items["core"].tolist()).held
    found = explained_by_upstream(items, held, np.array([2]), np.array([3]), counted(items))
    assert found.loc[0, "item"] == 0
    assert found.loc[0, "explained"] > 0.9


def test_the_most_telling_run_and_who_had_it():
    formula = "确保各项任务落到实处见到成效并且形成长效机制"
    items = pd.DataFrame(
        [item(f"{n}", "province", 2014, core=formula) for n in range(14)]
        + [item("x", "province", 2014, core=f"开展药箱整理，兑换3积分。{formula}")]
        + [item("y", "province", 2015, core=f"{formula}。今年开展药箱整理,兑换积分制")]
    )
    runs, users = shared_runs(
        items["core"].tolist(), np.array([14]), np.array([15]), np.array([2015]), counted(items)
    )
    assert runs == ["开展药箱整理，兑换3积分"]
    assert users.tolist() == [2]
