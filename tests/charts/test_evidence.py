from __future__ import annotations

import pandas as pd
import pytest

from planddiff.charts import evidence
from planddiff.errors import InvalidInputError
from tests.charts.reading import foot, written

TABLE = pd.DataFrame(
    {
        "evidence": ["title", "body", "责任单位", "编号"],
        "value": [0.8, 0.62, 0.3, None],
        "contribution": [0.31, 0.28, 0.05, -0.07],
    }
)


def test_each_bar_begins_where_the_one_before_ends() -> None:
    bars = evidence(TABLE).patches
    starts = [bar.get_x() for bar in bars]
    assert starts == pytest.approx([0, 0.31, 0.59, 0.64, 0])
    assert [bar.get_width() for bar in bars] == pytest.approx([0.31, 0.28, 0.05, -0.07, 0.57])


def test_what_speaks_against_is_hatched() -> None:
    bars = evidence(TABLE).patches
    assert [bool(bar.get_hatch()) for bar in bars] == [False, False, False, True, False]


def test_names_values_and_contributions_are_written() -> None:
    ax = evidence(TABLE, threshold=0.45)
    names = [tick.get_text() for tick in ax.get_yticklabels()]
    assert names == ["标题  0.80", "正文  0.62", "责任单位  0.30", "编号", "得分"]
    assert {"+0.31", "-0.07", "0.57"} <= set(written(ax))
    assert "门槛0.45" in foot(ax)


def test_log_odds_are_also_a_confidence() -> None:
    table = pd.DataFrame({"evidence": ["intercept", "similarity"], "contribution": [-2.0, 3.0]})
    ax = evidence(table, scale="log_odds", threshold=0.5)
    assert "1.00 = 置信度 73%" in written(ax)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["先验", "全文相似", "得分"]
    assert any(list(line.get_xdata()) == [0, 0] for line in ax.lines)
    with pytest.raises(InvalidInputError, match=r"threshold=1\.5"):
        evidence(table, scale="log_odds", threshold=1.5)
