"""Blind coding sheets in Excel: written for coders, read back with every cell checked."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planddiff.errors import InvalidInputError, MissingExtraError, SourceNotFoundError

ANSWERS = ("yes", "no", "unsure")
COLUMNS = [
    "pair", "old_year", "old_title", "old_text", "new_year", "new_title", "new_text",
    "same_initiative", "note",
]  # fmt: skip
SHEET, KEY = "pairs", "key.csv"

_WIDTHS = (7, 9, 28, 60, 9, 28, 60, 16, 30)
_ALSO = {"y": "yes", "是": "yes", "n": "no", "否": "no", "?": "unsure", "不确定": "unsure"}


def write_sheets(
    sample: pd.DataFrame,
    items: pd.DataFrame,
    folder: Path,
    coders: Sequence[str],
    seed: int,
) -> list[Path]:
    """Write one sheet a coder, each in an order of its own, and the key beside them.

    Parameters
    ----------
    sample : DataFrame
        Drawn pairs with ``pair``, ``old_id``, ``new_id`` and all that the key keeps.
    items : DataFrame
        ``item_id``, ``year``, ``title``, ``body``, ``constructed``.
    folder : path
        Made where there is none.
    coders : sequence of str
        Names of the sheets.
    seed : int
        Of the orders.

    Raises
    ------
    InvalidInputError
        A sheet of that name is there already: it may hold answers.
    MissingExtraError
        XlsxWriter is not installed.
    """
    try:
        xlsxwriter: Any = import_module("xlsxwriter")
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            "coding_sheets needs XlsxWriter: pip install 'planddiff[excel]'"
        ) from error
    paths = [folder / f"{coder}.xlsx" for coder in coders]
    there = [path.name for path in [*paths, folder / KEY] if path.exists()]
    if there:
        raise InvalidInputError(
            f"{folder} holds {', '.join(there)} already, maybe with answers; name another folder"
        )
    folder.mkdir(parents=True, exist_ok=True)
    by_id = items.set_index("item_id")
    shown = {side: by_id.loc[sample[f"{side}_id"]].reset_index() for side in ("old", "new")}
    constructed = any(bool(table["constructed"].any()) for table in shown.values())
    rows = [
        (pair, old[0], old[1], old[2], new[0], new[1], new[2])
        for pair, old, new in zip(
            sample["pair"],
            *(shown[side][["year", "title", "body"]].to_numpy().tolist() for side in shown),
            strict=True,
        )
    ]
    titles = {f"{side}_title": shown[side]["title"].to_numpy() for side in shown}
    sample.assign(**titles).to_csv(folder / KEY, index=False, encoding="utf-8-sig")
    generator = np.random.default_rng(seed)
    for path in paths:
        mixed = [rows[place] for place in generator.permutation(len(rows))]
        _write(xlsxwriter, path, mixed, constructed)
    return paths


def _write(xlsxwriter: Any, path: Path, rows: Sequence[Sequence[Any]], constructed: bool) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(SHEET)
        bold = book.add_format({"bold": True, "bg_color": "#E8EDF2", "bottom": 1})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        answer = book.add_format({"bg_color": "#FFF9D9", "valign": "top", "border": 4})
        for place, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, name, bold)
        at = COLUMNS.index("same_initiative")
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                sheet.write_string(number, place, str(value)[:32_767], text)
            sheet.write_blank(number, at, None, answer)
            sheet.write_blank(number, at + 1, None, answer)
        rule = {"validate": "list", "source": list(ANSWERS), "error_title": "planddiff"}
        rule["error_message"] = f"{' / '.join(ANSWERS)}"
        sheet.data_validation(1, at, max(len(rows), 1), at, rule)
        sheet.freeze_panes(1, 1)
        guide = book.add_worksheet("guide")
        guide.set_column(0, 0, 110)
        for number, line in enumerate(_instructions(constructed)):
            guide.write_string(number, 0, line, text)


def _instructions(constructed: bool) -> Iterator[str]:
    text = (files("planddiff") / "data" / "coding_instructions.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        if row["key"] != "constructed" or constructed:
            yield row["zh"]
            yield row["en"]


def read_key(folder: Path) -> pd.DataFrame:
    """The key of the sample: which items each pair holds, and how it was drawn."""
    if not (folder / KEY).is_file():
        raise SourceNotFoundError(f"no {KEY} in {str(folder)!r}: coding_sheets writes it")
    return pd.read_csv(folder / KEY, encoding="utf-8-sig")


def read_answers(
    folder: Path, pairs: Sequence[str], *, partial: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Answers and notes, one row a pair (in the order of `pairs`), one column a coder."""
    try:
        openpyxl: Any = import_module("openpyxl")
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            "read_coding needs openpyxl: pip install 'planddiff[excel]'"
        ) from error
    paths = sorted(path for path in folder.glob("*.xlsx") if not path.name.startswith("~$"))
    if not paths:
        raise SourceNotFoundError(f"no coding sheet (*.xlsx) in {str(folder)!r}")
    answers: dict[str, dict[str, Any]] = {}
    notes: dict[str, dict[str, Any]] = {}
    for path in paths:
        book = openpyxl.load_workbook(path, read_only=False, data_only=True)
        if SHEET not in book.sheetnames:
            raise InvalidInputError(f"{path.name} has no sheet {SHEET!r}; it has {book.sheetnames}")
        cells = _cells(path.name, book[SHEET], pairs)
        empty = [where for where, answer, _ in cells.values() if answer is None]
        if empty and not partial:
            raise InvalidInputError(
                f"{path.name}: {len(empty)} pairs have no answer, the first in cell "
                f"{', '.join(empty[:5])}; write {', '.join(ANSWERS)}, or read with partial=True"
            )
        answers[path.stem] = {pair: answer for pair, (_, answer, _) in cells.items()}
        notes[path.stem] = {pair: note for pair, (_, _, note) in cells.items()}
    return _frame(answers, pairs), _frame(notes, pairs)


