from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from planddiff.charts import survival
from tests.charts.reading import foot, written

ONE = pd.DataFrame(
    {
        "years": [0, 1, 2, 4],
        "survival": [1.0, 0.8, 0.6, 0.3],
        "low": [1.0, 0.7, 0.5, 0.2],
        "high": [1.0, 0.9, 0.7, 0.5],
        "at_risk": [40, 40, 30, 10],
    }
)
TWO = pd.concat(
    [ONE.assign(group="智慧城市"), ONE.assign(group="大数据", at_risk=ONE["at_risk"] // 2)]
)


def curves(ax: Axes) -> list[Line2D]:
    return [line for line in ax.lines if line.get_label() != "_lead"]


def test_steps_are_shares_that_hold_until_the_next_event() -> None:
    ax = survival(ONE)
    (line,) = curves(ax)
    np.testing.assert_allclose(line.get_ydata(), [100, 80, 60, 30])
    assert line.get_drawstyle() == "steps-post"
    assert ax.get_ylim() == (0, 101)
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["0", "1", "2", "3", "4"]


def test_a_curve_begins_at_one() -> None:
    (line,) = curves(survival(ONE.iloc[1:]))
    assert (line.get_xdata()[0], line.get_ydata()[0]) == (0, 100)


def test_the_band_reaches_from_low_to_high() -> None:
    (band,) = survival(ONE).collections
    edges = band.get_paths()[0].vertices[:, 1]
    assert edges.min() == 20
    assert edges.max() == 100


def test_numbers_at_risk_stand_at_every_tick() -> None:
    ax = survival(ONE)
    numbers = [text.get_text() for text in ax.texts if text.get_text().isdigit()]
    assert numbers == ["40", "40", "30", "10", "10"]


def test_groups_are_named_and_differ_without_colour() -> None:
    ax = survival(TWO)
    assert len({line.get_marker() for line in curves(ax)}) == 2
    assert {"智慧城市", "大数据"} <= set(written(ax))
    (first, _) = curves(ax)
    assert first.get_marker() == "o"


def test_many_groups_are_cut_and_said() -> None:
    ax = survival(TWO, top=1)
    assert len(curves(ax)) == 1
    assert "另有1条曲线未画出。" in foot(ax)


def test_names_of_curves_that_end_alike_do_not_meet() -> None:
    names = ["智慧城市", "大数据", "网络安全", "两化融合", "农村信息化"]
    ax = survival(pd.concat([ONE.assign(group=name) for name in names]))
    right = [text for text in ax.texts if text.get_text() in names and text.get_fontsize() == 9]
    assert len(right) == 5
    ax.figure.canvas.draw()
    boxes = sorted((text.get_window_extent() for text in right), key=lambda box: box.y0)
    assert all(below.y1 <= above.y0 + 1 for below, above in pairwise(boxes))
