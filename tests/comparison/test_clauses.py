"""Clauses side by side."""

from hypothesis import given, settings
from hypothesis import strategies as st

from planddiff.comparison.clauses import align_clauses, split_clauses

texts = st.text(st.sampled_from("推进建设物流平台港口,;。:!\n 3"), max_size=60)


@given(texts)
@settings(max_examples=80, deadline=None)
def test_clauses_stand_where_they_say_and_hold_every_character_but_stops(text):
    clauses = split_clauses(text)
    assert [text[each.start : each.end] for each in clauses] == [each.text for each in clauses]
    rest = list(text)
    for each in clauses:
        rest[each.start : each.end] = [""] * (each.end - each.start)
    assert not set("".join(rest)) - set(",;。:!\n ")


@given(texts, texts)
@settings(max_examples=60, deadline=None)
def test_every_clause_of_both_texts_is_shown(old, new):
    table = align_clauses(old, new)
    for column, text in (("old", old), ("new", new)):
        shown = {(row[f"{column}_start"], row[column]) for _, row in table.iterrows()}
        assert {(each.start, each.text) for each in split_clauses(text)} <= shown
    assert table["similarity"].between(0, 1).all()


def test_shuffled_clauses_find_each_other():
    old = "完善港口标准,建设冷链仓库,推广电子运单"
    new = "推广电子运单应用,修建内河码头,完善港口标准体系"
    rows = align_clauses(old, new)[["old", "new"]].to_numpy().tolist()
    assert rows == [
        ["完善港口标准", "完善港口标准体系"],
        ["建设冷链仓库", ""],
        ["推广电子运单", "推广电子运单应用"],
        ["", "修建内河码头"],
    ]


def test_a_clause_cut_in_two_answers_twice():
    table = align_clauses("建设冷链仓库和分拣中心", "建设冷链仓库,扩建分拣中心")
    assert table["old"].tolist() == ["建设冷链仓库和分拣中心"] * 2


def test_an_empty_text_answers_nothing():
    table = align_clauses("", "建设冷链仓库")
    assert table[["old", "new", "old_start"]].to_numpy().tolist() == [["", "建设冷链仓库", -1]]
