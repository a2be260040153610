"""What became of the items: on the example series and on constructed plans."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planddiff.comparison import compare
from planddiff.errors import InvalidInputError
from planddiff.matching import Matcher
from planddiff.plan import parse_plan
from tests.comparison.made import ALL, BRIDGE, CLINIC, FERRY, HERBS, ORCHARD, plan_of

few = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
AXES = ["target_change", "lead_change", "deadline_change", "strength_change", "scope_change"]
MIRRORED = {"split": "merged", "merged": "split", "new": "dropped", "dropped": "new"}


def statuses(comparison):
    return {
        (side, ordinal): status
        for side, ordinal, status in comparison.items[["side", "ordinal", "status"]].values
    }


def linked(comparison):
    return set(zip(comparison.links["old_ordinal"], comparison.links["new_ordinal"], strict=True))


def parts(item):
    """Two items out of one: the lead stays with the first clauses, the rest stands alone."""
    lead, body = item.split("。")
    clauses = body.split(",")
    half = len(clauses) // 2
    return f"{lead}。{','.join(clauses[:half])}", f"{','.join(clauses[half:])}"


# A plan against itself


@pytest.mark.parametrize("place", range(5))
def test_a_plan_against_itself_is_all_persisted(example, place):
    found = compare(example[place], example[place])
    assert set(found.items["status"]) == {"persisted"}
    assert linked(found) == {(n, n) for n in example[place].items["ordinal"]}
    assert set(found.links["wording"]) == {"verbatim"}
    assert not found.links[["moved", "tie"]].any().any()
    for axis in AXES:
        assert set(found.links[axis]) <= {"none", "no"}, axis


@given(st.lists(st.sampled_from(ALL), min_size=1, max_size=9))
@few
def test_copies_in_a_plan_are_paired_in_their_order(items):
    plan = plan_of(items, 2020)
    found = compare(plan, plan)
    assert linked(found) == {(n, n) for n in range(1, len(items) + 1)}
    assert set(found.items["status"]) == {"persisted"}


def test_items_that_differ_in_a_figure_only_keep_to_their_own_kind():
    items = [BRIDGE, FERRY + ",新增3艘", FERRY + ",新增8艘"]
    plan = plan_of(items, 2020)
    assert linked(compare(plan, plan)) == {(1, 1), (2, 2), (3, 3)}


def test_copies_under_other_agencies_go_by_agency():
    olds, news = (
        plan_of([f"{FERRY}。(责任单位:{one})", BRIDGE, f"{FERRY}。(责任单位:{two})"], year)
        for year, one, two in ((2020, "省财政厅", "省水利厅"), (2021, "省水利厅", "省财政厅"))
    )
    assert linked(compare(olds, news)) == {(1, 3), (2, 2), (3, 1)}


# The years in the other order


@pytest.mark.parametrize("place", range(4))
def test_swapped_years_give_the_mirror_image(example, place):
    forth = compare(example[place], example[place + 1])
    back = compare(example[place + 1], example[place])
    assert {(a, b) for b, a in linked(back)} == linked(forth)
    one = forth.links.set_index(["old_id", "new_id"]).sort_index()
    other = back.links.set_index(["new_id", "old_id"]).sort_index()
    for column in ("confidence", "similarity", "margin"):
        assert one[column].to_numpy() == pytest.approx(other[column].to_numpy(), abs=1e-9)
    assert one["forward"].to_numpy() == pytest.approx(other["backward"].to_numpy(), abs=1e-9)
    turned = [MIRRORED.get(status, status) for status in one["relation"]]
    assert other["relation"].tolist() == turned
    # A body renamed in a reform is another body where the years run backwards.
    renamed = one.index[one["lead_change"] == "renamed_only"]
    forwards_only = set(renamed.get_level_values(0)) | set(renamed.get_level_values(1))
    mine = forth.items.set_index("item_id")["status"].drop(list(forwards_only))
    theirs = back.items.set_index("item_id")["status"]
    assert [MIRRORED.get(s, s) for s in mine] == theirs.loc[mine.index].tolist()


# The same result however the input came


def tables_of(comparison):
    return comparison.links, comparison.items, comparison.candidates


@given(seed=st.integers(0, 2**31))
@few
def test_the_order_of_rows_changes_nothing(example, comparison, seed):
    shuffled = [
        dataclasses.replace(
            plan,
            items=plan.items.sample(frac=1, random_state=seed),
            targets=plan.targets.sample(frac=1, random_state=seed),
            agencies=plan.agencies.sample(frac=1, random_state=seed),
        )
        for plan in example[1:3]
    ]
    again = compare(*shuffled)
    for one, other in zip(tables_of(comparison), tables_of(again), strict=True):
        pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_the_hash_seed_changes_nothing():
    code = (
        "import planddiff as pdd; plans = pdd.load_example(); c = pdd.compare(plans[3], plans[4]);"
        "print(c.links.to_csv(), c.items.to_csv(), c.candidates.to_csv(), c.summary().to_csv())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0]) > 10_000


def test_the_inputs_are_left_as_they_were(example):
    before = [plan.items.copy(deep=True) for plan in example[:2]]
    compare(*example[:2])
    for plan, items in zip(example, before, strict=False):
        pd.testing.assert_frame_equal(plan.items, items)


# One status for every item


@given(
    st.lists(st.sampled_from(ALL), min_size=1, max_size=6),
    st.lists(st.sampled_from(ALL), min_size=1, max_size=6),
)
@few
def test_every_item_has_one_status_that_its_links_bear_out(olds, news):
    old, new = plan_of(olds, 2020), plan_of(news, 2021)
    found = compare(old, new)
    expected = [*old.items["item_id"], *new.items["item_id"]]
    assert found.items["item_id"].tolist() == expected
    ends = found.links.groupby("old_id").size(), found.links.groupby("new_id").size()
    for side, item, status, partners in found.items[
        ["side", "item_id", "status", "partners"]
    ].values:
        assert len(partners) == ends[side == "new"].get(item, 0)
        if status in ("dropped", "new"):
            assert status == ("dropped" if side == "old" else "new")
            assert partners == []
        if status in ("persisted", "changed"):
            assert len(partners) == 1


def test_summary_counts_every_item_once(comparison):
    summary = comparison.summary()
    assert summary[["old", "new"]].sum().tolist() == [39, 37]
    assert summary[["old_share", "new_share"]].sum().tolist() == pytest.approx([1, 1])
    assert list(summary.index) == [s for s in summary.index if s in set(comparison.items["status"])]


def test_repr_is_one_line_and_html_escapes_the_document():
    text = "一、设施\n1.开行<b>水上巴士</b>航线。在内河航道开行水上巴士,改造沿线旧码头。"
    found = compare(parse_plan(text, year=2020), parse_plan(text, year=2021))
    told = "1 old items: 1 persisted; 1 new items: 1 persisted"
    assert repr(found) == f"<Comparison 2020 → 2021: 1 links; {told}>"
    assert "<b>水上巴士" not in found._repr_html_()
    assert "&lt;b&gt;水上巴士" in found._repr_html_()


# Splits, mergers, moves


@pytest.mark.parametrize("item", range(len(ALL)))
def test_an_item_cut_in_two_is_split_and_back_is_merged(item):
    cut = [*ALL[:item], *parts(ALL[item]), *ALL[item + 1 :]]
    whole, halves = plan_of(ALL, 2020), plan_of(cut, 2021)
    forth, back = compare(whole, halves), compare(halves, whole)
    assert {pair for pair in linked(forth) if pair[0] == item + 1} == {
        (item + 1, item + 1),
        (item + 1, item + 2),
    }
    assert statuses(forth)["old", item + 1] == "split"
    assert statuses(forth)["new", item + 2] == "split"
    assert statuses(back)["new", item + 1] == "merged"
    assert set(forth.summary().index) == {"persisted", "split"}


def test_two_items_joined_are_merged():
    joined = f"{BRIDGE}。{HERBS}"
    found = compare(plan_of(ALL, 2020), plan_of([*ALL[:3], joined, *ALL[5:]], 2021))
    assert {(4, 4), (5, 4)} <= linked(found)
    assert statuses(found)["new", 4] == "merged"
    assert set(found.links.loc[found.links["new_ordinal"] == 4, "relation"]) == {"merged"}


def test_an_item_moved_to_another_section_and_reworded_is_found():
    reworded = "新辟水上巴士航线。在四条内河航道增开水上巴士,改造沿线旧码头,完善候船亭和无障碍设施"
    found = compare(plan_of(ALL, 2020, 4), plan_of([*ALL[1:6], reworded, *ALL[6:]], 2021, 4))
    link = found.links[found.links["old_ordinal"] == 1].iloc[0]
    assert link["new_ordinal"] == 6
    assert link["relation"] == "continued"
    assert link["wording"] == "light"
    assert link["moved"]


def test_an_item_gone_is_dropped_and_one_added_is_new():
    found = compare(plan_of(ALL[:7], 2020), plan_of([*ALL[:2], *ALL[3:]], 2021))
    assert statuses(found)["old", 3] == "dropped"
    assert statuses(found)["new", 7] == "new"
    assert CLINIC.startswith(found.items.iloc[-1]["title"])


def test_plans_that_share_nothing_have_no_link():
    found = compare(plan_of([FERRY], 2020), plan_of([ORCHARD], 2021))
    assert len(found.links) == len(found.candidates) == 0
    assert found.items["status"].tolist() == ["dropped", "new"]
    assert found.sensitivity()["links"].tolist() == [0] * 5


# The dials


@given(st.floats(0, 1), st.floats(0, 1))
@few
def test_a_higher_threshold_adds_no_link(example, low, high):
    low, high = sorted((low, high))
    fewer = compare(*example[2:4], matcher=Matcher(threshold=high))
    more = compare(*example[2:4], matcher=Matcher(threshold=low))
    assert linked(fewer) <= linked(more)


@given(st.floats(0, 0.3), st.floats(0, 0.3))
@few
def test_a_lower_false_link_rate_adds_no_link(example, low, high):
    low, high = sorted((low, high))
    fewer = compare(*example[:2], matcher=Matcher(fdr=low))
    more = compare(*example[:2], matcher=Matcher(fdr=high))
    assert linked(fewer) <= linked(more)
    assert (fewer.links["false_link_rate"] <= low).all()


def test_the_false_link_rate_drops_links_from_the_doubtful_end(example):
    every, strict = (compare(*example[:2], matcher=Matcher(fdr=rate)) for rate in (None, 0.01))
    lost = linked(every) - linked(strict)
    assert lost
    rows = every.links.set_index(["old_ordinal", "new_ordinal"])["confidence"]
    assert max(rows[pair] for pair in lost) < min(rows[pair] for pair in linked(strict))


def test_an_exact_tie_is_uncertain_and_says_so():
    # The same text twice in the new plan: nothing tells which of the two goes on.
    old = plan_of([FERRY, *ALL[1:]], 2020)
    new = plan_of([FERRY, *ALL[1:], FERRY], 2021)
    found = compare(old, new)
    links = found.links[found.links["old_ordinal"] == 1]
    assert links["confidence"].nunique() == 1
    assert links["margin"].tolist() == [0, 0]
    assert links["tie"].all()
    last = len(ALL) + 1
    assert {statuses(found)[key] for key in [("old", 1), ("new", 1), ("new", last)]} == {
        "uncertain"
    }


def test_a_pair_that_just_missed_leaves_both_items_uncertain():
    cut = "方便候船居民。配齐候船亭和无障碍通道"
    old, new = plan_of([FERRY, BRIDGE, HERBS], 2020), plan_of([cut, BRIDGE, HERBS], 2021)
    sure = compare(old, new).candidates.set_index(["old_ordinal", "new_ordinal"])["confidence"]
    bar = sure[1, 1] + 0.01
    unsure = statuses(compare(old, new, matcher=Matcher(threshold=bar, band=0.02)))
    settled = statuses(compare(old, new, matcher=Matcher(threshold=bar, band=0.001)))
    assert (unsure["old", 1], unsure["new", 1]) == ("uncertain", "uncertain")
    assert (settled["old", 1], settled["new", 1]) == ("dropped", "new")


def test_stable_links_pass_the_threshold_by_the_band(example):
    links = compare(*example[1:3]).links
    bar = Matcher().threshold + Matcher().band
    assert (links["stable"] == (links["confidence"] >= bar)).all()
    assert not links["stable"].all()


def test_sensitivity_gives_the_headline_under_other_thresholds(comparison):
    mine = Matcher().threshold
    grid = comparison.sensitivity((0.1, mine, 0.9))
    assert grid.index.tolist() == [0.1, mine, 0.9]
    assert grid["links"].is_monotonic_decreasing
    assert grid["dropped"].is_monotonic_increasing
    assert grid["new"].is_monotonic_increasing
    assert (grid["carried"] + grid["dropped"]).tolist() == pytest.approx([1, 1, 1])
    assert grid.loc[mine, "links"] == len(comparison.links)
    assert grid.loc[mine, "carried"] == comparison.links["old_id"].nunique() / 39


def test_only_the_parts_asked_for_are_compared():
    text = "一、工作任务\n1.{}。\n二、保障措施\n2.{}。"
    olds, news = (parse_plan(text.format(FERRY, ORCHARD), year=year) for year in (2020, 2021))
    assert set(olds.items["part"]) == {"task", "safeguard"}
    found = compare(olds, news, matcher=Matcher(parts=("task",)))
    assert found.items["ordinal"].tolist() == [1, 1]
    assert len(compare(olds, news).items) == 4


# Refusals


def test_two_plans_of_one_year_are_refused():
    with pytest.raises(InvalidInputError, match="both plans are of 2020"):
        compare(plan_of([FERRY], 2020), plan_of([ORCHARD], 2020))


def test_a_plan_without_items_is_refused_by_name():
    full = plan_of([FERRY], 2020)
    empty = full.select(full.items["ordinal"] > 1)
    with pytest.raises(InvalidInputError, match="has no items to compare"):
        compare(full, empty)


def test_a_path_in_the_place_of_a_plan_is_refused():
    with pytest.raises(InvalidInputError, match="new is a str; give a plan"):
        compare(plan_of([FERRY], 2020), "2021.txt")  # type: ignore[arg-type]


@pytest.mark.parametrize("which", [99, "2020-xxxx-001"])
def test_an_item_that_was_not_compared_is_refused(comparison, which):
    with pytest.raises(InvalidInputError, match=f"old={which!r}: no compared item"):
        comparison.explain(which, 1)
    with pytest.raises(InvalidInputError, match=f"new={which!r}: no compared item"):
        comparison.redline(1, which)


@pytest.mark.parametrize("size", [2, 4, 8])
def test_another_verb_in_the_lead_keeps_an_item_whole_in_plans_of_any_length(size):
    items = list(ALL[:size])
    old = [items[0].replace("开行", "探索开行", 1), *items[1:]]
    new = [items[0].replace("开行", "组织实施", 1), *items[1:]]
    found = compare(plan_of(old, 2020), plan_of(new, 2021))
    assert linked(found) == {(n, n) for n in range(1, size + 1)}
