"""Texts as weighted character pairs."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planddiff.evidence.bigrams import bigrams, rarity, row_sums, unit_rows

texts = st.lists(st.text(st.sampled_from("推进建设智慧物流aB4,。 \0𠮷"), max_size=20), max_size=6)


def spelled(found, row):
    columns = found.counts[[row]].indices
    return sorted(chr(key >> 21) + chr(key & ((1 << 21) - 1)) for key in found.keys[columns])


def slowly(text):
    def letter(c):
        return "\u3400" <= c <= "\u9fff" or "\U00020000" <= c <= "\U0003ffff" or "a" <= c <= "z"

    def named(a, b):
        return (a.isdigit() and "a" <= b <= "z") or ("a" <= a <= "z" and b.isdigit())

    low = text.lower()
    pairs = itertools.pairwise(low)
    return sorted({a + b for a, b in pairs if (letter(a) and letter(b)) or named(a, b)})


@given(texts)
@settings(max_examples=80, deadline=None)
def test_pairs_are_those_of_adjacent_letters(some):
    found = bigrams(some)
    assert found.counts.shape[0] == len(some)
    for row, text in enumerate(some):
        assert spelled(found, row) == slowly(text)


def test_figures_and_punctuation_separate_but_names_with_figures_are_kept():
    assert spelled(bigrams(["建18个,4G网"]), 0) == ["4g", "g网"]


def test_given_keys_are_the_only_ones_counted():
    known = bigrams(["智慧物流"]).keys
    assert spelled(bigrams(["智慧港口物流"], known), 0) == ["慧智"[::-1], "物流"]


def test_what_every_text_says_weighs_least_and_what_one_says_most():
    counts = bigrams(["推进物流", "推进港口", "推进旅游"]).counts
    weights = dict(zip(["推进", "港口", "进港"], [0, 0, 0], strict=True))
    found = bigrams(["推进物流", "推进港口", "推进旅游"])
    for key, weight in zip(found.keys, rarity(counts), strict=True):
        weights[chr(key >> 21) + chr(key & ((1 << 21) - 1))] = weight
    assert weights["推进"] == pytest.approx(np.log(4 / 3) / np.log(4))
    assert weights["港口"] == 1.0


@given(texts)
@settings(max_examples=40, deadline=None)
def test_unit_rows_have_length_one_or_are_empty(some):
    rows = unit_rows(bigrams(some).counts)
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    filled = row_sums(bigrams(some).counts) > 0
    assert lengths == pytest.approx(filled.astype(float))


def test_what_goes_on_in_the_next_plan_is_no_commoner_for_it():
    found = bigrams(["推进物流", "推进港口", "推进物流", "推进旅游"])
    one, other = found.counts[:2], found.counts[2:]
    spelt = [chr(key >> 21) + chr(key & ((1 << 21) - 1)) for key in found.keys]
    weights = dict(zip(spelt, rarity(one, other), strict=True))
    assert weights["物流"] == weights["港口"] == weights["旅游"] == 1.0
    assert weights["推进"] == pytest.approx(np.log(3 / 2) / np.log(3))
    assert dict(zip(spelt, rarity(found.counts), strict=True))["物流"] < 1


def test_plans_of_very_unequal_length_have_no_weight_below_nought():
    counts = bigrams(["推进物流"] * 40 + ["推进港口"]).counts
    assert (rarity(counts[:40], counts[40:]) > 0).all()
