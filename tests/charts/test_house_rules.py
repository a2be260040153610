"""What holds for every chart."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import matplotlib
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from planddiff import charts
from planddiff.errors import InvalidInputError
from tests.charts import lives
from tests.charts.reading import written
from tests.charts.test_adoption import CURVE
from tests.charts.test_agencies import TABLE as AGENCIES
from tests.charts.test_evidence import TABLE as EVIDENCE
from tests.charts.test_flow import ITEMS, LINKS
from tests.charts.test_fonts import STATUS
from tests.charts.test_region_strip import PRESENCE
from tests.charts.test_survival import TWO as SURVIVAL
from tests.charts.test_targets import TABLE as TARGETS

TREND = pd.DataFrame(
    {"year": [2014, 2016] * 2, "theme": ["大数据"] * 2 + ["海洋经济"] * 2, "items": 2, "share": 0.1}
)
CHARTS: dict[str, tuple[Callable[..., Axes], list[pd.DataFrame]]] = {
    "adoption": (charts.adoption, [CURVE]),
    "agencies": (charts.agencies, [AGENCIES]),
    "agency_ranks": (charts.agency_ranks, [AGENCIES]),
    "evidence": (charts.evidence, [EVIDENCE]),
    "flow": (charts.flow, [ITEMS, LINKS]),
    "presence": (charts.presence, [lives.INITIATIVES, lives.MEMBERS]),
    "region_strip": (charts.region_strip, [PRESENCE]),
    "status": (charts.status, [STATUS]),
    "survival": (charts.survival, [SURVIVAL]),
    "targets": (charts.targets, [TARGETS]),
    "timeline": (charts.timeline, [lives.INITIATIVES, lives.MEMBERS, lives.EVENTS]),
    "trend": (charts.trend, [TREND]),
}
every_chart = pytest.mark.parametrize("name", CHARTS)


def test_no_chart_is_forgotten() -> None:
    others = {"ComparisonPlots", "DiffusionPlots", "TracksPlots", "save", "set_font", "svg"}
    assert set(charts.__all__) - others == set(CHARTS)


@every_chart
def test_draws_on_given_axes_shows_nothing_and_leaves_settings(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plt, "show", lambda: pytest.fail("a chart called plt.show()"))
    draw, tables = CHARTS[name]
    _, ax = plt.subplots()
    before = matplotlib.rcParams.copy()
    assert draw(*tables, ax=ax) is ax
    assert len(plt.get_fignums()) == 1
    assert matplotlib.rcParams == before


@every_chart
def test_inputs_stay_as_they_were(name: str) -> None:
    draw, tables = CHARTS[name]
    before = [table.copy(deep=True) for table in tables]
    draw(*tables)
    for table, copy in zip(tables, before, strict=True):
        pd.testing.assert_frame_equal(table, copy)


@every_chart
def test_english_words_only_from_documents_are_chinese(name: str) -> None:
    draw, tables = CHARTS[name]
    known = "".join(str(value) for table in tables for column in table for value in table[column])
    for text in written(draw(*tables, lang="en")):
        assert all(ord(c) < 0x2E80 or c in known or c == "…" for c in text), text


@every_chart
@pytest.mark.usefixtures("no_chinese_font")
def test_without_a_font_one_warning_and_no_boxes(name: str) -> None:
    draw, tables = CHARTS[name]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        ax = draw(*tables)
        ax.figure.canvas.draw()
    assert [warning.category.__name__ for warning in caught] == ["PlanDiffWarning"]
    assert draw(*tables, title="图一").get_title(loc="left") == ax.get_title(loc="left")
    assert all(ord(c) < 0x2E80 for text in written(ax) for c in text)


@every_chart
def test_all_texts_are_drawn_without_missing_glyphs(name: str) -> None:
    draw, tables = CHARTS[name]
    for lang in ("zh", "en"):
        ax = draw(*tables, lang=lang)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            ax.figure.canvas.draw()


@every_chart
def test_an_own_title_replaces_the_heading(name: str) -> None:
    draw, tables = CHARTS[name]
    assert draw(*tables, title="图一").get_title(loc="left") == "图一"


@every_chart
def test_an_empty_table_is_refused_with_the_name_of_the_chart(name: str) -> None:
    draw, (first, *others) = CHARTS[name]
    with pytest.raises(InvalidInputError, match="chart got a table without rows"):
        draw(first.iloc[:0], *others)
