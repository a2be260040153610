from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch, Rectangle

from planddiff.charts import flow
from planddiff.charts.masses import flow_bands, item_colours
from planddiff.errors import InvalidInputError
from tests.charts.reading import foot, overlaps, written


def items_of(sizes: dict[int, int], section: str = "深化智慧城市建设") -> pd.DataFrame:
    rows = [
        (f"{year}-{n}", year, n, section, f"推进第{n}项建设")
        for year, size in sizes.items()
        for n in range(1, size + 1)
    ]
    return pd.DataFrame(rows, columns=["item_id", "year", "ordinal", "section", "title"])


def links_of(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["old_id", "new_id", "forward", "backward"])


# 1 splits into 1 and 2; 2 and 3 merge into 3; 4 is dropped; 4 of 2015 is new; 5 returns in 2016.
ITEMS = items_of({2014: 5, 2015: 4, 2016: 2})
LINKS = links_of(
    ("2014-1", "2015-1", 0.6, 0.9),
    ("2014-1", "2015-2", 0.2, 0.8),
    ("2014-2", "2015-3", 0.9, 0.5),
    ("2014-3", "2015-3", 0.9, 0.3),
    ("2015-1", "2016-1", 1.0, 1.0),
    ("2014-5", "2016-2", 0.7, 0.8),
)


def patches(ax: Axes, gid: str) -> list[PathPatch]:
    return [p for p in ax.patches if isinstance(p, PathPatch) and p.get_gid() == gid]


def area(patch: PathPatch) -> float:
    (polygon,) = patch.get_path().to_polygons(closed_only=True)
    x, y = np.asarray(polygon).T
    return float(abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2)


def test_split_and_merger_divide_the_mass() -> None:
    bands = flow_bands(ITEMS, LINKS)
    by_pair = bands.set_index(["old_id", "new_id"])
    assert by_pair.loc[("2014-1", "2015-1"), "left"] == pytest.approx(0.75)
    assert by_pair.loc[("2014-1", "2015-2"), "left"] == pytest.approx(0.25)
    assert by_pair.loc[("2014-2", "2015-3"), "right"] == pytest.approx(0.625)
    assert by_pair.loc[("2014-5", "2016-2"), "kind"] == "returned"
    assert bands.loc[bands["kind"] == "dropped", "old_id"].tolist() == [
        "2014-4",
        "2015-2",
        "2015-3",
        "2015-4",
    ]
    assert bands.loc[bands["kind"] == "new", "new_id"].tolist() == ["2015-4"]


YEARS = (2014, 2015, 2017)


@st.composite
def series(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame]:
    items = items_of({year: draw(st.integers(1, 6)) for year in YEARS})
    ids = items["item_id"].tolist()
    share = st.floats(0, 1)
    row = st.tuples(st.sampled_from(ids), st.sampled_from(ids), share, share)
    rows = [r for r in draw(st.lists(row, max_size=20)) if r[0][:4] < r[1][:4]]
    return items, links_of(*rows)


