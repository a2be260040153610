"""Scores whose right value can be worked out by hand."""

import pandas as pd
import pytest

from planddiff import evaluation as ev
from planddiff.errors import InvalidInputError


def links(*pairs, **columns):
    table = pd.DataFrame(pairs, columns=["old_id", "new_id"])
    return table.assign(**columns)


GOLD = links(
    ("a", "p"),
    ("b", "q"),
    ("b", "r"),
    ("c", "s"),
    ("d", "t"),
    strength=["strong", "strong", "strong", "weak", "contested"],
)


def test_a_perfect_answer_scores_one_and_says_what_it_was_spared():
    scores = ev.score_links(GOLD[GOLD["strength"] == "strong"], GOLD)
    assert scores[["precision", "recall", "f1"]].tolist() == [1, 1, 1]
    assert scores[["hits", "false", "missed", "ignored"]].tolist() == [3, 0, 0, 2]


def test_weak_and_contested_links_neither_help_nor_hurt():
    with_them = ev.score_links(links(("a", "p"), ("c", "s"), ("d", "t")), GOLD)
    without = ev.score_links(links(("a", "p")), GOLD)
    assert with_them.tolist() == without.tolist()
    assert without["precision"] == 1
    assert without["recall"] == pytest.approx(1 / 3)


def test_a_link_that_no_coder_drew_costs_precision():
    scores = ev.score_links(links(("a", "p"), ("a", "q")), GOLD)
    assert scores["precision"] == 0.5
    assert scores["false"] == 1


def test_nothing_predicted_is_zero_and_not_an_error():
    scores = ev.score_links(links(), GOLD)
    assert scores[["precision", "recall", "f1", "missed"]].tolist() == [0, 0, 0, 3]


def test_the_same_ids_in_two_documents_are_two_links():
    gold = pd.concat([links(("a", "p"), document="x"), links(("a", "p"), document="y")])
    scores = ev.score_links(links(("a", "p"), document="x"), gold)
    assert scores[["hits", "missed"]].tolist() == [1, 1]


def test_row_order_changes_no_score():
    predicted = links(("b", "q"), ("a", "p"), ("d", "q"))
    turned = ev.bead_outcomes(predicted[::-1], GOLD[::-1])
    pd.testing.assert_frame_equal(turned, ev.bead_outcomes(predicted, GOLD))


def test_inputs_are_left_alone():
    predicted, gold = links(("a", "p")), GOLD.copy()
    ev.link_outcomes(predicted, gold)
    ev.bead_outcomes(predicted, gold)
    assert predicted.columns.tolist() == ["old_id", "new_id"]
    pd.testing.assert_frame_equal(gold, GOLD)


def test_beads_are_connected_components_with_the_relation_of_their_shape():
    beads = ev.find_beads(
        links(
            ("a", "p"),
            ("b", "q"),
            ("b", "r"),
            ("c", "s"),
            ("d", "s"),
            ("e", "t"),
            ("e", "u"),
            ("f", "u"),
        )
    )
    assert dict(zip(beads["old_ids"], beads["relation"], strict=True)) == {
        ("a",): "continued",
        ("b",): "split",
        ("c", "d"): "merged",
        ("e", "f"): "recombined",
    }


def test_half_a_split_is_found_laxly_but_not_strictly():
    outcomes = ev.bead_outcomes(links(("a", "p"), ("b", "q")), GOLD)
    assert ev.bead_scores(outcomes)["f1"] == 0.5
    assert ev.bead_scores(outcomes, by="lax")["f1"] == 1
    assert ev.bead_scores(outcomes, by="relation_found")["f1"] == 0.5
    splits = outcomes[outcomes["relation"] == "split"]
    assert splits["side"].tolist() == ["gold"]
    assert not splits["strict"].any()


def test_weak_links_do_not_join_beads():
    outcomes = ev.bead_outcomes(links(("a", "p"), ("b", "q"), ("b", "r"), ("c", "s")), GOLD)
    assert ev.bead_scores(outcomes)[["precision", "recall"]].tolist() == [1, 1]


def test_decoy_share_counts_linked_decoys():
    decoys = links(("a", "q"), ("c", "p"), ("d", "p"), ("d", "q"))
    assert ev.decoy_share(links(("a", "q"), ("a", "p")), decoys) == 0.25
    assert pd.isna(ev.decoy_share(GOLD, links()))


def test_statuses_cover_every_item_of_both_plans_once():
    statuses = ev.statuses_from_links(links(("a", "p"), ("b", "q"), ("b", "r")), "abz", "pqry")
    assert dict(zip(statuses["item_id"], statuses["status"], strict=True)) == {
        "a": "continued",
        "b": "split",
        "z": "dropped",
        "p": "continued",
        "q": "split",
        "r": "split",
        "y": "new",
    }


