from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.axes import Axes

from planddiff.charts import timeline
from planddiff.errors import InvalidInputError
from tests.charts.lives import EVENTS, INITIATIVES, MEMBERS, SOURCES
from tests.charts.reading import foot, written


def drawn(ax: Axes, label: str) -> list[tuple[list[float], list[float]]]:
    """Points of all lines with a label."""
    lines = [line for line in ax.lines if line.get_label() == label]
    return [(list(x.get_xdata()), list(x.get_ydata())) for x in lines]


@pytest.fixture
def ax() -> Axes:
    return timeline(INITIATIVES, MEMBERS, EVENTS, sources=SOURCES)


def test_rows_run_from_early_and_long_to_late_and_short(ax: Axes) -> None:
    assert [tick.get_text() for tick in ax.get_yticklabels()] == [
        "推进智慧城市时空信息云平台建设",
        "深化农民信箱服务",
        "推动大数据市场交易",
    ]


def test_gaps_are_open_and_unobserved_years_are_no_gaps(ax: Axes) -> None:
    assert drawn(ax, "_gap") == [([2014, 2018], [1, 1])]
    assert drawn(ax, "_unobserved") == [([2015, 2017], [0, 0]), ([2015, 2017], [2, 2])]
    assert drawn(ax, "_there") == [
        ([2014, 2015], [0, 0]),
        ([2017, 2018], [0, 0]),
        ([2018, 2019], [0, 0]),
    ]


def test_events_stand_at_their_year_and_ends_behind_the_last_item(ax: Axes) -> None:
    assert drawn(ax, "_split") == [([2018], [0])]
    assert drawn(ax, "_returned") == [([2018], [1])]
    assert drawn(ax, "_dropped") == [([2014.28], [1]), ([2017.28], [2])]


def test_marks_differ_by_shape_and_are_explained(ax: Axes) -> None:
    named = [text.get_text() for text in ax.get_legend().get_texts()]
    assert named == ["恢复", "拆分", "合并", "退出"]
    shapes = {line.get_marker() for line in ax.get_legend().legend_handles}
    assert len(shapes) == 4


def test_censored_lives_have_arrows(ax: Axes) -> None:
    assert drawn(ax, "_open") == [([2013.7], [0]), ([2019.3], [0]), ([2013.7], [1])]
    assert "箭头" in foot(ax)


def test_the_rest_is_counted_by_year() -> None:
    ax = timeline(INITIATIVES, MEMBERS, top=1, sources=SOURCES)
    assert [tick.get_text() for tick in ax.get_yticklabels()][1] == "其余2项举措的历年数"
    counts = [t.get_text() for t in ax.texts if t.get_position()[1] == 1 and t.get_text().isdigit()]
    assert counts == ["1", "1", "1", "1", "0"]
    assert "另有2项只计数" in foot(ax)


def test_three_hundred_initiatives_draw_thirty_rows_and_the_rest() -> None:
    many = pd.DataFrame(
        {"initiative_id": range(300), "label": [f"推进第{n}项" for n in range(300)]}
    )
    members = pd.DataFrame(
        {"initiative_id": list(range(300)) * 2, "year": [2014] * 300 + [2015] * 300}
    )
    ax = timeline(
        many, members, pd.DataFrame({"initiative_id": [0], "year": 2015, "event": "split"})
    )
    assert drawn(ax, "_split") == [([2015], [0])]
    assert len(ax.get_yticks()) == 31
    assert "其余270项举措的历年数" in written(ax)


def test_long_names_are_cut_between_words() -> None:
    long = INITIATIVES.assign(label="推进智慧城市时空信息云平台建设和北斗卫星导航应用示范工程")
    first = timeline(long, MEMBERS).get_yticklabels()[0].get_text()
    assert first == "推进智慧城市时空信息云平台建设和北斗…"


def test_row_order_does_not_matter() -> None:
    one = timeline(INITIATIVES, MEMBERS, EVENTS)
    two = timeline(INITIATIVES.iloc[::-1], MEMBERS.iloc[::-1], EVENTS.iloc[::-1])
    for label in ("_gap", "_there", "_split"):
        assert drawn(one, label) == drawn(two, label)


def test_unknown_events_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="vanished"):
        timeline(INITIATIVES, MEMBERS, EVENTS.replace({"event": {"split": "vanished"}}))
