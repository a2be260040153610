"""Many independent tasks on one machine or a cluster, whichever joblib is set to."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from typing import TypeVar

from planddiff.corpus.store import fingerprint
from planddiff.errors import PlanDiffError

Task = TypeVar("Task")
Result = TypeVar("Result")


def run_tasks(
    function: Callable[[Task], Result],
    tasks: Sequence[Task],
    *,
    n_jobs: int | None,
    lost: Callable[[Task], Result],
) -> Iterator[tuple[int, Result]]:
    """Call a function on every task and give each result with the place of its task, as it comes.

    Parameters
    ----------
    function : callable
        Can be pickled.
    tasks : sequence
        Each is sent to a worker when one is free.
    n_jobs : int or None
        Workers, as :class:`joblib.Parallel` has it; which kind they are of is for
        :func:`joblib.parallel_config` to say.
    lost : callable
        Makes the result of a task on which the worker died even when it was alone.

    Yields
    ------
    int, Result
        In the order in which they are finished. Where a worker dies, the tasks that are not
        finished are done again, in halves, until the one that kills it stands alone.

    Raises
    ------
    PlanDiffError
        A worker has another version of planddiff or of what it needs, so that its results would
        differ.
    """
    yield from _run(function, tasks, range(len(tasks)), n_jobs, lost)


def _run(
    function: Callable[[Task], Result],
    tasks: Sequence[Task],
    places: Sequence[int],
    n_jobs: int | None,
    lost: Callable[[Task], Result],
) -> Iterator[tuple[int, Result]]:
    left = dict.fromkeys(places)
    try:
        for place, result in _finished(function, tasks, places, n_jobs):
            del left[place]
            yield place, result
    except _deaths():
        if len(places) == 1 and left:
            yield places[0], lost(tasks[places[0]])
            return
        again = list(left)
        half = (len(again) + 1) // 2
        for part in (again[:half], again[half:]):
            if part:
                yield from _run(function, tasks, part, n_jobs, lost)


def _finished(
    function: Callable[[Task], Result],
    tasks: Sequence[Task],
    places: Sequence[int],
    n_jobs: int | None,
) -> Iterator[tuple[int, Result]]:
    from joblib import Parallel, delayed

    version = fingerprint()
    calls = (delayed(_placed)(function, place, tasks[place], version) for place in places)
    try:
        parallel = Parallel(n_jobs=n_jobs, return_as="generator_unordered")
    except ValueError:
        # Some backends cannot hand results over one by one.
        parallel = Parallel(n_jobs=n_jobs)
    yield from parallel(calls)


def _placed(
    function: Callable[[Task], Result], place: int, task: Task, version: str
) -> tuple[int, Result]:
    if fingerprint() != version:
        raise PlanDiffError(
            "a worker has another version of planddiff, of Python or of a library than this "
            "program: install the same on all machines, and start again after a change of a file"
        )
    return place, function(task)


def _deaths() -> tuple[type[BaseException], ...]:
    """Errors that say that a worker died, of loky and of whatever cluster is in use."""
    distributed = sys.modules.get("distributed")
    return (BrokenExecutor, *((distributed.KilledWorker,) if distributed else ()))
