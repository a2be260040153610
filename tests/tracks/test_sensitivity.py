from __future__ import annotations

import pytest

from planddiff.errors import InvalidInputError
from planddiff.tracks.result import Tracks
from planddiff.tracks.sensitivity import band


def test_a_higher_threshold_never_carries_more(tracks: Tracks) -> None:
    grid = tracks.sensitivity([0.3, 0.5, 0.9])
    kept = grid.query("measure == 'persistence'").pivot(index="new_year", columns="threshold")
    values = kept["value"]
    assert (values[0.9] <= values[0.5]).all()
    assert (values[0.9] < values[0.3]).any()


def test_own_threshold_gives_the_tracks_themselves(tracks: Tracks) -> None:
    grid = tracks.sensitivity([tracks.settings["matcher"].threshold])
    for measure in ("persistence", "novelty", "turnover", "carried_mass"):
        again = grid.loc[grid["measure"] == measure, "value"].tolist()
        assert again == pytest.approx(tracks.persistence(draws=10)[measure].tolist())


def test_band_holds_every_threshold(tracks: Tracks) -> None:
    grid = tracks.sensitivity([0.4, 0.8])
    bounds = band(grid).set_index(["new_year", "measure"])
    for row in grid.to_dict("records"):
        low, high = bounds.loc[(row["new_year"], row["measure"]), ["low_matcher", "high_matcher"]]
        assert low <= row["value"] <= high
    dropped = bounds.xs("status:dropped", level="measure")
    assert (dropped["low_matcher"] < dropped["high_matcher"]).any()


def test_thresholds_are_shares(tracks: Tracks) -> None:
    with pytest.raises(InvalidInputError, match="between 0 and 1"):
        tracks.sensitivity([1.5])


def test_trend_of_statuses_and_persistence_carry_the_band(tracks: Tracks) -> None:
    own = tracks.settings["matcher"].threshold
    thresholds = [0.3, own, 0.8]
    trend = tracks.trend(by="status", draws=10, thresholds=thresholds)
    assert (trend["low_matcher"] <= trend["share"] + 1e-9).all()
    assert (trend["share"] <= trend["high_matcher"] + 1e-9).all()
    assert (trend["low_matcher"] < trend["high_matcher"]).any()
    rates = tracks.persistence(draws=10, thresholds=thresholds)
    assert rates["persistence"].between(rates["low_matcher"], rates["high_matcher"]).all()
    assert len(rates) == 4
