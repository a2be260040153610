"""A workbook of result tables: ready to filter, read and print; no cell is ever a formula."""

from __future__ import annotations

import csv
import math
import unicodedata
import warnings
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from planddiff.errors import InvalidInputError, MissingExtraError, PlanDiffWarning
from planddiff.export.cells import Cell, plain_table

LEADS_TO = {
    ("items", "item_id"): ("links", ("old_id", "new_id")),
    ("items", "initiative_id"): ("initiatives", ("initiative_id",)),
    ("links", "old_id"): ("items", ("item_id",)),
    ("links", "new_id"): ("items", ("item_id",)),
    ("needs_review", "old_id"): ("items", ("item_id",)),
    ("needs_review", "new_id"): ("items", ("item_id",)),
    ("initiatives", "initiative_id"): ("items", ("initiative_id",)),
    ("events", "initiative_id"): ("initiatives", ("initiative_id",)),
    ("agencies", "item_id"): ("items", ("item_id",)),
    ("targets", "item_id"): ("items", ("item_id",)),
}
"""Where a click on a cell leads: the first row of another sheet that has the same value."""

MOST_ROWS, MOST_TEXT, MOST_LINKS = 1_048_575, 32_767, 60_000
"""Limits of the format: rows below the header, characters in a cell, links on a sheet."""

_COLOURED = ("status", "status_before", "status_after", "relation", "exit")
_MARKED = ("title", "constructed")
_LINE = 15.0
_NARROWEST, _WIDEST, _WRAPS, _PAGE = 8, 60, 180, 200
"""Widths in characters: of columns, of the longest text that is wrapped (a longer one would make
rows too tall to scan), and of a table that fits a printed page."""


def write_workbook(
    tables: Mapping[str, pd.DataFrame], path: str | Path, *, footer: str = "planddiff"
) -> None:
    """Write tables as sheets of one Excel workbook.

    Headers are frozen and carry filters; columns are as wide as their texts; statuses are
    coloured; ids lead to the sheet that tells more; rows of constructed documents are marked. All
    text is written as text: ``=1+1`` stays what the document says.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Sheet name to table.
    path : str or path
        The file, ending in ``.xlsx``.
    footer : str
        Printed at the foot of every page.

    Raises
    ------
    InvalidInputError
        The name does not end in ``.xlsx``, or a table has more rows than a sheet can hold.
    MissingExtraError
        XlsxWriter is not installed.

    Warns
    -----
    PlanDiffWarning
        A text is longer than a cell can hold and was cut.
    """
    if Path(path).suffix.lower() != ".xlsx":
        raise InvalidInputError(f"path={str(path)!r}: a workbook's name ends in .xlsx")
    for name, table in tables.items():
        if len(table) > MOST_ROWS:
            raise InvalidInputError(
                f"{name} has {len(table)} rows, more than the {MOST_ROWS} of a sheet; write it "
                "with to_csv"
            )
    try:
        xlsxwriter: Any = import_module("xlsxwriter")
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            "to_excel needs XlsxWriter: pip install 'planddiff[excel]'"
        ) from error
    plain = {name: plain_table(table) for name, table in tables.items()}
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    cut = 0
    with xlsxwriter.Workbook(str(path), options) as workbook:
        formats = _Formats(workbook)
        for name, table in plain.items():
            cut += _write_sheet(workbook.add_worksheet(name), name, table, plain, formats, footer)
    if cut:
        warnings.warn(
            f"{cut} texts are longer than the {MOST_TEXT} characters of a cell and were cut in "
            f"{path}; to_csv writes them whole",
            PlanDiffWarning,
            stacklevel=3,
        )


class _Formats:
    """Formats of the workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({"valign": "top", **properties})
        return self._made[key]


def _write_sheet(
    sheet: Any,
    name: str,
    table: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    formats: _Formats,
    footer: str,
) -> int:
    header = formats.get(bold=True, bg_color="#E8EDF2", bottom=1, text_wrap=True)
    rows = table.to_numpy(dtype=object).tolist()
    constructed = _constructed(table)
    widths = [_width(str(column), table[column]) for column in table.columns]
    cut = links = 0
    for place, (column, (width, wraps)) in enumerate(zip(table.columns, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, str(column), header)
        target = LEADS_TO.get((name, str(column)))
        goals = _goals(tables, *target) if target and target[0] in tables else {}
        for number, row in enumerate(rows, start=1):
            value = _cell(row[place])
            look: dict[str, Any] = {"text_wrap": True} if wraps else {}
            if column in _COLOURED and value in _fills():
                look["bg_color"] = _fills()[str(value)]
            elif column in _MARKED and constructed[number - 1]:
                look["bg_color"] = _fills()["constructed"]
            if isinstance(value, float):
                look["num_format"] = "0.00"
            goal = goals.get(value) if links < MOST_LINKS else None
            if goal is not None:
                links += 1
                look |= {"font_color": "#0B5394", "underline": 1}
                place_of = f"internal:'{target[0]}'!A{goal + 2}" if target else ""
                sheet.write_url(number, place, place_of, formats.get(**look), str(value))
            else:
                cut += _write(sheet, number, place, value, formats.get(**look))
    for number, row in enumerate(rows, start=1):
        texts = zip(row, widths, strict=True)
        lines = [_room(str(value)) / width for value, (width, wraps) in texts if wraps]
        if max(lines, default=0) > 1:
            sheet.set_row(number, _LINE * math.ceil(max(lines)))
    sheet.freeze_panes(1, 0)
    if len(table.columns):
        sheet.autofilter(0, 0, max(len(rows), 1), len(table.columns) - 1)
    sheet.set_landscape()
    if sum(width for width, _ in widths) <= _PAGE:
        sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{footer.replace('&', '&&')}&R&A &P/&N")
    return cut


def _write(sheet: Any, row: int, column: int, value: Cell, look: Any) -> int:
    """Write one cell; 1 where its text had to be cut."""
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, look)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value, look)
    else:
        sheet.write_string(row, column, value[:MOST_TEXT], look)
        return int(len(value) > MOST_TEXT)
    return 0


def _cell(value: Any) -> Cell:
    if pd.isna(value) or value == "":
        return None
    cell: Cell = value
    return cell


def _constructed(table: pd.DataFrame) -> list[bool]:
    if "constructed" not in table.columns:
        return [False] * len(table)
    return [bool(value) for value in table["constructed"]]


def _goals(
    tables: Mapping[str, pd.DataFrame], name: str, columns: tuple[str, ...]
) -> dict[Any, int]:
    """First row of a table at which each value stands."""
    goals: dict[Any, int] = {}
    for column in columns:
        if column in tables[name].columns:
            for place, value in enumerate(tables[name][column].tolist()):
                goals.setdefault(value, place)
    return goals


def _width(name: str, values: pd.Series) -> tuple[int, bool]:
    """Width of a column in characters, a Chinese one counting two, and whether its texts wrap."""
    longest = max((_room(str(value)) for value in values[:2000] if value is not None), default=0)
    if pd.api.types.is_float_dtype(values):
        longest = _NARROWEST
    width = min(max(longest, _room(name) + 3, _NARROWEST) + 1, _WIDEST)
    return width, _WIDEST < longest <= _WRAPS


def _room(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text[:200])


@cache
def _fills() -> dict[str, str]:
    text = (files("planddiff") / "data" / "status_fills.csv").read_text(encoding="utf-8")
    return {row["status"]: row["fill"] for row in csv.DictReader(text.splitlines())}
