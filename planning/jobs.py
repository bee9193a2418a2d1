"""A job's life as the worker sees it: claim, renew, report, complete or fail. The row is the truth, the broker only a
doorbell."""

from __future__ import annotations

import copyreg
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol

from planning.views import JobView
from scheduler.kernel.problem import Problem


def _fixed(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


copyreg.pickle(MappingProxyType, lambda shown: (_fixed, (dict(shown),)))
"""Settings hold mappings nobody may change; without this they could not be handed to a process of its own."""


class Signal(StrEnum):
    """What a worker hears when it renews or reports."""

    GO_ON = "go_on"
    STOP = "stop"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on a job until ``expires``; ``fence`` grows with every claim, and only the newest one may
    write."""

    job_id: str
    worker: str
    fence: int
    attempt: int
    expires: datetime


@dataclass(frozen=True, kw_only=True)
class Work:
    """What the solve needs, and nothing else: the area whose solve it is, a problem (picklable), its limits and its seed."""

    job_id: str
    area: str
    problem: Any
    seconds: float
    seed: int
    threads: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Progress of a solve: points, points or None, seconds."""

    cost: float
    bound: float | None
    seconds: float
    num_unplanned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """A finished solve as the child process hands it over: ``places`` of the problem's tasks as (task, resource
    id, start minute), ``unplanned`` as (task or request, points, rules). Everything is verified again before it is stored."""

    places: tuple[tuple[str, str, int], ...]
    unplanned: tuple[tuple[str, float, tuple[str, ...]], ...]
    cost: float
    bound: float | None
    gap: float | None
    is_optimal: bool
    first_plan_s: float
    total_s: float
    seed: int
    log: Mapping[str, Any] = field(default_factory=dict)
    forecast: Mapping[str, Any] | None = None
    """What ``forecast_jobs.ForecastTask.run`` gave, where the job makes a forecast and no plan."""

    @classmethod
    def from_forecast(cls, found: Mapping[str, Any], *, seconds: float, seed: int) -> Solved:
        """A forecast in plain values."""
        result = found["result"]
        return cls(
            places=(),
            unplanned=(),
            cost=float(result.get("cost", 0.0)),
            bound=result.get("bound"),
            gap=None,
            is_optimal=False,
            first_plan_s=seconds,
            total_s=seconds,
            seed=seed,
            forecast=found,
        )

    @classmethod
    def from_outcome(cls, problem: Problem, outcome: Any) -> Solved:
        """The outcome of ``scheduler.kernel.solve`` in plain values."""
        plan = outcome.plan.plan
        places = tuple(
            (problem.task_ids[task], problem.resource_ids[place.resource], place.start)
            for task, place in enumerate(plan.places)
            if place is not None
        )
        return cls(
            places=places,
            unplanned=tuple((row.request, row.price, tuple(row.rules)) for row in outcome.unplanned),
            cost=outcome.cost,
            bound=outcome.bound,
            gap=outcome.gap,
            is_optimal=outcome.is_optimal,
            first_plan_s=outcome.first_plan_s,
            total_s=outcome.total_s,
            seed=outcome.seed,
            log=asdict(outcome.log),
        )

    def as_json(self) -> dict[str, Any]:
        """JSON-ready; ``from_json`` reads it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Solved:
        """The value that ``as_json`` wrote."""
        values = dict(data)
        values["places"] = tuple((str(r), str(s), int(m)) for r, s, m in data["places"])
        values["unplanned"] = tuple((str(r), float(p), tuple(rules)) for r, p, rules in data["unplanned"])
        return cls(**values)


class Jobs(Protocol):
    """What ``Application.jobs`` offers to the workers."""

    def claim(self, job_id: str, worker: str, lease_s: float) -> Lease | None:
        """The lease of a queued or abandoned job; None if it is unknown, taken, ended, or out of attempts (then it is
        failed)."""

    def work(self, lease: Lease) -> Work:
        """The problem as it stands now. Raises WrongState if the lease is lost."""

    def renew(self, job_id: str, fence: int, lease_s: float) -> Signal:
        """Prolongs the lease; STOP if somebody asked the job to stop, LOST if the lease is another's now."""

    def report(self, job_id: str, fence: int, report: Report) -> Signal:
        """Writes progress for the pages."""

    def complete(self, job_id: str, fence: int, solved: Solved) -> JobView:
        """Verifies and stores the draft if fence and base version still match; else the job ends superseded without
        effect."""

    def fail(self, job_id: str, fence: int, error: str, values: Mapping[str, object] | None = None) -> JobView:
        """The attempt failed: queued again, or failed for good after the last attempt. ``error`` is a text id
        ``errors.<id>``."""

    def release(self, job_id: str, fence: int) -> None:
        """The worker is leaving: the job is queued again at once, this attempt not counted. Nothing if the lease is
        another's."""

    def queue_nightly(self) -> int:
        """Queues the forecasts of the night that are due; looks once a minute at most. -> how many."""

    def due_for_ringing(self, now: datetime | None = None) -> tuple[str, ...]:
        """Queued jobs not rung lately and jobs whose lease has expired; marks them as rung."""
