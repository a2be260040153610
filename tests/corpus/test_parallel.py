"""Tasks on many workers: every result once, and a worker that dies takes no other task with it."""

import os
import signal

import joblib
import pytest

from planddiff.corpus import parallel
from planddiff.corpus.parallel import run_tasks
from planddiff.errors import PlanDiffError


def double(task):
    return 2 * task


def dies(task):
    """Ends its worker on a file that is there; a file that says once is gone the next time."""
    path, value = task
    if path.exists():
        if path.name == "once":
            path.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * value


def not_lost(task):
    raise AssertionError(f"{task} was finished")


@pytest.mark.parametrize("backend", ["sequential", "threading", "multiprocessing"])
def test_every_task_gives_one_result_with_its_place(backend):
    with joblib.parallel_config(backend=backend):
        found = dict(run_tasks(double, range(50), n_jobs=2, lost=not_lost))
    assert found == {place: 2 * place for place in range(50)}


def test_nothing_to_do():
    assert list(run_tasks(double, [], n_jobs=2, lost=not_lost)) == []


def test_results_come_as_they_are_finished():
    started = []

    def note(task):
        started.append(task)
        return task

    results = run_tasks(note, range(100), n_jobs=1, lost=not_lost)
    assert next(results) == (0, 0)
    assert len(started) < 100


def test_an_error_of_a_task_is_raised():
    with pytest.raises(ZeroDivisionError):
        list(run_tasks(lambda task: 1 // task, [1, 0], n_jobs=1, lost=not_lost))


def test_a_worker_of_another_version_is_refused(monkeypatch):
    monkeypatch.setattr(parallel, "fingerprint", iter(["mine", "another"]).__next__)
    with pytest.raises(PlanDiffError, match="install the same on all machines"):
        list(run_tasks(double, [1], n_jobs=1, lost=not_lost))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_worker_that_is_killed_costs_no_result(tmp_path):
    (tmp_path / "once").touch()
    tasks = [(tmp_path / ("once" if value == 3 else "never"), value) for value in range(8)]
    found = dict(run_tasks(dies, tasks, n_jobs=2, lost=not_lost))
    assert found == {place: 2 * place for place in range(8)}
    assert not (tmp_path / "once").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_task_that_kills_every_worker_is_lost_alone(tmp_path):
    (tmp_path / "always").touch()
    tasks = [(tmp_path / ("always" if value == 1 else "never"), value) for value in range(2)]
    found = dict(run_tasks(dies, tasks, n_jobs=2, lost=lambda task: f"lost {task[1]}"))
    assert found == {0: 0, 1: "lost 1"}
