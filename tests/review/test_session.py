"""The review without a browser: what is shown, what is saved, what is hidden."""

import json
import re
import sys

import pandas as pd
import pytest

from planddiff import compare, read_decisions
from planddiff.decisions import update_decisions
from planddiff.errors import InvalidInputError, MissingExtraError
from planddiff.review.cases import review_cases
from planddiff.review.doubts import doubtful_pairs
from planddiff.review.session import Session

pytest.importorskip("anywidget")


def decision(case, verdict, date, coder="甲", **other):
    keys = [
        f"{side}_{name}" for side in ("old", "new") for name in ("fingerprint", "year", "title")
    ]
    row = {name: str(case[name]) for name in keys}
    return {**row, "decision": verdict, "coder": coder, "date": date, "note": "", **other}


@pytest.fixture
def widget(comparison, tmp_path):
    return comparison.review(tmp_path / "d.csv", coder="甲")


def test_doubtful_pairs_come_first_and_all_links_follow(comparison, widget):
    doubts = doubtful_pairs(comparison.candidates, comparison.matcher)
    cases = widget.cases
    assert [each["doubt"] != "" for each in cases] == [True] * len(doubts) + [False] * (
        len(cases) - len(doubts)
    )
    rest = [each["confidence"] for each in cases if not each["doubt"]]
    assert rest == sorted(rest)
    shown = {(each["old_fingerprint"], each["new_fingerprint"]) for each in cases}
    links = comparison.candidates.query("linked")
    assert set(zip(links["old_fingerprint"], links["new_fingerprint"], strict=True)) <= shown


def test_a_doubt_says_why(comparison):
    loose = compare(comparison.old, comparison.new)
    doubts = doubtful_pairs(loose.candidates, loose.matcher)
    for row in doubts.to_dict("records"):
        distance = row["confidence"] - loose.matcher.threshold
        assert row["linked"] == (row["doubt"] != "only just missed")
        if row["doubt"] == "only just missed":
            assert -loose.matcher.band <= distance
        if row["doubt"] == "barely a link":
            assert 0 <= distance < loose.matcher.band
    distances = (doubts["confidence"] - loose.matcher.threshold).abs()
    assert distances.is_monotonic_increasing


def test_a_case_shows_both_texts_the_redline_and_the_evidence(comparison, widget):
    bodies = set(comparison.tables()["items"]["body"])
    for case in widget.cases:
        assert {case["old_text"], case["new_text"]} <= bodies
        assert {kind for kind, _ in case["redline"]} <= {"equal", "insert", "delete"}
        pull = sum(row[2] for row in case["evidence"])
        row = comparison.candidates[
            (comparison.candidates["old_fingerprint"] == case["old_fingerprint"])
            & (comparison.candidates["new_fingerprint"] == case["new_fingerprint"])
        ].iloc[0]
        assert pull + comparison.matcher.weights.intercept == pytest.approx(row["log_odds"])
    assert widget.cases[0]["old_constructed"]
    assert not widget.cases[0]["new_constructed"]
    assert len(widget.options["2015-2016"]) == len(comparison.items.query("side == 'new'"))


def test_blind_hides_the_machine_everywhere(comparison):
    cases, options = review_cases([comparison], blind=True)
    text = json.dumps([cases, options], ensure_ascii=False)
    for word in ("confidence", "evidence", "linked", "doubt"):
        assert f'"{word}"' not in text
    ordered, _ = review_cases([comparison], blind=False)
    keys = [
        [(c["old_fingerprint"], c["new_fingerprint"]) for c in each] for each in (cases, ordered)
    ]
    assert keys[0] != keys[1]
    assert sorted(keys[0]) == sorted(keys[1])


def test_every_step_is_saved_and_undone(widget, tmp_path):
    one, two = widget.cases[:2]
    first = decision(one, "confirm", "2026-03-09T08:00:00.000Z")
    second = decision(two, "reject", "2026-03-09T08:00:01.000Z")
    widget.rows = [first]
    widget.rows = [first, second]
    assert read_decisions(tmp_path / "d.csv").table["decision"].tolist() == ["confirm", "reject"]
    assert widget.saved == "saved 已保存: 2 rows"
    widget.rows = [first]
    assert read_decisions(tmp_path / "d.csv").table["decision"].tolist() == ["confirm"]


