"""Lines of a PDF from its placed characters."""

import pytest

from planddiff.readers import read_source
from planddiff.readers.glyph_lines import Glyph, glyph_lines
from tests.readers.made import pdf, placed, shown


def row(text: str, *, x: float = 0, y: float = 700, step: float = 10) -> list[Glyph]:
    return [
        Glyph(character, x + step * at, y, x + step * at + 10, 10)
        for at, character in enumerate(text)
    ]


def test_pieces_drawn_out_of_order_come_to_their_place():
    drawing = placed("深化", 60, 700) + placed("两化", 96, 700) + placed("融合", 144, 700)
    drawing += placed("“", 84, 700) + placed("”", 120, 700)
    assert shown(read_source(pdf([[]], drawings=[drawing]))) == ["深化“两化” 融合"]


def test_lines_keep_the_order_of_the_page_so_columns_stay_apart():
    left, right = (row("左上"), row("左下", y=680)), (row("右上", x=300), row("右下", x=300, y=680))
    assert glyph_lines([*left[0], *left[1], *right[0], *right[1]]) == [
        "左上",
        "左下",
        "右上",
        "右下",
    ]


def test_bold_type_imitated_by_drawing_twice_is_read_once():
    assert glyph_lines(row("标题") + row("标题", x=0.4)) == ["标题"]
    assert glyph_lines(row("人人")) == ["人人"]


@pytest.mark.parametrize(("gap", "between"), [(0, "智慧"), (2.5, "智慧"), (3.5, "智 慧")])
def test_gaps_are_blanks_only_when_they_are_wide(gap, between):
    assert glyph_lines(row("智") + row("慧", x=10 + gap)) == [between]


def test_small_shifts_of_the_base_line_stay_in_the_line():
    assert glyph_lines(row("注") + row("①", x=10, y=703) + row("释", x=20)) == ["注①释"]


def test_halves_of_characters_beyond_the_basic_plane_are_joined():
    halves = row("\ud842", x=0) + row("\udfb7", x=0.1)
    assert glyph_lines(halves) == ["𠮷"]
    assert glyph_lines(row("\ud842")) == ["\ufffd"]
