"""Kappa and alpha against published examples and against slow, plain definitions."""

import math
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planddiff.review import cohen_kappa, krippendorff_alpha, link_f1
from planddiff.review.agreement import agreement_table

_ = None
# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C: 4 observers, 12 units.
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
# Three coders with gaps: nominal alpha .691.
THREE = [
    [_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3],
    [1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _],
    [_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4],
]


def test_alpha_equals_the_published_examples():
    assert round(krippendorff_alpha(FOUR), 3) == 0.743
    assert round(krippendorff_alpha(THREE), 3) == 0.691


def spread(table):
    """Two lists of codes with the counts of a table of first by second coder."""
    first, second = [], []
    for a, row in enumerate(table):
        for b, count in enumerate(row):
            first += [a] * count
            second += [b] * count
    return first, second


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        # Fleiss, Levin and Paik 2003, table 18.1: two raters, 100 patients, three diagnoses.
        ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], 0.676),
        ([[20, 5], [10, 15]], 0.4),
        ([[45, 15], [25, 15]], 0.1304),
        ([[25, 35], [5, 35]], 0.2593),
    ],
)
def test_kappa_equals_the_published_examples(table, kappa):
    assert cohen_kappa(*spread(table)) == pytest.approx(kappa, abs=6e-4)


CODES = st.lists(
    st.lists(st.sampled_from(["yes", "no", "unsure", None]), min_size=6, max_size=6),
    min_size=2,
    max_size=4,
)


def slow_alpha(codes):
    """One minus observed over expected disagreement, from the definition, pair by pair."""
    units = [[each for each in unit if each is not None] for unit in zip(*codes, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    values = [each for unit in units for each in unit]
    if len(set(values)) < 2:
        return math.nan
    seen = sum(
        sum(a != b for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in units
    ) / len(values)
    expected = sum(a != b for a, b in permutations(values, 2))
    return 1 - seen / (expected / (len(values) * (len(values) - 1)))


@settings(deadline=None)
@given(CODES)
def test_alpha_equals_its_definition(codes):
    assert krippendorff_alpha(codes) == pytest.approx(slow_alpha(codes), nan_ok=True)


@settings(deadline=None)
@given(CODES, st.randoms())
def test_neither_the_order_of_units_nor_of_coders_matters(codes, random):
    units = list(zip(*codes, strict=True))
    random.shuffle(units)
    shuffled = [list(coder) for coder in zip(*units, strict=True)]
    random.shuffle(shuffled)
    assert krippendorff_alpha(shuffled) == pytest.approx(krippendorff_alpha(codes), nan_ok=True)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["yes", "no"]), min_size=2, max_size=12))
def test_full_agreement_is_one_or_unknown(codes):
    for value in (cohen_kappa(codes, codes), krippendorff_alpha([codes, codes])):
        assert value == 1 or (math.isnan(value) and len(set(codes)) == 1)


def test_independent_coders_agree_by_chance_only():
    generator = np.random.default_rng(5)
    first, second = (generator.choice(["yes", "no"], size=4000) for _ in range(2))
    assert abs(cohen_kappa(first.tolist(), second.tolist())) < 0.05
    assert abs(krippendorff_alpha([first.tolist(), second.tolist()])) < 0.05


def test_link_f1_counts_only_links():
    assert link_f1(["yes", "no", "no"], ["yes", "no", "unsure"]) == 1
    assert math.isnan(link_f1(["no"], ["no"]))


def test_the_table_has_intervals_around_each_value_and_repeats_itself():
    codes = pd.DataFrame(
        {"甲": ["yes"] * 30 + ["no"] * 30, "乙": ["yes"] * 26 + ["no"] * 32 + ["yes", "unsure"]}
    )
    one = agreement_table(codes, draws=300)
    pd.testing.assert_frame_equal(
        one, agreement_table(codes.sample(frac=1, random_state=1)[["甲", "乙"]], draws=300)
    )
    assert one.index.tolist() == ["kappa", "alpha", "link_f1", "agreement"]
    assert (one["low"] < one["value"]).all()
    assert (one["value"] < one["high"]).all()
    assert one.loc["agreement", "value"] == pytest.approx(54 / 60)
    assert one.loc["kappa", "value"] == pytest.approx(cohen_kappa(codes["甲"], codes["乙"]))
