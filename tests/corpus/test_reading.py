"""Reading a corpus: the same tables however it is read, nothing twice, and nothing ends the run."""

import functools
import http.server
import io
import threading
import zipfile

import pandas as pd
import pytest

import planddiff as pdd
from planddiff.corpus import reading, store
from planddiff.corpus.sources import GIVEN
from planddiff.errors import InvalidInputError, SourceNotFoundError, UnreadableSourceError
from tests.corpus.texts import TASKS, plan_text, write_plans

TABLES = ["documents", "errors", "doubts"]
PLAN_TABLES = ["items", "agencies", "targets", "citations", "theme_hits", "log", "layout"]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "plans").mkdir()
    return write_plans(tmp_path / "plans")


@pytest.fixture
def read(tmp_path):
    return functools.partial(pdd.read_corpus, cache=tmp_path / "cache", progress=False)


@pytest.fixture
def reads(monkeypatch):
    """Names of the documents that were read and not taken from the store."""
    names = []
    whole = reading.plan_of

    def counted(document, **options):
        # Options are tried on a sample before anything is read with them.
        if document.name != "<sample>":
            names.append(document.name)
        return whole(document, **options)

    monkeypatch.setattr(reading, "plan_of", counted)
    return names


def assert_same(one, other):
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
    for first, second in zip(one.plans(), other.plans(), strict=True):
        for name in PLAN_TABLES:
            pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))


def test_a_folder_gives_a_row_a_document_by_issuer_and_year(folder, read):
    corpus = read(folder)
    assert corpus.documents["source"].tolist() == sorted(str(path) for path in folder.iterdir())
    columns = ["issuer", "region", "level", "province", "year", "kind", "n_items"]
    assert corpus.documents[columns].values.tolist() == [
        ["云州市人民政府", "云州市", "prefecture", "", 2019, "工作要点", 2],
        ["云州市人民政府", "云州市", "prefecture", "", 2020, "工作要点", 3],
        ["海宁市人民政府", "海宁市", "county", "浙江省", 2019, "工作要点", 2],
        ["海宁市人民政府", "海宁市", "county", "浙江省", 2020, "工作要点", 3],
    ]
    row = corpus.documents.iloc[0]
    assert row["document_id"] == f"2019-{row['sha256'][:6]}"
    assert row["inferred"] == "issuer;region;year;kind"
    assert (row["title"], row["series_title"]) == (
        "2019年云州市信息化工作要点",
        "云州市信息化工作要点",
    )
    assert (row["unit"], row["constructed"]) == ("numbered", False)
    assert corpus.errors.empty
    assert corpus.doubts.empty


def test_plans_are_those_that_read_plan_reads(folder, read):
    corpus = read(folder)
    for row, plan in zip(corpus.documents.itertuples(), corpus.plans(), strict=True):
        alone = pdd.read_plan(row.source)
        for name in PLAN_TABLES:
            pd.testing.assert_frame_equal(getattr(plan, name), getattr(alone, name))
        assert plan.source_text == alone.source_text
        assert (plan.title, plan.issuer, plan.year) == (alone.title, alone.issuer, alone.year)


def test_empty_tables_have_the_types_of_full_ones(folder, read):
    corpus = read(folder)
    none = corpus.select(corpus.documents["year"] > 2100)
    assert corpus.documents.dtypes.tolist() == none.documents.dtypes.tolist()
    assert corpus.errors.dtypes.tolist() == read([b"", b"\0"]).errors.dtypes.tolist()
    assert len(read([b"", b"\0"])) == 0


def test_the_number_of_workers_and_the_order_of_sources_change_nothing(folder, read, tmp_path):
    (folder / "empty.txt").write_bytes(b"")
    alone = read(folder)
    paths = sorted(folder.iterdir(), reverse=True)
    assert_same(alone, read(paths, cache=tmp_path / "reversed"))
    assert_same(alone, read(folder, n_jobs=2, cache=tmp_path / "two"))


