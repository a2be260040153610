"""The matcher: dials, evidence of one's own, and the estimated false-link rate."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from planddiff.calibration import Calibration, default_calibration
from planddiff.comparison import compare
from planddiff.errors import InvalidInputError, SourceNotFoundError
from planddiff.evidence import PIECES
from planddiff.examples import load_example
from planddiff.matching import ExtraEvidence, Matcher, encoder_evidence, false_link_rate
from tests.comparison.made import ALL, BRIDGE, FERRY, HERBS, ORCHARD, plan_of


@pytest.fixture(scope="module")
def example():
    return load_example()


@pytest.fixture(scope="module")
def prepared(example):
    return Matcher().prepare(example[0], example[1])


@pytest.fixture(scope="module")
def weighed(prepared):
    return Matcher().weigh_with_decoys(prepared)


@pytest.fixture(scope="module")
def pairs(weighed):
    return pd.DataFrame(weighed[0])


def rates(weighed):
    return false_link_rate(*weighed)


# Dials


@pytest.mark.parametrize("name", ["threshold", "band", "tie", "fdr"])
@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_a_dial_out_of_range_is_refused_by_name(name, value):
    with pytest.raises(InvalidInputError, match=rf"Matcher\({name}={value!r}\): give a number"):
        Matcher(**{name: value})


def test_a_matcher_cannot_be_altered_and_equal_dials_are_equal():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Matcher().threshold = 0.4  # type: ignore[misc]
    assert Matcher(threshold=0.3) == Matcher(threshold=0.3) != Matcher()


def test_dials_tell_all_that_was_set():
    dials = Matcher(fdr=0.05, evidence=(encoder_evidence(len, name="vectors"),)).dials()  # type: ignore[arg-type]
    assert dials["fdr"] == 0.05
    assert dials["evidence"] == ["vectors"]
    assert dials["weights"] == default_calibration().weights
    assert set(dials) == {
        "threshold", "band", "tie", "fdr", "parts", "calibration", "intercept", "weights",
        "evidence",
    }  # fmt: skip


def test_a_calibration_is_given_as_object_or_file(tmp_path, example):
    strict = Calibration(default_calibration().weights, -30.0, "strict")
    strict.to_csv(tmp_path / "strict.csv")
    by_object, by_file = (
        Matcher(calibration=each).weigh(*example[:2])["confidence"]
        for each in (strict, str(tmp_path / "strict.csv"))
    )
    assert by_object.to_numpy() == pytest.approx(by_file.to_numpy(), abs=1e-3)
    assert by_object.max() < Matcher().weigh(*example[:2])["confidence"].max()
    with pytest.raises(SourceNotFoundError):
        _ = Matcher(calibration=str(tmp_path / "none.csv")).weights


# Weighing


def test_a_piece_adds_what_its_weight_says(pairs):
    weights = default_calibration()
    total = sum(pairs[name] * weight for name, weight in weights.weights.items())
    expected = (total + weights.intercept).to_numpy()
    assert pairs["log_odds"].to_numpy() == pytest.approx(expected, abs=1e-9)
    assert pairs["confidence"].to_numpy() == pytest.approx(1 / (1 + np.exp(-expected)), abs=1e-12)


def test_pairs_come_in_order_once_each(pairs):
    keys = list(zip(pairs["old"], pairs["new"], strict=True))
    assert keys == sorted(set(keys))
    assert set(PIECES) <= set(pairs.columns)


def test_items_are_compared_in_the_order_of_the_plan(example):
    plan = example[0]
    mixed = dataclasses.replace(plan, items=plan.items.sample(frac=1, random_state=5))
    assert Matcher().compares(mixed)["ordinal"].tolist() == plan.items["ordinal"].tolist()


def test_renamed_agencies_are_the_same_agency():
    olds, news = (
        plan_of([f"{FERRY}。(责任单位:{name})", BRIDGE], year)
        for year, name in ((2018, "省农业厅"), (2019, "省农业农村厅"))
    )
    found = Matcher().weigh(olds, news).set_index(["old", "new"])
    assert found.loc[(0, 0), "agencies_differ"] == pytest.approx(0)


def test_two_verbatim_items_are_no_pair_unless_asked_for():
    items = [FERRY + ",新增3艘", FERRY + ",新增8艘", BRIDGE]
    old, new = plan_of(items, 2020), plan_of(items, 2021)
    plain = Matcher().weigh(old, new)
    asked = Matcher().weigh(old, new, also=[(0, 1)])
    assert list(zip(plain["old"], plain["new"], strict=True)) == [(0, 0), (1, 1), (2, 2)]
    assert (0, 1) in set(zip(asked["old"], asked["new"], strict=True))


# Evidence of one's own


def test_a_piece_of_ones_own_moves_the_log_odds_from_its_median(example, pairs):
    def measure(old, new, first, second):
        return (first % 2 == second % 2) * 0.6

    extra = ExtraEvidence("parity", measure, weight=2.0)
    found = Matcher(evidence=(extra,)).weigh(*example[:2])
    value = measure(None, None, pairs["old"], pairs["new"])
    expected = pairs["log_odds"] + 2.0 * (value - np.median(value))
    assert found["parity"].tolist() == value.tolist()
    assert found["log_odds"].to_numpy() == pytest.approx(expected.to_numpy())


def test_a_piece_of_ones_own_is_a_column_of_the_links(example):
    extra = ExtraEvidence("constant", lambda old, new, first, second: np.ones(len(first)), 3.0)
    found = compare(*example[:2], matcher=Matcher(evidence=(extra,)))
    assert set(found.links["constant"]) == {1.0}
    plain = compare(*example[:2]).links
    pd.testing.assert_frame_equal(found.links.drop(columns="constant"), plain)


def test_an_encoder_is_asked_once_and_its_cosine_is_the_evidence(example, pairs):
    asked = []

    def encoder(texts):
        asked.append(len(texts))
        return [[text.count("信息"), text.count("企业"), 1] for text in texts]

    found = Matcher(evidence=(encoder_evidence(encoder),)).weigh(*example[:2])
    assert asked == [len(example[0].items) + len(example[1].items)]
    row = found.iloc[3]
    one, other = (
        np.array(encoder([plan.items["core"].iloc[int(row[side])]])[0])
        for plan, side in ((example[0], "old"), (example[1], "new"))
    )
    cosine = one @ other / np.linalg.norm(one) / np.linalg.norm(other)
    assert row["encoder"] == pytest.approx(cosine)
    assert found["encoder"].between(0, 1).all()


def test_a_vector_of_zeros_is_like_nothing():
    piece = encoder_evidence(lambda texts: np.zeros((len(texts), 2)))
    assert piece.measure(["甲"], ["乙"], np.array([0]), np.array([0])).tolist() == [0]


# The false-link rate


def test_the_rate_is_a_share_that_falls_with_confidence(weighed):
    rate = rates(weighed)
    ranked = rate[np.argsort(-weighed[0]["confidence"], kind="stable")]
    assert (np.diff(ranked) >= 0).all()
    assert ((rate >= 0) & (rate <= 1)).all()
    assert ranked[0] == 0
    assert ranked[-1] > 0.1


def test_equal_confidence_has_an_equal_rate(weighed):
    pairs, decoys = weighed
    twice = {name: np.tile(pairs[name], 2) for name in ("old", "new", "confidence")}
    rate = false_link_rate(twice, decoys)
    size = len(pairs["old"])
    assert rate[:size].tolist() == rate[size:].tolist()


def test_the_order_of_the_pairs_moves_no_rate(weighed):
    pairs, decoys = weighed
    order = np.random.default_rng(3).permutation(len(pairs["old"]))
    mixed = {name: pairs[name][order] for name in ("old", "new", "confidence")}
    assert false_link_rate(mixed, decoys).tolist() == rates(weighed)[order].tolist()


def test_an_item_with_a_counterpart_is_no_evidence_of_chance():
    """However alike the items of a plan are: each finds its own counterpart."""
    items = [
        f"推进{name}建设。编制{name}标准,开展{name}试点,培育{name}企业。" for name in "甲乙丙丁"
    ]
    links = compare(plan_of(items, 2020), plan_of(items, 2021)).links
    assert len(links) == 4
    assert set(links["false_link_rate"]) == {0.0}


def test_unrelated_plans_have_a_higher_rate_than_a_series(example):
    matcher = Matcher(threshold=0.02)
    related = compare(example[1], example[2], matcher=matcher).links
    foreign = plan_of([*ALL, *(item.replace("。", "机制。", 1) for item in ALL)], 2016)
    unrelated = compare(example[1], foreign, matcher=matcher).candidates
    best = related["false_link_rate"].head(20)
    least = unrelated.nlargest(20, "confidence")["false_link_rate"]
    assert least.min() > best.median()


def test_near_twins_of_a_plan_are_no_decoys():
    """One initiative written twice in a plan says nothing about false links."""
    items = [FERRY, FERRY.replace("三条", "全部"), ORCHARD, BRIDGE, HERBS]
    old, new = plan_of(items, 2020), plan_of(items, 2021)
    prepared = Matcher().prepare(old, new)
    assert set(rates(Matcher().weigh_with_decoys(prepared))) == {0.0}