def _frame(columns: Mapping[str, Mapping[str, Any]], pairs: Sequence[str]) -> pd.DataFrame:
    table = {name: [values[pair] for pair in pairs] for name, values in columns.items()}
    return pd.DataFrame(table, index=pd.Index(pairs, name="pair"), dtype=object)


def _cells(name: str, sheet: Any, pairs: Sequence[str]) -> dict[str, tuple[str, str | None, str]]:
    """Cell, answer and note of every pair."""
    header = [cell.value for cell in sheet[1]]
    missing = [each for each in ("pair", "same_initiative", "note") if each not in header]
    if missing:
        raise InvalidInputError(f"{name}, row 1: no column {missing[0]!r} among {header}")
    at = {each: header.index(each) for each in ("pair", "same_initiative", "note")}
    known, found = set(pairs), dict[str, tuple[str, str | None, str]]()
    for row in sheet.iter_rows(min_row=2):
        pair = row[at["pair"]].value
        if pair is None and all(cell.value is None for cell in row):
            continue
        where = f"{name}, cell {row[at['pair']].coordinate}"
        if pair not in known:
            raise InvalidInputError(f"{where}: {pair!r} is no pair of this sample; see {KEY}")
        if pair in found:
            raise InvalidInputError(f"{where}: {pair} stands here a second time; delete one row")
        cell = row[at["same_initiative"]]
        answer = _answer(cell.value, f"{name}, cell {cell.coordinate}")
        found[pair] = (cell.coordinate, answer, str(row[at["note"]].value or ""))
    lost = [pair for pair in pairs if pair not in found]
    if lost:
        raise InvalidInputError(
            f"{name}: the rows of {', '.join(lost[:5])} are missing ({len(lost)} of {len(pairs)}); "
            "coders may sort rows but not delete them"
        )
    return found


def _answer(value: object, where: str) -> str | None:
    word = str(value).strip().lower() if value is not None else ""
    word = _ALSO.get(word, word)
    if word and word not in ANSWERS:
        raise InvalidInputError(f"{where}: {value!r} is no answer; write {', '.join(ANSWERS)}")
    return word or None
