"""A corpus: its table, its parts, and the plans behind it."""

import pickle
import sys

import pandas as pd
import pytest

import planddiff as pdd
from planddiff.corpus.documents import DOCUMENT_COLUMNS, document_ids
from planddiff.errors import InvalidInputError, SourceNotFoundError
from tests.corpus.texts import plan_text, write_plans


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = write_plans(tmp_path_factory.mktemp("plans"))
    (folder / "undated.txt").write_text(
        "信息化工作要点\n1.建设园区。\n2.培育企业。\n", encoding="utf-8"
    )
    (folder / "empty.txt").write_bytes(b"")
    return pdd.read_corpus(folder, cache=tmp_path_factory.mktemp("cache"), progress=False)


def test_a_corpus_holds_no_plans_and_goes_to_a_worker(corpus):
    assert list(vars(corpus)) == ["documents", "errors", "doubts", "store"]
    again = pickle.loads(pickle.dumps(corpus))
    pd.testing.assert_frame_equal(again.documents, corpus.documents)
    name = corpus.documents.loc[1, "document_id"]
    pd.testing.assert_frame_equal(again.plan(name).items, corpus.plan(name).items)


def test_columns_and_lengths(corpus):
    assert corpus.documents.columns.tolist() == DOCUMENT_COLUMNS
    assert (len(corpus), len(corpus.errors)) == (5, 1)
    assert corpus.documents["document_id"].is_unique
    assert corpus.documents["year"].dtype == "Int64"


def test_it_shows_in_one_line(corpus):
    shown = "<Corpus 2019-2020: 5 documents of 3 issuers, 12 items, 1 errors, 3 doubts>"
    assert repr(corpus) == shown
    assert repr(corpus.select(corpus.documents["year"].isna())) == (
        "<Corpus: 1 documents of 1 issuers, 2 items, 1 errors, 3 doubts>"
    )


def test_it_shows_in_a_notebook_by_issuer_and_year(corpus):
    shown = corpus._repr_html_()
    for text in (
        "5 documents",
        "3 issuers",
        "12 items",
        "1 errors",
        "(unknown)",
        "2019",
        "3 items",
    ):
        assert text in shown
    hostile = pdd.read_corpus(
        pd.DataFrame({"source": [__file__], "issuer": ["<script>"]}),
        cache=corpus.store.folder,
        progress=False,
    )
    assert "<script>" not in hostile._repr_html_()
    assert "&lt;script&gt;" in hostile._repr_html_()


def test_plans_come_in_the_order_of_the_table(corpus):
    listed = corpus.documents["source"].tolist()
    assert [plan.source for plan in corpus.plans()] == listed
    chosen = corpus.documents["year"] == 2020
    assert [plan.year for plan in corpus.plans(chosen)] == [2020, 2020]
    names = corpus.documents.loc[[3, 1], "document_id"]
    for wanted in (names, names.tolist(), names.to_numpy(), iter(names)):
        assert [plan.source for plan in corpus.plans(wanted)] == [listed[1], listed[3]]
    assert list(corpus.plans([])) == []
    assert len(list(corpus.plans([True] * 5))) == 5


def test_plans_are_loaded_one_at_a_time(corpus):
    plans = corpus.plans()
    first = next(plans)
    assert first.source == corpus.documents.loc[0, "source"]
    assert sys.getrefcount(first) <= 2


def test_select_keeps_the_doubts_of_what_it_keeps(corpus):
    undated = corpus.select(corpus.documents["year"].isna())
    (source,) = undated.documents["source"]
    assert source.endswith("undated.txt")
    assert undated.documents.index.tolist() == [0]
    assert set(undated.doubts["source"]) == {source}
    dated = corpus.select(corpus.documents["year"] > 0)
    assert (len(dated), len(dated.doubts)) == (4, 0)
    assert len(corpus) == 5


@pytest.mark.parametrize("mask", [[True], [1, 0, 1, 0, 1], "2019", None])
def test_a_mask_that_does_not_fit_says_so(corpus, mask):
    with pytest.raises(InvalidInputError, match="one entry for each of the 5 documents"):
        corpus.select(mask)


def test_a_mask_of_another_table_says_so(corpus):
    other = pd.Series([True] * 5, index=range(1, 6))
    with pytest.raises(InvalidInputError, match=r"build it from corpus\.documents itself"):
        corpus.select(other)


def test_groups_are_parts_in_order(corpus):
    groups = corpus.groups()
    assert list(groups) == ["", "云州市人民政府", "海宁市人民政府"]
    assert [len(part) for part in groups.values()] == [1, 2, 2]
    assert sum(len(part.errors) for part in groups.values()) == 0
    several = corpus.groups(["issuer", "year"])
    assert list(several)[1:3] == [("云州市人民政府", 2019), ("云州市人民政府", 2020)]
    assert type(list(several)[1][1]) is int
    assert pd.isna(list(corpus.groups("year"))[-1])
    with pytest.raises(InvalidInputError, match=r"no column \['town'\]"):
        corpus.groups("town")


def test_no_such_document_and_no_such_plan_say_what_to_do(corpus, tmp_path):
    with pytest.raises(InvalidInputError, match="no document '2000-aaaaaa'"):
        corpus.plan("2000-aaaaaa")
    with pytest.raises(InvalidInputError, match="no documents"):
        list(corpus.plans(["2000-aaaaaa"]))
    write_plans(tmp_path, ["云州市"], [2020])
    gone = pdd.read_corpus(tmp_path, cache=tmp_path / "cache", progress=False)
    for path in (tmp_path / "cache").rglob("*"):
        if path.is_file():
            path.unlink()
    with pytest.raises(SourceNotFoundError, match="call read_corpus again"):
        list(gone.plans())


def test_tracks_of_a_part_are_those_of_its_plans(corpus):
    part = corpus.groups()["海宁市人民政府"]
    tracks = pdd.track(part.plans())
    assert tracks.documents["source"].tolist() == part.documents["source"].tolist()


@pytest.mark.parametrize(
    ("documents", "names"),
    [
        ([(2016, "aaaaaa11"), (2017, "aaaaaa22")], ["2016-aaaaaa", "2017-aaaaaa"]),
        ([(2016, "aaaaaa11"), (2016, "aaaaaa22")], ["2016-aaaaaa11", "2016-aaaaaa22"]),
        (
            [(2016, "aaaaaabbcc"), (2016, "aaaaaabbdd"), (2016, "aaaaaaccdd")],
            ["2016-aaaaaabbcc", "2016-aaaaaabbdd", "2016-aaaaaacc"],
        ),
        ([(None, "aaaaaa11")] * 3, ["undated-aaaaaa", "undated-aaaaaa-2", "undated-aaaaaa-3"]),
        ([], []),
    ],
)
def test_no_two_documents_share_a_name(documents, names):
    assert document_ids(documents) == names


def test_items_are_called_after_a_longer_name_where_digests_meet(tmp_path, monkeypatch):
    from planddiff.corpus import documents

    monkeypatch.setattr(documents, "_SHORTEST", 8)
    path = tmp_path / "a.txt"
    path.write_text(plan_text(), encoding="utf-8")
    corpus = pdd.read_corpus(path, cache=tmp_path / "cache", progress=False)
    (plan,) = corpus.plans()
    name = corpus.documents.loc[0, "document_id"]
    assert len(name) == len("2020-") + 8
    assert plan.items["item_id"].str.rpartition("-")[0].unique().tolist() == [name]
    assert set(plan.targets["item_id"]) <= set(plan.items["item_id"])
