"""Tracks of a corpus: what is tracked, what is set aside and why, and what is taken up again."""

from dataclasses import replace

import pandas as pd
import pytest

import planddiff as pdd
from benchmarks.generated import FIRST_LINE, plans_of
from planddiff.corpus import Store, one_group, tracking
from planddiff.errors import InvalidInputError, SourceNotFoundError

NOTICE = (
    FIRST_LINE
    + "\n关于印发示例零号市信息化工作要点的通知\n各区县人民政府，市政府各部门：\n2015年3月1日\n"
)
UNLIKE = [
    (
        "示例无关市",
        2014,
        FIRST_LINE + "\n2014年示例无关市工作要点\n1.推广农村宽带。\n2.建设数字图书馆。",
    ),
    (
        "示例无关市",
        2015,
        FIRST_LINE + "\n2015年示例无关市工作要点\n1.整治黑臭河道。\n2.增加幼儿学位。",
    ),
]


def plan_texts(number, years=3, items=5):
    return [
        (plan.issuer, plan.year, plan.text) for plan in plans_of(number, years=years, items=items)
    ]


def read(folder, rows):
    """A corpus of constructed documents: rows of issuer, year and text; '' has it inferred."""
    table = []
    for number, (issuer, year, text) in enumerate(rows):
        file = folder / f"{number:02d}.txt"
        file.write_text(text, "utf-8")
        table.append((str(file), issuer, year))
    given = pd.DataFrame(table, columns=["source", "issuer", "year"])
    return pdd.read_corpus(given, cache=folder / "kept", progress=False)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Three cities of which two can be tracked, with everything that can be set aside."""
    first, second, third = plan_texts(0), plan_texts(1), plan_texts(2)
    other_edition = third[0][2].replace("5.", "6.").replace("示例", "示 例", 1)
    rows = [
        *first,
        ("示例零号市", 2014, "\n" + first[0][2] + "\n"),
        *second,
        (second[0][0], 2014, second[0][2] + "\n\n"),
        (second[0][0], 2018, NOTICE),
        (second[0][0], None, second[1][2].replace("2015年", "")),
        *third,
        (third[0][0], 2014, other_edition),
        ("示例单号市", 2015, first[1][2]),
    ]
    return read(tmp_path_factory.mktemp("texts"), rows)


@pytest.fixture(scope="module")
def tracks(corpus):
    return pdd.track_corpus(corpus, progress=False)


def test_nothing_is_lost_and_every_reason_is_given(corpus, tracks):
    groups = tracks.groups.set_index("issuer")
    assert groups["tracked"].to_dict() == {
        "示例零号市": False,
        "示例单号市": False,
        "示例零零零零市": True,
        "示例零零零一市": True,
        "示例零零零二市": False,
    }
    assert groups["n_documents"].sum() == len(corpus)
    assert groups["n_set_aside"].sum() == len(tracks.errors)
    followed = tracks.table("documents")["document_id"].tolist()
    aside = tracks.errors["document_id"].tolist()
    assert sorted(followed + aside) == sorted(corpus.documents["document_id"])
    assert groups.loc["示例零零零一市", ["n_years", "first_year", "last_year"]].tolist() == [
        3,
        2014,
        2016,
    ]
    reasons = tracks.errors.groupby("issuer")["reason"].agg(list).to_dict()
    assert reasons == {
        "示例零号市": ["one year"],
        "示例单号市": ["one year"],
        "示例零零零一市": ["copy", "no tasks", "no year"],
        "示例零零零二市": ["clash"] * 4,
    }


def test_reasons_name_the_documents_and_the_remedy(tracks):
    said = tracks.errors.drop_duplicates("reason").set_index("reason")
    copied = said.loc["copy"]
    kept = tracks.table("documents").query("issuer == '示例零零零一市' and year == 2014")
    assert f"{kept['document_id'].iloc[0]} ({kept['source'].iloc[0]})" in copied["message"]
    assert copied["source"] != kept["source"].iloc[0]
    assert "table that read_corpus takes" in said.loc["no year", "message"]
    assert "only 2015" in tracks.errors.set_index("issuer").loc["示例单号市", "message"]
    clash = said.loc["clash", "message"]
    assert "two plans of 2014" in clash
    assert "corpus.select" in clash


def test_a_group_without_a_name_is_set_aside_and_not_tracked_as_one_issuer(tmp_path):
    unnamed = [("", year, text.replace("示例零零零零市", "")) for _, year, text in plan_texts(0)]
    corpus = read(tmp_path, [*unnamed, *plan_texts(1)])
    tracks = pdd.track_corpus(corpus, progress=False)
    assert tracks.groups["tracked"].tolist() == [False, True]
    assert set(tracks.errors["reason"]) == {"no issuer"}
    assert len(tracks.errors) == 3


def test_plans_of_two_regions_under_one_name_are_an_error_of_their_group_alone(tmp_path):
    rows = [("某办公室", year, text) for _, year, text in [*plan_texts(0)[:1], *plan_texts(1)[1:2]]]
    corpus = read(tmp_path, [*rows, *plan_texts(2)])
    tracks = pdd.track_corpus(corpus, progress=False)
    assert tracks.errors["reason"].tolist() == ["InvalidInputError"] * 2
    assert "plans of different regions" in tracks.errors["message"].iloc[0]


def test_an_error_nobody_foresaw_ends_its_group_and_not_the_run(corpus, monkeypatch, caplog):
    track, dials = one_group.track, {"matcher": pdd.Matcher(threshold=0.61)}

    def fails(plans, **options):
        plans = list(plans)
        if plans[0].issuer == "示例零零零零市":
            raise ZeroDivisionError("a defect")
        return track(plans, **options)

    monkeypatch.setattr(one_group, "track", fails)
    broken = pdd.track_corpus(corpus, progress=False, **dials)
    row = broken.errors[broken.errors["issuer"] == "示例零零零零市"].iloc[0]
    assert row["reason"] == "ZeroDivisionError"
    assert row["message"].startswith("a defect (")
    assert "ZeroDivisionError" in caplog.text
    monkeypatch.undo()
    mended = pdd.track_corpus(corpus, progress=False, **dials)
    assert mended.groups["tracked"].sum() == 2


def test_a_group_without_a_single_link_changes_no_type(tmp_path):
    corpus = read(tmp_path, [*UNLIKE, *plan_texts(0)])
    tracks = pdd.track_corpus(corpus, progress=False)
    assert tracks.groups["tracked"].all()
    assert tracks.groups.set_index("issuer")["n_links"].eq(0).to_dict() == {
        "示例零零零零市": False,
        "示例无关市": True,
    }
    alone = tracks.tracks("示例零零零零市").links
    assert tracks.table("links").drop(columns="issuer").dtypes.equals(alone.dtypes)
    assert set(tracks.table("initiatives")["issuer"]) == {"示例零零零零市", "示例无关市"}


def test_every_table_is_that_of_the_tracks_of_each_group(corpus, tracks):
    issuer = "示例零零零零市"
    alone = tracks.tracks(issuer)
    chosen = corpus.documents["issuer"] == issuer
    direct = pdd.track(corpus.plans(chosen))
    assert alone.initiatives.drop(columns="statuses").equals(
        direct.initiatives.drop(columns="statuses")
    )
    for name, wanted in {
        "links": direct.links,
        "members": direct.members,
        "events": direct.events,
        "kinship": direct.kinship,
        "statuses": direct.statuses,
        "persistence": direct.persistence(),
        "targets": direct.targets(),
        "initiatives": direct.initiatives.drop(columns="statuses"),
    }.items():
        table = tracks.table(name)
        assert table.columns[0] == "issuer"
        mine = table[table["issuer"] == issuer].drop(columns="issuer").reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, wanted, check_exact=True, check_dtype=name != "kinship")


def test_presence_is_long_and_holds_the_statuses(tracks):
    issuer = "示例零零零零市"
    direct = tracks.tracks(issuer)
    table = tracks.table("presence")
    mine = table[table["issuer"] == issuer]
    wide = mine.pivot(index="initiative_id", columns="year", values="presence")
    assert (
        wide.loc[direct.presence.index].to_numpy().tolist() == direct.presence.to_numpy().tolist()
    )
    said = mine[mine["status"].notna()].groupby("initiative_id")[["year", "status"]]
    statuses = {name: dict(part.itertuples(index=False)) for name, part in said}
    assert statuses == dict(
        direct.initiatives[["initiative_id", "statuses"]].itertuples(index=False)
    )


def test_a_second_call_takes_up_what_is_finished(corpus, tracks, monkeypatch):
    monkeypatch.setattr(one_group, "track", lambda *_, **__: pytest.fail("tracked again"))
    again = pdd.track_corpus(corpus, progress=False)
    pd.testing.assert_frame_equal(again.groups, tracks.groups)
    pd.testing.assert_frame_equal(again.errors, tracks.errors)
    pd.testing.assert_frame_equal(again.table("links"), tracks.table("links"))


def test_a_group_that_is_sent_twice_is_tracked_once(corpus, monkeypatch):
    def twice(function, tasks, *, n_jobs, lost):
        for place, task in enumerate(tasks):
            function(task)
            yield place, function(task)

    calls, track = [], one_group.track
    monkeypatch.setattr(one_group, "track", lambda *a, **k: calls.append(1) or track(*a, **k))
    monkeypatch.setattr(tracking, "run_tasks", twice)
    tracks = pdd.track_corpus(corpus, matcher=pdd.Matcher(threshold=0.64), progress=False)
    assert len(calls) == tracks.groups["tracked"].sum() == 2


def test_other_dials_and_other_documents_are_tracked_anew(corpus, tracks):
    strict = pdd.track_corpus(corpus, matcher=pdd.Matcher(threshold=0.97), progress=False)
    assert strict.groups["n_links"].sum() < tracks.groups["n_links"].sum()
    fewer = pdd.track_corpus(corpus.select(corpus.documents["year"] < 2016), progress=False)
    followed = fewer.groups[fewer.groups["tracked"]]
    assert followed["n_years"].tolist() == [2, 2]
    assert set(followed["key"]).isdisjoint(tracks.groups["key"])
    themed = pdd.track_corpus(corpus, themes={"建设": ["建设"]}, progress=False)
    assert set(themed.trend("theme")["theme"]) == {"建设"}


def test_damaged_tables_are_made_again(corpus, tracks, caplog):
    key = tracks.groups.loc[tracks.groups["tracked"], "key"].iloc[0]
    wanted = tracks.table("links")
    file = corpus.store.folder / key[:2] / key[2:]
    file.write_bytes(file.read_bytes()[:-1])
    pd.testing.assert_frame_equal(tracks.table("links"), wanted)
    assert "are made again" in caplog.text
    assert corpus.store.get(key) is not None


def test_a_group_that_kills_every_worker_is_a_row(corpus, monkeypatch):
    def run(function, tasks, *, n_jobs, lost):
        yield from ((place, lost(task)) for place, task in enumerate(tasks))

    monkeypatch.setattr(tracking, "run_tasks", run)
    tracks = pdd.track_corpus(corpus, matcher=pdd.Matcher(threshold=0.63), progress=False)
    assert not tracks.groups["tracked"].any()
    assert set(tracks.errors["reason"]) == {"worker died"}
    assert len(tracks.errors) == len(corpus)
    assert "memory" in tracks.errors["message"].iloc[0]
    with pytest.raises(InvalidInputError, match=r"worker died \(15\)"):
        tracks.table("links")
    assert repr(tracks).startswith("<CorpusTracks by issuer: 0 of 5 groups tracked, 0 initiatives")
    assert "5 not tracked" in tracks._repr_html_()


def test_a_folder_that_workers_do_not_see_ends_the_run(corpus, tmp_path):
    elsewhere = replace(corpus, store=Store.open(tmp_path / "empty"))
    with pytest.raises(SourceNotFoundError, match="that all machines share"):
        pdd.track_corpus(elsewhere, progress=False)


def test_groups_by_several_columns(corpus):
    tracks = pdd.track_corpus(corpus, by=["issuer", "kind"], progress=False)
    assert tracks.by == ("issuer", "kind")
    assert tracks.table("links").columns[:2].tolist() == ["issuer", "kind"]
    agencies = tracks.table("agency_mentions")
    assert set(agencies["kind"]) == {"工作要点"}
    assert "department" in set(agencies["own_kind"])
    assert len(tracks.tracks("示例零零零零市", "工作要点").documents) == 3


@pytest.mark.parametrize(
    ("by", "message"),
    [
        ("year", "differs from document to document"),
        ("publisher", r"no column \['publisher'\]"),
        ([], "by names no column"),
    ],
)
def test_by_must_name_what_a_series_shares(corpus, by, message):
    with pytest.raises(InvalidInputError, match=message):
        pdd.track_corpus(corpus, by=by)


def test_no_documents_and_unknown_words(corpus):
    none = corpus.select(corpus.documents["year"] > 3000)
    with pytest.raises(InvalidInputError, match="no documents"):
        pdd.track_corpus(none)
    with pytest.raises(InvalidInputError, match="agencies='new'"):
        pdd.track_corpus(corpus, agencies="new")


def test_a_group_that_is_not_there_or_not_tracked(tracks):
    with pytest.raises(InvalidInputError, match="did you mean 示例零零零"):
        tracks.tracks("示例零零零三市")
    with pytest.raises(InvalidInputError, match="two plans of 2014"):
        tracks.tracks("示例零零零二市")
    with pytest.raises(InvalidInputError, match="not one value for each"):
        tracks.tracks("示例零零零零市", 2014)
    with pytest.raises(InvalidInputError, match="no table 'initiative'"):
        tracks.table("initiative")


def test_trends_of_each_group_are_those_of_its_tracks(tracks):
    for by in ("theme", "status", "agency", "strength"):
        table = tracks.trend(by, draws=50)
        mine = table[table["issuer"] == "示例零零零一市"].drop(columns="issuer")
        wanted = tracks.tracks("示例零零零一市").trend(by, draws=50)
        pd.testing.assert_frame_equal(mine.reset_index(drop=True), wanted)


def test_pooled_trends_add_up_and_count_issuers(tracks):
    for by in ("theme", "status"):
        alone = tracks.trend(by, draws=50)
        pooled = tracks.trend(by, pooled=True, draws=50)
        sums = alone.groupby([by, "year"])["items"].sum()
        sums = sums[sums > 0]
        assert pooled.set_index([by, "year"])["items"].to_dict() == sums.to_dict()
        holders = alone[alone["items"] > 0].groupby([by, "year"])["issuer"].nunique()
        assert pooled.set_index([by, "year"])["with_any"].to_dict() == holders.to_dict()
        assert (pooled["share"] == pooled["items"] / pooled["total"]).all()
        assert set(pooled["observed"]) == {2}
        assert pooled["low"].le(pooled["share"]).all()
        assert pooled["high"].ge(pooled["share"]).all()


@pytest.mark.parametrize("by", [None, "theme", "section"])
def test_lives_of_each_group_are_those_of_its_tracks(tracks, by):
    table = tracks.survival(by)
    mine = table[table["issuer"] == "示例零零零一市"].drop(columns="issuer")
    wanted = tracks.tracks("示例零零零一市").survival(by)
    pd.testing.assert_frame_equal(mine.reset_index(drop=True), wanted)


def test_tables_come_group_by_group(tracks, monkeypatch):
    loaded = []
    get = type(tracks.corpus.store).get
    monkeypatch.setattr(
        type(tracks.corpus.store), "get", lambda *args: loaded.append(args[1]) or get(*args)
    )
    first = next(tracks.iter_tables("links"))
    assert loaded == tracks.groups.loc[tracks.groups["tracked"], "key"].tolist()[:1]
    assert first["issuer"].nunique() == 1


def test_it_shows_itself(tracks):
    initiatives = tracks.groups["n_initiatives"].sum()
    assert repr(tracks) == (
        f"<CorpusTracks 2014-2016 by issuer: 2 of 5 groups tracked, {initiatives} initiatives, "
        f"{tracks.groups['n_items'].sum()} items, {len(tracks.errors)} documents set aside>"
    )
    html = tracks._repr_html_()
    assert "3 not tracked" in html
    assert "示例零零零一市" in html
    assert "2 with constructed documents" in html


def test_where_nothing_can_be_tracked_the_tables_say_why(tmp_path):
    tracks = pdd.track_corpus(read(tmp_path, UNLIKE[:1]), progress=False)
    for asked in (lambda: tracks.table("links"), tracks.trend, tracks.survival):
        with pytest.raises(InvalidInputError, match=r"none of the 1 groups .* one year \(1\)"):
            asked()
