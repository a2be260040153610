"""How reading, tracking and diffusion grow with the corpus: ``python -m benchmarks.scale``.

Plans of invented issuers (:mod:`benchmarks.generated`), and the documents of any ``--folder``.
Every stage runs in a fresh process, so that its memory is its own. Beside tracking, on the same
items: a loop of ``rapidfuzz`` and of ``string_grouper`` over the neighbouring years of every
issuer. What neither had to do: find the items, tell one to one from split and merged, look across
gaps of years, date what happened. A figure marked *extrapolated* was measured on the first
``--peer-plans`` plans and multiplied.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd
import psutil
from joblib.externals.loky import get_reusable_executor
from rapidfuzz import fuzz, process

import planddiff as pdd
from benchmarks.generated import adoptions, campaign, write_corpus

YEARS = 10
THEME = "智慧城市"
CAMPAIGNS_ASKED = 4
RATIO_THRESHOLD = 50
COSINE_THRESHOLD = 0.3
SAMPLE_SECONDS = 0.05
MEGABYTE = 2**20


@dataclass(frozen=True)
class Job:
    """One corpus to measure: its documents, a folder for what is stored, and the workers."""

    source: pd.DataFrame | str
    folder: Path
    n_jobs: int

    def corpus(self) -> pdd.Corpus:
        return pdd.read_corpus(
            self.source, n_jobs=self.n_jobs, cache=self.folder / "cache", progress=False
        )

    def tracks(self) -> pdd.CorpusTracks:
        return pdd.track_corpus(self.corpus(), n_jobs=self.n_jobs, progress=False)


@dataclass(frozen=True)
class Measure:
    """Seconds, those of all processors together, and peaks of resident memory in megabytes."""

    seconds: float
    processors: float
    parent: float
    worker: float
    together: float

    def times(self, scale: float) -> Measure:
        """As long as it would take on so many times the plans."""
        return replace(self, seconds=self.seconds * scale, processors=self.processors * scale)


Stage = Callable[[Job], Callable[[], object]]
"""Prepares what is not timed, and returns what is."""


def read(job: Job) -> Callable[[], object]:
    return job.corpus


def track(job: Job) -> Callable[[], object]:
    corpus = job.corpus()
    return lambda: pdd.track_corpus(corpus, n_jobs=job.n_jobs, progress=False)


def store(job: Job) -> Callable[[], object]:
    tracks = job.tracks()
    return lambda: tracks.to_parquet(job.folder / "parquet")


def diffuse(job: Job) -> Callable[[], object]:
    corpus = job.corpus()
    return lambda: pdd.diffusion(corpus, THEME, n_jobs=job.n_jobs, progress=False)


def loop_of_cdist(job: Job) -> Callable[[], object]:
    """The loop a researcher writes: all pairs of bodies of two years, those above a threshold."""
    bodies = list(_neighbours(job.corpus()))

    def loop() -> pd.DataFrame:
        tables = []
        for issuer, old, new in bodies:
            scores = process.cdist(old, new, scorer=fuzz.ratio)
            rows, columns = np.nonzero(scores >= RATIO_THRESHOLD)
            found = {"old": rows, "new": columns, "ratio": scores[rows, columns]}
            tables.append(pd.DataFrame(found).assign(issuer=issuer))
        return pd.concat(tables, ignore_index=True)

    return loop


def loop_of_string_grouper(job: Job) -> Callable[[], object]:
    """The same loop with string_grouper, its ASCII cleaning off and bigrams for Chinese."""
    from string_grouper import match_strings

    bodies = list(_neighbours(job.corpus()))
    how = {"ngram_size": 2, "normalize_to_ascii": False, "regex": r"\s"}

    def loop() -> pd.DataFrame:
        tables = [
            match_strings(
                pd.Series(old), pd.Series(new), min_similarity=COSINE_THRESHOLD, **how
            ).assign(issuer=issuer)
            for issuer, old, new in bodies
        ]
        return pd.concat(tables, ignore_index=True)

    return loop


def string_grouper_at_once(job: Job) -> Callable[[], object]:
    """All items of all issuers among themselves: what links across issuers would take with it."""
    from string_grouper import match_strings

    bodies = pd.Series([body for plan in job.corpus().plans() for body in plan.items["core"]])
    how = {"ngram_size": 2, "normalize_to_ascii": False, "regex": r"\s"}
    return lambda: match_strings(bodies, min_similarity=COSINE_THRESHOLD, **how)


STAGES: dict[str, Stage] = {
    "read": read,
    "read again (stored)": read,
    "track by issuer": track,
    "track again (stored)": track,
    f"diffusion of {THEME}": diffuse,
    "parquet": store,
}
ONE_WORKER_TOO = ("read", "track by issuer")
PEERS: dict[str, Stage] = {
    "rapidfuzz cdist, by issuer": loop_of_cdist,
    "string_grouper, by issuer": loop_of_string_grouper,
}
AT_ONCE = "string_grouper, all at once"


def _neighbours(corpus: pdd.Corpus) -> Iterator[tuple[str, list[str], list[str]]]:
    for issuer, own in corpus.groups().items():
        plans = sorted(own.plans(), key=lambda plan: plan.year or 0)
        for old, new in pairwise(plans):
            yield issuer, old.items["core"].tolist(), new.items["core"].tolist()


def measured(stage: Stage, job: Job) -> Measure:
    """Run one stage in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measure, stage, job).result()


