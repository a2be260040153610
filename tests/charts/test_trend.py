from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from planddiff.charts import trend
from planddiff.errors import InvalidInputError
from tests.charts.reading import foot, overlaps, written

ITEMS = {"智慧城市": [14, 15, 12, 13, 12], "大数据": [3, 4, 9, 6, 7], "网络安全": [2, 1, 2, 3, 7]}
TOTAL = [37, 39, 37, 39, 39]


@pytest.fixture
def table() -> pd.DataFrame:
    rows = [
        (year, theme, count, count / total)
        for theme, counts in ITEMS.items()
        for year, count, total in zip(range(2014, 2019), counts, TOTAL, strict=True)
    ]
    return pd.DataFrame(rows, columns=["year", "theme", "items", "share"])


def lines(ax: Axes) -> dict[str, Line2D]:
    return {str(x.get_label()): x for x in ax.lines if not str(x.get_label()).startswith("_")}


def test_lines_are_the_shares_in_per_cent(table: pd.DataFrame) -> None:
    ax = trend(table)
    drawn = lines(ax)
    assert list(drawn) == ["智慧城市", "大数据", "网络安全"]
    np.testing.assert_allclose(drawn["大数据"].get_ydata(), 100 * np.divide(ITEMS["大数据"], TOTAL))
    np.testing.assert_array_equal(drawn["大数据"].get_xdata(), range(2014, 2019))
    assert ax.get_ylim()[0] == 0
    assert [t.get_text() for t in ax.get_xticklabels()] == ["2014", "2015", "2016", "2017", "2018"]


def test_counts_begin_at_zero_with_whole_ticks(table: pd.DataFrame) -> None:
    ax = trend(table, y="items")
    np.testing.assert_array_equal(lines(ax)["网络安全"].get_ydata(), ITEMS["网络安全"])
    assert ax.get_ylim()[0] == 0
    assert all(tick == int(tick) for tick in ax.get_yticks())
    assert "智慧城市 12" in written(ax)


def test_names_at_the_ends_do_not_meet(table: pd.DataFrame) -> None:
    ax = trend(table)
    names = ["智慧城市 30.8%", "大数据 17.9%", "网络安全 17.9%"]
    assert set(names) <= set(written(ax))
    assert overlaps(ax, names) == []


def test_lines_differ_without_colour(table: pd.DataFrame) -> None:
    many = pd.concat([table.assign(theme=table["theme"] + str(copy)) for copy in range(3)])
    drawn = lines(trend(many, top=9)).values()
    assert len({(x.get_marker(), x.get_linestyle(), str(x._dash_pattern)) for x in drawn}) == 9


def test_a_year_without_document_breaks_lines_and_is_named(
    table: pd.DataFrame, sources: pd.DataFrame
) -> None:
    seen = table[table["year"] != 2016]
    ax = trend(seen, sources=sources[sources["year"] != 2016])
    assert np.isnan(lines(ax)["大数据"].get_ydata()).tolist() == [False, False, True, False, False]
    assert "未观测" in written(ax)
    assert "未观测年份（无文本）：2016年。" in foot(ax)


def test_rows_of_a_year_without_document_are_not_drawn(
    table: pd.DataFrame, sources: pd.DataFrame
) -> None:
    banded = table.assign(low=table["share"] - 0.02, high=table["share"] + 0.03)
    ax = trend(banded, sources=sources[sources["year"] != 2016])
    assert np.isnan(lines(ax)["大数据"].get_ydata()[2])
    assert len(ax.collections[0].get_paths()) == 2


def test_the_groups_asked_for_are_drawn_in_their_order(table: pd.DataFrame) -> None:
    ax = trend(table, groups=["网络安全", "智慧城市"])
    assert list(lines(ax)) == ["网络安全", "智慧城市"]
    assert foot(ax) == "另有1个主题未画出，合计29条次。"
    with pytest.raises(InvalidInputError, match="海洋"):
        trend(table, groups=["海洋"])


def test_an_observed_year_without_any_row_is_a_gap_not_zero(
    table: pd.DataFrame, sources: pd.DataFrame
) -> None:
    ax = trend(table[table["year"] > 2014], sources=sources)
    assert np.isnan(lines(ax)["大数据"].get_ydata()[0])
    ax = trend(table[table["year"] < 2018], sources=sources)
    assert "大数据 15.4%" in written(ax)


