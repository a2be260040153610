"""Tables as a folder of CSV or Parquet files, with a data dictionary beside them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from planddiff.errors import InvalidInputError, MissingExtraError
from planddiff.export.cells import plain_table
from planddiff.export.dictionary import data_dictionary

FORMATS = ("csv", "parquet")


def write_folder(
    tables: Mapping[str, pd.DataFrame], folder: str | Path, format: str = "csv"
) -> list[Path]:
    """Write each table as a file, and ``dictionary.csv`` on what their columns mean.

    Parameters
    ----------
    tables : mapping of str to DataFrame
    folder : str or path
        Made where there is none; files of the same names are replaced.
    format : {'csv', 'parquet'}
        CSV is UTF-8 with the mark that lets spreadsheets read Chinese; lists are joined by
        semicolons. Parquet keeps lists as lists.

    Returns
    -------
    list of Path

    Raises
    ------
    InvalidInputError
        An unknown format, or a file stands where the folder should be.
    MissingExtraError
        Parquet is asked for and pyarrow is not installed.
    """
    where = Path(folder)
    if format not in FORMATS:
        raise InvalidInputError(f"format={format!r}: give one of {', '.join(FORMATS)}")
    if where.exists() and not where.is_dir():
        raise InvalidInputError(f"{str(folder)!r} is a file; give the name of a folder")
    if format == "parquet" and find_spec("pyarrow") is None:
        raise MissingExtraError("format='parquet' needs pyarrow: pip install 'planddiff[parquet]'")
    where.mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in [*tables.items(), ("dictionary", data_dictionary(tables))]:
        path = where / f"{name}.{'csv' if name == 'dictionary' else format}"
        if path.suffix == ".csv":
            plain_table(table).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
        else:
            _for_parquet(table).to_parquet(path, index=False)
        written.append(path)
    return written


def _for_parquet(table: pd.DataFrame) -> pd.DataFrame:
    """Columns of one type: lists stay, mappings and mixed cells become text."""
    lists = {
        name
        for name, column in table.items()
        if column.dtype == object and column.map(lambda each: isinstance(each, list)).all()
    }
    plain = plain_table(table)
    columns = {
        name: table[name]
        if name in lists
        else plain[name].map(lambda each: each if each is None else str(each))
        if plain[name].dtype == object
        else plain[name]
        for name in table.columns
    }
    return pd.DataFrame(columns)
