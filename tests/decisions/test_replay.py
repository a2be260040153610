"""Decisions replayed in compare and track."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planddiff import compare, load_example, parse_plan, track
from planddiff.errors import InvalidInputError


@pytest.fixture(scope="module")
def plans():
    return load_example()


@pytest.fixture(scope="module")
def pair(plans):
    return plans[1], plans[2]


@pytest.fixture(scope="module")
def before(pair):
    return compare(*pair)


def decide(plans, old, new, decision, date="2026-03-09"):
    """A decision on two items by their ordinals."""
    rows = [
        plan.items.set_index("ordinal").loc[which]
        for plan, which in zip(plans, (old, new), strict=True)
    ]
    return {
        "old_fingerprint": rows[0]["fingerprint"],
        "new_fingerprint": rows[1]["fingerprint"],
        "decision": decision,
        "date": date,
        "old_title": rows[0]["title"],
        "new_title": rows[1]["title"],
    }


def run(pair, *decisions):
    return compare(*pair, decisions=pd.DataFrame(decisions))


def link(comparison, old, new):
    links = comparison.links
    return links[(links["old_ordinal"] == old) & (links["new_ordinal"] == new)]


def lone_link(comparison):
    """Ordinals of a link whose old item has no other pair near the threshold."""
    near = comparison.candidates["confidence"] > 0.2
    counts = comparison.candidates[near]["old_ordinal"].value_counts()
    alone = comparison.links["old_ordinal"].map(counts) == 1
    return comparison.links.loc[alone, ["old_ordinal", "new_ordinal"]].iloc[0]


def unweighed(comparison, pair):
    """Ordinals of a pair that shares too little to be weighed, both items without a link."""
    free = comparison.items[comparison.items["partners"].str.len() == 0]
    weighed = set(
        zip(comparison.candidates["old_ordinal"], comparison.candidates["new_ordinal"], strict=True)
    )
    olds, news = (free.loc[free["side"] == side, "ordinal"] for side in ("old", "new"))
    return next((a, b) for a in olds for b in news if (a, b) not in weighed)


def test_a_rejected_link_is_gone_and_is_no_doubt(pair, before):
    old, new = lone_link(before)
    after = run(pair, decide(pair, old, new, "reject"))
    assert link(after, old, new).empty
    items = after.items.set_index(["side", "ordinal"])
    assert items.loc[("old", old), "status"] == "dropped"
    assert after.decisions[["status", "reason"]].values.tolist() == [
        ["applied", "a link but for this decision"]
    ]


def test_a_confirmed_pair_that_was_never_weighed_is_a_link_with_evidence(pair, before):
    old, new = unweighed(before, pair)
    after = run(pair, decide(pair, old, new, "confirm"))
    found = link(after, old, new).iloc[0]
    assert found["decision"] == "confirm"
    assert found["relation"] == "continued"
    assert 0 <= found["confidence"] < after.matcher.threshold
    assert pd.isna(found["false_link_rate"])
    assert after.decisions["reason"].tolist() == ["a link by this decision alone"]
    assert after.items.set_index(["side", "ordinal"]).loc[("old", old), "status"] != "uncertain"


def test_a_decision_moves_no_other_link(pair, before):
    old, new = unweighed(before, pair)
    after = run(pair, decide(pair, old, new, "confirm"))
    others = after.links[after.links["decision"] == ""].reset_index(drop=True)
    # Which sections correspond is read off all links together.
    alone = [name for name in others.columns if name != "moved"]
    pd.testing.assert_frame_equal(others[alone], before.links[alone])


def test_decisions_survive_renumbering_and_another_reading(pair, before):
    old, new = pair
    text = new.source_text
    first = new.items.iloc[0]
    without = text[: first["start"]] + text[first["end"] :]
    again = parse_plan(without, year=new.year)
    kept = before.links[before.links["new_ordinal"] > 1].iloc[0]
    decision = decide(pair, kept["old_ordinal"], kept["new_ordinal"], "reject")
    after = compare(old, again, decisions=pd.DataFrame([decision]))
    renumbered = again.items.set_index("fingerprint").loc[decision["new_fingerprint"]]
    assert renumbered["ordinal"] == kept["new_ordinal"] - 1
    assert after.decisions["status"].tolist() == ["applied"]
    assert link(after, kept["old_ordinal"], renumbered["ordinal"]).empty


def test_what_no_longer_applies_is_reported_with_the_reason(pair):
    reworded = decide(pair, 2, 2, "confirm") | {"new_fingerprint": "0" * 16}
    unknown = decide(pair, 2, 2, "reject") | {"old_fingerprint": "1" * 16, "old_title": ""}
    report = run(pair, reworded, unknown).decisions.set_index("decision")
    assert report["status"].tolist() == ["not_applicable"] * 2
    assert report.loc["confirm", "reason"].startswith("new item 2 has this title and another text")
    assert report.loc["reject", "reason"] == "no old item has the text that was decided on"


def test_items_of_the_same_text_are_all_decided_and_it_is_said():
    twice = "1.推进智慧物流建设。建设物流信息平台。\n2.推进智慧物流建设。建设物流信息平台。"
    plans = parse_plan(twice, year=2014), parse_plan(twice, year=2015)
    after = run(plans, decide(plans, 1, 1, "reject"))
    assert after.links.empty
    assert after.decisions["reason"].tolist() == [
        "a link but for this decision; 2 items of one plan have this very text"
    ]


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_order_of_the_same_decisions_gives_the_same_links(pair, data):
    ordinals = st.integers(1, 6)
    drawn = data.draw(
        st.lists(
            st.tuples(ordinals, ordinals, st.sampled_from(["confirm", "reject"])),
            min_size=1,
            max_size=5,
            unique_by=lambda each: each[:2],
        )
    )
    rows = [decide(pair, *each) for each in drawn]
    one = run(pair, *rows)
    other = run(pair, *data.draw(st.permutations(rows)))
    again = compare(*pair, decisions=one.decisions)
    for table in ("links", "items", "decisions", "candidates"):
        pd.testing.assert_frame_equal(getattr(one, table), getattr(other, table))
        pd.testing.assert_frame_equal(getattr(one, table), getattr(again, table))


def test_reject_then_confirm_follows_the_date(pair):
    rows = [decide(pair, 1, 2, "confirm", "2026-03-10"), decide(pair, 1, 2, "reject", "2026-03-09")]
    assert len(link(run(pair, *rows), 1, 2)) == 1
    with pytest.raises(InvalidInputError, match="both confirmed and rejected"):
        run(pair, *rows, decide(pair, 1, 2, "reject", "2026-03-10"))


def test_decisions_from_a_file_reach_all_years_of_a_track(plans, tmp_path):
    plain = track(plans)
    returned = plain.links[plain.links["relation"] == "returned"].iloc[0]
    items = plain.items.set_index("item_id")
    rows = [
        {
            "old_fingerprint": items.loc[each["old_id"], "fingerprint"],
            "new_fingerprint": items.loc[each["new_id"], "fingerprint"],
            "decision": "reject",
        }
        for each in (returned, plain.links.iloc[0], plain.links.iloc[-1])
    ]
    pd.DataFrame(rows).to_csv(tmp_path / "d.csv", index=False)
    after = track(plans, decisions=tmp_path / "d.csv")
    pairs = set(zip(after.links["old_id"], after.links["new_id"], strict=True))
    for each in (returned, plain.links.iloc[0], plain.links.iloc[-1]):
        assert (each["old_id"], each["new_id"]) not in pairs
    assert after.decisions["status"].tolist() == ["applied"] * 3
    assert "no return" in set(after.decisions["reason"])


def test_tracks_report_decisions_that_no_year_can_take(plans):
    plain = track(plans)
    items = plain.items.set_index("item_id")
    link = plain.links[plain.links["old_year"] == 2014].iloc[0]
    later = items[items["year"] == 2017].iloc[0]
    linked = {
        "old_fingerprint": items.loc[link["old_id"], "fingerprint"],
        "new_fingerprint": later["fingerprint"],
        "decision": "confirm",
    }
    gone = {"old_fingerprint": "0" * 16, "new_fingerprint": "1" * 16, "decision": "reject"}
    report = track(plans, decisions=pd.DataFrame([linked, gone])).decisions
    assert report["status"].tolist() == ["not_applicable"] * 2
    reasons = report.set_index("decision")["reason"]
    assert "the years are no neighbours" in reasons["confirm"]
    assert "no old item has the text that was decided on" in reasons["reject"]


def test_a_confirmed_pair_across_a_gap_returns(plans):
    plain = track(plans)
    lost = plain.statuses.query("old_year == 2014 and side == 'old' and status == 'dropped'")
    arrived = plain.statuses.query("new_year == 2017 and side == 'new' and status == 'new'")
    gone = lost[~lost["item_id"].isin(plain.links["old_id"])]["item_id"].iloc[0]
    come = arrived[~arrived["item_id"].isin(plain.links["new_id"])]["item_id"].iloc[0]
    items = plain.items.set_index("item_id")["fingerprint"]
    row = {"old_fingerprint": items[gone], "new_fingerprint": items[come], "decision": "confirm"}
    after = track(plans, decisions=pd.DataFrame([row]))
    found = after.links[(after.links["old_id"] == gone) & (after.links["new_id"] == come)]
    assert found["relation"].tolist() == ["returned"]
