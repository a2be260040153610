"""A Parquet dataset: the same in pandas, DuckDB and polars; whole or not there."""

import json
import os
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars
import pytest

import planddiff as pdd
from benchmarks.generated import write_corpus
from planddiff.corpus import dataset
from planddiff.corpus.dataset import MANIFEST, read_tables, write_dataset
from planddiff.corpus.one_group import TABLES
from planddiff.errors import (
    InvalidInputError,
    MissingExtraError,
    SourceNotFoundError,
    UnreadableSourceError,
)

# Names that a path, a URL or a query would have to escape.
ISSUERS = ["浙江省", "甲 乙/丙=丁%20", 'O\'Neil "市"']


def one(issuer, number):
    """A table with every kind of column; some are empty in all groups but one."""
    rows = number + 1
    return pd.DataFrame(
        {
            "issuer": issuer,
            "title": [f"推进{place}号工程" for place in range(rows)],
            "note": [None] * rows if number else ["“互联网+”\n第二行"] * rows,
            "lead": [["省经信委", "省农业厅"][:place] for place in range(rows)],
            "gaps": [[2015][:number]] * rows,
            "date": [date(2016, 3, 1) if number == 1 else None] * rows,
            "year": [2016 + place for place in range(rows)],
            "gone_by": pd.array([2018 if number == 2 else None] * rows, dtype="Int64"),
            "share": [0.1 + number if place else float("nan") for place in range(rows)],
            "moved": [bool(place % 2) for place in range(rows)],
        }
    )


GROUPS = [({"issuer": issuer}, {"items": one(issuer, n)}) for n, issuer in enumerate(ISSUERS)]
EMPTY = ({"issuer": "空市"}, {"items": one("空市", 0).iloc[:0]})
WHOLE = {"groups": pd.DataFrame({"issuer": [*ISSUERS, "空市"], "tracked": [True] * 3 + [False]})}


@pytest.fixture
def written(tmp_path):
    write_dataset(tmp_path / "out", [*GROUPS, EMPTY], WHOLE, {"by": ["issuer"]})
    return tmp_path / "out"


def plain(value):
    """A cell as Python has it, whichever program read it."""
    if isinstance(value, (list, np.ndarray, polars.Series)):
        return [plain(each) for each in value]
    if value is None or value is pd.NA or value != value:
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.item() if isinstance(value, np.generic) else value


def cells(frame):
    return [[plain(value) for value in row] for row in frame.itertuples(index=False)]


def test_a_table_comes_back_as_it_was(written):
    table = read_tables(written, "items")
    assert table["title"].tolist() == [title for _, t in GROUPS for title in t["items"]["title"]]
    assert table["lead"].tolist() == [each for _, t in GROUPS for each in t["items"]["lead"]]
    assert [type(each) for each in table["lead"]] == [list] * 6
    assert table["date"].tolist() == [None, *[date(2016, 3, 1)] * 2, None, None, None]
    assert table["note"].fillna("").tolist() == ["“互联网+”\n第二行", *[""] * 5]
    types = table.dtypes.astype(str)
    assert types[["year", "gone_by", "share", "moved"]].tolist() == [
        "int64",
        "Int64",
        "float64",
        "bool",
    ]
    pd.testing.assert_frame_equal(read_tables(written, "groups"), WHOLE["groups"])


def test_pandas_duckdb_and_polars_read_the_same(written):
    wanted = cells(read_tables(written, "items"))
    folder = written / "items"
    by_pandas = pd.read_parquet(folder).drop(columns="group")
    files = f"{folder.as_posix()}/*/*.parquet"
    by_duckdb = duckdb.sql(f"SELECT * EXCLUDE ('group') FROM read_parquet('{files}')").df()
    by_polars = polars.read_parquet(files, hive_partitioning=True).drop("group")
    assert cells(by_pandas) == wanted
    assert cells(by_duckdb) == wanted
    assert [[plain(value) for value in row] for row in by_polars.rows()] == wanted
    assert by_polars.schema["lead"] == polars.List(polars.String)
    assert by_polars.schema["date"] == polars.Date


