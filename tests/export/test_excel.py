"""Workbooks, opened again with openpyxl."""

import pandas as pd
import pytest
from openpyxl import load_workbook

from planddiff.errors import InvalidInputError, PlanDiffWarning
from planddiff.export import write_workbook


@pytest.fixture(scope="module")
def book(comparison, tmp_path_factory):
    path = tmp_path_factory.mktemp("excel") / "c.xlsx"
    comparison.to_excel(path)
    return load_workbook(path)


def header(sheet):
    return [cell.value for cell in sheet[1]]


def column(sheet, name):
    place = header(sheet).index(name)
    return [row[place] for row in sheet.iter_rows(min_row=2)]


def test_a_sheet_for_every_table(book, comparison):
    assert book.sheetnames == [
        "summary", "documents", "items", "links", "decisions", "needs_review", "targets",
        "agencies", "codebook",
    ]  # fmt: skip
    for name, table in comparison.tables().items():
        assert header(book[name]) == list(table.columns)
        assert book[name].max_row == len(table) + 1


def test_tracks_have_initiatives_and_events(tracks, tmp_path):
    tracks.to_excel(tmp_path / "t.xlsx")
    book = load_workbook(tmp_path / "t.xlsx")
    assert [c.value for c in column(book["initiatives"], "label")] == (
        tracks.initiatives["label"].tolist()
    )
    assert book["events"].max_row == len(tracks.events) + 1
    cell = column(book["initiatives"], "initiative_id")[0]
    row = int(cell.hyperlink.location.split("!A")[1])
    place = header(book["items"]).index("initiative_id")
    assert book["items"][row][place].value == cell.value


def test_headers_are_frozen_filtered_and_columns_wide_enough(book):
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
    assert 20 < book["items"].column_dimensions["D"].width <= 61


def test_ids_lead_to_the_row_of_the_other_sheet(book):
    items = book["items"]
    for cell in column(book["links"], "new_id"):
        sheet, row = cell.hyperlink.location.replace("'", "").split("!A")
        assert sheet == "items"
        assert items.cell(int(row), header(items).index("item_id") + 1).value == cell.value
    linked = {cell.value for cell in column(book["links"], "old_id")}
    for cell in column(items, "item_id"):
        if cell.value in linked:
            assert cell.hyperlink.location.startswith("'links'!A")


def test_statuses_are_coloured_and_constructed_documents_marked(book):
    statuses = {cell.value: cell.fill.start_color.rgb for cell in column(book["items"], "status")}
    assert statuses["dropped"] == "FFDDDDDD"
    assert len(set(statuses.values())) == len(statuses)
    marked = {cell.value: cell.fill.start_color.rgb for cell in column(book["documents"], "title")}
    assert list(marked.values()) == ["FFFBE9EF", "00000000"]
    assert "constructed" in book["items"].oddFooter.left.text


def test_rows_are_tall_enough_for_wrapped_texts(tmp_path):
    table = pd.DataFrame({"meaning": ["短", "长" * 80]})
    write_workbook({"t": table}, tmp_path / "w.xlsx")
    sheet = load_workbook(tmp_path / "w.xlsx")["t"]
    assert sheet.row_dimensions[2].height is None
    assert sheet.row_dimensions[3].height == 45
    assert sheet["A3"].alignment.wrap_text


def test_tracks_colour_where_an_item_came_from_and_went(tracks, tmp_path):
    tracks.to_excel(tmp_path / "t.xlsx")
    cells = column(load_workbook(tmp_path / "t.xlsx")["items"], "status_after")
    fills = {cell.value: cell.fill.start_color.rgb for cell in cells}
    assert fills["dropped"] == "FFDDDDDD"
    assert fills["split"] == "FFFCE8C8"


def test_no_text_becomes_a_formula_a_number_or_a_web_link(tmp_path):
    nasty = ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "https://example.org", "007", "=cmd|'/c'!A0"]
    write_workbook({"items": pd.DataFrame({"body": nasty})}, tmp_path / "n.xlsx")
    cells = column(load_workbook(tmp_path / "n.xlsx")["items"], "body")
    assert [cell.value for cell in cells] == nasty
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_numbers_truth_values_lists_and_gaps(tmp_path):
    table = pd.DataFrame(
        {
            "n": [0.5, float("nan")],
            "year": pd.array([2016, None], dtype="Int64"),
            "yes": [True, False],
            "lead": [["省经信委", "省农业厅"], []],
        }
    )
    write_workbook({"t": table}, tmp_path / "v.xlsx")
    rows = list(load_workbook(tmp_path / "v.xlsx")["t"].iter_rows(min_row=2, values_only=True))
    assert rows == [(0.5, 2016, True, "省经信委; 省农业厅"), (None, None, False, None)]


def test_a_text_too_long_for_a_cell_is_cut_and_said(tmp_path):
    with pytest.warns(PlanDiffWarning, match="1 texts are longer than the 32767"):
        write_workbook({"t": pd.DataFrame({"body": ["长" * 40_000]})}, tmp_path / "l.xlsx")
    assert len(load_workbook(tmp_path / "l.xlsx")["t"]["A2"].value) == 32_767


def test_a_wrong_name_is_refused(comparison, tmp_path):
    with pytest.raises(InvalidInputError, match=r"name ends in .xlsx"):
        comparison.to_excel(tmp_path / "c.csv")
