from __future__ import annotations

import warnings
from pathlib import Path

import matplotlib
import pandas as pd
import pytest

import planddiff.charts as charts
from planddiff.charts import fonts
from planddiff.errors import InvalidInputError, PlanDiffWarning, SourceNotFoundError
from tests.charts.reading import written

DEJAVU = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
EXTRA = Path(pytest.importorskip("pylopdf_fonts_zh_cn").sans_path())

TABLE = pd.DataFrame(
    {"year": [2015, 2016] * 2, "theme": ["大数据"] * 2 + ["海洋经济"] * 2, "items": [4, 9, 1, 2]}
)
STATUS = pd.DataFrame(
    {
        "old_year": 2015,
        "new_year": 2016,
        "side": ["old", "new"],
        "item_id": ["a", "b"],
        "status": ["dropped", "new"],
    }
)


def test_extra_is_found_where_nothing_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_installed", list)
    fonts.cjk_font.cache_clear()
    assert fonts.cjk_font() == EXTRA


def test_installed_font_comes_before_the_extra(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    installed = tmp_path / "NotoSansCJK-Regular.otf"
    installed.symlink_to(EXTRA)
    monkeypatch.setattr(fonts, "_installed", lambda: [DEJAVU, installed])
    fonts.cjk_font.cache_clear()
    assert fonts.cjk_font() == installed


def test_installed_font_of_unknown_name_is_better_than_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    installed = tmp_path / "MyHandwriting.otf"
    installed.symlink_to(EXTRA)
    monkeypatch.setattr(fonts, "_installed", lambda: [DEJAVU, installed])
    monkeypatch.setattr(fonts, "_from_extra", list)
    fonts.cjk_font.cache_clear()
    assert fonts.cjk_font() == installed


@pytest.mark.usefixtures("no_chinese_font")
def test_one_warning_for_all_charts_and_english_words_instead_of_boxes() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        trend = charts.trend(TABLE, y="items")
        status = charts.status(STATUS)
        trend.figure.canvas.draw()
        status.figure.canvas.draw()
    (warning,) = caught
    assert warning.category is PlanDiffWarning
    assert warning.filename == __file__
    assert "pip install 'planddiff[fonts]'" in str(warning.message)
    assert "set_font" in str(warning.message)
    assert {"big data 9", "theme 2 2"} <= set(written(trend))
    assert {"dropped", "new"} <= {t.get_text() for t in status.get_legend().get_texts()}
    assert all(ord(c) < 0x2E80 for ax in (trend, status) for text in written(ax) for c in text)


@pytest.mark.usefixtures("no_chinese_font")
def test_english_chart_of_english_names_needs_no_chinese_font() -> None:
    table = TABLE.replace({"大数据": "big data", "海洋经济": "oceans"})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        charts.trend(table, y="items", lang="en")


@pytest.mark.usefixtures("no_chinese_font")
def test_set_font_names_the_file_of_all_texts() -> None:
    fonts.set_font(EXTRA)
    ax = charts.trend(TABLE, y="items")
    drawn = [t for t in (*ax.texts, ax.title, *ax.get_xticklabels()) if t.get_text()]
    assert {t.get_fontproperties().get_file() for t in drawn} == {str(EXTRA)}


def test_set_font_refuses_what_cannot_write_chinese(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match=r"nowhere\.otf"):
        fonts.set_font(tmp_path / "nowhere.otf")
    with pytest.raises(InvalidInputError, match="DejaVuSans"):
        fonts.set_font(DEJAVU)
    text = tmp_path / "notes.otf"
    text.write_text("no font")
    with pytest.raises(InvalidInputError, match=r"notes\.otf"):
        fonts.set_font(text)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_chart_word_can_be_drawn(lang: str) -> None:
    from matplotlib.font_manager import get_font

    from planddiff.charts.labels import chart_words

    font = get_font(str(EXTRA))
    words = "".join(row[lang] for row in chart_words().values())
    assert [c for c in sorted(set(words)) if not font.get_char_index(ord(c))] == []
