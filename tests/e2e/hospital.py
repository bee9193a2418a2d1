"""A whole small hospital for the browser: real database, real planning, a worker in a thread, a real server."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from werkzeug.serving import make_server

from dashboard.app import create_app
from planning.actors import SYSTEM
from planning.app import Application
from planning.areas import FORECASTS, area_of
from planning.commands import LoadSample
from planning.jobs import Lease, Report, Signal, Solved
from planning.settings import Settings
from scheduler.kernel.outcome import Progress
from scheduler.kernel.solve import Settings as Limits
from storage.bootstrap import open_application

LEASE_S = 120.0
logging.getLogger("werkzeug").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Hospital:
    """Its address, and the passwords of its people by role."""

    url: str
    passwords: Mapping[str, str]
    application: Application


@contextmanager
def open_hospital(home: Path, *, areas: tuple[str, ...] = ("imaging",)) -> Iterator[Hospital]:
    """The day sample (of other areas their usual one), served on a free port, the first plans being made."""
    application = open_application(Settings(home=home, session_idle_min=60))
    sample = application.execute(SYSTEM, LoadSample("day", areas=areas, solve_seconds=1.0))
    stopping = threading.Event()
    worker = threading.Thread(target=work, args=(application, stopping), daemon=True)
    server = make_server("127.0.0.1", 0, create_app(application).server, threaded=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    worker.start()
    serving.start()
    try:
        yield Hospital(f"http://127.0.0.1:{server.server_port}", dict(sample.passwords), application)
    finally:
        stopping.set()
        server.shutdown()
        worker.join(30)
        server.server_close()
        application.close()


def work(application: Application, stopping: threading.Event) -> None:
    """Do every job that is due, one after the other, until told to stop."""
    while not stopping.wait(0.2):
        for job_id in application.jobs.due_for_ringing(datetime.now(UTC)):
            lease = application.jobs.claim(job_id, "test worker", LEASE_S)
            if lease is None:
                continue
            try:
                _solve(application, lease, stopping)
            except Exception as error:
                application.jobs.fail(job_id, lease.fence, "solver_died", {"reason": repr(error)})


def _solve(application: Application, lease: Lease, stopping: threading.Event) -> None:
    job_id = lease.job_id
    job = application.jobs.work(lease)
    if job.area in FORECASTS:
        solved = Solved.from_forecast(job.problem.run(), seconds=1.0, seed=job.seed)
        application.jobs.complete(job_id, lease.fence, solved)
        return
    is_stopped = threading.Event()

    def report(progress: Progress) -> None:
        told = Report(
            cost=progress.cost, bound=progress.bound, seconds=progress.seconds, num_unplanned=progress.num_unplanned
        )
        if application.jobs.report(job_id, lease.fence, told) is not Signal.GO_ON or stopping.is_set():
            is_stopped.set()

    limits = Limits(seconds=job.seconds, threads=1)
    solve = area_of(job.area).solve
    outcome = solve(job.problem, limits, job.seed, progress=report, should_stop=is_stopped.is_set)
    application.jobs.complete(job_id, lease.fence, Solved.from_outcome(job.problem, outcome))