@given(series())
@settings(max_examples=60, deadline=None)
def test_mass_is_conserved_on_both_sides_of_every_item(
    drawn: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    items, links = drawn
    bands = flow_bands(items, links)
    year_of = items.set_index("item_id")["year"]
    out, into = bands.groupby("old_id")["left"].sum(), bands.groupby("new_id")["right"].sum()
    for item, year in year_of.items():
        if year != YEARS[-1]:
            assert abs(out[item] - 1) < 1e-9
        if year != YEARS[0]:
            assert abs(into[item] - 1) < 1e-9


@pytest.mark.parametrize("unit", ["item", "section"])
def test_drawn_bands_fill_the_blocks(unit: str) -> None:
    ax = flow(ITEMS, LINKS, unit=unit)  # type: ignore[arg-type]
    blocks = [p for p in ax.patches if isinstance(p, Rectangle) and p.get_gid() == "block"]
    assert sum(b.get_height() for b in blocks) == pytest.approx(len(ITEMS), abs=1e-9)
    out = into = 0.0
    for kind in ("band-link", "band-returned"):
        for patch in patches(ax, kind):
            vertices = patch.get_path().vertices
            out += vertices[0, 1] - vertices[7, 1]
            into += vertices[3, 1] - vertices[4, 1]
    for kind in ("band-dropped", "band-new"):
        for patch in patches(ax, kind):
            width = patch.get_path().vertices[0, 1] - patch.get_path().vertices[2, 1]
            out, into = (out + width, into) if kind == "band-dropped" else (out, into + width)
    assert out == pytest.approx(5 + 4, abs=1e-9)
    assert into == pytest.approx(4 + 2, abs=1e-9)


def test_area_of_a_band_is_its_mean_mass_times_its_length() -> None:
    ax = flow(ITEMS, LINKS, unit="item")
    bands = flow_bands(ITEMS, LINKS)
    expected = sorted(
        (row.left + row.right) / 2 * (row.new_year - row.old_year - 0.06)
        for row in bands.itertuples()
        if row.kind in ("link", "returned")
    )
    drawn = [*patches(ax, "band-link"), *patches(ax, "band-returned")]
    assert sorted(map(area, drawn)) == pytest.approx(expected, rel=2e-3)


def test_sums_at_the_edges_are_written() -> None:
    ax = flow(ITEMS, LINKS)
    assert {"退出 2、新增 1", "退出 3、恢复 1"} <= set(written(ax))
    assert {"20145条", "20154条", "20162条"} <= set(written(ax))


def test_one_colour_along_a_lineage() -> None:
    sections = items_of({2014: 1, 2015: 1}, "五")
    items = pd.concat(
        [ITEMS[ITEMS["year"] < 2016], sections.assign(item_id=["2014-x", "2015-x"], ordinal=9)]
    )
    links = pd.concat([LINKS, links_of(("2014-x", "2015-x", 1, 1))])
    colours = item_colours(items, flow_bands(items, links), 8)
    assert colours["2014-1"] == colours["2015-1"] == colours["2015-2"]
    assert colours["2014-x"] == colours["2015-x"] != colours["2014-1"]


def test_highlight_leaves_the_rest_grey() -> None:
    ax = flow(ITEMS, LINKS, unit="item", highlight=["2014-1", "2015-1", "2015-2"])
    blocks = [p for p in ax.patches if p.get_gid() == "block"]
    assert sum(to_hex(b.get_facecolor()) != "#c9c9c9" for b in blocks) == 3


def test_many_items_are_added_up_by_section_and_the_chart_says_so() -> None:
    items = pd.concat([items_of({2014: 150, 2015: 150}, s) for s in ("一", "二")])
    items["ordinal"] += np.where(items["section"] == "二", 150, 0)
    items["item_id"] = items["year"].astype(str) + "-" + items["ordinal"].astype(str)
    links = links_of(*[(f"2014-{n}", f"2015-{n}", 1.0, 1.0) for n in range(1, 291)])
    ax = flow(items, links)
    blocks = [p for p in ax.patches if p.get_gid() == "block"]
    assert [b.get_height() for b in blocks] == [150] * 4
    assert len(patches(ax, "band-link")) == 2
    assert "每年最多300条，按章节汇总" in foot(ax)


def test_small_sections_are_put_together_and_the_chart_says_so() -> None:
    sections = [f"第{n}章" for n in range(40)]
    items = pd.concat(
        [items_of({2014: 1 + (n < 11)}, s).assign(ordinal=n) for n, s in enumerate(sections)]
    )
    items["item_id"] = [f"2014-{n}" for n in range(len(items))]
    ax = flow(items, links_of(), unit="section")
    assert len([p for p in ax.patches if p.get_gid() == "block"]) == 12
    assert "每年最多29个较小章节并为“…”。" in foot(ax)


def test_few_items_are_named_and_names_do_not_meet() -> None:
    ax = flow(ITEMS, LINKS)
    names = [f"推进第{n}项建设" for n in range(1, 6)]
    assert set(names) <= set(written(ax))
    assert overlaps(ax, names) == []


def test_early_years_are_left_out_and_named() -> None:
    ax = flow(ITEMS, LINKS, last=2)
    assert "另有1年未画出：2014。" in foot(ax)
    assert patches(ax, "band-returned") == []


def test_row_order_does_not_matter() -> None:
    one, two = flow(ITEMS, LINKS), flow(ITEMS.iloc[::-1], LINKS.iloc[::-1])
    for a, b in zip(one.patches, two.patches, strict=True):
        np.testing.assert_array_equal(a.get_path().vertices, b.get_path().vertices)


def test_unknown_unit_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="'agency'"):
        flow(ITEMS, LINKS, unit="agency")  # type: ignore[arg-type]


def test_the_largest_sections_get_the_colours_and_the_rest_one_grey() -> None:
    sizes = {"一": 1, "二": 3, "三": 2}
    items = pd.concat([items_of({2014: n}, section) for section, n in sizes.items()])
    items["item_id"] = [f"2014-{n}" for n in range(6)]
    items["ordinal"] = range(6)
    colours = item_colours(items, flow_bands(items, links_of()), 2)
    assert [colours[f"2014-{n}"] for n in range(6)] == [-1, 0, 0, 0, 1, 1]


def test_small_sections_together_stand_last() -> None:
    sections = ["零", *(f"第{n}章" for n in range(12))]
    items = pd.concat([items_of({2014: 1 + (s != "零")}, s) for s in sections])
    items["ordinal"] = range(len(items))
    items["item_id"] = items["ordinal"].astype(str)
    ax = flow(items, links_of(), unit="section")
    lowest = min((t for t in ax.texts if t.get_zorder() == 5), key=lambda t: t.get_position()[1])
    assert lowest.get_text() == "…"


def test_two_documents_of_a_year_keep_their_items_apart() -> None:
    supplement = ITEMS[ITEMS["year"] == 2014].assign(item_id=lambda t: "s" + t["item_id"])
    ax = flow(pd.concat([ITEMS, supplement]), LINKS, unit="item")
    blocks = [p for p in ax.patches if p.get_gid() == "block"]
    assert len(blocks) == len(ITEMS) + 5


def test_a_year_without_document_is_named_and_links_across_it_are_no_returns() -> None:
    items = ITEMS[ITEMS["year"] != 2015]
    ax = flow(items, links_of(("2014-5", "2016-2", 0.7, 0.8)))
    assert "2015未观测" in written(ax)
    assert len(patches(ax, "band-link")) == 1
    assert patches(ax, "band-returned") == []