@pytest.mark.parametrize("backend", ["threading", "sequential"])
def test_joblibs_backends_are_for_the_caller_to_choose(folder, read, tmp_path, backend):
    import joblib

    with joblib.parallel_config(backend=backend):
        corpus = read(folder, n_jobs=2, cache=tmp_path / backend)
    assert_same(corpus, read(folder))


def test_what_was_read_is_not_read_again(folder, read, reads):
    first = read(folder)
    assert len(reads) == 4
    assert_same(first, read(folder))
    assert len(reads) == 4


def test_a_document_that_changed_is_read_again_and_no_other(folder, read, reads):
    read(folder)
    reads.clear()
    changed = folder / "云州市2020.txt"
    changed.write_text(plan_text("云州市", 2020, tasks=TASKS), encoding="utf-8")
    corpus = read(folder)
    assert reads == ["云州市2020.txt"]
    assert corpus.documents.loc[1, "n_items"] == 4


def test_other_options_and_other_versions_read_again(folder, read, reads, monkeypatch):
    read(folder)
    reads.clear()
    read(folder, unit="paragraph")
    assert len(reads) == 4
    monkeypatch.setattr(store, "fingerprint", lambda: "another lexicon")
    read(folder)
    assert len(reads) == 8


def test_a_damaged_plan_is_never_given_and_is_read_again(folder, read, reads):
    corpus = read(folder)
    plans = list(corpus.plans())
    reads.clear()
    name, key = corpus.documents.loc[0, ["document_id", "key"]]
    path = corpus.store.folder / key[:2] / key[2:]
    path.write_bytes(path.read_bytes()[:-7])
    with pytest.raises(SourceNotFoundError, match="call read_corpus again"):
        corpus.plan(name)
    assert_same(corpus, read(folder))
    assert reads == ["云州市2019.txt"]
    pd.testing.assert_frame_equal(corpus.plan(name).items, plans[0].items)


def test_a_run_that_is_interrupted_goes_on_where_it_was(folder, read, reads, monkeypatch):
    counted = reading.plan_of

    def interrupted(document, **options):
        if len(reads) == 2 and document.name != "<sample>":
            raise KeyboardInterrupt
        return counted(document, **options)

    monkeypatch.setattr(reading, "plan_of", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read(folder)
    monkeypatch.setattr(reading, "plan_of", counted)
    assert len(read(folder)) == 4
    assert len(reads) == 4


def test_a_bad_document_is_a_row_of_errors(folder, read):
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    corpus = read([folder, folder / "gone.txt"])
    assert len(corpus) == 4
    errors = corpus.errors.set_index("source")
    assert errors["error"].to_dict() == {
        str(folder / "empty.txt"): "UnreadableSourceError",
        str(folder / "gone.txt"): "SourceNotFoundError",
        str(folder / "picture.txt"): "UnreadableSourceError",
    }
    message = errors.loc[str(folder / "empty.txt"), "message"]
    assert "is empty; give a file that holds the plan" in message


def test_an_error_that_nobody_foresaw_is_a_row_too_and_is_tried_again(folder, read, monkeypatch):
    whole = reading.plan_of

    def breaks(document, **options):
        if document.name == "海宁市2019.txt":
            raise ZeroDivisionError("a rule broke")
        return whole(document, **options)

    monkeypatch.setattr(reading, "plan_of", breaks)
    corpus = read(folder)
    assert corpus.errors.values.tolist() == [
        [str(folder / "海宁市2019.txt"), "ZeroDivisionError", "a rule broke"]
    ]
    assert len(corpus) == 3
    monkeypatch.setattr(reading, "plan_of", whole)
    assert len(read(folder)) == 4


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"unit": "sentence"}, "'sentence'"),
        ({"script": "traditional"}, "'traditional'"),
        ({"encoding": "klingon"}, "'klingon'"),
    ],
)
def test_an_option_that_fits_no_document_is_an_error_at_once(folder, read, option, message):
    with pytest.raises(InvalidInputError, match=message):
        read(folder, **option)


