"""A plan under work, as arrays that compiled code changes in place."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.kernel.compiled import compiled
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.problem import Problem
from scheduler.kernel.tables import NO_PLACE, Ints, Tables

INFEASIBLE = np.int64(1) << np.int64(60)
ROOM = 64
"""Tasks taken out at once, at most."""


class State(NamedTuple):
    """A plan under work. ``line[s, d, :filled[s, d]]`` are the tasks of resource s on day d in order, with their starts and ends."""

    start: NDArray[np.int64]  # [R], -1 = left out
    resource: NDArray[np.int64]  # [R]
    line: NDArray[np.int64]  # [S, D, L]
    line_start: NDArray[np.int64]
    line_end: NDArray[np.int64]
    filled: NDArray[np.int64]  # [S, D] length of each line
    widest: NDArray[np.int64]  # [S, D] no free gap of the line is wider, in slots
    use: NDArray[np.int64]  # [P, T]
    crowd: NDArray[np.int64]  # [C] what those counted need
    load: Ints  # [S] minutes
    wait: Ints  # [W] minutes
    cost: Ints  # [1]
    absent: NDArray[np.int64]  # [R] tasks left out, the first num_absent[0]
    absent_at: NDArray[np.int64]  # [R] position in absent, -1 = placed
    num_absent: NDArray[np.int64]  # [1]
    held: NDArray[np.uint8]  # [R] not to be touched in this part of the search
    random: NDArray[np.uint64]  # [1]
    gone: NDArray[np.int64]  # room for the search: tasks taken out, where they were, tasks to put in and their order
    old_start: NDArray[np.int64]
    old_resource: NDArray[np.int64]
    todo: NDArray[np.int64]
    keys: Ints


def new_state(tables: Tables, seed: int) -> State:
    """A state that places nobody."""
    num_tasks, num_slots = tables.start_ok.shape
    num_resources, num_days = len(tables.load_limit), len(tables.day_start) - 1
    shortest = max(1, int(tables.duration.min(initial=1)))
    length = int(np.diff(tables.day_start).max()) // shortest + 2
    shape = (num_resources, num_days, length)
    return State(
        start=np.full(num_tasks, NO_PLACE, dtype=np.int64),
        resource=np.full(num_tasks, NO_PLACE, dtype=np.int64),
        line=np.zeros(shape, dtype=np.int64),
        line_start=np.zeros(shape, dtype=np.int64),
        line_end=np.zeros(shape, dtype=np.int64),
        filled=np.zeros(shape[:2], dtype=np.int64),
        widest=tables.open_until - tables.open_from,
        use=np.zeros((len(tables.pool_capacity), num_slots), dtype=np.int64),
        crowd=np.zeros(len(tables.crowd_limit), dtype=np.int64),
        load=np.zeros(num_resources, dtype=np.int64),
        wait=np.zeros(len(tables.wait_limit), dtype=np.int64),
        cost=np.array([tables.left_out.sum()], dtype=np.int64),
        absent=np.arange(num_tasks, dtype=np.int64),
        absent_at=np.arange(num_tasks, dtype=np.int64),
        num_absent=np.array([num_tasks], dtype=np.int64),
        held=np.zeros(num_tasks, dtype=np.uint8),
        random=np.array([seed * 2654435761 + 88172645463325252], dtype=np.uint64),
        gone=np.zeros(ROOM, dtype=np.int64),
        old_start=np.zeros(ROOM, dtype=np.int64),
        old_resource=np.zeros(ROOM, dtype=np.int64),
        todo=np.zeros(2 * ROOM, dtype=np.int64),
        keys=np.zeros(2 * ROOM, dtype=np.int64),
    )


def arrays_of_plan(plan: Plan, grid: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Start slot and resource of each task, -1 where it is left out."""
    places = plan.places
    start = np.array([place.start // grid if place else NO_PLACE for place in places], dtype=np.int64)
    resource = np.array([place.resource if place else NO_PLACE for place in places], dtype=np.int64)
    return start, resource


def plan_of_state(problem: Problem, state: State) -> Plan:
    """The plan that a state holds."""
    return plan_of_arrays(problem, state.start, state.resource)


def plan_of_arrays(problem: Problem, start: NDArray[np.int64], resource: NDArray[np.int64]) -> Plan:
    """A plan from a start slot and a resource for each task (-1 = left out)."""
    grid = problem.clock.grid_min
    pairs = zip(resource.tolist(), start.tolist(), strict=True)
    return Plan(tuple(Place(where, slot * grid) if slot >= 0 else None for where, slot in pairs))


@compiled
def random_below(state: State, bound: int) -> int:
    """A pseudo-random integer below ``bound`` (xorshift64*)."""
    x = state.random[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state.random[0] = x
    return np.int64((x * np.uint64(2685821657736338717)) >> np.uint64(33)) % bound
