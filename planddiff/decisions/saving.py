"""Writing decisions so that neither a crash nor a second notebook loses a row."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pandas as pd

from planddiff.decisions.table import (
    COLUMNS,
    Decisions,
    as_decisions,
    merge_decisions,
    read_decisions,
)


def update_decisions(
    path: str | Path,
    added: Sequence[Mapping[str, Any]] = (),
    removed: Sequence[Mapping[str, Any]] = (),
) -> Decisions:
    """Add rows to a file of decisions, and take rows out of it.

    The file is locked, read again, changed and replaced in one step: rows that another notebook
    wrote meanwhile stay, and a crash leaves either the old file or the new one.

    Parameters
    ----------
    path : str or path
        The CSV file; made where there is none.
    added, removed : sequence of mapping
        Rows by column name; a row is removed where all its columns are equal.

    Returns
    -------
    Decisions
        What the file holds now.
    """
    where = Path(path)
    with _locked(where):
        before = read_decisions(where) if where.is_file() else as_decisions(None)
        after = merge_decisions([before, _rows(added)])
        gone = {_key(row) for row in _rows(removed).table.to_dict("records")}
        kept = [_key(row) not in gone for row in after.table.to_dict("records")]
        after = Decisions(after.table[kept].reset_index(drop=True))
        replace_file(where, after.to_text().encode("utf-8"))
    return after


def replace_file(path: Path, content: bytes) -> None:
    """Write a file in one step: first beside it, then in its place."""
    path = path.resolve()
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            shutil.copymode(path, beside)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _rows(rows: Sequence[Mapping[str, Any]]) -> Decisions:
    return as_decisions(pd.DataFrame([dict(row) for row in rows], columns=COLUMNS))


def _key(row: Mapping[Any, Any]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in COLUMNS)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file; the system lets go of it should the process die."""
    with path.with_name(f".{path.name}.lock").open("a+b") as stream:
        _lock(stream)
        try:
            yield
        finally:
            _unlock(stream)


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: IO[bytes]) -> None:
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)

    def _unlock(stream: IO[bytes]) -> None:
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(stream: IO[bytes]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX)

    def _unlock(stream: IO[bytes]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_UN)
