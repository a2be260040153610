"""The best one-to-one assignment, whatever the order of the items."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planddiff.evidence.assignment import LEAST_SIMILARITY, best_assignment

quick = settings(max_examples=60, deadline=None)


def assigned(pairs, shape):
    first, second = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    similarity = np.array([pair[2] for pair in pairs], dtype=float)
    return best_assignment(first, second, similarity, shape)


@st.composite
def distinct_pairs(draw):
    cells = draw(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), unique=True, max_size=14)
    )
    values = draw(st.permutations(range(1, len(cells) + 1)))
    # Powers of one half: no two sets of pairs have the same total.
    return [(a, b, 0.1 + 0.8 * 2.0**-v) for (a, b), v in zip(cells, values, strict=True)]


@given(distinct_pairs())
@quick
def test_the_total_is_the_greatest_there_is(pairs):
    table = np.zeros((5, 5))
    for a, b, value in pairs:
        table[a, b] = value
    best = max(sum(table[i, j] for i, j in enumerate(p)) for p in permutations(range(5)))
    chosen = assigned(pairs, (5, 5)) == 1
    assert sum(p[2] for p, c in zip(pairs, chosen, strict=True) if c) == pytest.approx(best)
    for side in (0, 1):
        ends = [p[side] for p, c in zip(pairs, chosen, strict=True) if c]
        assert len(ends) == len(set(ends))


@given(distinct_pairs(), st.permutations(range(5)), st.permutations(range(5)), st.randoms())
@quick
def test_names_and_order_decide_nothing(pairs, olds, news, random):
    straight = dict(zip([p[:2] for p in pairs], assigned(pairs, (5, 5)), strict=True))
    renamed = [(olds[a], news[b], value) for a, b, value in pairs]
    random.shuffle(renamed)
    found = dict(zip([p[:2] for p in renamed], assigned(renamed, (5, 5)), strict=True))
    assert {(olds[a], news[b]): value for (a, b), value in straight.items()} == found


def test_greed_would_take_the_wrong_pair():
    pairs = [(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.8)]
    assert assigned(pairs, (2, 2)).tolist() == [0, 1, 1]


def test_pairs_too_little_alike_are_never_assigned():
    assert assigned([(0, 0, LEAST_SIMILARITY - 0.001)], (1, 1)).tolist() == [0]


def test_a_tie_is_shared_by_all_that_tie():
    assert assigned([(0, 0, 0.6), (0, 1, 0.6)], (1, 2)).tolist() == [0.5, 0.5]


def test_no_pairs_no_assignment():
    assert assigned([], (3, 2)).tolist() == []


def test_a_large_component_is_solved_as_the_dense_one():
    draw = np.random.default_rng(4)
    size = 150
    pairs = [(i, i, float(v)) for i, v in enumerate(draw.uniform(0.3, 0.9, size))]
    others = {(int(a), int(b)) for a, b in draw.integers(0, size, (1500, 2)) if a != b}
    pairs += [
        (a, b, float(v))
        for (a, b), v in zip(sorted(others), draw.uniform(0.1, 0.9, len(others)), strict=True)
    ]
    table = np.zeros((size, size))
    for a, b, value in pairs:
        table[a, b] = value
    from scipy.optimize import linear_sum_assignment

    best = table[linear_sum_assignment(table, maximize=True)].sum()
    chosen = assigned(pairs, (size, size)) == 1
    assert sum(p[2] for p, c in zip(pairs, chosen, strict=True) if c) == pytest.approx(best)
