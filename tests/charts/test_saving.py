from __future__ import annotations

from pathlib import Path

import pandas as pd
from matplotlib import pyplot as plt

from planddiff.charts import save, svg, timeline, trend
from planddiff.charts.saving import hover
from tests.charts.lives import INITIATIVES, MEMBERS

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


def test_a_notebook_shows_cut_names_in_full_on_hover() -> None:
    full = "推进智慧城市时空信息云平台建设和北斗卫星导航应用示范工程<一期>"
    shown = svg(timeline(INITIATIVES.assign(label=full), MEMBERS))
    assert repr(shown).startswith("<Svg: ")
    assert shown._repr_html_().startswith("<svg")
    assert f"<title>{full.replace('<', '&lt;').replace('>', '&gt;')}</title>" in shown.text
    assert "<一期>" not in shown.text