def _measure(stage: Stage, job: Job) -> Measure:
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    call = stage(job)
    _dismiss_workers()
    watch = Watch()
    watch.start()
    started = time.perf_counter()
    try:
        call()
        seconds = time.perf_counter() - started
    finally:
        watch.stop()
        _dismiss_workers()
    return Measure(seconds, watch.processor_seconds(), *watch.peaks)


def _dismiss_workers() -> None:
    """Workers of joblib stay and wait for more until they are told that there is none."""
    get_reusable_executor().shutdown()


class Watch(threading.Thread):
    """Keeps the peaks of this process, of its largest worker and of all, and the time they take."""

    def __init__(self) -> None:
        super().__init__()
        self.peaks = [0.0, 0.0, 0.0]
        self._done = threading.Event()
        self._own = psutil.Process()
        self._before = self._seconds(self._own)
        self._spent: dict[int, float] = {}

    def run(self) -> None:
        while True:
            memory = []
            for running in [self._own, *self._own.children(recursive=True)]:
                try:
                    memory.append(running.memory_info().rss / MEGABYTE)
                    self._spent[running.pid] = self._seconds(running)
                except psutil.NoSuchProcess:
                    continue
            now = [memory[0], max(memory[1:], default=0.0), sum(memory)]
            self.peaks = [max(pair) for pair in zip(self.peaks, now, strict=True)]
            if self._done.wait(SAMPLE_SECONDS):
                return

    def stop(self) -> None:
        self._done.set()
        self.join()

    def processor_seconds(self) -> float:
        return sum(self._spent.values()) - self._before

    @staticmethod
    def _seconds(running: psutil.Process) -> float:
        spent = running.cpu_times()
        return float(spent.user + spent.system)


