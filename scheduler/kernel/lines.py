"""What every area asks alike: who overlaps whom on a resource, who has left a locked place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from scheduler.kernel.model import Model
from scheduler.kernel.plan import Place, Plan
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


class Locked(Problem, Protocol):
    """A problem some of whose tasks stay where they are by a person's word."""

    @property
    def locked(self) -> Mapping[int, Place]:
        """Those tasks and their places."""


def keep_locked(problem: Locked, model: Model) -> None:
    """Each locked task is kept."""
    for task, place in sorted(problem.locked.items()):
        model.keep(task, place.resource, place.start)


def unlocked(problem: Locked, plan: Plan) -> Iterator[tuple[int, Place, Place]]:
    """Task, its place and its locked place, for each locked task that is placed elsewhere."""
    for task, locked in problem.locked.items():
        place = plan.places[task]
        if place is not None and place != locked:
            yield task, place, locked
