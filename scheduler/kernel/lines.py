"""What every area asks of a resource's line of appointments."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.kernel.plan import Plan
from scheduler.kernel.problem import Problem

_NEVER = -(10**9)


def overlapping(problem: Problem, plan: Plan) -> Iterator[tuple[int, int, int]]:
    """Resource, the task that ends last so far on it, and the one that begins before it ends."""
    for resource, line in plan.lines.items():
        holder, holder_end = -1, _NEVER
        for task in line:
            place = plan.places[task]
            if place is None:
                continue
            if place.start < holder_end:
                yield resource, holder, task
            if place.start + problem.durations[task] > holder_end:
                holder, holder_end = task, place.start + problem.durations[task]