def test_a_store_that_is_full_stops_the_run(folder, read, monkeypatch):
    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr(store.Store, "put", full)
    with pytest.raises(OSError, match="no space left"):
        read(folder)


def test_doubts_are_listed_and_not_warned_of(read, recwarn):
    notice = "云州市信息化工作\n各有关单位：\n"
    corpus = read([notice.encode(), plan_text(signed="").encode(), plan_text(signed="").encode()])
    doubts = corpus.doubts.set_index(["column", "value"])["message"]
    assert "no items" in doubts["n_items", "0"].item()
    assert "is not stated; give it in a table" in doubts["year", ""].item()
    assert "names no kind of document" in doubts["kind", ""].item()
    assert (
        doubts["issuer", "云州市"].tolist()
        == ["who issued it is not stated; its place stands for the issuer"] * 2
    )
    assert not [each for each in recwarn if issubclass(each.category, pdd.PlanDiffWarning)]


def test_copies_have_names_of_their_own_and_are_doubted(folder, read):
    (folder / "云州市2019z.txt").write_bytes((folder / "云州市2019.txt").read_bytes())
    corpus = read(folder)
    name = corpus.documents.loc[0, "document_id"]
    copy = f"{name}-2"
    assert corpus.documents.loc[1, ["document_id", "source"]].tolist() == [
        copy,
        str(folder / "云州市2019z.txt"),
    ]
    assert corpus.doubts[["document_id", "column", "message"]].values.tolist() == [
        [copy, "sha256", f"the same bytes as {str(folder / '云州市2019.txt')!r}"]
    ]
    items = pd.concat([plan.items for plan in corpus.plans()])
    assert items["item_id"].is_unique
    assert corpus.plan(copy).items["item_id"].tolist() == [f"{copy}-001", f"{copy}-002"]
    assert set(corpus.plan(copy).targets["item_id"]) <= set(corpus.plan(copy).items["item_id"])


def test_an_issuer_that_one_edition_names_is_that_of_its_series(folder, read):
    (folder / "a.txt").write_text(plan_text("云州市", 2021, signed=""), encoding="utf-8")
    corpus = read(folder)
    row = corpus.documents[corpus.documents["source"] == str(folder / "a.txt")].iloc[0]
    assert (row["issuer"], row["issuer_as_written"]) == ("云州市人民政府", "云州市")
    (doubt,) = corpus.doubts.to_dict("records")
    assert (doubt["column"], doubt["value"]) == ("issuer", "云州市人民政府")
    assert "taken from the other editions of the series" in doubt["message"]
    plan = corpus.plan(row["document_id"])
    assert (plan.issuer, set(plan.items["issuer"])) == ("云州市人民政府", {"云州市人民政府"})


def test_a_body_and_its_heir_have_one_harmonised_name(read):
    texts = [
        plan_text("浙江省", 2015, signed="经济和信息化委员会"),
        plan_text("浙江省", 2020, signed="经济和信息化厅"),
    ]
    documents = read([text.encode() for text in texts]).documents
    assert documents["issuer"].nunique() == 2
    assert documents["issuer_harmonised"].tolist() == ["浙江省经济和信息化厅"] * 2


def test_two_bodies_of_one_series_leave_an_unsigned_edition_alone(folder, read):
    for year, signed in ((2021, ""), (2022, "财政局")):
        text = plan_text("云州市", year, signed=signed)
        (folder / f"{year}.txt").write_text(text, encoding="utf-8")
    assert "云州市" in read(folder).documents["issuer"].tolist()


