"""Adoption: first observed years, censoring, who is at risk, curves and lags."""

import pandas as pd
import pytest

from planddiff.corpus.adoption import (
    adoption_curve,
    adoption_table,
    lag_table,
    presence_by_year,
)

PLANS = {
    ("国", "national"): [2014, 2015, 2016, 2017],
    ("甲省", "province"): [2014, 2015, 2016, 2017],
    ("乙省", "province"): [2014, 2017],
    ("丙市", "prefecture"): [2015, 2016],
    ("丁市", "prefecture"): [2016, 2017],
}
HAVE = {"国": [2015, 2016], "乙省": [2017], "丙市": [2015, 2016], "丁市": [2017]}


@pytest.fixture
def observed():
    rows = [(name, level, year) for (name, level), years in PLANS.items() for year in years]
    table = pd.DataFrame(rows, columns=["issuer", "level", "year"])
    return table.assign(region=table["issuer"], province="")


@pytest.fixture
def items():
    rows = [(name, year, f"{name}{year}") for name, years in HAVE.items() for year in years]
    return pd.DataFrame(rows, columns=["issuer", "year", "item_id"])


def test_first_years_and_what_bounds_them(observed, items):
    table = adoption_table(observed, items).set_index("issuer")
    assert table.index.tolist() == ["国", "乙省", "甲省", "丙市", "丁市"]
    assert table["status"].to_dict() == {
        "国": "adopted",
        "甲省": "not_adopted",
        "乙省": "adopted",
        "丙市": "left_censored",
        "丁市": "adopted",
    }
    # Nothing is known of 2015 and 2016 in 乙省: it adopted somewhere in (2014, 2017].
    assert table.loc["乙省", ["adopted_after", "adoption_year", "lag"]].tolist() == [2014, 2017, 2]
    assert table.loc["丙市", "lag"] == 0
    assert table.loc["丙市", "adopted_after"] is pd.NA
    assert table.loc["甲省", ["adoption_year", "adopted_after", "lag"]].isna().all()
    assert table.loc["国", "item_ids"] == ["国2015"]


def test_an_unobserved_year_is_never_a_year_without_it(observed, items):
    table = presence_by_year(observed, items, adoption_table(observed, items))
    states = table.pivot(index="issuer", columns="year", values="state")
    assert states.loc["乙省"].tolist() == ["absent", "unobserved", "unobserved", "present"]
    assert states.loc["丙市"].tolist() == ["unobserved", "present", "present", "unobserved"]
    assert states.loc["国"].tolist() == ["absent", "present", "present", "absent"]
    assert len(table) == 5 * 4


def test_only_observed_issuers_are_at_risk(observed, items):
    curve = adoption_curve(observed, adoption_table(observed, items))
    every = curve[curve["level"] == "all"].set_index("year")
    assert every["observed"].tolist() == [3, 3, 4, 4]
    assert every["observed_so_far"].tolist() == [3, 4, 5, 5]
    # 2015: 国 and 甲省 have an earlier plan; 乙省 has no plan of the year; 丙市 has its first one.
    assert every["at_risk"].tolist() == [0, 2, 1, 3]
    assert every["new"].tolist() == [0, 1, 0, 2]
    assert every["left_censored"].tolist() == [0, 1, 0, 0]
    assert every["adopters"].tolist() == [0, 2, 2, 4]
    assert every["share"].tolist() == [0, 0.5, 0.4, 0.8]
    assert every["hazard"].round(2).fillna(-1).tolist() == [-1, 0.5, 0, 0.67]


def test_levels_add_up(observed, items):
    curve = adoption_curve(observed, adoption_table(observed, items))
    counts = ["observed", "observed_so_far", "at_risk", "new", "left_censored", "adopters"]
    every = curve[curve["level"] == "all"].set_index("year")[counts]
    parts = curve[curve["level"] != "all"].groupby("year")[counts].sum()
    pd.testing.assert_frame_equal(every, parts)
    assert curve["level"].drop_duplicates().tolist() == [
        "all",
        "national",
        "province",
        "prefecture",
    ]


def test_lags_are_those_of_issuers_that_were_seen_to_adopt(observed, items):
    table = lag_table(adoption_table(observed, items)).set_index("level")
    assert table.loc["prefecture", ["issuers", "adopters", "left_censored"]].tolist() == [2, 2, 1]
    assert table.loc["prefecture", ["first_year", "median_year", "median_lag"]].tolist() == [
        2015,
        2017,
        2,
    ]
    assert table.loc["national", "least_lag"] == 0


def test_nobody_has_it(observed, items):
    adoptions = adoption_table(observed, items.iloc[:0])
    assert set(adoptions["status"]) == {"not_adopted"}
    assert adoption_curve(observed, adoptions)["adopters"].sum() == 0
    assert lag_table(adoptions)["first_year"].isna().all()


def test_row_order_changes_nothing_and_inputs_stay(observed, items):
    turned = observed.iloc[::-1], items.sample(frac=1, random_state=3)
    before = [table.copy(deep=True) for table in turned]
    one, other = adoption_table(observed, items), adoption_table(*turned)
    pd.testing.assert_frame_equal(one, other)
    pd.testing.assert_frame_equal(adoption_curve(observed, one), adoption_curve(turned[0], other))
    pd.testing.assert_frame_equal(
        presence_by_year(observed, items, one), presence_by_year(*turned, other)
    )
    for table, copy in zip(turned, before, strict=True):
        pd.testing.assert_frame_equal(table, copy)


def test_a_level_that_is_not_known_is_called_so(observed, items):
    table = adoption_table(observed.assign(level=""), items)
    assert set(table["level"]) == {"unknown"}
