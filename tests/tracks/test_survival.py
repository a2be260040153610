from __future__ import annotations

import pandas as pd
import pytest

from planddiff.errors import InvalidInputError
from planddiff.tracks.survival import kaplan_meier, logrank, survival_frame

INITIATIVES = pd.DataFrame(
    {
        "initiative_id": ["a", "b", "c", "d"],
        "label": ["甲", "乙", "丙", "丁"],
        "first_year": [2014, 2014, 2015, 2015],
        "last_year": [2014, 2018, 2016, 2015],
        "exit": ["dropped", "censored", "dropped", "merged"],
        "left_censored": [True, True, False, False],
        "born_after": pd.array([None, None, 2014, 2014], dtype="Int64"),
        "gone_by": pd.array([2015, None, 2018, 2016], dtype="Int64"),
    }
)


def test_durations_events_and_bounds() -> None:
    frame = survival_frame(INITIATIVES).set_index("initiative_id")
    assert frame["duration"].tolist() == [1, 5, 2, 1]
    assert frame["event"].tolist() == [True, False, True, False]
    assert frame.at["c", "longest"] == 3
    assert pd.isna(frame.at["b", "longest"])


def test_merger_can_count_as_an_end() -> None:
    frame = survival_frame(INITIATIVES, merged="end")
    assert frame["event"].tolist() == [True, False, True, True]
    with pytest.raises(InvalidInputError, match="merged='both'"):
        survival_frame(INITIATIVES, merged="both")


def test_initiative_stands_once_per_group() -> None:
    groups = pd.DataFrame({"initiative_id": ["a", "a", "c"], "group": ["x", "y", "x"]})
    frame = survival_frame(INITIATIVES, groups)
    assert frame[["initiative_id", "group"]].values.tolist() == [["a", "x"], ["a", "y"], ["c", "x"]]


def test_kaplan_meier_by_hand() -> None:
    pytest.importorskip("lifelines")
    curve = kaplan_meier(survival_frame(INITIATIVES)).set_index("years")
    assert curve.at[1, "survival"] == pytest.approx(3 / 4)
    assert curve.at[2, "survival"] == pytest.approx(3 / 4 * 1 / 2)
    assert curve.at[1, "at_risk"] == 4
    assert (curve["low"] <= curve["survival"]).all()
    assert (curve["survival"] <= curve["high"]).all()


def test_logrank_tells_short_lives_from_long_ones() -> None:
    pytest.importorskip("lifelines")
    frame = pd.DataFrame(
        {
            "initiative_id": [str(n) for n in range(40)],
            "group": ["short"] * 20 + ["long"] * 20,
            "duration": [1] * 20 + [6] * 20,
            "event": True,
        }
    )
    result = logrank(frame)
    assert result["p"] < 0.001
    assert (result["df"], result["groups"], result["initiatives"]) == (1, 2, 40)
    with pytest.raises(InvalidInputError, match="pass by="):
        logrank(frame.assign(group="all"))