def test_one_body_has_one_spelling(read):
    texts = [
        plan_text("杭州市", 2019, signed="政府"),
        plan_text("杭州市", 2020, signed="人民政府"),
        plan_text("浙江省杭州市", 2021, signed="人民政府"),
    ]
    documents = read([text.encode() for text in texts]).documents
    assert documents["issuer"].tolist() == ["杭州市人民政府"] * 3
    assert documents["region"].tolist() == ["杭州市"] * 3
    assert documents["issuer_as_written"].tolist() == [
        "杭州市政府",
        "杭州市人民政府",
        "浙江省杭州市人民政府",
    ]


class TestTables:
    """A table of sources: what it says goes before what the documents say."""

    def test_what_is_given_goes_first_and_reaches_the_plan(self, folder, read):
        table = pd.DataFrame(
            {
                "source": [str(folder / "云州市2019.txt"), str(folder / "云州市2020.txt")],
                "issuer": ["云州市数据局", None],
                "region": ["义乌市", ""],
                "year": [2015, None],
                "kind": ["三年行动", float("nan")],
            }
        )
        before = table.copy()
        corpus = read(table)
        pd.testing.assert_frame_equal(table, before)
        columns = ["source", *GIVEN, "level", "province", "inferred"]
        rows = corpus.documents.set_index("source")[columns[1:]]
        assert rows.loc[table["source"][0]].tolist() == [
            "云州市数据局", "义乌市", 2015, "三年行动", "county", "浙江省", "",
        ]  # fmt: skip
        assert rows.loc[table["source"][1]].tolist() == [
            "云州市人民政府", "云州市", 2020, "工作要点", "prefecture", "",
            "issuer;region;year;kind",
        ]  # fmt: skip
        plan = next(corpus.plans(corpus.documents["year"] == 2015))
        assert (plan.issuer, plan.region, plan.year) == ("云州市数据局", "义乌市", 2015)
        assert plan.level == "county"
        assert plan.items["issuer"].unique().tolist() == ["云州市数据局"]
        assert plan.items["year"].unique().tolist() == [2015]
        assert plan.source == table["source"][0]

    def test_the_documents_of_a_corpus_are_a_table_to_correct(self, folder, read):
        corpus = read(folder)
        table = corpus.documents[["source", "issuer", "year"]].copy()
        table.loc[table["issuer"] == "海宁市人民政府", "issuer"] = "海宁市数据局"
        corrected = read(table)
        assert corrected.documents["source"].tolist() == corpus.documents["source"].tolist()
        assert corrected.documents["issuer"].unique().tolist() == ["云州市人民政府", "海宁市数据局"]
        assert corrected.documents["inferred"].unique().tolist() == ["region;kind"]

    def test_another_given_year_reads_again_and_the_old_one_is_kept(self, folder, read, reads):
        table = pd.DataFrame({"source": [str(folder / "云州市2019.txt")], "year": [2015]})
        read(table)
        assert read(table.assign(year=2016)).documents["year"].tolist() == [2016]
        assert len(reads) == 2
        read(table)
        assert len(reads) == 2

    def test_what_is_given_is_spelled_as_it_was_given(self, folder, read):
        said = {"issuer": ["杭州市政府"], "region": ["杭州"]}
        table = pd.DataFrame({"source": [str(folder / "云州市2019.txt")], **said})
        row = read(table).documents.iloc[0]
        assert (row["issuer"], row["region"], row["province"]) == ("杭州市政府", "杭州", "浙江省")
        assert row["level"] == "prefecture"

    def test_a_row_may_be_a_folder_and_may_be_missing(self, folder, read):
        table = pd.DataFrame({"source": [str(folder), "nowhere.txt"], "kind": ["要点", "要点"]})
        corpus = read(table)
        assert corpus.documents["kind"].tolist() == ["要点"] * 4
        assert corpus.errors["source"].tolist() == ["nowhere.txt"]

    @pytest.mark.parametrize(
        ("table", "message"),
        [
            ({"path": ["a.txt"]}, "needs the column 'source'.*this one has .'path'"),
            ({"source": ["a.txt"], "yaer": [2016]}, "columns .'yaer'. mean nothing here.*rename"),
            ({"source": ["a.txt"], "year": ["soon"]}, "row 0.*'soon' in 'year'.*such as 2016"),
            ({"source": ["a.txt"], "year": [2016.5]}, "row 0.*2016.5 in 'year'"),
            ({"source": ["a.txt"], "issuer": [7]}, "row 0.*7 in 'issuer' is not a text"),
            ({"source": ["a.txt"], "kind": [["要点"]]}, "row 0.*'要点'.* in 'kind' is not a text"),
            ({"source": ["a.txt", None]}, "row 1.*None in 'source' is no path"),
            ({"source": []}, "without rows"),
        ],
    )
    def test_a_table_that_does_not_fit_says_so(self, read, table, message):
        with pytest.raises(InvalidInputError, match=message):
            read(pd.DataFrame(table))

    def test_years_may_be_text_and_sources_paths(self, folder, read):
        path = folder / "云州市2019.txt"
        table = pd.DataFrame({"source": [path], "year": ["2012"], "issuer": [" "]})
        row = read(table).documents.iloc[0]
        assert (row["source"], row["year"]) == (str(path), 2012)
        assert row["issuer"] == "云州市人民政府"


