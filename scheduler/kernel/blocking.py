"""Which rules keep a request from every place: each hard rule alone, asked of the whole grid."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from scheduler.kernel.compiled import compiled
from scheduler.kernel.plan import Plan
from scheduler.kernel.problem import Problem
from scheduler.kernel.search import INFEASIBLE, State, arrays_of_plan, load, new_state, place_cost
from scheduler.kernel.tables import SearchTables, Tables

NO_ROOM = "unplanned"
"""Where no hard rule stands in the way everywhere: a place exists, but it costs more than leaving the request out."""


@compiled
def open_places(tables: Tables, state: State, task: int, found: NDArray[np.uint8]) -> None:
    """found[resource, slot] = 1 where the task may be put."""
    for at in range(tables.can_ptr[task], tables.can_ptr[task + 1]):
        resource = tables.can[at]
        for slot in range(found.shape[1]):
            if tables.start_ok[task, slot] and place_cost(tables, state, task, resource, slot) < INFEASIBLE // 2:
                found[resource, slot] = 1


def unplanned_reasons(problem: Problem, plan: Plan, tasks: Collection[int] | None = None) -> dict[int, tuple[str, ...]]:
    """For each task left out (of ``tasks`` only, where given): the rules in its way.

    A rule that alone leaves no place open is named by itself. Otherwise those are named whose removal, the others kept, would
    open a place, and if no single one would, all that close the places closed by the fewest rules.
    """
    asked = range(len(plan.places)) if tasks is None else tasks
    absent = [task for task in asked if plan.places[task] is None]
    if not absent:
        return {}
    rooms = rooms_by_rule(problem, plan, absent)
    return {task: _reasons({rule: room[index] for rule, room in rooms.items()}) for index, task in enumerate(absent)}


class Rooms:
    """Open places of some tasks under one rule, eight to a byte: of a network's hundreds left out, all rules' places are many."""

    def __init__(self, room: NDArray[np.uint8]) -> None:
        """``room[task, resource, slot]`` is 1 where the place is open."""
        self._shape = room.shape[1:]
        self._packed = np.packbits(room.reshape(len(room), -1), axis=1)

    def __getitem__(self, index: int) -> NDArray[np.uint8]:
        """[S, T] of one task."""
        size = self._shape[0] * self._shape[1]
        return np.unpackbits(self._packed[index], count=size).reshape(self._shape)


def rooms_by_rule(problem: Problem, plan: Plan, absent: list[int]) -> dict[str, Rooms]:
    """Open places of each absent task under each hard rule alone that closes any."""
    shape = (len(absent), len(problem.resource_ids), problem.clock.num_slots)
    start, resource = arrays_of_plan(plan, problem.clock.grid_min)
    rooms = {}
    for rule in (rule for rule in problem.rules if rule.is_hard):
        listener = SearchTables(problem)
        rule.post(problem, listener)
        tables = listener.compiled()
        state = new_state(tables, 0)
        load(tables, state, start, resource)
        if not listener.follows:
            state.filled[:] = 0  # who may follow whom is another rule's word
        room = np.zeros(shape, dtype=np.uint8)
        for index, task in enumerate(absent):
            open_places(tables, state, task, room[index])
        if not room.all():
            rooms[rule.id] = Rooms(room)
    return rooms


def _reasons(rooms: dict[str, NDArray[np.uint8]]) -> tuple[str, ...]:
    blocking = {rule: room == 0 for rule, room in rooms.items()}
    alone = tuple(rule for rule, closed in blocking.items() if closed.all())
    if alone:
        return alone
    if not blocking:
        return (NO_ROOM,)
    num_closing = np.sum(list(blocking.values()), axis=0, dtype=np.int16)
    if (num_closing == 0).any():
        return (NO_ROOM,)
    decisive = tuple(rule for rule, closed in blocking.items() if (closed & (num_closing == 1)).any())
    if decisive:
        return decisive
    least = num_closing == num_closing.min()
    return tuple(rule for rule, closed in blocking.items() if (closed & least).any())
