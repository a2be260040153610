from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from planddiff.charts import presence
from planddiff.charts.palette import STATUS
from tests.charts.lives import INITIATIVES, LIVES, MEMBERS, SOURCES
from tests.charts.reading import foot, written


def cells(ax: Axes) -> dict[tuple[int, int], str]:
    """Colour of every filled cell by row and year."""
    found = [patch for patch in ax.patches if patch.get_gid() == "there"]
    return {
        (round(c.get_y() + 0.42), round(c.get_x() + 0.5)): to_hex(c.get_facecolor()) for c in found
    }


def test_a_cell_for_every_year_with_an_item() -> None:
    drawn = cells(presence(INITIATIVES, MEMBERS, sources=SOURCES))
    expected = [(row, y) for row, (_, years) in enumerate(LIVES.values()) for y in years]
    assert sorted(drawn) == expected


def test_cells_have_the_colour_of_their_status() -> None:
    drawn = cells(presence(INITIATIVES, MEMBERS, sources=SOURCES))
    assert drawn[0, 2018] == STATUS["split"].colour
    assert drawn[1, 2018] == STATUS["returned"].colour


def test_absent_years_inside_a_life_are_dotted_unobserved_years_are_not() -> None:
    ax = presence(INITIATIVES, MEMBERS, sources=SOURCES)
    dots = [(int(x.get_xdata()[0]), int(x.get_ydata()[0])) for x in ax.lines]
    assert dots == [(2015, 1), (2017, 1)]
    assert "未观测" in written(ax)


def test_all_initiatives_of_a_year_are_counted_above() -> None:
    ax = presence(INITIATIVES, MEMBERS, top=1, sources=SOURCES)
    above = [t.get_text() for t in ax.texts if t.get_va() == "bottom" and t.get_text().isdigit()]
    assert above == ["2", "2", "2", "2", "1"]
    assert "另有2项只计数" in foot(ax)


def test_without_statuses_there_is_no_legend() -> None:
    plain = INITIATIVES.drop(columns="statuses")
    assert presence(plain, MEMBERS).get_legend() is None


def test_five_hundred_initiatives_fit() -> None:
    many = pd.DataFrame({"initiative_id": range(500), "label": "推进建设"})
    members = pd.DataFrame({"initiative_id": range(500), "year": 2014})
    ax = presence(many, members)
    assert len(cells(ax)) == 60
    assert "其余440项举措的历年数" in written(ax)
