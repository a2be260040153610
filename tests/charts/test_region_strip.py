from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from planddiff.charts import region_strip
from planddiff.errors import InvalidInputError
from tests.charts.reading import foot, written

STATES = {
    "国务院": ("national", "", "apau"),
    "甲省": ("province", "甲省", "aapp"),
    "丙市": ("prefecture", "甲省", "upaa"),
    "丁市": ("prefecture", "甲省", "aaap"),
    "乙市": ("prefecture", "戊省", "aaaa"),
    "己市": ("prefecture", "戊省", "appp"),
}
WORDS = {"a": "absent", "p": "present", "u": "unobserved"}
PRESENCE = pd.DataFrame(
    [
        {"issuer": name, "level": level, "province": province, "year": 2014 + n, "state": WORDS[c]}
        for name, (level, province, states) in STATES.items()
        for n, c in enumerate(states)
    ]
)


def cells(ax: Axes) -> list[Rectangle]:
    return [patch for patch in ax.patches if patch.get_gid() in WORDS.values()]


def names(ax: Axes) -> list[str]:
    return [tick.get_text() for tick in ax.get_yticklabels()]


def test_rows_go_by_level_and_province_and_then_by_first_adoption() -> None:
    ax = region_strip(PRESENCE)
    assert names(ax) == ["国务院", "甲省", "己市", "乙市", "丙市", "丁市"]
    assert {"国家", "省级", "甲省", "戊省"} <= set(written(ax))


def test_rows_go_by_first_adoption_alone() -> None:
    ax = region_strip(PRESENCE, order="first")
    assert names(ax) == ["丙市", "国务院", "己市", "甲省", "丁市", "乙市"]


def test_every_issuer_and_year_is_a_cell_with_its_state() -> None:
    drawn = cells(region_strip(PRESENCE, order="first"))
    assert len(drawn) == 24
    top = [cell.get_gid() for cell in drawn if round(cell.get_y() + 0.42) == 0]
    assert top == ["unobserved", "present", "absent", "absent"]


def test_unobserved_is_not_absent_also_in_grey() -> None:
    looks = {cell.get_gid(): cell for cell in cells(region_strip(PRESENCE))}
    assert looks["unobserved"].get_hatch()
    assert not looks["absent"].get_hatch()
    grey = {name: sum(to_rgb(cell.get_facecolor())) for name, cell in looks.items()}
    assert grey["absent"] - grey["unobserved"] > 0.3
    assert grey["unobserved"] - grey["present"] > 0.5
    assert {"已出现", "未出现", "未观测"} <= {
        text.get_text() for text in region_strip(PRESENCE).get_legend().get_texts()
    }


def test_the_first_year_is_marked_and_a_left_censored_one_otherwise() -> None:
    ax = region_strip(PRESENCE, order="first")
    marks = [(line.get_xdata()[0], line.get_marker()) for line in ax.lines]
    assert marks == [(2015, "<"), (2015, "o"), (2015, "o"), (2016, "o"), (2017, "o")]
    assert "首份文件已有（左截断）" in written(ax)


def test_the_foot_names_constructed_documents() -> None:
    sources = PRESENCE[PRESENCE["state"] != "unobserved"].assign(constructed=True)
    assert "示例构造文本" in foot(region_strip(PRESENCE, sources=sources))


@pytest.mark.parametrize("n", [3, 31, 140])
def test_names_of_rows_do_not_meet_however_many(n: int) -> None:
    many = pd.concat(
        [PRESENCE[PRESENCE["issuer"] == "丁市"].assign(issuer=f"示例{k:03d}市") for k in range(n)]
    )
    ax = region_strip(many)
    ax.figure.canvas.draw()
    boxes = [tick.get_window_extent() for tick in ax.get_yticklabels()]
    assert len(boxes) == n
    for below, above in zip(boxes[1:], boxes, strict=False):
        assert below.y1 <= above.y0 + 0.5


def test_many_years_have_ticks_that_can_be_read() -> None:
    long = pd.concat([PRESENCE.assign(year=PRESENCE["year"] + 4 * k) for k in range(12)])
    assert len(region_strip(long).get_xticks()) <= 16


def test_it_begins_two_years_before_anybody_has_it_and_says_so() -> None:
    early = PRESENCE.assign(year=PRESENCE["year"] - 4, state="unobserved")
    early.loc[early["issuer"] == "丙市", "state"] = "absent"
    long = pd.concat([early, PRESENCE])
    ax = region_strip(long, order="first")
    years = sorted({round(cell.get_x() + 0.5) for cell in cells(ax)})
    assert years == [2013, 2014, 2015, 2016, 2017]
    assert "自2013年起绘制" in foot(ax)
    # 丙市 has plans before the chart begins, so that its first year is no left-censored one.
    assert ax.lines[0].get_marker() == "o"
    assert "首份文件已有（左截断）" not in written(ax)
    late = region_strip(long, since=2016)
    assert {round(cell.get_x() + 0.5) for cell in cells(late)} == {2016, 2017}
    marks = [line.get_xdata()[0] for line in late.lines if line.get_label() == "_first"]
    assert sorted(marks) == [2016, 2017]
    assert "Drawn from 2010" not in foot(region_strip(long, since=2010, lang="en"))
    with pytest.raises(InvalidInputError, match="since=2018: the last year there is is 2017"):
        region_strip(long, since=2018)


def test_some_levels_alone_and_what_was_left_out() -> None:
    ax = region_strip(PRESENCE, levels=["national", "province"], left_out=7, lang="en")
    assert names(ax) == ["国务院", "甲省"]
    assert "Left out: 7 documents" in foot(ax)
    assert "Left out" not in foot(region_strip(PRESENCE, lang="en"))


def test_row_order_changes_nothing() -> None:
    turned = PRESENCE.sample(frac=1, random_state=1)
    assert names(region_strip(turned)) == names(region_strip(PRESENCE))
    one, other = (
        [(cell.get_x(), cell.get_y(), cell.get_gid()) for cell in cells(region_strip(table))]
        for table in (PRESENCE, turned)
    )
    assert one == other


def test_what_it_does_not_know_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="order='map': give 'level' or 'first'"):
        region_strip(PRESENCE, order="map")  # type: ignore[arg-type]
    with pytest.raises(InvalidInputError, match=r"no state is called \['gone'\]"):
        region_strip(PRESENCE.replace({"state": {"absent": "gone"}}))