def test_no_row_in_an_observed_year_is_zero(table: pd.DataFrame, sources: pd.DataFrame) -> None:
    ax = trend(table[(table["theme"] != "大数据") | (table["year"] > 2014)], sources=sources)
    assert lines(ax)["大数据"].get_ydata()[0] == 0


def test_constructed_documents_are_marked(table: pd.DataFrame, sources: pd.DataFrame) -> None:
    ax = trend(table, sources=sources)
    ticks = [t.get_text() for t in ax.get_xticklabels()]
    assert ticks == ["2014*", "2015*", "2016", "2017*", "2018*"]
    assert "* 示例构造文本，并非官方文件：2014、2015、2017、2018年。" in foot(ax)
    assert "来源：浙江省信息化工作领导小组办公室，2014–2018年计划，共5份。" in foot(ax)


def test_rest_is_summed_and_said(table: pd.DataFrame) -> None:
    ax = trend(table, top=1)
    assert list(lines(ax)) == ["智慧城市"]
    assert foot(ax) == f"另有2个主题未画出，合计{29 + 15}条次。"


def test_bands_for_few_lines_whiskers_for_many(table: pd.DataFrame) -> None:
    banded = table.assign(low=table["share"] - 0.02, high=table["share"] + 0.03)
    few = trend(banded)
    assert len(few.collections) == 3
    top = few.collections[0].get_paths()[0].vertices[:, 1].max()
    assert top == pytest.approx(100 * (15 / 39 + 0.03))
    again = pd.concat([banded, banded.assign(theme=banded["theme"] + "二")])
    many = trend(again)
    assert len(many.collections) == 6
    (first, *_) = many.collections[0].get_segments()
    np.testing.assert_allclose(first[:, 1], [100 * (14 / 37 - 0.02), 100 * (14 / 37 + 0.03)])


def test_row_order_does_not_matter_and_input_stays(table: pd.DataFrame) -> None:
    before = table.copy()
    one, two = lines(trend(table)), lines(trend(table.iloc[::-1]))
    assert list(one) == list(two)
    for name, line in one.items():
        np.testing.assert_array_equal(line.get_ydata(), two[name].get_ydata())
    pd.testing.assert_frame_equal(table, before)


def test_draws_on_the_given_axes_and_opens_no_figure(table: pd.DataFrame) -> None:
    _, (left, right) = plt.subplots(1, 2)
    assert trend(table, ax=right) is right
    assert len(plt.get_fignums()) == 1
    assert left.lines[:] == []


def test_what_is_wrong_is_named(table: pd.DataFrame) -> None:
    with pytest.raises(InvalidInputError, match=r"trend chart needs the columns \['agency'\]"):
        trend(table, by="agency")
    with pytest.raises(InvalidInputError, match="without rows"):
        trend(table.iloc[:0])
    with pytest.raises(InvalidInputError, match="'percent'"):
        trend(table, y="percent")  # type: ignore[arg-type]


def test_fifty_years_get_few_ticks() -> None:
    years = range(1979, 2027)
    table = pd.DataFrame({"year": years, "theme": "oceans", "items": 1, "share": 0.1})
    ax = trend(table, lang="en")
    assert list(ax.get_xticks()) == list(range(1980, 2026, 5))


@pytest.mark.parametrize(
    ("by", "group", "name", "heading"),
    [
        ("status", "dropped", "退出 10.0%", "各状态条目占当年条目的比重"),
        ("level", "province", "省级 10.0%", "各层级条目占当年条目的比重"),
        ("section", "(none)", "未归类 10.0%", "各章节条目占当年条目的比重"),
    ],
)
def test_other_groups_are_named_in_the_language(
    by: str, group: str, name: str, heading: str
) -> None:
    ax = trend(pd.DataFrame({"year": [2014, 2015], by: group, "items": 4, "share": 0.1}), by=by)
    assert name in written(ax)
    assert ax.get_title(loc="left") == heading


def test_every_shipped_theme_has_an_english_name() -> None:
    from importlib.resources import files

    from planddiff.charts.labels import chart_words

    rows = (files("planddiff") / "data" / "themes.csv").read_text(encoding="utf-8").splitlines()
    themes = {row.split(",")[0] for row in rows[1:]}
    assert {f"name:{theme}" for theme in themes} <= set(chart_words())
