"""Pairs of items of different issuers: none is missed, and what all issuers write makes none."""

import sys

import numpy as np
import pandas as pd
import pytest

from planddiff.corpus import similar
from planddiff.corpus.commonness import Commonness, count_users
from planddiff.corpus.similar import (
    candidates,
    confidence_of,
    least_shared,
    similar_items,
    weigh,
)
from planddiff.corpus.wording import stretches, wording_of
from planddiff.errors import MissingExtraError

LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 900)]
FORMULA = "".join(LETTERS[:40])


def generated(issuers=40, years=3, items=8, seed=5):
    """Texts of many issuers: letters by chance, a formula of all, and passages that some share."""
    draw = np.random.default_rng(seed)
    passages = ["".join(draw.choice(LETTERS, 30)) for _ in range(80)]
    rows = []
    for issuer in range(issuers):
        for year in range(2014, 2014 + years):
            for _ in range(items):
                text = "".join(draw.choice(LETTERS, 60))
                if draw.random() < 0.5:
                    begin = int(draw.integers(0, 18))
                    text += passages[draw.integers(len(passages))][begin : begin + 20]
                rows.append((issuer, year, text + FORMULA if draw.random() < 0.3 else text))
    return pd.DataFrame(rows, columns=["issuer", "year", "text"])


def commonness_of(table, keys) -> Commonness:
    years = np.unique(table["year"])
    issuers = []
    for _, plans in table.groupby("issuer"):
        seen, firsts = np.zeros(0, dtype=np.uint64), []
        for place, year in enumerate(years):
            used = np.unique(stretches(plans.loc[plans["year"] == year, "text"].tolist())[1])
            firsts.append((place, np.searchsorted(keys, np.setdiff1d(used, seen))))
            seen = np.union1d(seen, used)
        issuers.append((plans["year"].unique(), firsts))
    return count_users(keys, years, issuers)


@pytest.fixture(scope="module")
def corpus():
    table = generated()
    wording = wording_of(table["text"].tolist())
    owners, years = table["issuer"].to_numpy(), table["year"].to_numpy()
    return wording, owners, years, commonness_of(table, wording.keys)


@pytest.fixture(scope="module")
def every_pair(corpus):
    """All pairs of items of different issuers, each weighed."""
    wording, owners, years, commonness = corpus
    first, second = np.triu_indices(len(owners), 1)
    apart = owners[first] != owners[second]
    return weigh(wording.held, first[apart], second[apart], years, commonness, 1.0)


@pytest.mark.parametrize("threshold", [0.5, 0.8])
def test_recall_against_all_pairs(corpus, every_pair, threshold):
    linked = every_pair[every_pair["confidence"] >= threshold]
    assert len(linked) > 100
    pairs = similar_items(*corpus, threshold=threshold)
    both = pairs.merge(linked, on=["first", "second"])
    assert len(both) / len(linked) >= 0.99
    assert len(both) == len(pairs)


def test_candidates_are_a_small_part_of_the_pairs(corpus):
    wording, owners, _, commonness = corpus
    first, second = candidates(wording.held, owners, commonness.at_best(), least_shared(0.7))
    assert (first < second).all()
    assert (owners[first] != owners[second]).all()
    assert len(first) < 0.01 * len(owners) ** 2 / 2


def test_many_partners_are_cut_by_what_they_share():
    """The partners that an item keeps are those with which it shares most."""
    passage = "".join(LETTERS[100:160])
    texts = [passage] + [passage[: 20 + n % 40] for n in range(300)]
    held = wording_of(texts).held
    owners = np.arange(len(texts))
    weights = np.ones(held.shape[1])
    first, second = candidates(held[:150], owners[:150], weights, 6.0)
    of_first = set(second[first == 0].tolist())
    assert {n for n in range(1, 150) if len(texts[n]) > 40} <= of_first


def test_a_formula_of_all_issuers_makes_no_pair(corpus):
    wording, _, _, commonness = corpus
    texts = [FORMULA + LETTERS[200 + n] for n in range(30)]
    held = wording_of(texts, wording.keys).held
    pairs = similar_items(
        type(wording)(held, wording.keys), np.arange(30), np.full(30, 2017), commonness
    )
    assert pairs.empty


def test_a_pair_is_weighed_as_of_its_later_year(corpus, every_pair):
    wording, _, years, commonness = corpus
    pair = every_pair.loc[every_pair["shared"].idxmax()]
    first, second = wording.held[[int(pair["first"])]], wording.held[[int(pair["second"])]]
    weights = commonness.of_year(int(years[[int(pair["first"]), int(pair["second"])]].max()))
    both = first.multiply(second).tocsr().indices
    assert pair["shared"] == pytest.approx(weights[both].sum())
    lesser = min(weights[first.indices].sum(), weights[second.indices].sum())
    assert pair["similarity"] == pytest.approx(weights[both].sum() / lesser)
    mean = (weights[first.indices].mean() + weights[second.indices].mean()) / 2
    assert pair["telling"] == pytest.approx(mean)


def test_items_of_common_wording_need_more_than_chance(corpus):
    shared, telling = np.full(3, 12.0), np.array([0.9, 0.6, 0.3])
    found = confidence_of(shared, telling)
    assert (np.diff(found) < 0).all()
    assert found[0] > 0.9
    assert found[2] < 0.1


def test_order_of_the_items_changes_only_their_numbers(corpus):
    wording, owners, years, commonness = corpus
    turned = np.random.default_rng(1).permutation(len(owners))
    pairs = similar_items(*corpus)
    again = similar_items(
        type(wording)(wording.held[turned], wording.keys),
        owners[turned],
        years[turned],
        commonness,
    )
    rows = np.sort(np.column_stack([turned[again["first"]], turned[again["second"]]]), axis=1)
    order = np.lexsort((rows[:, 1], rows[:, 0]))
    assert rows[order].tolist() == pairs[["first", "second"]].to_numpy().tolist()
    np.testing.assert_allclose(again["shared"].to_numpy()[order], pairs["shared"])


def test_inputs_stay_as_they_were(corpus):
    wording, owners, _, commonness = corpus
    held = wording.held.copy()
    candidates(held, owners, commonness.at_best(), 1.0)
    assert (held != wording.held).nnz == 0
    assert held.nnz == wording.held.nnz == wording.held.indptr[-1]


def test_threads_change_nothing(corpus):
    pd.testing.assert_frame_equal(similar_items(*corpus), similar_items(*corpus, n_jobs=2))


@pytest.mark.parametrize("n", [0, 1])
def test_too_few_items_make_no_pair(corpus, n):
    wording, owners, years, commonness = corpus
    few = type(wording)(wording.held[:n], wording.keys)
    assert similar_items(few, owners[:n], years[:n], commonness).empty


def test_confidence_and_what_it_asks_for_agree():
    for threshold in (0.1, 0.5, 0.7, 0.95):
        least = np.array([least_shared(threshold)])
        assert confidence_of(least, np.array([1e9]))[0] == pytest.approx(threshold)
        assert confidence_of(least, np.array([1.0]))[0] < threshold


def test_the_library_is_named_where_it_is_missing(corpus, monkeypatch):
    monkeypatch.setitem(sys.modules, "sparse_dot_topn", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'planddiff\[corpus\]'"):
        similar.similar_items(*corpus)
