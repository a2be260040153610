"""Stretches of four letters, and how common they were in which year."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planddiff.corpus.commonness import count_users, weight
from planddiff.corpus.wording import LENGTH, stretches, wording_of


def shared(one, other):
    held = wording_of([one, other]).held
    return int((held[[0]] @ held[[1]].T).toarray()[0, 0])


def test_punctuation_figures_and_case_are_passed_over():
    assert shared("建设5个IPv6园区。", "建设，12个 ipv园区") == len("建设个ipv园区") - LENGTH + 1


def test_a_stretch_never_runs_from_one_text_into_the_next():
    rows, _, starts, ends = stretches(["建设园", "区块链"])
    assert len(rows) == len(starts) == len(ends) == 0


def test_spans_lead_back_into_the_text():
    text = "推行 错时\n停车共享"
    rows, keys, starts, ends = stretches(["", text, text])
    first = rows == 1
    assert text[starts[first][0] : ends[first][0]] == "推行 错时"
    assert text[starts[first][-1] : ends[first][-1]] == "停车共享"
    assert keys[first].tolist() == keys[rows == 2].tolist()


@given(st.lists(st.text(alphabet="建设园区智慧,。 \0aZ9", max_size=12), max_size=5))
def test_every_stretch_has_four_letters(texts):
    for row, start, end in zip(*(stretches(texts)[each] for each in (0, 2, 3)), strict=True):
        letters = [c for c in texts[row][start:end] if c.isalpha()]
        assert len(letters) == LENGTH
        assert letters[0] == texts[row][start]


def test_only_the_keys_asked_for():
    keys = wording_of(["建设智慧园区"]).keys
    held = wording_of(["打造智慧园区", "培育企业"], keys).held
    assert held.shape == (2, len(keys))
    assert held.sum(axis=1).tolist() == [1, 0]


def test_what_every_issuer_writes_weighs_nothing():
    assert weight(np.array([40]), 40).tolist() == [0.0]
    assert weight(np.array([200]), 1000).tolist() == [0.0]
    assert weight(np.array([2]), 1000).tolist() == [1.0]


@pytest.mark.parametrize("issuers", [2, 3, 12, 31, 60, 340])
def test_weights_fall_with_use(issuers):
    weights = weight(np.arange(1, issuers + 1), issuers)
    assert (np.diff(weights) <= 0).all()
    assert weights.min() >= 0
    assert weights.max() == 1


def test_users_are_counted_up_to_a_year_each_once():
    keys = wording_of(["建设园区"]).keys
    years = np.array([2014, 2016])
    zero = np.array([0])
    common = count_users(
        keys,
        years,
        [(years, [(0, zero), (1, zero[:0])]), (years[1:], [(1, zero)])],
    )
    assert common.users.tolist() == [[1], [2]]
    assert common.issuers.tolist() == [1, 2]
    assert common.users_by(2015).tolist() == [1]


def test_a_wording_that_spread_weighed_much_when_it_began_to():
    """An innovation and a formula, used by all 30 issuers in the end."""
    years = np.array([2014, 2015, 2016])
    early, late = np.array([0, 1]), np.array([0])
    firsts = [(0, early)] * 3 + [(0, np.array([1]))] * 27
    spread = [[each] if n < 3 else [each, (2, late)] for n, each in enumerate(firsts)]
    common = count_users(np.arange(2, dtype=np.uint64), years, [(years, each) for each in spread])
    assert common.users[-1].tolist() == [30, 30]
    assert common.of_year(2015).round(2).tolist() == [0.77, 0.0]
    assert common.of_year(2016).tolist() == [0.0, 0.0]
    assert common.at_best().round(2).tolist() == [0.77, 0.0]
