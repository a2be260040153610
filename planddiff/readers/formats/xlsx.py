"""Excel files (.xlsx): every sheet, one block a row, merged cells repeated."""

from __future__ import annotations

import datetime
import io
import warnings
from collections.abc import Iterator
from typing import Any

from planddiff.errors import UnreadableSourceError
from planddiff.readers.archive import ZIP_MAGIC, Archive
from planddiff.readers.builder import Cell, DocumentBuilder, Passage
from planddiff.readers.document import SourceDocument
from planddiff.readers.extras import require
from planddiff.readers.limits import MAX_CELLS
from planddiff.readers.origin import Raw
from planddiff.readers.registry import Format

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _recognise(raw: Raw) -> bool:
    return raw.data.startswith(ZIP_MAGIC) and "xl/workbook.xml" in Archive(raw.data, raw.name)


def read_xlsx(raw: Raw) -> SourceDocument:
    """Read a workbook: the values as last shown, with the names of its sheets as furniture.

    Sheets that are hidden, which hold the choices of drop-down lists, are furniture too.

    Raises
    ------
    UnreadableSourceError
        More cells than any plan has.
    """
    openpyxl = require("openpyxl", "reading Excel files")
    Archive(raw.data, raw.name).refuse_entities()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about drop-down lists and styles, which hold no text
        workbook = openpyxl.load_workbook(io.BytesIO(raw.data), data_only=True)
    builder = DocumentBuilder(raw.name)
    for sheet in workbook.worksheets:
        if sheet.max_row * sheet.max_column > MAX_CELLS:
            raise UnreadableSourceError(
                f"{raw.name!r}: sheet {sheet.title!r} spans {sheet.max_row} rows and "
                f"{sheet.max_column} columns, more than any plan; copy the table to a new sheet"
            )
        builder.add_text(sheet.title, aside="furniture")
        aside = "" if sheet.sheet_state == "visible" else "furniture"
        builder.add_table(_rows(sheet), aside=aside)
    return builder.build(raw.data, _MEDIA_TYPE)


def _rows(sheet: Any) -> Iterator[list[Cell]]:
    """Rows from the first to the last column that holds anything."""
    merged = {
        (area.min_row, area.min_col): (
            area.max_row - area.min_row + 1,
            area.max_col - area.min_col + 1,
        )
        for area in sheet.merged_cells.ranges
    }
    covered = {
        (row, column)
        for (top, left), (rows, columns) in merged.items()
        for row in range(top, min(top + rows, sheet.max_row + 1))
        for column in range(left, min(left + columns, sheet.max_column + 1))
        if (row, column) != (top, left)
    }
    for values in sheet.iter_rows():
        row = []
        for cell in values:
            if (cell.row, cell.column) not in covered:
                rows, columns = merged.get((cell.row, cell.column), (1, 1))
                row.append(Cell(Passage.flat(_shown(cell.value)), rows, columns))
        yield row


def _shown(value: object) -> str:
    """Write a value as a reader of the sheet sees it, days as ISO dates."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)


FORMAT = Format(
    name="Excel",
    extensions=(".xlsx", ".xlsm"),
    recognise=_recognise,
    read=read_xlsx,
    rank=1,
    media_types=(_MEDIA_TYPE,),
)