def test_a_new_widget_goes_on_where_the_last_one_stopped(comparison, widget, tmp_path):
    rows = [decision(widget.cases[0], "confirm", "2026-03-09T08:00:00.000Z")]
    widget.rows = rows
    again = comparison.review(tmp_path / "d.csv", coder="甲")
    assert [row["decision"] for row in again.rows] == ["confirm"]
    again.rows = [*again.rows, decision(again.cases[1], "reject", "2026-03-09T09:00:00.000Z")]
    again.rows = again.rows[:1]
    assert len(read_decisions(tmp_path / "d.csv")) == 1


def test_two_notebooks_on_one_file_keep_each_others_rows(comparison, tmp_path):
    path = tmp_path / "d.csv"
    one, other = (comparison.review(path, coder=coder) for coder in ("甲", "乙"))
    one.rows = [decision(one.cases[0], "confirm", "2026-03-09T08:00:00Z")]
    other.rows = [decision(one.cases[0], "reject", "2026-03-09T09:00:00Z", "乙")]
    one.rows = [*one.rows, decision(one.cases[1], "confirm", "2026-03-09T10:00:00Z")]
    other.rows = []
    table = read_decisions(path).table
    assert table["coder"].tolist() == ["甲", "甲"]
    assert comparison.review(path, coder="乙").rows == []


def test_the_decisions_of_a_review_are_replayed(comparison, widget, tmp_path):
    link = next(each for each in widget.cases if each["linked"])
    other = next(
        each
        for each in widget.options[link["document"]]
        if each["new_fingerprint"] != link["new_fingerprint"]
    )
    date = "2026-03-09T08:00:00.000Z"
    widget.rows = [decision(link, "reject", date), decision({**link, **other}, "confirm", date)]
    again = compare(comparison.old, comparison.new, decisions=tmp_path / "d.csv")
    items = again.old.items.set_index("fingerprint")["item_id"]
    found = again.links[again.links["old_id"] == items[link["old_fingerprint"]]]
    news = again.new.items.set_index("item_id")["fingerprint"]
    prints = set(news[found["new_id"]])
    assert other["new_fingerprint"] in prints
    assert link["new_fingerprint"] not in prints


def test_a_failed_save_is_shown_not_hidden(widget, tmp_path):
    (tmp_path / "d.csv").write_text("old_fingerprint\n")
    widget.rows = [decision(widget.cases[0], "confirm", "2026-03-09")]
    assert widget.error.startswith("not saved 未保存: d.csv lacks the columns")
    assert widget.saved == ""
    (tmp_path / "d.csv").unlink()


def test_tracks_are_reviewed_over_all_years(tracks, tmp_path):
    widget = tracks.review(tmp_path / "t.csv", coder="甲")
    assert len(widget.options) == 4
    assert {case["document"] for case in widget.cases} == set(widget.options)


def test_the_page_carries_its_data_without_ending_its_script(comparison, tmp_path):
    path = comparison.review_html(tmp_path / "r.html", coder="</script><b>甲")
    page = path.read_text("utf-8")
    data = re.search(r'<script id="pdd-data" type="application/json">(.*?)</script>', page).group(1)
    assert json.loads(data)["coder"] == "</script><b>甲"
    assert len(json.loads(data)["cases"]) == len(review_cases([comparison], blind=False)[0])
    assert "<b>甲" not in page


def test_wrong_arguments_are_named(comparison, tmp_path, monkeypatch):
    with pytest.raises(InvalidInputError, match="coder='': give your name"):
        comparison.review(tmp_path / "d.csv", coder=" ".strip())
    with pytest.raises(InvalidInputError, match=r"ends in \.html"):
        comparison.review_html(tmp_path / "r.txt", coder="甲")
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "planddiff.review.widget", raising=False)
    with pytest.raises(MissingExtraError, match=r"pip install 'planddiff\[review\]'; review_html"):
        comparison.review(tmp_path / "d.csv", coder="甲")


def test_a_session_shows_only_the_coders_own_rows(tmp_path):
    path = tmp_path / "d.csv"
    case = {
        f"{side}_{name}": "0" * 16
        for side in ("old", "new")
        for name in ("fingerprint", "year", "title")
    }
    rows = [decision(case, "confirm", "2026-03-09", coder) for coder in ("甲", "乙")]
    update_decisions(path, rows)
    assert [row["coder"] for row in Session(path, "乙").rows()] == ["乙"]
    assert pd.DataFrame(Session(None, "乙").rows()).empty
