"""Places of people's questions: ids and aware times outside, indices and minutes inside."""

from __future__ import annotations

from datetime import datetime

from hospital.errors import UnknownId
from hospital.facts import POINT, Fact
from scheduler.kernel.plan import Place
from scheduler.kernel.problem import Problem


def task_of(problem: Problem, request_id: str) -> int:
    """The task of a request id. Raises UnknownId."""
    for task, name in enumerate(problem.task_ids):
        if name == request_id:
            return task
    raise UnknownId("unknown_request", id=request_id)


def resource_of(problem: Problem, scanner_id: str) -> int:
    """The resource of a scanner id. Raises UnknownId."""
    for resource, name in enumerate(problem.resource_ids):
        if name == scanner_id:
            return resource
    raise UnknownId("unknown_scanner", id=scanner_id, expected=", ".join(problem.resource_ids))


def minute_of(problem: Problem, start: datetime) -> int:
    """The grid minute at or before a moment."""
    grid = problem.clock.grid_min
    return problem.clock.minute(start) // grid * grid


def place_fact(text_id: str, problem: Problem, task: int, place: Place, **more: object) -> Fact:
    """A fact about a request at a place: ``request``, ``scanner``, ``start_at``, ``end_at`` as aware times, and whatever else it cites."""
    clock = problem.clock
    values: dict[str, object] = {
        "request": problem.task_ids[task],
        "scanner": problem.resource_ids[place.resource],
        "start_at": clock.moment(place.start),
        "end_at": clock.moment(place.start + problem.durations[task]),
    }
    return Fact(text_id=text_id, values={**values, **more})


def points(units: int) -> float:
    """Units as points."""
    return units / POINT