@pytest.mark.parametrize("issuer", ISSUERS)
def test_one_issuer_is_found_by_its_name_in_each_program(written, issuer):
    wanted = cells(read_tables(written, "items", issuer=issuer))
    assert len(wanted) == ISSUERS.index(issuer) + 1
    files = f"{(written / 'items').as_posix()}/*/*.parquet"
    chosen = pd.read_parquet(written / "items", filters=[("issuer", "==", issuer)])
    assert cells(chosen.drop(columns="group")) == wanted
    query = f"SELECT * EXCLUDE ('group') FROM read_parquet('{files}') WHERE issuer = ?"
    assert cells(duckdb.execute(query, [issuer]).df()) == wanted
    scanned = polars.scan_parquet(files, hive_partitioning=True)
    scanned = scanned.filter(polars.col("issuer") == issuer).collect()
    assert [[plain(value) for value in row] for row in scanned.drop("group").rows()] == wanted


def test_only_the_files_of_the_chosen_group_are_opened(written):
    for place in (1, 2):
        (written / "items" / f"group=g{place:05d}" / "part.parquet").unlink()
    assert len(read_tables(written, "items", issuer=["浙江省"])) == 1


def test_only_the_columns_asked_for_are_read(written):
    whole = read_tables(written, "items")
    some = read_tables(written, "items", columns=["date", "lead", "issuer"])
    pd.testing.assert_frame_equal(some, whole[["date", "lead", "issuer"]])
    named = read_tables(written, "groups", columns=["tracked"], issuer="空市")
    assert named.to_dict("list") == {"tracked": [False]}


def test_folder_names_are_plain(written):
    names = {path.name for path in (written / "items").iterdir()}
    assert names == {"group=g00000", "group=g00001", "group=g00002"}
    assert (written / "dictionary.csv").read_text("utf-8-sig").startswith("table,column,type,")


def test_an_empty_group_gives_an_empty_table_with_the_types_of_all(written):
    empty = read_tables(written, "items", issuer="空市")
    assert empty.empty
    assert empty.dtypes.equals(read_tables(written, "items").dtypes)


def test_the_manifest_says_what_wrote_it(written):
    manifest = json.loads((written / MANIFEST).read_text("utf-8"))
    assert manifest["planddiff"] == pdd.__version__
    assert manifest["by"] == ["issuer"]
    assert [each["values"]["issuer"] for each in manifest["groups"]] == [*ISSUERS, "空市"]
    assert manifest["columns"]["items"]["date"] == "date"
    assert set(manifest["libraries"]) == {"pandas", "pyarrow"}


def test_writing_twice_gives_the_same_bytes_and_leaves_nothing_old(written, tmp_path):
    before = {path: path.read_bytes() for path in written.rglob("*") if path.is_file()}
    write_dataset(written, [*GROUPS, EMPTY], WHOLE, {"by": ["issuer"]})
    assert {path: path.read_bytes() for path in written.rglob("*") if path.is_file()} == before
    write_dataset(written, GROUPS[:1], WHOLE, {"by": ["issuer"]})
    assert len(list((written / "items").iterdir())) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def stops(groups):
    yield groups[0]
    raise KeyboardInterrupt


def test_writing_that_stops_leaves_the_old_dataset(written, tmp_path):
    before = read_tables(written, "items")
    with pytest.raises(KeyboardInterrupt):
        write_dataset(written, stops(GROUPS), WHOLE, {"by": ["issuer"]})
    pd.testing.assert_frame_equal(read_tables(written, "items"), before)
    with pytest.raises(KeyboardInterrupt):
        write_dataset(tmp_path / "new", stops(GROUPS), WHOLE, {"by": ["issuer"]})
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_kill_between_two_names_loses_no_dataset(written, tmp_path):
    os.replace(written, tmp_path / ".out.old")
    (tmp_path / ".out.part").mkdir()
    with pytest.raises(KeyboardInterrupt):
        write_dataset(written, stops(GROUPS), WHOLE, {"by": ["issuer"]})
    assert len(read_tables(written, "items")) == 6


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "theses").mkdir()
    (tmp_path / "theses" / "thesis.docx").write_text("mine")
    for taken in (tmp_path / "theses", tmp_path / "theses" / "thesis.docx"):
        with pytest.raises(InvalidInputError, match="something else than a dataset"):
            write_dataset(taken, GROUPS, WHOLE, {"by": ["issuer"]})
    assert (tmp_path / "theses" / "thesis.docx").read_text() == "mine"


