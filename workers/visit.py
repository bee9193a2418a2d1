"""One ring of the bell: claim the job, solve it in a child, hand the result in. Killing this at any line loses nothing.

Before the claim the job waits; until the hand-in it waits again once the lease has passed; the hand-in is one transaction.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from hospital.errors import CaretableError, Unavailable
from planning.jobs import Jobs, Lease, Report, Signal, Solved, Work
from planning.settings import Settings
from workers.children import Child
from workers.leases import LeaseKeeper

START_WITHIN_S = 600.0  # to load the engine, the first time on a machine to compile it, and to read the problem
OVERTIME_S = 4.0  # past its limit a solve is asked to stop ...
KILL_AFTER_S = 9.5  # ... and past this it is killed
REPORT_EVERY_S = 0.5
HAND_IN_AGAIN_S = 1.0

_log = logging.getLogger(__name__)


class Ending(StrEnum):
    """How a visit ended, for the log."""

    NOT_OURS = "not_ours"
    DONE = "done"
    FAILED = "failed"
    LOST = "lost"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no result: a text id ``errors.<error>`` and its values."""

    error: str
    values: dict[str, Any]


def worker_name() -> str:
    """Who holds a lease: machine, process and thread."""
    return f"{socket.gethostname()}-{os.getpid()}-{threading.get_native_id()}"


class Visitor:
    """Works on jobs, one after the other, for as long as ``is_leaving`` is not set."""

    def __init__(
        self,
        jobs: Jobs,
        settings: Settings,
        *,
        is_leaving: threading.Event,
        new_child: Callable[[Path], Child] = Child,
    ) -> None:
        self._jobs = jobs
        self._settings = settings
        self._is_leaving = is_leaving
        self._new_child = new_child

    def visit(self, job_id: str) -> Ending:
        """Do what the job needs, if it needs anything and nobody else is at it."""
        if self._is_leaving.is_set():
            return Ending.NOT_OURS
        lease = self._jobs.claim(job_id, worker_name(), self._settings.lease_s)
        if lease is None:
            return Ending.NOT_OURS
        _log.info("job %s: attempt %s begins, fence %s", job_id, lease.attempt, lease.fence)
        with LeaseKeeper(self._jobs, lease, self._settings.lease_s) as keeper:
            ending = self._attempt(lease, keeper)
        _log.info("job %s: attempt %s %s", job_id, lease.attempt, ending)
        return ending

    def _attempt(self, lease: Lease, keeper: LeaseKeeper) -> Ending:
        try:
            with self._new_child(self._settings.home / "jobs") as child:
                work = self._jobs.work(lease)
                child.begin(work, memory_mb=self._settings.child_memory_mb)
                result = self._listen(child, work, keeper)
            if isinstance(result, Failure):
                self._jobs.fail(lease.job_id, lease.fence, result.error, result.values)
                return Ending.FAILED
            if result is None:
                return self._let_go(lease, keeper)
            self._hand_in(lease, keeper, result)
            return Ending.DONE
        except CaretableError as error:
            if error.text_id == "lease_lost":
                return Ending.LOST
            _log.warning("job %s: %s", lease.job_id, error)
            self._jobs.fail(lease.job_id, lease.fence, error.text_id, error.values)
            return Ending.FAILED
        except Exception as error:
            _log.exception("job %s", lease.job_id)
            self._jobs.fail(lease.job_id, lease.fence, "worker_fault", {"reason": type(error).__name__})
            return Ending.FAILED

    def _hand_in(self, lease: Lease, keeper: LeaseKeeper, solved: Solved) -> None:
        """Store the result; a database that is away is waited for as long as the job is ours."""
        while True:
            try:
                self._jobs.complete(lease.job_id, lease.fence, solved)
                return
            except Unavailable as error:
                if keeper.signal is Signal.LOST:
                    raise
                _log.warning("job %s: result not handed in: %s", lease.job_id, error)
                time.sleep(HAND_IN_AGAIN_S)

    def _let_go(self, lease: Lease, keeper: LeaseKeeper) -> Ending:
        if keeper.signal is Signal.LOST:
            return Ending.LOST
        self._jobs.release(lease.job_id, lease.fence)
        return Ending.RELEASED

    def _listen(self, child: Child, work: Work, keeper: LeaseKeeper) -> Solved | Failure | None:
        """Hear the child out. None if the result must not or need not be handed in."""
        watch = _Watch(work.seconds)
        while not self._is_leaving.is_set() and keeper.signal is not Signal.LOST:
            line = child.next_line(within_s=0.1) or {}
            match line.get("is"):
                case "begun":
                    watch.begin()
                case "progress" if watch.may_report():
                    keeper.report(_report(line))
                case "failed":
                    return Failure(str(line["error"]), dict(line["values"]))
                case "done":
                    return child.solved() or Failure("solver_died", {"reason": "no result"})
                case "over":
                    return Failure("solver_died", {"reason": f"exit code {child.exit_code}"})
            if watch.must_be_killed():
                return Failure("solver_no_plan_in_time", {"seconds": work.seconds})
            if keeper.signal is Signal.STOP or watch.must_stop():
                watch.stop(child)
        return None


class _Watch:
    """The parent's clock over a child: a time limit inside the engine is a promise, this one is a fact."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._kill_at = time.monotonic() + START_WITHIN_S
        self._stop_at = self._kill_at
        self._next_report = 0.0
        self._has_begun = False
        self._is_stopping = False

    def begin(self) -> None:
        """The solve has begun: from now its own seconds count."""
        seconds = 0.0 if self._is_stopping else self._seconds
        now = time.monotonic()
        self._has_begun = True
        self._stop_at = now + seconds + OVERTIME_S
        self._kill_at = now + seconds + KILL_AFTER_S

    def stop(self, child: Child) -> None:
        """Ask once for the best plan so far; from then (or from its beginning) it has a few seconds to hand it over."""
        if self._is_stopping:
            return
        self._is_stopping = True
        child.ask_to_stop()
        if self._has_begun:
            self._kill_at = min(self._kill_at, time.monotonic() + KILL_AFTER_S)

    def must_stop(self) -> bool:
        """Past its seconds."""
        return time.monotonic() > self._stop_at

    def must_be_killed(self) -> bool:
        """Past all patience."""
        return time.monotonic() > self._kill_at

    def may_report(self) -> bool:
        """Often enough for a page that looks once a second, seldom enough for the database."""
        now = time.monotonic()
        if now < self._next_report:
            return False
        self._next_report = now + REPORT_EVERY_S
        return True


def _report(line: dict[str, Any]) -> Report:
    bound = line["bound"]
    return Report(
        cost=float(line["cost"]),
        bound=None if bound is None else float(bound),
        seconds=float(line["seconds"]),
        num_unplanned=int(line["num_unplanned"]),
    )
