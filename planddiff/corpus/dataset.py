"""Tables of many groups as a Parquet dataset: one folder a table, one file a group.

``folder/initiatives/group=g00001/part.parquet``: pandas, DuckDB and polars read such a folder as
one table. The names are plain ASCII, because programs differ in how they escape others; the issuer,
or whatever else the groups were made by, stands inside the files. The manifest is written last and
the folder gets its name when it is whole.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from planddiff._version import __version__
from planddiff.corpus.columns import Kinds, in_front, joined, joint_kinds, kinds_of, shaped
from planddiff.errors import (
    InvalidInputError,
    MissingExtraError,
    SourceNotFoundError,
    UnreadableSourceError,
)
from planddiff.export.dictionary import meaning

if TYPE_CHECKING:
    import pyarrow as pa

    from planddiff.corpus.corpus import Corpus

MANIFEST = "manifest.json"
_FORMAT = 1
_OF_PLANS = {
    "items": True,
    "agencies": False,
    "targets": False,
    "citations": False,
    "theme_hits": False,
}
"""Tables of a plan, and whether a column named like one of the documents means the same."""
Group = tuple[Mapping[str, Any], Mapping[str, pd.DataFrame]]


def write_dataset(
    folder: str | os.PathLike[str],
    groups: Iterable[Group],
    whole: Mapping[str, pd.DataFrame],
    facts: Mapping[str, Any],
) -> None:
    """Write tables group by group, holding one group in memory at a time.

    Parameters
    ----------
    folder : str or path
        A dataset that stands there is replaced once the new one is whole.
    groups : iterable of (mapping, mapping of str to DataFrame)
        The values that make the group, and its tables.
    whole : mapping of str to DataFrame
        Tables that are not divided.
    facts : mapping
        What the manifest says beside versions, columns and groups.

    Raises
    ------
    InvalidInputError
        The folder holds something else than such a dataset.
    MissingExtraError
        pyarrow is not installed.
    """
    _need_pyarrow()
    where = Path(folder).expanduser().absolute()
    if (
        where.exists()
        and not (where / MANIFEST).is_file()
        and (where.is_file() or any(where.iterdir()))
    ):
        raise InvalidInputError(
            f"{str(folder)!r} holds something else than a dataset of planddiff; give a new folder"
        )
    where.parent.mkdir(parents=True, exist_ok=True)
    part, old = (where.with_name(f".{where.name}.{end}") for end in ("part", "old"))
    _settle(where, part, old)
    try:
        part.mkdir()
        _write(part, groups, whole, facts)
        if where.exists():
            os.replace(where, old)
        os.replace(part, where)
    finally:
        _settle(where, part, old)


def _settle(where: Path, part: Path, old: Path) -> None:
    """Leave one whole dataset or none, wherever the writing stopped."""
    shutil.rmtree(part, ignore_errors=True)
    if old.exists() and not where.exists():
        os.replace(old, where)
    shutil.rmtree(old, ignore_errors=True)


def _write(
    folder: Path,
    groups: Iterable[Group],
    whole: Mapping[str, pd.DataFrame],
    facts: Mapping[str, Any],
) -> None:
    written: dict[str, dict[str, Kinds]] = {}
    listed = []
    for number, (values, tables) in enumerate(groups):
        name = f"g{number:05d}"
        for table, frame in tables.items():
            kinds = written.setdefault(table, {})[name] = kinds_of(frame)
            if len(frame):
                _write_file(_file(folder, table, name), frame, kinds)
        rows = {table: len(frame) for table, frame in tables.items()}
        listed.append({"group": name, "values": dict(values), "rows": rows})
    columns = {table: joint_kinds(kinds.values()) for table, kinds in written.items()}
    for table, kinds_by_group in written.items():
        for name, kinds in kinds_by_group.items():
            file = _file(folder, table, name)
            if kinds != columns[table] and file.exists():
                _write_file(file, shaped(_read_file(file, kinds), columns[table]), columns[table])
    for table, frame in whole.items():
        columns[table] = kinds_of(frame)
        _write_file(_file(folder, table), frame, columns[table])
    _write_dictionary(folder / "dictionary.csv", columns)
    manifest = {
        "planddiff": __version__,
        "format": _FORMAT,
        "libraries": _versions(),
        **facts,
        "whole": {table: len(frame) for table, frame in whole.items()},
        "columns": columns,
        "groups": listed,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, default=_plain)
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def plan_groups(corpus: Corpus, by: Sequence[str]) -> Iterator[Group]:
    """The tables of the plans of a corpus, group by group.

    Parameters
    ----------
    corpus : Corpus
    by : sequence of str
        Columns of ``corpus.documents``.
    """
    for values, part in corpus.groups(by).items():
        named = dict(zip(by, values, strict=True))  # type: ignore[call-overload]
        plans = list(zip(part.documents["document_id"], part.plans(), strict=True))
        yield (
            named,
            {
                name: joined(
                    [
                        in_front(getattr(plan, name), {**named, "document_id": document}, same=same)
                        for document, plan in plans
                    ]
                )
                for name, same in _OF_PLANS.items()
            },
        )


def read_tables(
    folder: str | os.PathLike[str],
    name: str,
    *,
    columns: Sequence[str] | None = None,
    **groups: Any,
) -> pd.DataFrame:
    """Read a table from a dataset that ``to_parquet`` of a corpus or its tracks wrote.

    Parameters
    ----------
    folder : str or path
    name : str
        Name of the table, such as ``initiatives``.
    columns : sequence of str, optional
        Only these, in this order; a table of items without its texts is a fraction as large.
    **groups
        Only these groups: a value or a list of values by the column that made the groups, such as
        ``issuer="浙江省"``. Only their files are opened.

    Returns
    -------
    DataFrame
        The table as it was in memory: same order, same types, lists as lists.

    Raises
    ------
    SourceNotFoundError
        No dataset there.
    UnreadableSourceError
        A file of it is missing or damaged, or another version of planddiff wrote it in a form that
        this one does not know.
    InvalidInputError
        No such table, column or group.
    MissingExtraError
        pyarrow is not installed.

    Examples
    --------
    >>> import tempfile
    >>> tables = {"items": pd.DataFrame({"issuer": ["浙江省"], "lead": [["省经信委"]]})}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_dataset(folder, [({"issuer": "浙江省"}, tables)], {}, {"by": ["issuer"]})
    ...     read_tables(folder, "items", issuer="浙江省")["lead"].tolist()
    [['省经信委']]
    """
    _need_pyarrow()
    where = Path(folder).expanduser()
    manifest = _manifest(where)
    if name not in manifest["columns"]:
        raise InvalidInputError(f"no table {name!r}; give one of {', '.join(manifest['columns'])}")
    kinds = _kinds_of(manifest["columns"][name], name, columns)
    if name in manifest["whole"]:
        table = _checked(_file(where, name), manifest["columns"][name], manifest["whole"][name])
        keep = np.ones(len(table), dtype=bool)
        for column, wanted in groups.items():
            known = set(table[column]) if column in table else set()
            keep &= table[column].isin(_wanted(column, wanted, manifest["by"], known)).to_numpy()
        return table.loc[keep, list(kinds)].reset_index(drop=True)
    files = [
        (_file(where, name, group["group"]), group["rows"][name])
        for group in _chosen(manifest, groups)
        if group["rows"].get(name)
    ]
    tables = [_checked(file, kinds, rows) for file, rows in files]
    return joined(tables) if tables else shaped(pd.DataFrame(columns=list(kinds)), kinds)


def _kinds_of(kinds: Kinds, name: str, columns: Sequence[str] | None) -> Kinds:
    wanted = list(kinds) if columns is None else list(columns)
    if missing := [column for column in wanted if column not in kinds]:
        raise InvalidInputError(f"{name} has no column {missing}; it has {', '.join(kinds)}")
    return {column: kinds[column] for column in wanted}


def _chosen(manifest: Mapping[str, Any], groups: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    listed: list[dict[str, Any]] = manifest["groups"]
    for column, wanted in groups.items():
        known = {each["values"].get(column) for each in listed}
        values = _wanted(column, wanted, manifest["by"], known)
        listed = [each for each in listed if each["values"][column] in values]
    yield from listed


def _wanted(column: str, wanted: Any, by: list[str], known: set[Any]) -> list[Any]:
    if column not in by:
        raise InvalidInputError(
            f"the dataset is not divided by {column!r}; give a value of {', '.join(by)}, or read "
            "the table and select rows from it"
        )
    values = list(wanted) if pd.api.types.is_list_like(wanted) else [wanted]
    if strange := [value for value in values if value not in known]:
        some = "、".join(map(str, sorted(known, key=str)[:8]))
        raise InvalidInputError(f"no group with {column}={strange[0]!r}; there are {some} ...")
    return values


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except FileNotFoundError as error:
        raise SourceNotFoundError(
            f"{str(folder)!r} is no dataset of planddiff: it has no {MANIFEST}; write one with "
            "to_parquet"
        ) from error
    except ValueError as error:
        raise UnreadableSourceError(
            f"{MANIFEST} in {str(folder)!r} is damaged: write the dataset again with to_parquet"
        ) from error
    if manifest.get("format") != _FORMAT:
        raise UnreadableSourceError(
            f"{str(folder)!r} has format {manifest.get('format')!r} of planddiff "
            f"{manifest.get('planddiff')}, and this version reads format {_FORMAT}: write it again"
        )
    return manifest


def _checked(file: Path, kinds: Kinds, rows: int) -> pd.DataFrame:
    import pyarrow as pa

    try:
        table = _read_file(file, kinds)
    except (OSError, pa.ArrowException) as error:
        raise UnreadableSourceError(
            f"{str(file)!r} is missing or damaged ({error}): write the dataset again with "
            "to_parquet"
        ) from error
    if len(table) != rows:
        raise UnreadableSourceError(
            f"{str(file)!r} has {len(table)} rows where its manifest says {rows}: write the "
            "dataset again with to_parquet"
        )
    return table


def _file(folder: Path, table: str, group: str | None = None) -> Path:
    if group is None:
        return folder / f"{table}.parquet"
    return folder / table / f"group={group}" / "part.parquet"


def _write_file(file: Path, table: pd.DataFrame, kinds: Kinds) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, _arrow_type(kind)) for name, kind in kinds.items()])
    content = pa.Table.from_pandas(table, schema=schema, preserve_index=False)
    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(content, file)


def _read_file(file: Path, kinds: Kinds) -> pd.DataFrame:
    import pyarrow.parquet as pq

    # Opened by hand, because a path would have the folder's name read as a further column.
    with file.open("rb") as stream:
        table = pq.read_table(stream, columns=list(kinds)).to_pandas()
    lists = {name for name, kind in kinds.items() if kind.startswith("list")}
    return shaped(table.assign(**{name: table[name].map(_as_list) for name in lists}), kinds)


def _as_list(cell: Any) -> list[Any] | None:
    return cell.tolist() if isinstance(cell, np.ndarray) else cell  # type: ignore[no-any-return]


def _arrow_type(kind: str) -> pa.DataType:
    import pyarrow as pa

    types = {
        "date": pa.date32(),
        "list": pa.list_(pa.string()),
        "list of text": pa.list_(pa.string()),
        "list of integers": pa.list_(pa.int64()),
        "int64": pa.int64(),
        "Int64": pa.int64(),
        "float64": pa.float64(),
        "Float64": pa.float64(),
        "bool": pa.bool_(),
        "boolean": pa.bool_(),
    }
    return types.get(kind, pa.string())


def _write_dictionary(file: Path, columns: Mapping[str, Kinds]) -> None:
    rows = [
        (table, name, kind or "text", meaning(table, name))
        for table, kinds in columns.items()
        for name, kind in kinds.items()
    ]
    table = pd.DataFrame(rows, columns=["table", "column", "type", "meaning"])
    table.to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\n")


def _versions() -> dict[str, str]:
    import pyarrow as pa

    return {"pandas": pd.__version__, "pyarrow": pa.__version__}


def _plain(value: Any) -> Any:
    """What JSON has no word for, as JSON: numbers of numpy as numbers, all else in words."""
    return value.item() if isinstance(value, np.generic) else str(value)


def _need_pyarrow() -> None:
    if find_spec("pyarrow") is None:
        raise MissingExtraError("a Parquet dataset needs pyarrow: pip install 'planddiff[parquet]'")
