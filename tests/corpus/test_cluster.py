"""The same call on one worker, on two, on a cluster, and with workers that die: the same bytes."""

import hashlib
import inspect
import os
import shutil
import signal
import sys
from dataclasses import replace

import joblib
import numpy as np
import pytest

import planddiff as pdd
from benchmarks.generated import write_corpus
from planddiff.corpus import Store
from planddiff.corpus.parallel import run_tasks
from planddiff.matching import ExtraEvidence
from planddiff.segment import words
from tests.corpus.cluster import Cluster

ISSUERS = 5


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Constructed plans of five invented cities over three years, read and kept."""
    table = write_corpus(tmp_path_factory.mktemp("texts"), ISSUERS, years=3, items=5)
    return pdd.read_corpus(table, cache=tmp_path_factory.mktemp("kept"), progress=False)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    running = Cluster(tmp_path_factory.mktemp("cluster"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def whole(corpus, tmp_path_factory):
    """What one worker, this very process, makes of the corpus."""
    folder = tmp_path_factory.mktemp("whole")
    return files_of(pdd.track_corpus(untouched(corpus, folder), n_jobs=1), folder)


def untouched(corpus, folder):
    """The corpus with a store of its own, in which no group is finished yet."""
    shutil.copytree(corpus.store.folder, folder / "store")
    return replace(corpus, store=Store.open(folder / "store"))


def files_of(tracks, folder):
    """Digest of every file of the dataset."""
    tracks.to_parquet(folder / "out")
    paths = [path for path in (folder / "out").rglob("*") if path.is_file()]
    return {
        path.relative_to(folder / "out").as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
    }


def loads_here():
    """How often this process loaded each of its lexicons."""
    loads = {
        f"{module}.{name}": thing.cache_info().misses
        for module, holder in sorted(sys.modules.items())
        if module.startswith("planddiff")
        for name, thing in vars(holder).items()
        if hasattr(thing, "cache_info") and not inspect.signature(thing).parameters
    }
    return os.getpid(), loads


def segment_and_report(text):
    assert words(text)
    return loads_here()


@pytest.fixture(scope="module")
def by_processes(corpus, tmp_path_factory):
    """Files and reports of two processes."""
    folder = tmp_path_factory.mktemp("processes")
    tracks = pdd.track_corpus(untouched(corpus, folder), n_jobs=2)
    texts = ["推进智慧物流建设"] * 12
    reports = dict(found for _, found in run_tasks(segment_and_report, texts, n_jobs=2, lost=repr))
    return files_of(tracks, folder), reports, 2


@pytest.fixture(scope="module")
def by_cluster(corpus, cluster, tmp_path_factory):
    """Files and reports of two workers of a cluster; reports before and after they segment."""
    folder = tmp_path_factory.mktemp("dask")
    with cluster.with_workers(2) as client, joblib.parallel_config(backend="dask"):
        tracks = pdd.track_corpus(untouched(corpus, folder))
        worked = dict(client.run(loads_here).values())
        client.run(segment_and_report, "推进智慧物流建设")
        reports = dict(client.run(segment_and_report, "推进智慧物流建设").values())
    workers = {worker.pid for worker in cluster.workers if worker.poll() is None}
    assert set(worked) == set(reports) == workers
    assert all(sum(loads.values()) for loads in worked.values()), "a worker had no group to track"
    return files_of(tracks, folder), reports, 2


@pytest.mark.parametrize("where", ["by_processes", "by_cluster"])
def test_the_same_call_gives_the_same_bytes(where, whole, request):
    files, reports, workers = request.getfixturevalue(where)
    assert files == whole
    assert len(whole) > 10 * ISSUERS
    assert len(reports) == workers
    assert os.getpid() not in reports


@pytest.mark.parametrize("where", ["by_processes", "by_cluster"])
def test_dictionary_and_lexicons_are_loaded_once_by_each_worker(where, request):
    _, reports, _ = request.getfixturevalue(where)
    for loads in reports.values():
        assert max(loads.values()) == 1
        assert loads["planddiff.segment._tokenizer"] == 1
        assert loads["planddiff.fields.agency_register.load_register"] == 1
        assert loads["planddiff.fields.strength._lexicon"] == 1


def dies_once(marker, store, text):
    """Evidence that says nothing; the first worker that meets the text is killed by it."""
    before = sum(1 for _ in store.folder.rglob("*"))

    def measure(old, new, first, second):
        if text in old and not marker.exists():
            finished = sum(1 for _ in store.folder.rglob("*")) - before
            marker.write_text(f"{os.getpid()} {finished}")
            os.kill(os.getpid(), signal.SIGKILL)
        return np.zeros(len(first))

    return pdd.Matcher(evidence=(ExtraEvidence("nothing", measure, 1.0),))


def text_of(corpus, issuer):
    first = corpus.documents.index[corpus.documents["issuer"] == issuer][0]
    return corpus.plan(corpus.documents.loc[first, "document_id"]).items["core"].iloc[0]


@pytest.fixture
def deadly(corpus, tmp_path):
    """A corpus, a matcher that kills a worker in the fourth of five groups, and the traces."""
    mine = untouched(corpus, tmp_path)
    marker = tmp_path / "died"
    issuers = sorted(set(corpus.documents["issuer"]))
    return mine, dies_once(marker, mine.store, text_of(corpus, issuers[3])), marker


def assert_as_if_nothing_had_happened(tracks, corpus, folder, marker):
    pid, finished = map(int, marker.read_text().split())
    assert pid != os.getpid()
    assert finished > 0, "no result had arrived when the worker died"
    assert tracks.groups["tracked"].all()
    assert tracks.errors.empty
    found = files_of(tracks, folder)
    # The worker is gone and the marker is there: the same matcher kills no more.
    again = pdd.track_corpus(untouched(corpus, folder / "again"), matcher=tracks.dials.matcher)
    wanted = files_of(again, folder / "again")
    # Each run has keys of its own, since the matcher holds a function.
    assert {name for name in wanted if wanted[name] != found[name]} == {"groups.parquet"}
    assert found.keys() == wanted.keys()
    assert tracks.groups.drop(columns="key").equals(again.groups.drop(columns="key"))
    return pid


def test_a_killed_process_loses_nothing(corpus, deadly, tmp_path):
    mine, matcher, marker = deadly
    tracks = pdd.track_corpus(mine, n_jobs=2, matcher=matcher)
    assert_as_if_nothing_had_happened(tracks, corpus, tmp_path, marker)


def test_a_killed_worker_of_a_cluster_loses_nothing(corpus, cluster, deadly, tmp_path):
    mine, matcher, marker = deadly
    with cluster.with_workers(2), joblib.parallel_config(backend="dask"):
        tracks = pdd.track_corpus(mine, matcher=matcher)
    pid = assert_as_if_nothing_had_happened(tracks, corpus, tmp_path, marker)
    assert pid in cluster.killed()
