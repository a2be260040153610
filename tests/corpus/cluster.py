"""A Dask cluster on this machine: a scheduler and workers, each a process of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import planddiff

ROOT = Path(planddiff.__file__).parents[1]


class Cluster:
    """Started with free ports on the loopback address; a worker that was killed stays dead."""

    def __init__(self, folder):
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0")
        self.workers = []

    def _start(self, *words):
        log = (self.folder / f"{words[0]}.log").open("ab")
        options = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(self.file)]
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words, *options],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=log,
            stderr=log,
        )

    def with_workers(self, number):
        """A client of the cluster, once that many workers are alive."""
        from distributed import Client

        alive = [worker for worker in self.workers if worker.poll() is None]
        for _ in range(number - len(alive)):
            options = ["--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder)]
            self.workers.append(self._start("worker", *options))
        end = time.monotonic() + 60
        while not self.file.exists():
            assert self.scheduler.poll() is None, "the scheduler did not start"
            assert time.monotonic() < end, "no scheduler within a minute"
            time.sleep(0.05)
        client = Client(scheduler_file=str(self.file))
        client.wait_for_workers(number, timeout=60)
        return client

    def killed(self):
        """Processes of workers that SIGKILL ended."""
        return [worker.pid for worker in self.workers if worker.poll() == -signal.SIGKILL]

    def stop(self):
        for process in [*self.workers, self.scheduler]:
            process.terminate()
        for process in [*self.workers, self.scheduler]:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)
