from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from planddiff.charts import targets
from planddiff.errors import InvalidInputError
from tests.charts.reading import foot, written

COLUMNS = ["initiative_id", "series", "year", "value", "unit", "comparator", "change"]
TABLE = pd.DataFrame(
    [
        ("a", 1, 2014, 6_000_000, "户", "=", "first"),
        ("a", 1, 2015, 20_000_000, "户", "=", "raised"),
        ("a", 1, 2016, 40_000_000, "户", ">=", "raised"),
        ("a", 1, 2017, 98, "%", ">=", "restated"),
        ("b", 1, 2015, 100, "家", "=", "first"),
        ("b", 1, 2016, 82, "家", "<=", "lowered"),
        ("b", 1, 2017, None, "家", "=", "ended"),
        ("b", 2, 2015, 0.5, "万亿元", "~", "first"),
    ],
    columns=COLUMNS,
).assign(label="实施“宽带示范”工程", object="4G用户")


def steps(ax: Axes) -> list[tuple[list[float], list[float]]]:
    lines = [line for line in ax.lines if line.get_label() == "_steps"]
    return [(list(line.get_xdata()), list(line.get_ydata())) for line in lines]


def test_heights_are_in_proportion_and_begin_at_the_zero_line() -> None:
    _, heights = steps(targets(TABLE))[0]
    above = 0.9 - np.array(heights[::2])
    np.testing.assert_allclose(above / above[-1], [6 / 40, 20 / 40, 1])


def test_a_restated_target_breaks_and_begins_a_scale_of_its_own() -> None:
    ax = targets(TABLE)
    first, second = steps(ax)[:2]
    assert max(first[0]) < min(second[0])
    assert min(first[1]) == pytest.approx(min(second[1]))
    (broken,) = [line for line in ax.lines if line.get_label() == "_break"]
    assert list(broken.get_xdata()) == [2016.5, 2016.5]
    assert "不可比" in foot(ax)


def test_values_have_comparator_figure_and_unit() -> None:
    chinese = {"600万户", "2,000万户", "≥4,000万户", "≥98%", "100家", "≤82家", "≈0.5万亿元"}
    assert chinese <= set(written(targets(TABLE)))
    assert {"6,000,000户", "≥98%"} <= set(written(targets(TABLE, lang="en")))


def test_a_target_that_is_no_longer_stated_ends_in_a_cross_at_the_zero_line() -> None:
    ax = targets(TABLE)
    (cross,) = [line for line in ax.lines if line.get_label() == "_ended"]
    assert list(cross.get_xdata()) == [2017]
    assert list(cross.get_ydata()) == pytest.approx([1.78])
    named = [text.get_text() for text in ax.get_legend().get_texts()]
    assert named == ["首次提出", "提高", "降低", "口径调整（不可比）", "不再提出"]


def test_a_year_without_value_is_a_gap() -> None:
    table = TABLE[(TABLE["initiative_id"] == "a") & (TABLE["year"] != 2015)]
    x, y = steps(targets(table))[0]
    assert np.isnan(y).any()
    assert x[np.flatnonzero(np.isnan(y))[0]] == pytest.approx(2014.5)


def test_the_rest_is_summed_and_said() -> None:
    ax = targets(TABLE, top=1)
    assert len(ax.get_yticks()) == 1
    assert "另有2项目标未画出，合计3个数值。" in foot(ax)


def test_of_two_values_in_a_year_the_larger_is_drawn_and_said() -> None:
    twice = pd.concat([TABLE, TABLE.iloc[[4]].assign(value=120)])
    ax = targets(twice)
    assert "120家" in written(ax)
    assert "100家" not in written(ax)
    assert "同年重复的数值取最大，略去1个。" in foot(ax)


def test_three_hundred_targets_draw_twelve_strips() -> None:
    many = pd.concat([TABLE.iloc[:3].assign(initiative_id=str(n)) for n in range(300)])
    ax = targets(many)
    assert len(ax.get_yticks()) == 12
    assert "另有288项目标未画出，合计864个数值。" in foot(ax)


def test_unknown_changes_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="doubled"):
        targets(TABLE.replace({"change": {"raised": "doubled"}}))


def test_words_of_a_single_comparison_mean_the_same() -> None:
    words = {"first": "new", "ended": "removed", "restated": "not_comparable"}
    one, two = targets(TABLE), targets(TABLE.replace({"change": words}))
    assert written(one) == written(two)
    assert steps(one) == steps(two)


def test_increments_carry_their_sign_and_are_not_joined_to_levels() -> None:
    figures = [
        (2014, 450, "", "first"),
        (2015, 40, "increase", "raised"),
        (2016, 30, "increase", "lowered"),
        (2017, 20, "decrease", "raised"),
        (2018, None, None, "ended"),
    ]
    table = pd.DataFrame(figures, columns=["year", "value", "flow", "change"]).assign(
        initiative_id="a", series=1, unit="元", comparator="=", label="医保补助", object="补助标准"
    )
    ax = targets(table)
    assert [line[0][0].round() for line in map(np.array, steps(ax))] == [2014, 2015, 2017]
    assert {"450元", "+40元", "+30元", "−20元"} <= set(written(ax))
    assert "增减额" in foot(ax)
    assert "增减额" not in foot(targets(table.drop(columns="flow")))
