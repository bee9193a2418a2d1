"""Jobs and a solver child that do what a test tells them."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hospital.errors import Unavailable
from planning.jobs import Lease, Report, Signal, Solved, Work

NOW = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)


def solved(cost: float = 37.0) -> Solved:
    return Solved(
        places=(("r1", "mr1", 45),),
        unplanned=(("r2", 11.5, ("opening",)),),
        cost=cost,
        bound=31.0,
        gap=0.16,
        is_optimal=False,
        first_plan_s=0.4,
        total_s=2.5,
        seed=3,
    )


def work(seconds: float = 2.0) -> Work:
    return Work(job_id="job-7", area="imaging", problem=None, seconds=seconds, seed=3, threads=1)  # type: ignore[arg-type]


@dataclass
class FakeJobs:
    """Everything that was asked of it, in ``calls``; answers come from the fields."""

    lease_fence: int | None = 4
    signal: Signal = Signal.GO_ON
    due: tuple[str, ...] = ()
    is_away: bool = False
    seconds: float = 2.0
    num_refusals: int = 0
    calls: list[tuple[str, ...]] = field(default_factory=list)
    renewed: threading.Event = field(default_factory=threading.Event)

    def claim(self, job_id: str, worker: str, lease_s: float) -> Lease | None:
        self.calls.append(("claim", job_id))
        if self.lease_fence is None:
            return None
        return Lease(job_id, worker, self.lease_fence, 1, NOW + timedelta(seconds=lease_s))

    def work(self, lease: Lease) -> Work:
        return work(self.seconds)

    def renew(self, job_id: str, fence: int, lease_s: float) -> Signal:
        self.renewed.set()
        if self.is_away:
            raise ConnectionError("database is away")
        return self.signal

    def report(self, job_id: str, fence: int, report: Report) -> Signal:
        if self.is_away:
            raise ConnectionError("database is away")
        self.calls.append(("report", str(report.cost)))
        return self.signal

    def complete(self, job_id: str, fence: int, solved: Solved) -> Any:
        if self.num_refusals:
            self.num_refusals -= 1
            raise Unavailable("database_busy")
        self.calls.append(("complete", job_id, str(fence), str(solved.cost)))

    def fail(self, job_id: str, fence: int, error: str, values: Mapping[str, object] | None = None) -> Any:
        self.calls.append(("fail", job_id, str(fence), error))

    def release(self, job_id: str, fence: int) -> None:
        self.calls.append(("release", job_id, str(fence)))

    def queue_nightly(self) -> int:
        """Nothing is made at night here."""
        return 0

    def due_for_ringing(self, now: datetime | None = None) -> tuple[str, ...]:
        if self.is_away:
            raise ConnectionError("database is away")
        return self.due


class FakeChild:
    """Says the lines it was given, then nothing; asked to stop it says those of ``when_stopped``."""

    def __init__(
        self, lines: Sequence[Mapping[str, Any]], *, result: Solved | None = None, when_stopped: Sequence[Any] = ()
    ) -> None:
        self.lines = list(lines)
        self.result = result
        self.when_stopped = list(when_stopped)
        self.was_closed = False
        self.num_stops = 0
        self.exit_code: int | None = None

    def __call__(self, folder: Path) -> FakeChild:
        return self

    def __enter__(self) -> FakeChild:
        return self

    def __exit__(self, *_: object) -> None:
        self.was_closed = True

    def begin(self, work: Work, *, memory_mb: int) -> None:
        pass

    def next_line(self, *, within_s: float) -> Any:
        if self.lines:
            return self.lines.pop(0)
        threading.Event().wait(0.01)
        return None

    def ask_to_stop(self) -> None:
        self.num_stops += 1
        self.lines += self.when_stopped

    def solved(self) -> Solved | None:
        return self.result
