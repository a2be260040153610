from __future__ import annotations

import re

import pytest

from planddiff.charts.labels import Pen, chart_words, width, wrap
from planddiff.errors import InvalidInputError


def test_long_titles_break_between_words() -> None:
    lines = wrap("组织制定相关专项发展规划及课题研究", 9)
    assert lines == ["组织制定相关专项", "发展规划及课题研究"]


def test_marks_do_not_begin_a_line() -> None:
    lines = wrap("加快推进政府服务、城市管理智慧化", 8)
    assert all(line[0] not in "、。，）" for line in lines)
    assert "".join(lines) == "加快推进政府服务、城市管理智慧化"


def test_cut_lines_end_in_an_ellipsis_and_fit() -> None:
    lines = wrap("推进智慧城市时空信息云平台建设和北斗卫星导航应用", 9, lines=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(width(line) <= 9 for line in lines)


def test_a_word_longer_than_the_line_is_cut_but_kept() -> None:
    assert "".join(wrap("A" * 40, 5)) == "A" * 40


def test_both_languages_have_the_same_fields() -> None:
    for key, row in chart_words().items():
        fields = [sorted(re.findall(r"\{(\w+)", row[lang])) for lang in ("zh", "en")]
        assert fields[0] == fields[1], key
        assert all(row[column] for column in ("zh", "en", "source")), key


def test_runs_of_years_are_folded() -> None:
    pen = Pen("zh")
    assert pen.years([2014, 2015, 2016, 2018]) == "2014–2016、2018"
    assert pen.years([2014, 2015, 2017, 2018]) == "2014、2015、2017、2018"
    assert pen.years([]) == ""


def test_theme_names_are_translated_other_names_kept() -> None:
    assert Pen("en", ["大数据"]).name("大数据", "?") == "big data"
    assert Pen("en", ["海洋经济"]).name("海洋经济", "?") == "海洋经济"


def test_unknown_language_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="'fr'"):
        Pen("fr")  # type: ignore[arg-type]