def test_macro_f1_weighs_rare_statuses_as_much_as_common_ones():
    gold = ev.statuses_from_links(links(("a", "p"), ("b", "q")), "abz", "pq")
    predicted = ev.statuses_from_links(links(("a", "p"), ("b", "q"), ("z", "q")), "abz", "pq")
    outcomes = ev.status_outcomes(predicted, gold)
    assert ev.status_confusion(outcomes).loc["dropped", "merged"] == 1
    assert ev.macro_f1(outcomes) == pytest.approx((2 * 2 / (4 + 2) + 0) / 2)
    spared = ev.status_outcomes(predicted, gold, ignore=["b", "q", "z"])
    assert ev.macro_f1(spared) == 1


def test_headline_error_is_the_gap_of_the_persistence_shares():
    gold = ev.statuses_from_links(links(("a", "p")), "abcd", "p")
    predicted = ev.statuses_from_links(links(("a", "p"), ("b", "p")), "abcd", "p")
    assert ev.headline_error(ev.status_outcomes(predicted, gold)) == 0.25


def test_status_tables_of_different_items_are_refused():
    gold = ev.statuses_from_links(links(("a", "p")), "a", "p")
    predicted = ev.statuses_from_links(links(("a", "p")), "ab", "p")
    with pytest.raises(InvalidInputError, match="'b' stands in the predicted statuses only"):
        ev.status_outcomes(predicted, gold)


def test_calibration_of_a_confidence_that_keeps_its_word():
    outcomes = pd.DataFrame(
        {
            "outcome": ["hit"] * 3 + ["false"] + ["ignored", "missed"],
            "confidence": [0.75] * 4 + [0.0, float("nan")],
        }
    )
    assert ev.calibration_error(outcomes) == 0
    assert ev.brier_score(outcomes) == pytest.approx(0.75 * 0.25)
    assert ev.reliability(outcomes)["links"].tolist() == [4]


def test_overconfidence_is_measured():
    outcomes = pd.DataFrame({"outcome": ["hit", "false"], "confidence": [1.0, 1.0]})
    assert ev.calibration_error(outcomes) == 0.5
    assert ev.brier_score(outcomes) == 0.5


def test_b_cubed_of_a_chain_cut_in_two():
    gold = pd.DataFrame({"initiative_id": [1, 1, 1, 1], "item_id": list("abcd")})
    cut = gold.assign(initiative_id=[1, 1, 2, 2])
    assert ev.b_cubed(cut, gold)[["precision", "recall"]].tolist() == [1, 0.5]
    assert ev.b_cubed(gold, gold)["f1"] == 1


def test_b_cubed_takes_items_of_several_initiatives():
    gold = pd.DataFrame({"initiative_id": [1, 1, 2, 2], "item_id": ["a", "b", "b", "c"]})
    assert ev.b_cubed(gold, gold)["f1"] == 1
    lumped = pd.DataFrame({"initiative_id": [1, 1, 1], "item_id": list("abc")})
    assert ev.b_cubed(lumped, gold)["precision"] < 1


def test_b_cubed_takes_an_unlisted_item_as_alone():
    gold = pd.DataFrame({"initiative_id": [1, 1], "item_id": list("ab")})
    assert ev.b_cubed(gold.head(1), gold)["recall"] == 0.5


def test_initiatives_chain_links_over_years():
    chained = ev.initiatives_from_links(links(("a1", "a2"), ("b1", "b2"), ("a2", "a4")))
    groups = chained.groupby("initiative_id")["item_id"].agg(list).tolist()
    assert groups == [["a1", "a2", "a4"], ["b1", "b2"]]


def test_rows_are_counted_as_often_as_they_occur():
    gold = pd.DataFrame({"item_id": [1, 1, 2], "value": [5.0, 5.0, 7.0]})
    scores = ev.score_rows(gold.head(1), gold, on=["item_id", "value"])
    assert scores[["hits", "false", "missed"]].tolist() == [1, 0, 2]


def test_bootstrap_draws_documents_with_a_seed():
    rows = pd.DataFrame({"document": list("aabbcc"), "right": [1, 1, 0, 0, 1, 0]})

    def share(drawn):
        return drawn["right"].mean()

    low, high = ev.bootstrap_interval(rows, share, draws=200)
    assert 0 <= low < rows["right"].mean() < high <= 1
    assert ev.bootstrap_interval(rows, share, draws=200) == (low, high)
    assert ev.bootstrap_interval(rows[::-1], share, draws=200) == (low, high)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: ev.score_links(GOLD.rename(columns={"old_id": "old"}), GOLD),
            "no column 'old_id'",
        ),
        (lambda: ev.score_links(pd.concat([GOLD, GOLD]), GOLD), "'a' -> 'p' twice"),
        (lambda: ev.score_links(GOLD, GOLD.assign(strength="sure")), "strength 'sure'"),
        (lambda: ev.score_rows(GOLD, GOLD, on=["value"]), "no column 'value'"),
        (lambda: ev.b_cubed(GOLD, GOLD), "no column 'initiative_id'"),
        (lambda: ev.bootstrap_interval(GOLD, len, by="plan"), "no column 'plan'"),
        (lambda: ev.bootstrap_interval(GOLD, len, by="old_id", level=95), "level is 95"),
    ],
)
def test_an_input_that_does_not_fit_is_named(call, message):
    with pytest.raises(InvalidInputError, match=message):
        call()
