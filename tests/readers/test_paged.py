"""PDF and OFD: text layer, page numbers, furniture, scans."""

import pytest

from planddiff.errors import UnreadableSourceError
from planddiff.readers import read_source
from planddiff.readers.paging import furniture_lines
from planddiff.readers.ruled_tables import Rule, ruled_tables
from tests.readers.made import LINES, TITLE, ofd, pdf, placed, rows, shown

MAKERS = pytest.mark.parametrize("make", [pdf, ofd])


@MAKERS
def test_lines_and_pages(make):
    document = read_source(make([[TITLE, LINES[0]], LINES[1:]]), name="plan")
    assert shown(document) == [TITLE, *LINES]
    assert [block.page for block in document.blocks] == [1, 1, 2, 2]


@MAKERS
def test_running_heads_and_page_numbers_are_furniture(make):
    pages = [["云州市文件", line, f"— {n} —"] for n, line in enumerate(LINES, start=1)]
    document = read_source(make(pages))
    assert shown(document) == LINES
    assert shown(document, "furniture") == [
        text for n in (1, 2, 3) for text in ("云州市文件", f"— {n} —")
    ]


def test_figures_at_page_edges_that_do_not_run_with_the_pages_stay():
    assert furniture_lines([["12", "正文一", "40"], ["另一行", "正文二", "7"]]) == set()
    assert furniture_lines([["2019", "正文一", "甲"], ["2020", "正文二", "乙"]]) == set()
    assert furniture_lines([["37", "正文一", "甲"], ["38", "正文二", "乙"]]) == {(0, 0), (1, 0)}


GRID = [
    *("60 500 400 150 re S", "60 600 m 460 600 l S", "160 500 m 160 650 l S"),
    *("300 500 m 300 600 l S", "160 550 m 460 550 l S"),
]
CELLS = [
    *(("序号", 70, 620), ("任务与单位", 180, 620), ("1", 70, 540), ("建设平台", 180, 570)),
    *(("市发", 310, 580), ("改委", 310, 560), ("推进共享", 180, 520), ("市大数据局", 310, 520)),
]


def drawn_table(*more: str) -> str:
    return "\n".join([*GRID, *more, ""]) + "".join(placed(*cell) for cell in CELLS)


def test_drawn_tables_are_rows_with_merged_cells_between_the_lines_around_them():
    drawing = drawn_table() + placed("表后正文", 60, 450)
    document = read_source(pdf([[TITLE, LINES[0]]], drawings=[drawing]))
    assert rows(document) == [
        ["序号", "任务与单位", "任务与单位"],
        ["1", "建设平台", "市发改委"],
        ["1", "推进共享", "市大数据局"],
    ]
    assert [shown(document)[at] for at in (0, 1, -1)] == [TITLE, LINES[0], "表后正文"]


@pytest.mark.parametrize(
    "drawing",
    [
        "60 500 400 150 re S\n",
        "60 600 m 460 600 l S\n60 500 m 460 500 l S\n",
        drawn_table("500 500 40 150 re S", "520 500 m 520 650 l S", "500 600 m 540 600 l S"),
        "\n".join(f"60 {y / 10} m 460 {y / 10} l S" for y in range(4_100)),
    ],
)
def test_frames_underlines_and_drawings_are_no_tables(drawing):
    document = read_source(pdf([[TITLE]], drawings=[drawing]))
    assert rows(document) == []
    assert shown(document)[0] == TITLE


def test_cells_that_are_no_rectangles_are_no_table():
    across = [Rule(0, 0, 200), Rule(20, 0, 100), Rule(40, 0, 200)]
    upright = [Rule(0, 0, 40), Rule(100, 20, 40), Rule(200, 0, 40)]
    assert ruled_tables(across, upright) == []
    assert len(ruled_tables(across, [*upright, Rule(100, 0, 40)])) == 1


@MAKERS
def test_a_scan_says_that_it_holds_no_text(make):
    with pytest.raises(UnreadableSourceError, match=r"'scan' holds no text: its 2 pages .*OCR"):
        read_source(make([[], []]), name="scan")


def test_a_pdf_under_a_password_says_so():
    with pytest.raises(UnreadableSourceError, match=r"secret\.pdf' is under a password"):
        read_source(pdf([LINES], password=True), name="secret.pdf")


def test_an_extension_that_lies_does_no_harm():
    assert read_source(pdf([LINES]), name="plan.docx").media_type == "application/pdf"
