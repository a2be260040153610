"""Weights of the evidence: fitted, stored, read back, refused where they make no sense."""

import numpy as np
import pandas as pd
import pytest

from planddiff.calibration import (
    Calibration,
    confidence,
    default_calibration,
    fit_calibration,
    read_calibration,
)
from planddiff.errors import InvalidInputError, SourceNotFoundError
from planddiff.evidence import PIECES
from planddiff.evidence.pieces import AGAINST


@pytest.fixture
def labelled():
    draw = np.random.default_rng(7)
    link = draw.random(400) < 0.4
    pairs = pd.DataFrame(
        {
            "emphasis": np.clip(0.3 + 0.4 * link + draw.normal(0, 0.15, 400), 0, 1),
            "place": draw.random(400),
            "substitution": np.clip(0.5 - 0.3 * link + draw.normal(0, 0.15, 400), 0, 1),
        }
    )
    return pairs, link


def test_the_shipped_weights_are_of_the_pieces_and_point_the_right_way():
    shipped = default_calibration()
    assert list(shipped.weights) == list(PIECES)
    for name, weight in shipped.weights.items():
        assert (weight <= 0) == (name in AGAINST), name
    assert "fit_weights" in shipped.source


def test_log_odds_are_the_contributions_and_the_intercept():
    weights = Calibration({"a": 2.0, "b": -1.0}, 0.5, "by hand")
    pairs = pd.DataFrame({"b": [1.0, 0.0], "a": [0.25, 1.0]}, index=[7, 3])
    assert weights.log_odds(pairs).tolist() == [0.0, 2.5]
    assert weights.contributions(pairs).loc[7].to_dict() == {"a": 0.5, "b": -1.0}


def test_confidence_is_the_logistic_function_and_never_overflows():
    assert confidence(np.array([0.0, np.log(3)])).tolist() == pytest.approx([0.5, 0.75])
    with np.errstate(all="raise"):
        extremes = confidence(np.array([-1e6, 1e6]))
    assert extremes.tolist() == pytest.approx([0, 1])


def test_a_fit_is_calibrated_on_its_labels(labelled):
    pairs, link = labelled
    fitted = fit_calibration(pairs, link, source="made")
    sure = confidence(fitted.log_odds(pairs))
    assert sure.mean() == pytest.approx(link.mean(), abs=0.01)
    assert ((sure >= 0.5) == link).mean() > 0.9


def test_no_weight_points_against_its_meaning(labelled):
    pairs, link = labelled
    fitted = fit_calibration(pairs, ~link, source="labels turned round")
    assert fitted.weights["emphasis"] == pytest.approx(0, abs=1e-9)
    assert fitted.weights["substitution"] == pytest.approx(0, abs=1e-9)


def test_row_order_moves_the_weights_by_rounding_only(labelled):
    pairs, link = labelled
    order = np.random.default_rng(1).permutation(len(pairs))
    one = fit_calibration(pairs, link, source="")
    other = fit_calibration(pairs.iloc[order], link[order], source="")
    assert other.weights == pytest.approx(one.weights, abs=1e-3)


def test_a_piece_that_never_varies_gets_no_weight_to_speak_of(labelled):
    pairs, link = labelled
    fitted = fit_calibration(pairs.assign(preference=1.0), link, source="")
    assert fitted.weights["preference"] == pytest.approx(0)


def test_stored_weights_come_back(tmp_path, labelled):
    fitted = fit_calibration(*labelled, source="made, for a test")
    fitted.to_csv(tmp_path / "weights.csv")
    read = read_calibration(tmp_path / "weights.csv")
    assert read.weights == pytest.approx(fitted.weights, abs=1e-4)
    assert read.intercept == pytest.approx(fitted.intercept, abs=1e-4)
    assert read.source == "made, for a test"


@pytest.mark.parametrize("links", [0, 9, 391])
def test_too_few_labels_are_refused_with_their_number(labelled, links):
    pairs, _ = labelled
    label = np.arange(400) < links
    with pytest.raises(InvalidInputError, match=f"^{links} links and {400 - links} non-links"):
        fit_calibration(pairs, label, source="")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "piece,weight,source\nemphasis,1.0,me\n",
        "piece,weight,source\nintercept,much,me\n",
        "name,weight,source\nintercept,1.0,me\n",
        "piece,weight\nintercept,1.0\n",
    ],
)
def test_a_bad_file_is_refused_by_name(tmp_path, text):
    path = tmp_path / "weights.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInputError, match=r"weights\.csv: a calibration has the columns"):
        read_calibration(path)


def test_a_missing_file_is_refused_with_the_way_to_make_one(tmp_path):
    with pytest.raises(SourceNotFoundError, match=r"none\.csv'.*Calibration\.to_csv"):
        read_calibration(tmp_path / "none.csv")
