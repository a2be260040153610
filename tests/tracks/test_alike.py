from __future__ import annotations

import pandas as pd

from planddiff.tracks.alike import Vocabulary

YEARS = {
    2014: pd.DataFrame(
        {"item_id": ["a", "b", "c"], "core": ["推进北斗卫星导航应用", "农村宽带", "智慧物流平台"]}
    ),
    2016: pd.DataFrame(
        {"item_id": ["x", "y"], "core": ["推广北斗导航应用示范", "完善信用信息平台"]}
    ),
}


def test_only_items_that_could_be_alike_are_asked() -> None:
    asked = Vocabulary(YEARS).candidates({"a", "b"}, {"x", "y"}, (2014, 2016))
    assert asked == ({"a"}, {"x"})


def test_items_not_asked_stay_out() -> None:
    vocabulary = Vocabulary(YEARS)
    assert vocabulary.candidates({"b"}, {"x"}, (2014, 2016)) == (set(), set())
    assert vocabulary.candidates({"a"}, {"elsewhere"}, (2014, 2016)) == (set(), set())


def test_a_further_year_does_not_matter() -> None:
    more = YEARS | {2018: pd.DataFrame({"item_id": ["z"], "core": ["推进北斗应用"]})}
    asked = ({"a", "b", "c"}, {"x", "y"}, (2014, 2016))
    assert Vocabulary(more).candidates(*asked) == Vocabulary(YEARS).candidates(*asked)