class Pages(http.server.BaseHTTPRequestHandler):
    """A page for every plan; each request is counted."""

    asked: list = []  # noqa: RUF012

    def do_GET(self):
        self.asked.append(self.path)
        found = self.path.startswith("/plan")
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(plan_text().encode() if found else b"")

    def log_message(self, *_):
        """Say nothing on the error stream."""


@pytest.fixture
def site():
    Pages.asked = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_is_fetched_once(site, read, reads):
    table = pd.DataFrame({"source": [f"{site}/plan.txt", f"{site}/gone.txt"]})
    corpus = read(table)
    assert corpus.documents["source"].tolist() == [f"{site}/plan.txt"]
    assert corpus.errors[["source", "error"]].values.tolist() == [
        [f"{site}/gone.txt", "SourceNotFoundError"]
    ]
    assert_same(corpus, read(table))
    assert sorted(Pages.asked) == ["/gone.txt", "/gone.txt", "/plan.txt"]
    assert len(reads) == 1


def test_archives_bytes_and_open_files_are_sources(folder, read, tmp_path):
    archive = tmp_path / "plans.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in folder.iterdir():
            file.write(path, path.name)
    packed = read(archive)
    assert packed.documents["n_items"].tolist() == read(folder).documents["n_items"].tolist()
    assert packed.documents.loc[0, "source"] == "plans.zip/云州市2019.txt"
    opened = [io.BytesIO(plan_text("海宁市").encode()), io.StringIO(plan_text())]
    assert len(read([plan_text().encode(), *opened])) == 3
    assert len(read(b"")) == 0


def test_nothing_at_all_is_an_error(tmp_path, read):
    for source in ([], str(tmp_path / "*.txt"), tmp_path / "none"):
        with pytest.raises(SourceNotFoundError):
            read(source)
    (tmp_path / "bad.zip").write_bytes(b"PK\3\4 no zip")
    assert read(tmp_path / "bad.zip").errors["error"].tolist() == [UnreadableSourceError.__name__]


def test_two_runs_at_once_share_a_folder(folder, read):
    found = {}

    def run(number):
        found[number] = read(folder)

    threads = [threading.Thread(target=run, args=[number]) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert_same(found[0], found[1])
    assert_same(found[0], found[2])


def test_progress_counts_every_document(folder, read, monkeypatch):
    import tqdm

    counts = []

    class Bar(tqdm.tqdm):
        def close(self):
            counts.append((self.n, self.total))
            super().close()

    monkeypatch.setattr(tqdm, "tqdm", Bar)
    (folder / "empty.txt").write_bytes(b"")
    read(folder, progress=True)
    read(folder, progress=True)
    assert set(counts) == {(5, 5)}
