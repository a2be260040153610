"""Shares of all issuers together, counted by hand."""

import pandas as pd
import pytest

from planddiff.corpus.pooling import COLUMNS, pooled_shares


def tables(*years):
    """One issuer: for each year the themes of its items."""
    rows = [
        {"item_id": f"{year}-{number}", "year": year, "themes": themes, "document": 0}
        for year, items in years
        for number, themes in enumerate(items)
    ]
    agencies = pd.DataFrame(columns=["item_id", "agency", "role"])
    documents = pd.DataFrame({"document": [0], "level": ["province"]})
    return {"items": pd.DataFrame(rows), "agency_mentions": agencies, "documents": documents}


LARGE = tables((2015, [["物流"], ["物流"], [], []]), (2016, [["物流", "数据"], ["数据"], [], []]))
SMALL = tables((2016, [[], []]))


def test_counts_shares_and_issuers():
    found = pooled_shares([LARGE, SMALL], "theme", draws=200)
    assert found.columns.tolist() == COLUMNS
    counted = ["group", "year", "items", "total", "share", "with_any", "observed", "adopted"]
    assert found[counted].to_numpy().tolist() == [
        ["数据", 2016, 2, 6, 2 / 6, 1, 2, 0.5],
        ["物流", 2015, 2, 4, 0.5, 1, 1, 1.0],
        ["物流", 2016, 1, 6, 1 / 6, 1, 2, 0.5],
    ]


def test_bands_are_over_issuers():
    found = pooled_shares([LARGE, SMALL], "theme", draws=500).set_index(["group", "year"])
    # Of two issuers drawn with replacement, both are the small one in a quarter of the draws, and
    # both the large one in another quarter.
    assert found.loc[("数据", 2016), ["low", "high"]].tolist() == [0.0, 0.5]
    assert found.loc[("物流", 2015), ["low", "high"]].tolist() == [0.5, 0.5]


def test_the_order_of_the_draws_is_fixed_by_the_seed():
    many = [LARGE, SMALL, SMALL, LARGE, SMALL]
    first, same, other = (
        pooled_shares(many, "theme", draws=30, seed=seed)["high"].tolist() for seed in (1, 1, 2)
    )
    assert first == same
    assert first != other


def test_statuses_are_shares_of_their_own_side():
    before = ["persisted", "persisted", "dropped", "changed"]
    after = ["persisted", "persisted", "changed", "new", "new"]
    statuses = pd.DataFrame(
        {
            "old_year": 2015,
            "new_year": 2016,
            "side": ["old"] * 4 + ["new"] * 5,
            "item_id": [f"item {number}" for number in range(9)],
            "status": [*before, *after],
        }
    )
    found = pooled_shares([{"statuses": statuses}], "status", draws=10)
    assert found[["group", "items", "total"]].to_numpy().tolist() == [
        ["changed", 1, 5],
        ["dropped", 1, 4],
        ["new", 2, 5],
        ["persisted", 2, 5],
    ]


@pytest.mark.parametrize("groups", [[], [SMALL]])
def test_nothing_to_count_is_an_empty_table(groups):
    found = pooled_shares(groups, "theme")
    assert found.empty
    assert found.columns.tolist() == COLUMNS
