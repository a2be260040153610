"""PDF and OFD: text layer, page numbers, furniture, scans."""

import pytest

from planddiff.errors import UnreadableSourceError
from planddiff.readers import read_source
from planddiff.readers.paging import furniture_lines
from tests.readers.made import LINES, TITLE, ofd, pdf, shown

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


@MAKERS
def test_a_scan_says_that_it_holds_no_text(make):
    with pytest.raises(UnreadableSourceError, match=r"'scan' holds no text: its 2 pages .*OCR"):
        read_source(make([[], []]), name="scan")


def test_a_pdf_under_a_password_says_so():
    with pytest.raises(UnreadableSourceError, match=r"secret\.pdf' is under a password"):
        read_source(pdf([LINES], password=True), name="secret.pdf")


def test_an_extension_that_lies_does_no_harm():
    assert read_source(pdf([LINES]), name="plan.docx").media_type == "application/pdf"
