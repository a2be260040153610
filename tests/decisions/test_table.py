"""The file of decisions: any order, the later date, contradictions, two coders, spreadsheets."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planddiff.decisions import as_decisions, merge_decisions, read_decisions
from planddiff.errors import InvalidInputError, SourceNotFoundError

OLD, NEW, OTHER = "4f4f460739e39555", "33604ec702439bc9", "00000000000000e1"


def row(decision, date, coder="甲", old=OLD, new=NEW, note=""):
    return {
        "old_fingerprint": old,
        "new_fingerprint": new,
        "decision": decision,
        "coder": coder,
        "date": date,
        "note": note,
        "old_title": "推进智慧物流建设",
        "new_title": "深化智慧物流建设",
    }


ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(["confirm", "reject", "note"]),
        st.dates(pd.Timestamp(2026, 1, 1).date(), pd.Timestamp(2026, 1, 9).date()).map(str),
        st.sampled_from(["甲", "乙"]),
        st.sampled_from([OLD, OTHER]),
    ),
    max_size=8,
)


def outcome(rows):
    decisions = as_decisions(pd.DataFrame(rows, columns=list(row("", ""))))
    try:
        return decisions.in_force().to_dict("records"), decisions.conflicts().to_dict("records")
    except InvalidInputError as error:
        return str(error)


@settings(max_examples=40, deadline=None)
@given(ROWS, st.randoms())
def test_the_order_of_the_rows_never_matters(rows, random):
    shuffled = random.sample(rows, len(rows))
    assert outcome(rows) == outcome(shuffled)


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_saying_a_thing_twice_changes_nothing(rows):
    assert outcome(rows) == outcome([*rows, *rows])


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_reading_what_was_written_gives_the_same_table(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("decisions") / "d.csv"
    decisions = as_decisions(pd.DataFrame(rows, columns=list(row("", ""))))
    path.write_text(decisions.to_text(), encoding="utf-8")
    assert read_decisions(path).table.equals(decisions.table)


@pytest.mark.parametrize("verdicts", [("reject", "confirm"), ("confirm", "reject")])
def test_the_later_date_wins(verdicts):
    rows = [row(verdicts[0], "2026-03-09"), row(verdicts[1], "2026-03-10")]
    assert as_decisions(pd.DataFrame(rows)).in_force()["decision"].tolist() == [verdicts[1]]


def test_dates_are_compared_as_dates_not_as_text():
    rows = [row("reject", "2026/3/9"), row("confirm", "2026/3/10")]
    decisions = as_decisions(pd.DataFrame(rows))
    assert decisions.in_force()["decision"].tolist() == ["confirm"]
    assert decisions.table["date"].tolist() == ["2026-03-09", "2026-03-10"]


def test_the_time_of_day_counts():
    rows = [row("confirm", "2026-03-09T08:10:00Z"), row("reject", "2026-03-09T08:10:00.5Z")]
    assert as_decisions(pd.DataFrame(rows)).in_force()["decision"].tolist() == ["reject"]


@pytest.mark.parametrize("date", ["2026-03-09", "2026-03-09T08:10:00Z"])
def test_both_verdicts_at_one_date_are_refused(date):
    rows = pd.DataFrame([row("confirm", "2026-03-09"), row("reject", date)])
    with pytest.raises(InvalidInputError, match="both confirmed and rejected on 2026-03-09") as e:
        as_decisions(rows).in_force()
    assert "推进智慧物流建设" in str(e.value)
    assert "later date" in str(e.value)


def test_a_contradiction_that_a_later_row_settles_is_none():
    rows = [row("confirm", "2026-03-09"), row("reject", "2026-03-09"), row("reject", "2026-03-11")]
    assert as_decisions(pd.DataFrame(rows)).in_force()["decision"].tolist() == ["reject"]


def test_a_note_decides_nothing():
    rows = [row("confirm", "2026-03-09"), row("note", "2026-03-12", note="口径不同")]
    assert as_decisions(pd.DataFrame(rows)).in_force()["decision"].tolist() == ["confirm"]


def test_two_coders_who_differ_stand_in_the_conflict_table():
    one = pd.DataFrame(
        [row("confirm", "2026-03-09", "甲"), row("reject", "2026-03-09", "甲", OTHER)]
    )
    two = pd.DataFrame(
        [row("reject", "2026-03-10", "乙"), row("reject", "2026-03-10", "乙", OTHER)]
    )
    found = merge_decisions([one, two]).conflicts()
    assert found[["old_fingerprint", "in_force"]].values.tolist() == [[OLD, "reject"]]
    assert set(found.loc[0, ["coder", "other_coder"]]) == {"甲", "乙"}


def test_two_coders_on_one_day_leave_the_conflict_open():
    one, two = (
        pd.DataFrame([row(verdict, "2026-03-09", coder)])
        for verdict, coder in (("confirm", "甲"), ("reject", "乙"))
    )
    assert merge_decisions([two, one]).conflicts()["in_force"].tolist() == [""]


def test_a_file_saved_by_a_chinese_spreadsheet_is_read(tmp_path):
    path = tmp_path / "d.csv"
    pd.DataFrame([row("Confirm", "2026/3/9")]).to_csv(path, index=False, encoding="gb18030")
    assert read_decisions(path).table["coder"].tolist() == ["甲"]


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        (
            "old_fingerprint",
            "1.23E+15",
            "line 3: old_fingerprint is '1.23E\\+15'.*format the column",
        ),
        ("decision", "yes", "line 3: decision is 'yes'; write one of confirm, reject, note"),
        ("date", "9 March", "line 3: date is '9 March'; write it as 2026-01-31"),
        ("date", "2026-02-30", "line 3: date is '2026-02-30'"),
        ("date", "2026-02-03T25:00", "line 3: date is"),
    ],
)
def test_a_bad_cell_is_named_with_its_line(tmp_path, column, value, message):
    path = tmp_path / "d.csv"
    rows = [row("confirm", "2026-03-09"), row("confirm", "2026-03-09", old=OTHER) | {column: value}]
    pd.DataFrame(rows).to_csv(path, index=False)
    with pytest.raises(InvalidInputError, match=message):
        read_decisions(path)


def test_a_missing_column_is_named():
    with pytest.raises(InvalidInputError, match=r"lacks the columns \['decision'\]"):
        as_decisions(pd.DataFrame({"old_fingerprint": [OLD], "new_fingerprint": [NEW]}))


def test_no_file_and_no_table_are_said(tmp_path):
    with pytest.raises(SourceNotFoundError, match="no file of decisions"):
        read_decisions(tmp_path / "none.csv")
    with pytest.raises(InvalidInputError, match="give the path of a decisions file"):
        as_decisions(7)
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(InvalidInputError, match="is no table of decisions"):
        read_decisions(tmp_path / "empty.csv")


def test_an_input_table_is_left_as_it_was():
    table = pd.DataFrame([row("Confirm", "2026/3/9")])
    before = table.copy()
    as_decisions(table).in_force()
    pd.testing.assert_frame_equal(table, before)
