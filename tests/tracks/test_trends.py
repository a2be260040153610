from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planddiff.errors import InvalidInputError
from planddiff.tracks.groups import groups_of
from planddiff.tracks.transitions import section_transitions
from planddiff.tracks.trends import group_trend, keyness, status_trend
from planddiff.tracks.turnover import persistence_table
from tests.tracks.chains import make_items, make_links, make_statuses

ITEMS = make_items("a14", "b14", "c14", "d14", "a15", "c15")
NOBODY = pd.DataFrame({"item_id": [], "agency": [], "role": []})
PAPERS = pd.DataFrame({"document": [0], "level": ["province"]})


def themes() -> pd.DataFrame:
    return groups_of("theme", ITEMS, NOBODY, PAPERS)


def test_shares_are_of_the_items_and_characters_of_the_year() -> None:
    table = group_trend(ITEMS, themes())
    assert table[["year", "items", "total", "share"]].values.tolist() == [
        [2014, 1, 4, 0.25],
        [2015, 1, 2, 0.5],
    ]
    assert table["share_chars"].tolist() == [0.25, 0.5]


def test_group_without_items_in_a_year_stands_there_as_zero() -> None:
    groups = pd.DataFrame({"item_id": ["b14"], "group": ["大数据"]})
    table = group_trend(ITEMS, groups)
    assert table["items"].tolist() == [1, 0]


def test_band_holds_the_share_and_is_reproducible() -> None:
    table = group_trend(ITEMS, themes())
    assert (table["low"] <= table["share"]).all()
    assert (table["share"] <= table["high"]).all()
    assert table.loc[0, "low"] < table.loc[0, "high"]
    pd.testing.assert_frame_equal(
        table, group_trend(ITEMS.sample(frac=1, random_state=1), themes())
    )
    assert not table["high"].equals(group_trend(ITEMS, themes(), draws=7, seed=3)["high"])


def test_a_further_year_changes_no_band() -> None:
    early = group_trend(ITEMS[ITEMS["year"] == 2014], themes())
    full = group_trend(ITEMS, themes())
    assert full.loc[0, ["low", "high"]].tolist() == early.loc[0, ["low", "high"]].tolist()


def test_band_has_the_width_of_the_binomial() -> None:
    items = pd.DataFrame({"item_id": [f"i{n:03d}" for n in range(400)], "year": 2014, "body": "字"})
    groups = pd.DataFrame({"item_id": items["item_id"][:100], "group": "大数据"})
    row = group_trend(items, groups, draws=4000).iloc[0]
    half = 1.96 * np.sqrt(0.25 * 0.75 / 400)
    assert row["low"] == pytest.approx(0.25 - half, abs=0.005)
    assert row["high"] == pytest.approx(0.25 + half, abs=0.005)


def test_keyness_is_signed_and_zero_without_another_year() -> None:
    over, under = keyness(np.array([10.0, 0.0]), np.array([10.0, 20.0]), 40, 160)
    assert over == pytest.approx(8.926, abs=0.001)
    assert under == pytest.approx(-2 * 20 * np.log(200 / 160), abs=0.001)
    assert keyness(np.array([3.0]), np.array([0.0]), 10, 0).tolist() == [0.0]


STATUSES = make_statuses(
    (2014, 2015, "old", "a14", "persisted"),
    (2014, 2015, "old", "b14", "dropped"),
    (2014, 2015, "old", "c14", "changed"),
    (2014, 2015, "old", "d14", "uncertain"),
    (2014, 2015, "new", "a15", "persisted"),
    (2014, 2015, "new", "c15", "changed"),
)
LINKS = make_links(("a14", "a15", 0.8, 0.9), ("c14", "c15", 0.4, 0.9)).assign(
    weight=[0.8, 0.4], main=True, stable=[True, False]
)


def test_dropped_is_a_share_of_the_year_before() -> None:
    table = status_trend(ITEMS, STATUSES, draws=50, confidence=0.95, seed=0)
    dropped = table.query("group == 'dropped'").iloc[0]
    assert (dropped["year"], dropped["items"], dropped["total"]) == (2015, 1, 4)
    changed = table.query("group == 'changed'").iloc[0]
    assert (changed["items"], changed["total"], changed["share"]) == (1, 2, 0.5)


def test_persistence_turnover_and_mass() -> None:
    row = persistence_table(STATUSES, LINKS).iloc[0]
    assert row["persistence"] == 0.5
    assert (row["firm"], row["reach"]) == (0.25, 0.75)
    assert row["low"] <= 0.5 <= row["high"]
    assert row["carried_mass"] == pytest.approx(1.2 / 4)
    assert (row["carry_over"], row["novelty"], row["returned"]) == (1.0, 0.0, 0.0)
    assert row["turnover"] == pytest.approx(1 / (4 + 2 - 2))


def test_sections_exchange_items() -> None:
    table = section_transitions(LINKS, ITEMS)
    assert table[["old_section", "new_section", "links", "weight"]].values.tolist() == [
        ["一", "一", 1, 0.8],
        ["二", "二", 1, 0.4],
    ]


def test_agency_groups_by_role() -> None:
    named = pd.DataFrame(
        {
            "item_id": ["b14", "a14", "a14", "elsewhere"],
            "agency": ["省财政厅", "省经信委", "省财政厅", "省经信委"],
            "role": ["lead", "lead", "support", "lead"],
        }
    )
    everyone = groups_of("agency", ITEMS, named, PAPERS)
    assert everyone.values.tolist() == [
        ["a14", "省经信委"],
        ["a14", "省财政厅"],
        ["b14", "省财政厅"],
    ]
    leads = groups_of("agency", ITEMS, named, PAPERS, role="lead")
    assert leads.values.tolist() == [["a14", "省经信委"], ["b14", "省财政厅"]]


def test_unknown_grouping_is_named() -> None:
    with pytest.raises(InvalidInputError, match="by='colour'"):
        groups_of("colour", ITEMS, NOBODY, PAPERS)


def test_strength_takes_the_strongest_word() -> None:
    items = make_items("a14").assign(core="研究智慧物流。全面完成平台建设。")
    weaker = make_items("a14").assign(core="研究智慧物流。")
    strong, weak = (
        groups_of("strength", table, NOBODY, PAPERS)["group"].iloc[0] for table in (items, weaker)
    )
    assert strong != weak
