"""One type a column, whichever group has rows for it."""

from datetime import date

import pandas as pd
import pytest

from planddiff.corpus.columns import in_front, joined, kinds_of, shaped

FILLED = pd.DataFrame(
    {
        "title": ["甲", None],
        "date": [None, date(2016, 3, 1)],
        "lead": [[], ["省经信委"]],
        "gaps": [[2015], []],
        "year": [2016, 2017],
        "section": pd.array([1, None], dtype="Int64"),
        "share": [0.5, float("nan")],
        "moved": [True, False],
    }
)


def test_kinds_are_those_of_the_values():
    assert kinds_of(FILLED) == {
        "title": "text",
        "date": "date",
        "lead": "list of text",
        "gaps": "list of integers",
        "year": "int64",
        "section": "Int64",
        "share": "float64",
        "moved": "bool",
    }


@pytest.mark.parametrize("empty", [FILLED.iloc[:0], pd.DataFrame(columns=FILLED.columns)])
def test_an_empty_table_changes_no_type(empty):
    for tables in ([empty, FILLED], [FILLED, empty]):
        pd.testing.assert_frame_equal(joined(tables), FILLED)
    assert joined([empty]).columns.tolist() == FILLED.columns.tolist()
    assert joined([]).empty


def test_a_column_that_is_empty_in_one_group_has_the_type_of_the_others():
    bare = FILLED.iloc[:1].assign(title=None, date=None)
    found = joined([bare, FILLED])
    assert found["date"].tolist() == [None, None, date(2016, 3, 1)]
    assert found["title"].dropna().tolist() == ["甲"]
    assert kinds_of(found) == kinds_of(FILLED)


def test_whole_numbers_stay_whole_beside_missing_ones():
    more = pd.DataFrame({"year": pd.array([None], dtype="Int64"), "share": [1]})
    found = joined([FILLED[["year", "share"]], more])
    assert found.dtypes.astype(str).tolist() == ["Int64", "float64"]


def test_a_column_that_one_table_lacks_is_missing_there():
    found = joined([FILLED[["title"]], FILLED[["title", "year"]].iloc[:1].astype({"year": float})])
    assert found["year"].isna().tolist() == [True, True, False]


def test_inputs_stay_as_they_are():
    before = FILLED.copy(deep=True)
    shaped(FILLED, {**kinds_of(FILLED), "year": "Int64"})
    in_front(FILLED, {"year": 2020})
    pd.testing.assert_frame_equal(FILLED, before)


def test_what_makes_the_group_stands_in_front():
    same = in_front(FILLED, {"issuer": "某市", "title": "乙"}, same=True)
    assert same.columns[:2].tolist() == ["issuer", "title"]
    assert set(same["title"]) == {"乙"}
    other = in_front(FILLED, {"title": "乙"})
    assert other["own_title"].equals(FILLED["title"].rename("own_title"))
