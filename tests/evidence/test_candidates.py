"""Candidate pairs: the most alike of each side, and no true partner lost."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import planddiff.evidence.candidates as module
from planddiff.evidence.bigrams import bigrams, rarity, unit_rows, with_data
from planddiff.evidence.candidates import NEIGHBOURS, candidate_pairs, candidates_and_decoys
from planddiff.examples import load_example
from tests.comparison.made import ALL


def rows_of(texts):
    counts = bigrams(texts).counts
    return unit_rows(with_data(counts, counts.data * rarity(counts)[counts.indices]))


def pairs_of(olds, news, also=()):
    rows = rows_of([*olds, *news])
    first, second = candidate_pairs(rows[: len(olds)], rows[len(olds) :], also)
    return list(zip(first.tolist(), second.tolist(), strict=True))


@pytest.fixture(scope="module")
def bodies():
    return [plan.items["core"].tolist() for plan in load_example()]


@pytest.mark.parametrize("texts", ["whole", "short", "none alike"])
def test_one_table_of_small_plans_tells_what_three_calls_tell(bodies, monkeypatch, texts):
    olds, news = {
        "whole": (bodies[0], bodies[1]),
        "short": (bodies[0][:3], bodies[1][:20]),
        "none alike": (["修桥", "种树"], ["修桥", "防汛"]),
    }[texts]
    rows = rows_of([*olds, *news])
    sides = rows[: len(olds)], rows[len(olds) :]

    def found():
        return [[end.tolist() for end in pairs] for pairs in candidates_and_decoys(*sides)]

    at_once = found()
    monkeypatch.setattr(module, "_SMALL", 0)
    assert at_once == found()
    assert all(
        first != second for pairs in at_once[1:] for first, second in zip(*pairs, strict=True)
    )


def test_each_item_brings_the_most_alike_of_the_other_side(bodies):
    olds, news = bodies[0], bodies[1]
    rows = rows_of([*olds, *news])
    every = (rows[: len(olds)] @ rows[len(olds) :].T).toarray()
    found = set(pairs_of(olds, news))
    for i, likeness in enumerate(every):
        best = [int(j) for j in np.argsort(-likeness, kind="stable")[:NEIGHBOURS] if likeness[j]]
        assert {(i, j) for j in best} <= found
    for j, likeness in enumerate(every.T):
        best = [int(i) for i in np.argsort(-likeness, kind="stable")[:NEIGHBOURS] if likeness[i]]
        assert {(i, j) for i in best} <= found


def test_pairs_come_once_and_in_order(bodies):
    found = pairs_of(bodies[2], bodies[3])
    assert found == sorted(set(found))


@given(st.permutations(range(len(ALL))), st.permutations(range(len(ALL))))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_items_decides_nothing(olds, news):
    straight = set(pairs_of(ALL, ALL))
    mixed = pairs_of([ALL[i] for i in olds], [ALL[j] for j in news])
    assert {(olds[i], news[j]) for i, j in mixed} == straight


def test_all_that_tie_with_the_last_neighbour_are_taken():
    copies = [ALL[0]] * (NEIGHBOURS + 5)
    assert len(pairs_of([ALL[0]], copies)) == NEIGHBOURS + 5


def test_pairs_asked_for_are_taken_whatever_they_share():
    olds, news = [ALL[0], ALL[1]], [ALL[0], ALL[2]]
    assert (1, 1) not in pairs_of(olds, news)
    assert (1, 1) in pairs_of(olds, news, also=[(1, 1)])


def test_a_side_without_items_has_no_pairs():
    assert pairs_of([], [ALL[0]]) == pairs_of([ALL[0]], []) == []


def test_looking_for_candidates_leaves_the_texts_as_they_are():
    texts = [f"推进{chr(0x4E00 + 7 * n)}{chr(0x5E00 + 11 * n)}建设" for n in range(120)]
    rows = rows_of(texts)
    before = rows.copy()
    candidate_pairs(rows[:60], rows[60:])
    candidate_pairs(rows, rows)
    assert (rows.indptr == before.indptr).all()
    assert (rows.indices == before.indices).all()


def test_many_items_are_searched_as_few_are():
    """More columns than stretches, and pairs of characters too common to search by."""
    draw = np.random.default_rng(2)
    words = [chr(0x4E00 + n) + chr(0x5E00 + n) for n in range(700)]
    texts = ["推进" + "".join(words[n] for n in draw.integers(0, 700, 8)) for _ in range(900)]
    olds, news = texts[:400], texts[400:]
    rows = rows_of(texts)
    frequency = np.bincount(rows.indices, minlength=rows.shape[1])
    common = frequency > 100
    assert common.sum() == 1
    searched = rows.toarray() * ~common
    every = searched[:400] @ searched[400:].T
    expected = set()
    for likeness, turned in ((every, False), (every.T, True)):
        for i, row in enumerate(likeness):
            least = np.sort(row)[-NEIGHBOURS]
            near = np.flatnonzero((row >= least - 1e-12) & (row > 0))
            expected |= {(int(j), i) if turned else (i, int(j)) for j in near}
    assert set(pairs_of(olds, news)) == expected


def test_the_matrices_are_left_as_they_were():
    texts = [f"推进{chr(0x4E00 + n)}{chr(0x5E00 + n)}工作" for n in range(120)]
    rows = rows_of(texts)
    before = rows.toarray()
    candidate_pairs(rows[:60], rows[60:])
    assert (rows.toarray() == before).all()
