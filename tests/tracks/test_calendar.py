from __future__ import annotations

import pandas as pd

from planddiff.tracks.calendar import Calendar, presence_table


def test_gap_counts_observed_years_only() -> None:
    calendar = Calendar.of([2014, 2015, 2017, 2018])
    assert calendar.gaps([2014, 2018]) == [2015, 2017]
    assert calendar.unobserved == [2016]


def test_neighbours_are_observed_years() -> None:
    calendar = Calendar.of([2017, 2014, 2014])
    assert calendar.after(2014) == 2017
    assert calendar.before(2014) is None


def test_unobserved_year_is_nothing_else_for_anyone() -> None:
    members = pd.DataFrame({"initiative_id": ["a", "b", "c"], "year": [2014, 2016, 2014]})
    members = pd.concat([members, pd.DataFrame({"initiative_id": ["c"], "year": [2016]})])
    table = presence_table(members, Calendar.of([2014, 2016]))
    assert table[2015].tolist() == ["unobserved"] * 3
    assert table[2016].tolist() == ["after", "present", "present"]
    assert table[2014].tolist() == ["present", "before", "present"]