def measure_corpus(
    job: Job, plans: int, options: argparse.Namespace, found: dict[int, dict[str, Measure]]
) -> None:
    """All stages of one generated corpus, printed and added to what was found as they are done."""
    print(f"\n{plans:,} generated plans of {plans // YEARS:,} issuers, {job.n_jobs} workers")
    print(HEADER)
    done = found[plans] = {}
    for name, stage in STAGES.items():
        done[name] = measured(stage, job)
        _line(name, plans, done[name], growth(name, found))
    for name, stage in PEERS.items():
        part = min(plans, options.peer_plans)
        scale = plans / part
        done[name] = measured(stage, replace(job, source=job.source.head(part))).times(scale)
        note = f"extrapolated from {part:,} plans; " if scale > 1 else growth(name, found)
        ratio = done[name].processors / done["track by issuer"].processors
        _line(name, plans, done[name], f"{note}cpu over that of tracking: {ratio:.2f}")
    if plans <= options.alone_up_to:
        alone = replace(job, folder=job.folder / "alone", n_jobs=1)
        for name in ONE_WORKER_TOO:
            one = measured(STAGES[name], alone)
            faster = one.seconds / done[name].seconds
            _line(f"{name}, one worker", plans, one, f"speed-up on {job.n_jobs}: {faster:.2f}")
    if plans <= options.at_once_up_to:
        done[AT_ONCE] = measured(string_grouper_at_once, job)
        _line(AT_ONCE, plans, done[AT_ONCE], growth(AT_ONCE, found))
        print_campaigns(job, plans // YEARS)


def print_campaigns(job: Job, issuers: int) -> None:
    """How many adoptions that the generator made does diffusion date to the very year?"""
    corpus, true = job.corpus(), adoptions(issuers, years=YEARS)
    asked = range(CAMPAIGNS_ASKED)
    tables = [
        pdd.diffusion(corpus, campaign(number), kind="text", progress=False)
        .adoptions.assign(campaign=number)
        .dropna(subset="adoption_year")
        for number in asked
    ]
    both = pd.concat(tables).merge(true, on=["issuer", "campaign"])
    made = int(true["campaign"].isin(asked).sum())
    print(
        f"{CAMPAIGNS_ASKED} campaigns asked for by their text: {made} adoptions were made, "
        f"{len(both)} of them found, {int((both['adoption_year'] == both['year']).sum())} in the "
        f"very year; {sum(map(len, tables)) - len(both)} found that were not made"
    )


def measure_folder(folder: str, cache: Path, n_jobs: int) -> None:
    """Reading and tracking real documents, as far as their years allow."""
    job = Job(folder, cache, n_jobs)
    read_ = measured(read, job)
    corpus = job.corpus()
    print(
        f"\n{Path(folder).name}: {len(corpus):,} documents read, {len(corpus.errors)} errors, "
        f"{len(corpus.doubts)} doubts, {int(corpus.documents['n_items'].sum()):,} items"
    )
    print(HEADER)
    _line("read", len(corpus), read_)
    _line("read again (stored)", len(corpus), measured(read, job))
    tracked = measured(track, job)
    groups = job.tracks().groups
    _line("track by issuer", len(corpus), tracked, f"{groups['tracked'].sum()} of {len(groups)}")
    _line(f"diffusion of {THEME}", len(corpus), measured(diffuse, job))


HEADER = f"{'':28}{'seconds':>9}{'docs/s':>9}{'cpu s':>9}   peak MB: parent, worker, together"


def _line(name: str, plans: int, found: Measure, note: str = "") -> None:
    print(
        f"{name:28}{found.seconds:9.2f}{plans / found.seconds:9.1f}{found.processors:9.2f}"
        f"{found.parent:18.0f}{found.worker:8.0f}{found.together:10.0f}   {note}",
        flush=True,
    )


def growth(name: str, found: dict[int, dict[str, Measure]]) -> str:
    """The power of the size that the time of a stage grows with, over all sizes so far."""
    measures = {size: of_size[name] for size, of_size in found.items() if name in of_size}
    if len(measures) < 2:
        return ""
    sizes = np.log(list(measures))
    clock, processors = (
        np.polyfit(sizes, np.log([getattr(each, what) for each in measures.values()]), 1)[0]
        for what in ("seconds", "processors")
    )
    return f"grows as size ** {clock:.2f} (cpu: {processors:.2f}) "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--sizes", type=int, nargs="*", default=[310, 3100], help="plans of a generated corpus")
    add("--items", type=int, default=20, help="items of a generated plan")
    add("--jobs", type=int, default=2, help="workers")
    add("--alone-up-to", type=int, default=3100, help="largest size measured on one worker too")
    add("--peer-plans", type=int, default=3100, help="plans on which the peers are measured")
    add("--at-once-up-to", type=int, default=310, help="largest size for string_grouper at once")
    add("--folder", action="append", default=[], help="a folder of real documents, repeatable")
    add("--work", help="a folder for what is stored in between (a temporary one by default)")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    found: dict[int, dict[str, Measure]] = {}
    for plans in options.sizes:
        with tempfile.TemporaryDirectory(dir=options.work) as folder:
            texts, kept = Path(folder, "texts"), Path(folder, "kept")
            table = write_corpus(texts, plans // YEARS, years=YEARS, items=options.items)
            measure_corpus(Job(table, kept, options.jobs), plans, options, found)
    for source in options.folder:
        with tempfile.TemporaryDirectory(dir=options.work) as folder:
            measure_folder(source, Path(folder), options.jobs)


if __name__ == "__main__":
    main()
