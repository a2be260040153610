from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from planddiff.charts import agencies, agency_ranks
from planddiff.errors import InvalidInputError
from tests.charts.reading import foot, overlaps, written

COUNTS = {
    "省经信委": [27, 31, 33],
    "省发改委": [9, 12, 13],
    "省通信管理局": [3, 12, 4],
    "省大数据局": [0, 0, 14],
}
TABLE = pd.DataFrame(
    [
        (name, year, n, min(n, 2))
        for name, row in COUNTS.items()
        for year, n in zip((2014, 2015, 2016), row, strict=True)
        if n
    ],
    columns=["agency", "year", "items", "lead"],
)


def counts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_text().isdigit()]


def names(ax: Axes) -> list[str]:
    return [tick.get_text() for tick in ax.get_yticklabels()]


def test_rows_run_from_most_items_to_fewest_with_counts_in_the_cells() -> None:
    ax = agencies(TABLE)
    assert names(ax) == ["省经信委", "省发改委", "省通信管理局", "省大数据局"]
    assert counts(ax) == ["27", "31", "33", "9", "12", "13", "3", "12", "4", "14"]


def test_more_is_darker_and_none_is_white() -> None:
    ax = agencies(TABLE)
    cells = [patch for patch in ax.patches if patch.get_gid() == "count"]
    grey = {
        (round(c.get_y() + 0.5), round(c.get_x() + 0.5)): np.dot(
            c.get_facecolor()[:3], [0.299, 0.587, 0.114]
        )
        for c in cells
    }
    assert grey[3, 2014] == pytest.approx(1)
    assert grey[0, 2016] < grey[0, 2015] < grey[0, 2014] < grey[1, 2016] < grey[1, 2014] < 1


def test_the_rest_is_added_up_by_year_and_said() -> None:
    ax = agencies(TABLE, top=2)
    assert names(ax)[-1] == "其余2个单位合计"
    assert counts(ax)[-3:] == ["3", "12", "18"]
    assert "末行为其余2个单位之和" in foot(ax)


def test_another_role_can_be_counted() -> None:
    assert set(counts(agencies(TABLE, count="lead"))) == {"2"}


def test_unobserved_years_are_shaded_not_zero(sources: pd.DataFrame) -> None:
    table = TABLE[TABLE["year"] != 2015]
    ax = agencies(table, sources=sources.iloc[[0, 2]])
    cells = [patch for patch in ax.patches if patch.get_gid() == "count"]
    assert {cell.get_x() + 0.5 for cell in cells} == {2014, 2016}
    assert "未观测" in written(ax)


def test_ranks_count_all_agencies_and_ties_follow_the_total() -> None:
    ax = agency_ranks(TABLE, top=3)
    lines = {line.get_label(): list(line.get_ydata()) for line in ax.lines}
    assert lines["省经信委"] == [1, 1, 1]
    assert lines["省发改委"] == [2, 2, 3]
    assert lines["省通信管理局"] == [3, 3, 4]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]
    assert "另有1个单位参与排名而未画出" in foot(ax)


def test_an_agency_without_items_has_no_point() -> None:
    line = next(x for x in agency_ranks(TABLE).lines if x.get_label() == "省大数据局")
    assert np.isnan(line.get_ydata()).tolist() == [True, True, False]


def test_names_at_the_ends_do_not_meet() -> None:
    ax = agency_ranks(TABLE)
    assert set(COUNTS) <= set(written(ax))
    assert overlaps(ax, list(COUNTS)) == []


def test_row_order_does_not_matter() -> None:
    assert counts(agencies(TABLE)) == counts(agencies(TABLE.iloc[::-1]))


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InvalidInputError, match=r"agencies chart needs the columns \['support'\]"):
        agencies(TABLE, count="support")
