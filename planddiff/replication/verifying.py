"""Whether a bundle is untouched, and running it again gives the same values."""

from __future__ import annotations

import html
import math
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from planddiff._version import __version__
from planddiff.bundle import check_files
from planddiff.bundle.bundling import shown_tables
from planddiff.bundle.digests import DIGESTS
from planddiff.errors import InvalidInputError, PlanDiffError, SourceNotFoundError
from planddiff.export import write_folder
from planddiff.plan import Plan
from planddiff.replication.rebuilding import read_manifest, rebuild

_CLOSE = 1e-6
_OF_MACHINE = ("codebook", "dictionary")
"""Tables that name versions of libraries, which may differ while every result is the same."""


@dataclass(frozen=True, eq=False)
class Verification:
    """What checking a bundle found.

    Attributes
    ----------
    checks : DataFrame
        ``check`` (file/rerun/table/value/version/lexicon), ``subject``, ``result`` (``ok``,
        ``differs``, or ``note`` for a difference that changes no value by itself), ``detail``.
    """

    checks: pd.DataFrame

    @property
    def ok(self) -> bool:
        """Whether nothing differs."""
        return not (self.checks["result"] == "differs").any()

    def report(self) -> str:
        """All that differs, line by line; empty where all is well."""
        wrong = self.checks[self.checks["result"] == "differs"]
        rows = zip(wrong["check"], wrong["subject"], wrong["detail"], strict=True)
        return "\n".join(f"{check} {subject}: {detail}" for check, subject, detail in rows)

    def __repr__(self) -> str:
        counts = self.checks["result"].value_counts()
        word = "verified" if self.ok else "BROKEN"
        return (
            f"<Verification: {word}; {counts.get('ok', 0)} checks ok, "
            f"{counts.get('differs', 0)} differ, {counts.get('note', 0)} notes>"
        )

    def _repr_html_(self) -> str:
        table = self.checks[self.checks["result"] != "ok"]
        return f"<p>{html.escape(repr(self)[1:-1])}</p>{table.to_html(escape=True, index=False)}"


def verify(
    path: str | Path, plans: Sequence[Plan] | None = None, *, rerun: bool = True
) -> Verification:
    """Check a replication bundle: every file by its digest, every value by running it again.

    Parameters
    ----------
    path : str or path
        The folder that ``replication`` wrote.
    plans : sequence of Plan, optional
        The documents, where the bundle holds only their hashes.
    rerun : bool
        Whether to run the analysis again.

    Returns
    -------
    Verification
        ``ok`` says whether all is as it was; ``checks`` has a row for each file, table and
        differing value. Numbers may differ by one in a million.

    Raises
    ------
    SourceNotFoundError
        The folder holds no bundle.
    """
    folder = Path(path)
    if not (folder / DIGESTS).is_file():
        raise SourceNotFoundError(
            f"no replication bundle at {str(folder)!r}: it lacks {DIGESTS}; "
            "result.replication(path) writes one"
        )
    rows = [
        ("file", name, "ok" if good else "differs", detail)
        for name, good, detail in check_files(folder)
    ]
    try:
        manifest = read_manifest(folder)
        rows += _surroundings(folder, manifest)
        if rerun:
            rows += _values(folder, bool(manifest.get("texts")), plans)
    except PlanDiffError as error:
        rows.append(("rerun", folder.name, "differs", str(error)))
    columns = ["check", "subject", "result", "detail"]
    return Verification(pd.DataFrame(rows, columns=columns))


def _surroundings(folder: Path, manifest: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Versions and lexicons here that differ from those of the run."""
    wanted = {"planddiff": manifest.get("planddiff", ""), **manifest.get("libraries", {})}
    for name, version in wanted.items():
        here = __version__ if name == "planddiff" else metadata.version(name)
        detail = "" if here == version else f"the run used {version}, here is {here}"
        yield "version", name, "note" if detail else "ok", detail
    for path in sorted((folder / "lexicons").glob("*")):
        mine = files("planddiff.data") / path.name
        same = mine.is_file() and mine.read_bytes() == path.read_bytes()
        detail = "" if same else "planddiff here has another version of this lexicon"
        yield "lexicon", path.name, "ok" if same else "note", detail


def _values(
    folder: Path, texts: bool, plans: Sequence[Plan] | None
) -> Iterator[tuple[str, str, str, str]]:
    """Compare the tables of the bundle, cell by cell, with those of a new run."""
    result = rebuild(folder, plans)
    with tempfile.TemporaryDirectory() as place:
        written = write_folder(shown_tables(result.tables(), texts), place)
        for path in written:
            if path.stem in _OF_MACHINE:
                continue
            stored = folder / "tables" / path.name
            wrong = list(_differences(_cells(stored), _cells(path))) if stored.is_file() else []
            if not stored.is_file():
                yield "table", path.stem, "differs", "the bundle lacks this table"
            elif not wrong:
                yield "table", path.stem, "ok", ""
            for where, detail in wrong:
                yield "value", f"{path.stem}{where}", "differs", detail


def _cells(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, UnicodeDecodeError) as error:
        raise InvalidInputError(f"{path.name} is no table: {error}") from error


def _differences(stored: pd.DataFrame, again: pd.DataFrame) -> Iterator[tuple[str, str]]:
    if list(stored.columns) != list(again.columns):
        yield "", f"columns {list(stored.columns)} were, {list(again.columns)} are now"
        return
    if len(stored) != len(again):
        yield "", f"{len(stored)} rows were, {len(again)} are now"
        return
    for column in stored.columns:
        for row, (old, new) in enumerate(zip(stored[column], again[column], strict=True)):
            if old != new and not _close(old, new):
                yield f", row {row}, {column}", f"{old!r} was, {new!r} is now"


def _close(old: str, new: str) -> bool:
    try:
        return math.isclose(float(old), float(new), rel_tol=_CLOSE, abs_tol=_CLOSE)
    except ValueError:
        return False
