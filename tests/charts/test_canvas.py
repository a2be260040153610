from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt

from planddiff.charts import save, trend
from planddiff.charts.canvas import hover, spread

POSITIONS = st.lists(st.floats(-100, 100), min_size=1, max_size=12)


@given(POSITIONS, st.floats(0.1, 10))
def test_spread_keeps_order_and_gap(wanted: list[float], gap: float) -> None:
    placed = spread(wanted, gap)
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    steps = [placed[b] - placed[a] for a, b in pairwise(order)]
    assert all(step >= gap - 1e-9 for step in steps)


@given(POSITIONS, st.floats(0.1, 10))
def test_spread_keeps_the_centre(wanted: list[float], gap: float) -> None:
    assert abs(sum(spread(wanted, gap)) - sum(wanted)) < 1e-6


def test_spread_leaves_what_is_apart() -> None:
    assert spread([5.0, 1.0], 2.0) == [5.0, 1.0]


TABLE = pd.DataFrame(
    {"year": [2015, 2016], "theme": "大数据", "items": [4, 9], "share": [0.1, 0.2]}
)


def test_svg_has_real_text_and_titles_on_hover(tmp_path: Path) -> None:
    ax = trend(TABLE)
    hover(ax.texts[0], "推进智慧城市 & 大数据 <2016>")
    svg = save(ax, tmp_path / "trend.svg").read_text(encoding="utf-8")
    assert "大数据 20.0%" in svg
    assert "<title>推进智慧城市 &amp; 大数据 &lt;2016&gt;</title>" in svg
    assert ax.texts[0].get_gid() is None


def test_svg_is_the_same_twice(tmp_path: Path) -> None:
    one, two = (save(trend(TABLE), tmp_path / name).read_bytes() for name in ("a.svg", "b.svg"))
    assert one == two


def test_png_and_pdf_are_written(tmp_path: Path) -> None:
    ax = trend(TABLE)
    assert save(ax, tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert save(ax, str(tmp_path / "a.pdf")).read_bytes().startswith(b"%PDF")


def test_own_figures_ignore_the_style_of_the_session(tmp_path: Path) -> None:
    plain = save(trend(TABLE), tmp_path / "a.svg").read_bytes()
    with plt.style.context("dark_background"):
        dark = save(trend(TABLE), tmp_path / "b.svg").read_bytes()
    assert plain == dark
