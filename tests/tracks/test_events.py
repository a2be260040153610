from __future__ import annotations

import pandas as pd

from planddiff.tracks.calendar import Calendar
from planddiff.tracks.events import events_table
from planddiff.tracks.initiatives import initiatives_table
from planddiff.tracks.lineage import build_lineages
from tests.tracks.chains import make_items, make_links, make_statuses

ITEMS = make_items("a14", "b14", "c14", "a15", "b15", "c15", "a16", "c16", "d16")
LINKS = make_links(
    ("a14", "a15", 0.6, 0.9),
    ("a14", "b15", 0.3, 0.9),
    ("a15", "a16", 0.9, 0.7),
    ("b15", "a16", 0.9, 0.2),
    ("c14", "c16", 0.8, 0.8),
)
STATUSES = make_statuses(
    (2014, 2015, "old", "a14", "split"),
    (2014, 2015, "old", "b14", "dropped"),
    (2014, 2015, "old", "c14", "dropped"),
    (2014, 2015, "new", "a15", "split"),
    (2014, 2015, "new", "b15", "split"),
    (2014, 2015, "new", "c15", "new"),
    (2015, 2016, "old", "a15", "merged"),
    (2015, 2016, "old", "b15", "merged"),
    (2015, 2016, "old", "c15", "uncertain"),
    (2015, 2016, "new", "a16", "merged"),
    (2015, 2016, "new", "c16", "returned"),
    (2015, 2016, "new", "d16", "new"),
)


def events() -> pd.DataFrame:
    return events_table(build_lineages(ITEMS, LINKS), STATUSES, Calendar.of(ITEMS["year"]))


def of(initiative: str) -> list[tuple[int, str, str]]:
    rows = events().query("initiative_id == @initiative")
    return list(zip(rows["year"], rows["event"], rows["role"], strict=True))


def test_splitting_and_absorbing_initiative() -> None:
    assert of("2014-printa14") == [(2015, "split", "parent"), (2016, "merge", "host")]


def test_part_that_splits_off_and_is_absorbed_again() -> None:
    assert of("2015-printb15") == [(2015, "split", "child"), (2016, "merge", "absorbed")]


def test_drop_stays_where_it_was_seen_and_the_return_follows() -> None:
    assert of("2014-printc14") == [(2015, "drop", ""), (2016, "return", "")]


def test_first_year_bears_nothing_and_last_year_drops_nothing() -> None:
    table = events()
    assert set(table["year"]) == {2015, 2016}
    assert of("2016-printd16") == [(2016, "birth", "")]


def test_open_item_is_neither_dropped_nor_kept() -> None:
    assert of("2015-printc15") == [(2015, "birth", ""), (2016, "uncertain", "")]


def test_evidence_names_items_and_measures() -> None:
    drop = events().query("event == 'drop' and initiative_id == '2014-printb14'").iloc[0]
    assert drop["evidence"] == "no link between 2014 and 2015"
    split = events().query("role == 'child'").iloc[0]
    assert split["evidence"] == "a14 -> b15: forward 0.30, backward 0.90, similarity 0.30"
    assert split["partners"] == ["2014-printa14"]


def test_drop_over_an_unobserved_year_is_dated_to_an_interval() -> None:
    items = make_items("a14", "b14", "b17")
    links = make_links(("b14", "b17", 0.9, 0.9))
    statuses = make_statuses(
        (2014, 2017, "old", "a14", "dropped"),
        (2014, 2017, "old", "b14", "persisted"),
        (2014, 2017, "new", "b17", "persisted"),
    )
    calendar = Calendar.of([2014, 2017])
    table = events_table(build_lineages(items, links), statuses, calendar)
    drop = table.query("event == 'drop'").iloc[0]
    assert (drop["since"], drop["year"]) == (2014, 2017)
    assert table.query("initiative_id == '2014-printb14'")["event"].tolist() == ["persist"]


def test_initiatives_tell_lives_kin_and_censoring() -> None:
    lineages = build_lineages(ITEMS, LINKS)
    table = initiatives_table(lineages, ITEMS, STATUSES, Calendar.of(ITEMS["year"]))
    rows = table.set_index("initiative_id")
    main, part, back = (rows.loc[f"201{n}"] for n in ("4-printa14", "5-printb15", "4-printc14"))
    assert main["statuses"] == {2014: "observed", 2015: "split", 2016: "merged"}
    assert main["children"] == ["2015-printb15"] == main["parents"]
    assert (part["exit"], part["gone_by"]) == ("merged", 2016)
    assert back["gaps"] == [2015]
    assert back["statuses"] == {2014: "observed", 2015: "absent", 2016: "returned"}
    assert (back["left_censored"], back["right_censored"]) == (True, True)
    assert rows.loc["2014-printb14", "exit"] == "dropped"
    assert rows.loc["2015-printc15", "exit"] == "uncertain"
    assert rows["family"].nunique() == 5
    assert main["themes"] == ["智慧城市"]
