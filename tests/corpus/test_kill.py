"""A run is killed at random moments; what it left is whole, and the resumed run equals another.

The runs are forked from a server that has planddiff imported, so that a kill hits their work and
not their imports. A moment is so many finished results and a part of the time for the next one,
so that the kills are spread over the run on a fast machine and on a busy one.
"""

import contextlib
import logging
import multiprocessing
import random
import signal
import time
from dataclasses import dataclass

import pandas as pd
import psutil
import pytest

import planddiff as pdd
from benchmarks.generated import write_corpus
from planddiff.corpus.store import Store

ISSUERS, YEARS, ITEMS = 3, 3, 4
KILLS_OF_EACH_STAGE = 5
TABLES = ["initiatives", "members", "links", "events", "presence", "statuses"]


@dataclass(frozen=True)
class Finished:
    """A run that nothing interrupted: its tables, how many files it kept, seconds of its stages."""

    tables: dict[str, pd.DataFrame]
    results: int
    reading: float
    tracking: float


def results(table, cache, tell=lambda stage: None, n_jobs=1):
    """Read and track a corpus; every table that comes of it."""
    corpus = pdd.read_corpus(table, cache=cache, n_jobs=n_jobs, progress=False)
    tell("read")
    tracks = pdd.track_corpus(corpus, n_jobs=n_jobs, progress=False)
    tell("tracked")
    items = pd.concat([plan.items for plan in corpus.plans()], ignore_index=True)
    found = {"documents": corpus.documents, "errors": corpus.errors, "doubts": corpus.doubts}
    found |= {"items": items, "groups": tracks.groups, "lost": tracks.errors}
    return found | {name: tracks.table(name) for name in TABLES}


def run(table, cache, pipe, n_jobs):
    """What is killed."""
    pipe.send("started")
    results(table, cache, pipe.send, n_jobs)


@pytest.fixture(scope="module")
def server():
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


class Run:
    """A running process, and the stage it says to have come to."""

    def __init__(self, server, table, cache, n_jobs=1):
        self.pipe, other = server.Pipe()
        self.process = server.Process(target=run, args=(table, str(cache), other, n_jobs))
        self.process.start()
        other.close()
        self.wait_for("started")

    def wait_for(self, stage):
        assert self.pipe.poll(30), f"the run did not come to {stage!r}"
        assert self.pipe.recv() == stage
        return time.perf_counter()

    def kill(self):
        """SIGKILL; the stages it came to since it was last waited for."""
        self.process.kill()
        self.process.join(30)
        told = []
        try:
            while self.pipe.poll(0):
                told.append(self.pipe.recv())
        except EOFError:
            return told
        return told


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    folder = tmp_path_factory.mktemp("texts")
    return write_corpus(folder, ISSUERS, years=YEARS, items=ITEMS)


@pytest.fixture(scope="module")
def whole(table, tmp_path_factory):
    results(table, tmp_path_factory.mktemp("first"))
    cache = tmp_path_factory.mktemp("whole")
    marks = {"started": time.perf_counter()}
    tables = results(table, cache, lambda stage: marks.update({stage: time.perf_counter()}))
    seconds = marks["read"] - marks["started"], marks["tracked"] - marks["read"]
    return Finished(tables, len(kept(cache)), *seconds)


def assert_same(found, wanted):
    assert found.keys() == wanted.keys()
    for name, expected in wanted.items():
        pd.testing.assert_frame_equal(found[name], expected, check_exact=True, obj=name)


def kept(cache):
    """Files of finished results by their path, with what tells whether they were written anew."""
    files = [path for path in cache.rglob("*") if path.is_file() and path.suffix != ".part"]
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def assert_whole(cache):
    store = Store.open(cache)
    for path in kept(cache):
        assert store.get(path.parent.name + path.name) is not None, f"{path.name} is half written"


def wait_until_kept(cache, number, process):
    """Until so many results are finished."""
    while len(kept(cache)) < number:
        assert process.is_alive(), f"the run ended before it had finished {number} results"
        time.sleep(0.001)


def test_killed_at_random_moments_it_leaves_whole_results_and_resumes(
    server, table, whole, tmp_path
):
    moments = random.Random(9)
    interrupted = {"read": 0, "tracked": 0}
    unfinished = set()
    stages = [("read", 0, whole.reading), ("tracked", len(table), whole.tracking)]
    for number in range(2 * KILLS_OF_EACH_STAGE):
        cache = tmp_path / str(number)
        stage, before, seconds = stages[number % 2]
        results_of_stage = whole.results - len(table) if before else len(table)
        place = (number // 2 + moments.random()) / KILLS_OF_EACH_STAGE * results_of_stage
        victim = Run(server, table, cache)
        wait_until_kept(cache, before + int(place), victim.process)
        time.sleep(0.5 * (place % 1) * seconds / results_of_stage)
        told = victim.kill()
        assert victim.process.exitcode == -signal.SIGKILL
        interrupted[stage] += stage not in told and ("read" in told) == (stage == "tracked")
        left = kept(cache)
        unfinished.add(len(left))
        assert_whole(cache)
        assert_same(results(table, cache), whole.tables)
        resumed = kept(cache)
        # The tables of a group that was killed before they were entered as done are made again.
        assert sum(resumed[path] != mark for path, mark in left.items()) <= (stage == "tracked")
        assert len(resumed) == whole.results
    assert min(interrupted.values()) >= KILLS_OF_EACH_STAGE - 2
    assert len(unfinished) >= KILLS_OF_EACH_STAGE


def test_workers_that_outlive_a_killed_run_harm_nothing(server, table, whole, tmp_path):
    victim = Run(server, table, tmp_path, n_jobs=2)
    wait_until_kept(tmp_path, 1, victim.process)
    workers = psutil.Process(victim.process.pid).children(recursive=True)
    try:
        assert "tracked" not in victim.kill()
        assert sum(worker.is_running() for worker in workers) >= 2
        assert_same(results(table, tmp_path), whole.tables)
        assert_whole(tmp_path)
    finally:
        for worker in workers:
            with contextlib.suppress(psutil.NoSuchProcess):
                worker.kill()


def cut(content):
    return content[: len(content) // 2]


def flipped(content):
    place = 2 * len(content) // 3
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


@pytest.mark.parametrize("damage", [cut, flipped, lambda content: b""], ids=["cut", "bit", "empty"])
def test_a_damaged_file_is_noticed_and_made_again(table, whole, tmp_path, damage, caplog):
    assert_same(results(table, tmp_path), whole.tables)
    sound = {path: path.read_bytes() for path in kept(tmp_path)}
    chosen = sorted(sound)[::4]
    for path in chosen:
        path.write_bytes(damage(sound[path]))
        path.with_suffix(".part").write_bytes(sound[path])
    with caplog.at_level(logging.WARNING):
        assert_same(results(table, tmp_path), whole.tables)
    assert "is damaged and is made again" in caplog.text
    assert_whole(tmp_path)
    assert kept(tmp_path).keys() == sound.keys()