def test_damage_is_found(written):
    file = written / "items" / "group=g00001" / "part.parquet"
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    with pytest.raises(UnreadableSourceError, match="missing or damaged"):
        read_tables(written, "items")
    file.write_bytes((file.parents[1] / "group=g00000" / "part.parquet").read_bytes())
    with pytest.raises(UnreadableSourceError, match="has 1 rows where its manifest says 2"):
        read_tables(written, "items")
    file.unlink()
    with pytest.raises(UnreadableSourceError, match="missing or damaged"):
        read_tables(written, "items")
    (written / MANIFEST).write_text('{"format": 99}')
    with pytest.raises(UnreadableSourceError, match="format 99"):
        read_tables(written, "items")
    (written / MANIFEST).write_text('{"format"')
    with pytest.raises(UnreadableSourceError, match="is damaged"):
        read_tables(written, "items")


def test_wrong_names_are_told(written, tmp_path, monkeypatch):
    with pytest.raises(SourceNotFoundError, match="no dataset of planddiff"):
        read_tables(tmp_path, "items")
    with pytest.raises(InvalidInputError, match="no table 'item'; give one of items, groups"):
        read_tables(written, "item")
    with pytest.raises(InvalidInputError, match="no group with issuer='某市'; there are"):
        read_tables(written, "items", issuer="某市")
    with pytest.raises(InvalidInputError, match=r"items has no column \['body'\]; it has issuer"):
        read_tables(written, "items", columns=["body"])
    with pytest.raises(InvalidInputError, match="not divided by 'year'"):
        read_tables(written, "items", year=2016)
    monkeypatch.setattr(dataset, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"planddiff\[parquet\]"):
        read_tables(written, "items")


def unexplained(folder):
    words = pd.read_csv(folder / "dictionary.csv")
    return words.loc[words["meaning"].isna(), ["table", "column"]].to_numpy().tolist()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    table = write_corpus(tmp_path_factory.mktemp("texts"), 2, years=3, items=5)
    return pdd.read_corpus(table, cache=tmp_path_factory.mktemp("kept"), progress=False)


def test_tables_of_plans_come_back_as_they_are_in_memory(corpus, tmp_path):
    corpus.to_parquet(tmp_path / "out", by=["issuer", "kind"])
    for name in ("items", "agencies", "targets", "citations", "theme_hits"):
        found = pdd.read_tables(tmp_path / "out", name)
        assert found.columns[:3].tolist() == ["issuer", "kind", "document_id"]
        tables = [getattr(plan, name) for plan in corpus.plans()]
        wanted = pd.concat([table for table in tables if len(table)], ignore_index=True)
        own = found.rename(columns={"kind": "", "own_kind": "kind"})
        pd.testing.assert_frame_equal(own[wanted.columns], wanted, check_exact=True)
        named = found["item_id"].str.startswith(found["document_id"].iloc[0])
        assert (found["document_id"] == found["document_id"].iloc[0]).equals(named)
    issuer = corpus.documents["issuer"].iloc[0]
    one = pdd.read_tables(tmp_path / "out", "items", issuer=issuer, kind="工作要点")
    assert set(one["issuer"]) == {issuer}
    assert unexplained(tmp_path / "out") == []
    for name in ("documents", "errors", "doubts"):
        wanted = getattr(corpus, name)
        pd.testing.assert_frame_equal(pdd.read_tables(tmp_path / "out", name), wanted)


def test_tables_of_tracks_come_back_as_they_are_in_memory(corpus, tmp_path):
    tracks = pdd.track_corpus(corpus, progress=False)
    tracks.to_parquet(tmp_path / "out")
    issuer = tracks.groups["issuer"].iloc[1]
    for name in TABLES:
        wanted = tracks.table(name)
        found = pdd.read_tables(tmp_path / "out", name)
        pd.testing.assert_frame_equal(found, wanted, check_exact=True)
        alone = pdd.read_tables(tmp_path / "out", name, issuer=issuer)
        mine = wanted[wanted["issuer"] == issuer].reset_index(drop=True)
        pd.testing.assert_frame_equal(alone, mine, check_exact=True)
    for name, wanted in {"groups": tracks.groups, "errors": tracks.errors}.items():
        pd.testing.assert_frame_equal(pdd.read_tables(tmp_path / "out", name), wanted)
    assert unexplained(tmp_path / "out") == []
    assert {path.name for path in Path(tmp_path / "out").iterdir()} == {
        *set(TABLES),
        "groups.parquet",
        "errors.parquet",
        "dictionary.csv",
        MANIFEST,
    }
