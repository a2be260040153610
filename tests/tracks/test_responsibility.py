from __future__ import annotations

import pandas as pd

from planddiff.tracks.calendar import Calendar
from planddiff.tracks.responsibility import agency_years, co_responsibility
from tests.tracks.chains import make_items

ITEMS = make_items("a14", "b14", "a16", "a17")
NAMED = pd.DataFrame(
    [
        ("a14", "省经信委", "lead"),
        ("a14", "省财政厅", "support"),
        ("b14", "省财政厅", "listed"),
        ("a16", "省经信委", "lead"),
        ("a16", "省经信委", "lead"),
        ("a17", "省财政厅", "lead"),
    ],
    columns=["item_id", "agency", "role"],
)


def test_items_per_role_and_year() -> None:
    table = agency_years(NAMED, ITEMS, Calendar.of(ITEMS["year"])).set_index(["agency", "year"])
    finance = table.loc[("省财政厅", 2014)]
    assert finance[["items", "lead", "support", "listed"]].tolist() == [2, 0, 1, 1]
    assert finance["share"] == 1.0
    assert table.loc[("省经信委", 2016), "items"] == 1


def test_entry_and_exit_look_at_observed_neighbours_only() -> None:
    table = agency_years(NAMED, ITEMS, Calendar.of(ITEMS["year"])).set_index(["agency", "year"])
    assert not table.loc[("省财政厅", 2014), "entry"]
    assert table.loc[("省财政厅", 2014), "exit"]
    assert table.loc[("省财政厅", 2017), "entry"]
    assert not table.loc[("省财政厅", 2017), "exit"]
    assert not table.loc[("省经信委", 2014), "exit"]


def test_edges_count_distinct_items() -> None:
    assert co_responsibility(NAMED, ITEMS).values.tolist() == [[2014, "省经信委", "省财政厅", 1]]
