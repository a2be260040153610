"""Why a pair is a link or is none."""

import numpy as np
import pandas as pd
import pytest

from planddiff.comparison import compare
from planddiff.evidence import PIECES
from planddiff.matching import ExtraEvidence, Matcher
from planddiff.plan import parse_plan
from tests.comparison.made import ALL, FERRY, HERBS, plan_of


def ordinals(comparison, linked):
    rows = comparison.candidates[comparison.candidates["linked"] == linked]
    return list(zip(rows["old_ordinal"], rows["new_ordinal"], strict=True))


@pytest.mark.parametrize("linked", [True, False])
def test_contributions_sum_to_the_log_odds_and_to_the_confidence(comparison, linked):
    for old, new in ordinals(comparison, linked)[::5]:
        found = comparison.explain(old, new)
        total = found.evidence["contribution"].sum()
        assert total == pytest.approx(found.log_odds, abs=1e-9)
        assert found.confidence == pytest.approx(1 / (1 + np.exp(-total)), abs=1e-9)
        assert found.linked == linked == (found.confidence >= Matcher().threshold)
        assert set(found.evidence["evidence"]) == {"intercept", *PIECES}
        assert found.evidence["value"].between(0, 1).all()


def test_evidence_of_ones_own_is_part_of_the_sum(example):
    pieces = tuple(
        ExtraEvidence(name, lambda old, new, first, second: (first == second) * 1.0, weight)
        for name, weight in (("same_place", 1.5), ("twice", -0.5))
    )
    comparison = compare(*example[:2], matcher=Matcher(evidence=pieces))
    found = comparison.explain(3, 8)
    assert {"same_place", "twice"} <= set(found.evidence["evidence"])
    assert found.evidence["contribution"].sum() == pytest.approx(found.log_odds, abs=1e-9)


def test_rivals_share_an_item_and_come_best_first(comparison):
    old, new = ordinals(comparison, True)[4]
    rivals = comparison.explain(old, new).rivals
    assert 1 <= len(rivals) <= 3
    assert ((rivals["old_ordinal"] == old) ^ (rivals["new_ordinal"] == new)).all()
    assert rivals["confidence"].is_monotonic_decreasing
    assert set(rivals["weakest"]) <= set(PIECES)


def test_clauses_and_sentences_tell_the_same_story():
    reworded = FERRY.replace("改造沿线旧码头", "试点夜间航行补贴办法")
    comparison = compare(plan_of(ALL, 2020), plan_of([reworded, *ALL[1:]], 2021))
    found = comparison.explain(1, 1)
    lost = found.clauses[found.clauses["new"] == ""]
    assert lost["old"].tolist() == ["改造沿线旧码头"]
    assert "旧条目5个分句中有4个在新条目中延续" in found.sentence_zh
    assert "“开行水上巴士航线”与“开行水上巴士航线”判为同一举措" in found.sentence_zh
    assert "4 of 5 clauses of the old item are carried into the new one" in found.sentence_en
    assert repr(found).endswith(f"link, {found.confidence:.2f}>")


def test_a_pair_that_was_never_weighed_is_explained_without_evidence():
    comparison = compare(plan_of([FERRY, HERBS], 2020), plan_of([FERRY, HERBS], 2021))
    found = comparison.explain(1, 2)
    assert not found.linked
    assert found.confidence == 0
    assert found.evidence.empty
    assert "不判为同一举措" in found.sentence_zh
    assert "最有分量的证据:无" in found.sentence_zh
    assert found._repr_html_()


def test_items_are_named_by_ordinal_or_by_id(comparison):
    link = comparison.links.iloc[2]
    by_ordinal = comparison.explain(int(link["old_ordinal"]), int(link["new_ordinal"]))
    by_id = comparison.explain(link["old_id"], link["new_id"])
    pd.testing.assert_frame_equal(by_ordinal.evidence, by_id.evidence)


def test_html_escapes_the_document():
    text = "一、设施\n1.开行<i>水上巴士</i>航线。在内河航道开行水上巴士,改造<i>沿线旧码头。"
    comparison = compare(parse_plan(text, year=2020), parse_plan(text, year=2021))
    shown = comparison.explain(1, 1)._repr_html_()
    assert "<i>" not in shown
    assert "&lt;i&gt;水上巴士" in shown
