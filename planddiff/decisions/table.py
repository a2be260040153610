"""The table of decisions: its columns, its checks, and which decision is in force."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pandas as pd

from planddiff.errors import InvalidInputError, SourceNotFoundError

PAIR = ["old_fingerprint", "new_fingerprint"]
COLUMNS = [
    *PAIR, "decision", "coder", "date", "note", "old_year", "new_year", "old_title", "new_title",
]  # fmt: skip
VERDICTS = ("confirm", "reject", "note")
"""``note`` is a remark and decides nothing."""

CONFLICT_COLUMNS = [
    *PAIR, "old_title", "new_title", "coder", "decision", "date", "other_coder", "other_decision",
    "other_date", "in_force",
]  # fmt: skip
_NONE = pd.DataFrame(columns=COLUMNS, dtype=str)
_NEEDED = [*PAIR, "decision"]
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_DATE = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})"
    r"(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?Z?)?"
)
_DAY = len("2026-01-31")


@dataclass(frozen=True, eq=False)
class Decisions:
    """Decisions of coders on pairs of items.

    Attributes
    ----------
    table : DataFrame
        Every row ever written, columns ``COLUMNS``, all text, in the order of date and pair. An
        item is named by its fingerprint; years and titles are there to be read.
    """

    table: pd.DataFrame

    def __repr__(self) -> str:
        counts = self.in_force()["decision"].value_counts()
        return (
            f"<Decisions: {counts.get('confirm', 0)} confirmed, {counts.get('reject', 0)} "
            f"rejected; {len(self.table)} rows>"
        )

    def __len__(self) -> int:
        return len(self.table)

    def in_force(self) -> pd.DataFrame:
        """The decision that holds for each pair: the latest one.

        Returns
        -------
        DataFrame
            ``COLUMNS``, one row a pair.

        Raises
        ------
        InvalidInputError
            A pair is confirmed and rejected at the same date.
        """
        if self.table.empty:
            return self.table
        verdicts = self.table[self.table["decision"] != "note"]
        latest = verdicts.drop_duplicates(PAIR, keep="last")
        open_pairs = _contradictions(verdicts, latest)
        if open_pairs:
            row = open_pairs[0]
            raise InvalidInputError(
                f"“{row['old_title']}” → “{row['new_title']}” ({row['old_fingerprint']}, "
                f"{row['new_fingerprint']}) is both confirmed and rejected on {row['date']}"
                f"{_by(row)}; delete one of the two rows, or add one with a later date"
            )
        return latest.sort_values(PAIR, ignore_index=True)

    def conflicts(self) -> pd.DataFrame:
        """Pairs on which the last words of two coders differ.

        Returns
        -------
        DataFrame
            ``CONFLICT_COLUMNS``; ``in_force`` is the decision that a run replays, empty where
            both have the same date.
        """
        if self.table.empty:
            return self.table
        verdicts = self.table[self.table["decision"] != "note"]
        last = verdicts.drop_duplicates([*PAIR, "coder"], keep="last")
        both = last.merge(last, on=PAIR, suffixes=("", "_other"))
        both = both[
            (both["coder"] < both["coder_other"]) & (both["decision"] != both["decision_other"])
        ]
        latest = verdicts.drop_duplicates(PAIR, keep="last")
        unclear = {(r[PAIR[0]], r[PAIR[1]]) for r in _contradictions(verdicts, latest)}
        holds = {
            (a, b): "" if (a, b) in unclear else verdict
            for a, b, verdict in zip(*(latest[name] for name in _NEEDED), strict=True)
        }
        renamed = both.rename(
            columns={f"{name}_other": f"other_{name}" for name in ("coder", "decision", "date")}
        )
        in_force = [holds[key] for key in zip(*(both[name] for name in PAIR), strict=True)]
        table = renamed.assign(in_force=in_force)[CONFLICT_COLUMNS]
        return table.sort_values([*PAIR, "coder", "other_coder"], ignore_index=True)

    def to_text(self) -> str:
        """The table as CSV text, with the mark that lets spreadsheets read Chinese."""
        return "\ufeff" + self.table.to_csv(index=False, lineterminator="\n")


def confirmed_pairs(decisions: Decisions) -> list[tuple[str, str]]:
    """Fingerprints of the pairs that are confirmed."""
    table = decisions.in_force()
    confirmed = table[table["decision"] == "confirm"]
    return list(zip(confirmed[PAIR[0]], confirmed[PAIR[1]], strict=True))


def as_decisions(source: object) -> Decisions:
    """Decisions from whatever ``decisions=`` may be: a path, a table, decisions, or nothing.

    Raises
    ------
    SourceNotFoundError
        No such file.
    InvalidInputError
        A column is missing, or a cell is not what it should be.
    """
    if source is None:
        return Decisions(_NONE.copy())
    if isinstance(source, Decisions):
        return source
    if isinstance(source, pd.DataFrame):
        return Decisions(_checked(source, "decisions", 0))
    if isinstance(source, (str, Path)):
        return read_decisions(source)
    raise InvalidInputError(
        f"decisions={source!r}: give the path of a decisions file, a DataFrame, or what "
        "read_decisions returns"
    )


def read_decisions(path: str | Path) -> Decisions:
    """Read a file of decisions.

    A file that a spreadsheet program saved in a Chinese encoding is read as well.

    Parameters
    ----------
    path : str or path
        A CSV file with at least ``old_fingerprint``, ``new_fingerprint``, ``decision`` (``confirm``
        or ``reject``, or ``note`` for a remark); ``coder``, ``date`` (``2026-01-31``, or with a
        time of day in UTC) and ``note`` may be given.

    Raises
    ------
    SourceNotFoundError
        No such file.
    InvalidInputError
        A column is missing, or a cell is not what it should be; the message names the line.
    """
    where = Path(path)
    if not where.is_file():
        raise SourceNotFoundError(
            f"no file of decisions at {str(path)!r}; cmp.review(path) starts one"
        )
    raw = where.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", errors="replace")
    try:
        table = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InvalidInputError(f"{where.name} is no table of decisions: {error}") from error
    return Decisions(_checked(table, where.name, 2))


def merge_decisions(sources: Iterable[object]) -> Decisions:
    """Put several coders' decisions together; :meth:`Decisions.conflicts` shows where they differ.

    Examples
    --------
    >>> one = {"old_fingerprint": ["0" * 16], "new_fingerprint": ["1" * 16]}
    >>> a = pd.DataFrame({**one, "decision": ["confirm"], "coder": ["a"], "date": ["2026-01-02"]})
    >>> b = pd.DataFrame({**one, "decision": ["reject"], "coder": ["b"], "date": ["2026-01-03"]})
    >>> merge_decisions([a, b]).conflicts()[["decision", "other_decision", "in_force"]].values
    array([['confirm', 'reject', 'reject']], dtype=object)
    """
    tables = [as_decisions(source).table for source in sources]
    if not tables:
        return as_decisions(None)
    return Decisions(_checked(pd.concat(tables, ignore_index=True), "decisions", 0))


def _checked(table: pd.DataFrame, name: str, first: int) -> pd.DataFrame:
    missing = [column for column in _NEEDED if column not in table.columns]
    if missing:
        raise InvalidInputError(
            f"{name} lacks the columns {missing}; needed are {_NEEDED}, it has {list(table)}"
        )
    texts = table.reindex(columns=COLUMNS).astype(object)
    texts = texts.where(texts.notna(), "").map(_plain)
    texts["decision"] = texts["decision"].str.lower()
    for place, row in enumerate(texts[[*_NEEDED, "date"]].itertuples(index=False)):
        where = f"{name}, {'line' if first else 'row'} {place + first}"
        for column, value in zip(PAIR, row[:2], strict=True):
            if not _FINGERPRINT.fullmatch(value):
                raise InvalidInputError(
                    f"{where}: {column} is {value!r}, not 16 of the digits 0-9 and a-f; a "
                    "spreadsheet may have taken it for a number: format the column as text"
                )
        if row[2] not in VERDICTS:
            raise InvalidInputError(
                f"{where}: decision is {row[2]!r}; write one of {', '.join(VERDICTS)}"
            )
        if row[3] and not _is_date(row[3]):
            raise InvalidInputError(f"{where}: date is {row[3]!r}; write it as 2026-01-31")
    texts["date"] = [_date(value) for value in texts["date"]]
    ordered = texts.drop_duplicates().sort_values(["date", *COLUMNS], kind="stable")
    return ordered.reset_index(drop=True).astype(object)


def _plain(value: object) -> str:
    """Text of a cell, a whole number without its decimals, a moment in ISO form."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return text.removesuffix("T00:00:00").strip()


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if found is None:
        return False
    day = "-".join(part.zfill(2) for part in found.groups()[:3])
    clock = [int(part) for part in found.groups()[3:6] if part]
    within = all(part < limit for part, limit in zip(clock, (24, 60, 60), strict=False))
    return within and not pd.isna(pd.to_datetime(day, format="%Y-%m-%d", errors="coerce"))


def _date(text: str) -> str:
    """One form for every date, so that the order of the texts is the order of time."""
    found = _DATE.fullmatch(text)
    if found is None:
        return text
    year, month, day, hour, minute, second, fraction = found.groups()
    date = f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    if hour is None:
        return date
    clock = f"{hour.zfill(2)}:{minute}:{second or '00'}.{(fraction or '').ljust(6, '0')}"
    return f"{date}T{clock}Z"


def _contradictions(verdicts: pd.DataFrame, latest: pd.DataFrame) -> list[dict[str, str]]:
    """Rows that say the contrary of the latest one of their pair at no earlier a date.

    A date without time of day may be any time of that day.
    """
    both = verdicts.merge(latest[[*PAIR, "decision", "date"]], on=PAIR, suffixes=("", "_latest"))
    found = []
    for row in both.to_dict("records"):
        day_only = _DAY in (len(row["date"]), len(row["date_latest"]))
        width = _DAY if day_only else None
        same = row["date"][:width] == row["date_latest"][:width]
        if same and row["decision"] != row["decision_latest"]:
            found.append({str(key): str(value) for key, value in row.items()})
    return found


def _by(row: dict[str, str]) -> str:
    return f" by {row['coder']}" if row["coder"] else ""
