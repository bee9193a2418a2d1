"""A plan inside the engine: a place or nothing for every task, in integer minutes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a task is: resource index, start minute."""

    resource: int
    start: int


@dataclass(frozen=True)
class Plan:
    """``places[task]`` is the task's place, or None where it is left out."""

    places: tuple[Place | None, ...]

    @classmethod
    def empty(cls, num_tasks: int) -> Plan:
        """A plan that places nobody."""
        return cls((None,) * num_tasks)

    def placed(self, task: int, place: Place | None) -> Plan:
        """This plan with one task elsewhere (or left out)."""
        return Plan((*self.places[:task], place, *self.places[task + 1 :]))

    @cached_property
    def lines(self) -> dict[int, tuple[int, ...]]:
        """Tasks of each used resource in order of start (ties by task)."""
        rows: dict[int, list[tuple[int, int]]] = {}
        for task, place in enumerate(self.places):
            if place is not None:
                rows.setdefault(place.resource, []).append((place.start, task))
        return {resource: tuple(task for _, task in sorted(row)) for resource, row in rows.items()}
