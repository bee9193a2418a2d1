"""A small installation that can be broken on purpose: real database, real embedded broker, real workers."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from celery import Celery

from cli.broker import EmbeddedBroker
from cli.processes import wait_until
from planning.actors import SYSTEM, Actor
from planning.app import Application
from planning.commands import IMAGING, LoadSample, RequestSolve
from planning.jobs import Solved
from planning.queries import JobStatus, Versions
from planning.sample import sample_site
from planning.settings import Settings
from planning.views import JobView
from scheduler.imaging.build import build
from storage.bootstrap import open_application
from tests.failure import faulty_worker
from workers.app import QUEUE, SOLVE, make_app
from workers.relay import ring

LEASE_S = 2.0
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.failure.faulty_worker", "storage.bootstrap"])


class Worker:
    """A running worker and what it wrote."""

    def __init__(self, process: Any, log: Path) -> None:
        self._process = process
        self.log = log

    @property
    def is_running(self) -> bool:
        """Whether it is there, frozen or not."""
        return bool(self._process.is_alive())

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative is the signal that ended it."""
        code: int | None = self._process.exitcode
        return code

    def text(self) -> str:
        """Everything it wrote."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def send(self, number: signal.Signals) -> None:
        """One signal to it, if it is there."""
        with suppress(ProcessLookupError):
            os.kill(self._process.pid, number)

    def stop(self) -> None:
        """Ask it to leave and wait."""
        self.send(signal.SIGTERM)
        self._process.join(30)

    def end(self) -> None:
        """Whatever state it is in."""
        if self.is_running:
            self.send(signal.SIGKILL)
            self._process.join(30)


class Rig:
    """One home with its parts. ``child`` says which solver the workers run: see stub_child.py."""

    def __init__(self, home: Path, database_url: str) -> None:
        self.broker = EmbeddedBroker(home)
        self.settings = Settings(
            home=home,
            database_url=database_url,
            broker_url=self.broker.url,
            lease_s=LEASE_S,
            ring_again_s=1.0,
            solve_seconds=1.0,
            max_attempts=10,
        )
        self.application: Application = open_application(self.settings)
        self.workers: list[Worker] = []
        self._actor: Actor | None = None

    # --- the hospital
    def first_job(self) -> str:
        """The sample department and the job of its first plan."""
        loaded = self.application.execute(SYSTEM, LoadSample("day", areas=("imaging",), solve_seconds=1.0))
        self._actor = SYSTEM.in_site(loaded.site.id)
        self._places_file.write_text(json.dumps(kept_places()), encoding="utf-8")
        return str(loaded.job_ids["imaging"])

    def another_job(self) -> str:
        """A second solve of the same department."""
        return str(self.application.execute(self.actor, RequestSolve(IMAGING, seconds=1.0)))

    @property
    def actor(self) -> Actor:
        """The system at work in the sample's site."""
        assert self._actor is not None
        return self._actor

    def job(self, job_id: str) -> JobView:
        """The job as a page would show it."""
        view: JobView = self.application.ask(self.actor, JobStatus(job_id))
        return view

    def num_versions(self) -> int:
        """So many plan versions are stored."""
        return len(self.application.ask(self.actor, Versions(IMAGING)))

    def wait_for_end(self, job_id: str, *, seconds: float = 60.0) -> JobView:
        """Wait until the job has ended, however it ended."""
        assert wait_until(lambda: not self.job(job_id).is_active, seconds=seconds, pause_s=0.1), self.told()
        return self.job(job_id)

    def wait_until_running(self, job_id: str, *, seconds: float = 60.0) -> JobView:
        """Wait until a worker holds the job's lease."""
        assert wait_until(lambda: self.job(job_id).state == "running", seconds=seconds, pause_s=0.02), self.told()
        return self.job(job_id)

    # --- its parts
    def start_worker(self, *, child: str = "quick", fault: str = "", max_attempts: int = 10) -> Worker:
        """A worker whose solver child behaves as ``child`` says; ``fault`` names the point at which it kills itself."""
        environment = {
            "CARETABLE_HOME": str(self.settings.home),
            "CARETABLE_DATABASE_URL": self.settings.database_url,
            "CARETABLE_BROKER_URL": self.settings.broker_url,
            "CARETABLE_LEASE_S": str(LEASE_S),
            "CARETABLE_RING_AGAIN_S": "1",
            "CARETABLE_CHILD_MEMORY_MB": "256",
            "CARETABLE_MAX_ATTEMPTS": str(max_attempts),
            "TEST_PLACES": str(self._places_file),
        }
        log = self.settings.home / f"worker{len(self.workers)}.log"
        process = _FORKS.Process(target=faulty_worker.main, args=(environment, str(log), child, fault))
        process.start()
        self.workers.append(Worker(process, log))
        return self.workers[-1]

    def freeze(self, worker: Worker, job_id: str) -> None:
        """Stop the worker's clock between two transactions: one frozen inside would hold the database's lock."""
        for _ in range(20):
            worker.send(signal.SIGSTOP)
            asking = threading.Thread(target=self.application.jobs.renew, args=(job_id, -1, 1.0))
            asking.start()
            asking.join(1.0)
            if not asking.is_alive():
                return
            worker.send(signal.SIGCONT)
            asking.join()
        raise AssertionError("the worker is in a transaction whenever it is looked at")

    def send(self, job_id: str, *, times: int = 1) -> None:
        """Put messages for a job into the broker by hand."""
        app: Celery = make_app(self.settings)
        for _ in range(times):
            ring(app, job_id)
        app.close()

    def forge(self) -> int:
        """Put messages of somebody else into our queue: code instead of text, unknown tasks, other shapes; their number."""
        app: Celery = make_app(self.settings)
        app.send_task("caretable.drop", args=("job-7",), queue=QUEUE)
        with app.connection_for_write() as connection:
            queue = connection.SimpleQueue(QUEUE)
            queue.put({"hello": "there"})
            queue.put(["job-7"], serializer="pickle")
            queue.put("x" * 100_000, headers={"task": SOLVE, "id": "7"})
            queue.close()
        app.close()
        return 4

    @property
    def _places_file(self) -> Path:
        return self.settings.home / "places.json"

    def told(self) -> str:
        """What the workers wrote, for a test that failed."""
        return "\n".join(f"--- {worker.log.name}\n{worker.text()}" for worker in self.workers)

    def close(self) -> None:
        """End everything."""
        for worker in self.workers:
            worker.end()
        self.broker.stop()
        self.application.close()


@contextmanager
def rig(home: Path, database_url: str) -> Iterator[Rig]:
    """An installation for one test."""
    installation = Rig(home, database_url)
    try:
        installation.broker.start()
        yield installation
    finally:
        installation.close()


def kept_places() -> list[tuple[str, str, int]]:
    """The places of the smallest plan the sample admits: what is promised stays, nobody else is planned."""
    problem = build(sample_site("imaging", "day", datetime.now(UTC)))
    return [
        (problem.task_ids[task], problem.resource_ids[place.resource], place.start)
        for task, place in problem.reference.items()
    ]


def kept_result() -> Solved:
    """That plan as a solver child hands it over."""
    return Solved(
        places=tuple(kept_places()),
        unplanned=(),
        cost=0.0,
        bound=None,
        gap=None,
        is_optimal=False,
        first_plan_s=0.1,
        total_s=0.2,
        seed=1,
    )
