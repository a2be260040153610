"""Task tables: Excel and CSV."""

import datetime
import io

import openpyxl
import pytest

from planddiff.errors import UnreadableSourceError
from planddiff.readers import read_source
from tests.readers.made import rows, shown

HEAD = ["序号", "重点任务", "牵头单位", "完成时限"]
ROWS = [["1", "推进智慧城市建设，完善\n城市大脑", "市发改委", "2019-06-30"]]


def workbook(fill) -> bytes:
    book = openpyxl.Workbook()
    fill(book.active)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_excel_rows_with_merged_cells_numbers_and_days():
    def fill(sheet):
        sheet.title = "任务分工表"
        sheet.append(HEAD)
        sheet.append(["一、智慧城市"])
        sheet.merge_cells("A2:D2")
        sheet.append([1, "完善\n城市大脑", "市发改委", datetime.datetime(2019, 6, 30)])
        sheet.append([2.0, "数据共享", None, datetime.datetime(2019, 6, 30, 12)])
        sheet.merge_cells("C3:C4")
        sheet.append([])
        sheet.append([0.1 + 0.2, "=1+1", True, ""])

    document = read_source(workbook(fill), name="plan.xlsx")
    assert rows(document) == [
        HEAD,
        ["一、智慧城市"] * 4,
        ["1", "完善 城市大脑", "市发改委", "2019-06-30"],
        ["2", "数据共享", "市发改委", "2019-06-30 12:00:00"],
        ["0.3", "", "True", ""],
    ]
    assert shown(document, "furniture") == ["任务分工表"]


def test_hidden_sheets_are_aside():
    def fill(sheet):
        sheet.append(HEAD)
        choices = sheet.parent.create_sheet("选项")
        choices.append(["是"])
        choices.sheet_state = "hidden"

    document = read_source(workbook(fill))
    assert shown(document, "furniture") == ["Sheet", "选项", "是"]
    assert shown(document) == ["\t".join(HEAD)]


def test_a_name_does_not_hide_the_extension(tmp_path):
    path = tmp_path / "plan.csv"
    path.write_text("序号,任务\n1,推进", encoding="utf-8")
    assert read_source(path, name="浙江 2016").media_type == "text/csv"
    with path.open("rb") as handle:
        assert read_source(handle, name="浙江 2016").media_type == "text/csv"


def test_a_sheet_that_spans_millions_of_cells_is_refused():
    def fill(sheet):
        sheet["A1"] = "一"
        sheet["XFD1048576"] = "二"

    with pytest.raises(UnreadableSourceError, match=r"b\.xlsx': sheet 'Sheet' spans 1048576 rows"):
        read_source(workbook(fill), name="b.xlsx")


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("codec", ["utf-8-sig", "gbk"])
def test_csv_in_any_delimiter_and_encoding(delimiter, codec):
    quoted = [[f'"{field}"' if "\n" in field else field for field in row] for row in ROWS]
    text = "\r\n".join(delimiter.join(row) for row in [HEAD, *quoted])
    document = read_source(text.encode(codec), name="plan.csv")
    assert rows(document) == [
        HEAD,
        ["1", "推进智慧城市建设，完善 城市大脑", "市发改委", "2019-06-30"],
    ]
    assert document.media_type == "text/csv"


def test_a_field_beyond_the_limit_of_csv_is_told():
    with pytest.raises(UnreadableSourceError, match=r"'x\.csv' is not a table .*\.xlsx"):
        read_source(b'a,"' + b"x" * 200_000 + b'",b', name="x.csv")
