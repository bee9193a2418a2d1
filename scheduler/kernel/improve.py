"""Ruin and recreate with annealing over the compiled insertion.

Schrimpf et al., Record Breaking Optimization Results Using the Ruin and Recreate Principle, 2000; Christiaens and Vanden Berghe, Slack
Induction by String Removals for Vehicle Routing Problems, 2020. A ruin takes out what lies in a narrow window of a few resources, with the
partners of everything taken out (a patient's other examinations).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.kernel.compiled import compiled
from scheduler.kernel.search import (
    INFEASIBLE,
    ROOM,
    State,
    cheapest_place,
    insert,
    is_banned,
    is_too_far,
    place_cost,
    random_below,
    remove,
)
from scheduler.kernel.tables import Ints, Tables

_UNIT = 1 << 20


@compiled
def place_at_home(tables: Tables, state: State, start: NDArray[np.int64], resource: NDArray[np.int64]) -> None:
    """Each absent task that has a home (start >= 0) to it, where that is still possible."""
    for task in range(len(start)):
        if start[task] < 0 or state.start[task] >= 0:
            continue
        is_allowed = False
        for at in range(tables.can_ptr[task], tables.can_ptr[task + 1]):
            is_allowed |= tables.can[at] == resource[task]
        if is_allowed and place_cost(tables, state, task, resource[task], start[task]) < INFEASIBLE // 2:
            insert(tables, state, task, resource[task], start[task])


@compiled
def place_all(tables: Tables, state: State, order: NDArray[np.int64]) -> None:
    """Each absent task of ``order`` in turn to its cheapest place; frozen ones to theirs, whatever is in the way."""
    for task in order:
        if state.start[task] >= 0:
            continue
        if tables.is_frozen[task]:
            insert(tables, state, task, tables.fixed_resource[task], tables.fixed_start[task])
            continue
        _, resource, slot = cheapest_place(tables, state, task, 0)
        if slot >= 0:
            insert(tables, state, task, resource, slot)


@compiled
def is_movable(tables: Tables, state: State, task: int) -> bool:
    """True where the task is placed and nothing holds it there."""
    return state.start[task] >= 0 and tables.fixed_start[task] < 0 and not state.held[task]


@compiled
def _fits_after_removal(tables: Tables, state: State, resource: int, day: int, at: int) -> bool:
    """True where the neighbours at ``at - 1`` and ``at`` may follow each other."""
    if at <= 0 or at >= state.filled[resource, day]:
        return True
    before, after = state.line[resource, day, at - 1], state.line[resource, day, at]
    start = state.line_start[resource, day, at]
    gap = tables.gap[resource, tables.kind[before], tables.kind[after]]
    if start < state.line_end[resource, day, at - 1] + gap:
        return False
    return not is_banned(tables, resource, before, after, state.line_start[resource, day, at - 1], start)


@compiled
def _note(tables: Tables, state: State, task: int, size: int) -> int:
    state.gone[size], state.old_start[size], state.old_resource[size] = task, state.start[task], state.resource[task]
    remove(tables, state, task)
    return size + 1


@compiled
def _take(tables: Tables, state: State, task: int, size: int) -> int:
    """Remove the task and its movable partners, noting where they were; returns the new number of removed."""
    size = _note(tables, state, task, size)
    for at in range(tables.pair_ptr[task], tables.pair_ptr[task + 1]):
        other = tables.pair_other[at]
        if size < ROOM and is_movable(tables, state, other):
            size = _note(tables, state, other, size)
    return size


@compiled
def _clear_window(tables: Tables, state: State, resource: int, low: int, high: int, size: int) -> int:
    """Take out every movable task of the resource that overlaps [low, high) on the day of ``low``."""
    day, at = tables.day_of[low], 0
    while at < state.filled[resource, day] and size < ROOM - 8:
        task = state.line[resource, day, at]
        if state.line_start[resource, day, at] >= high:
            break
        if state.line_end[resource, day, at] > low and is_movable(tables, state, task):
            size = _take(tables, state, task, size)
            at = 0  # partners may have gone from the same line
        else:
            at += 1
    return size


@compiled
def _wish(tables: Tables, state: State, task: int) -> int:
    """A random slot at which the task could start, not after where it is; -1 where there is none."""
    days = len(tables.day_start) - 1
    until = tables.day_of[state.start[task]] + 1 if state.start[task] >= 0 else days
    for _ in range(4):
        day = random_below(state, until)
        first, last = tables.first_ok[task, day], tables.last_ok[task, day]
        if state.start[task] >= 0:
            last = min(last, state.start[task])
        if first <= last:
            return first + random_below(state, last - first + 1)
    return -1


@compiled
def _seed(tables: Tables, state: State) -> int:
    """A random task that this search may touch; one time in four an absent one, where there are any."""
    task = 0
    is_absent = state.num_absent[0] > 0 and random_below(state, 4) == 0
    for _ in range(16):
        if is_absent:
            task = state.absent[random_below(state, state.num_absent[0])]
        else:
            task = random_below(state, len(state.start))
        if not state.held[task] and not tables.is_frozen[task]:
            break
    return task


@compiled
def _ruin(tables: Tables, state: State, widest: int) -> int:
    """Take out what lies in a narrow window of a few resources around a random task, or where that task would rather be."""
    seed = _seed(tables, state)
    num_choices = tables.can_ptr[seed + 1] - tables.can_ptr[seed]
    if num_choices == 0 or tables.is_frozen[seed] or state.held[seed]:
        return 0
    state.todo[2 * ROOM - 1] = seed
    centre, size, is_pulled = state.start[seed], 0, False
    is_absent = centre < 0
    if is_absent or random_below(state, 2) == 0:
        centre = _wish(tables, state, seed)
        if centre < 0:
            return 0
        is_pulled = True
        if is_movable(tables, state, seed):
            size = _take(tables, state, seed, size)
    num_lines = 1 + random_below(state, min(3, num_choices))
    offset = random_below(state, num_choices)
    for k in range(num_lines):
        resource = tables.can[tables.can_ptr[seed] + (offset + k) % num_choices]
        if k == 0 and not is_pulled:
            resource = state.resource[seed]
        width = widest - random_below(state, widest // 3 + 1)
        if is_absent:
            width = tables.duration[seed] + random_below(state, 4 * widest)
        low = max(centre - random_below(state, width), tables.day_start[tables.day_of[centre]])
        size = _clear_window(tables, state, resource, low, low + width, size)
    return size


@compiled
def _is_sound(tables: Tables, state: State, size: int) -> bool:
    """True where everything that has become neighbours by the removals may be."""
    for k in range(size):
        resource, slot = state.old_resource[k], state.old_start[k]
        day = tables.day_of[slot]
        at = 0
        while at < state.filled[resource, day] and state.line_start[resource, day, at] < slot:
            at += 1
        if not _fits_after_removal(tables, state, resource, day, at):
            return False
    return True


@compiled
def _series_hold(tables: Tables, state: State, size: int) -> bool:
    """True where no series has come apart by a session of it being left out."""
    for k in range(size):
        if state.start[state.todo[k]] >= 0:
            continue
        for near in range(tables.pair_ptr[state.todo[k]], tables.pair_ptr[state.todo[k] + 1]):
            task = tables.pair_other[near]
            if state.start[task] < 0:
                continue
            day = tables.day_of[state.start[task]]
            for at in range(tables.pair_ptr[task], tables.pair_ptr[task + 1]):
                other = tables.pair_other[at]
                if state.start[other] >= 0 and is_too_far(tables, state, at, day - tables.day_of[state.start[other]]):
                    return False
    return True


@compiled
def _order(tables: Tables, state: State, tasks: NDArray[np.int64], size: int, keys: Ints) -> None:
    """Sort the removed by a key drawn at random: chance, Smith's rule, price of being left out and length, first wish, choice."""
    way = random_below(state, 8)
    for k in range(size):
        task = tasks[k]
        noise, hinge = np.int64(random_below(state, 1 << 16)), tables.hinge_ptr[task]
        has_hinge = tables.hinge_ptr[task + 1] > hinge
        key = np.int64(0)
        if way in (
            3,
            4,
        ):  # Smith, Various Optimizers for Single-Stage Production, 1956: the dearest minute a minute of length first
            key = -(tables.hinge_rate[hinge] * 64 // tables.duration[task]) if has_hinge else key
        elif way == 5:
            key = -(tables.left_out[task] // 1000 * 256 + tables.duration[task])
        elif way == 6:
            key = tables.hinge_min[hinge] if has_hinge else key
        elif way == 7:
            key = tables.can_ptr[task + 1] - tables.can_ptr[task]
        keys[k] = key * (1 << 16) + noise
    for k in range(1, size):
        key, task, at = keys[k], tasks[k], k - 1
        while at >= 0 and keys[at] > key:
            keys[at + 1], tasks[at + 1] = keys[at], tasks[at]
            at -= 1
        keys[at + 1], tasks[at + 1] = key, task


@compiled
def _some_absent(state: State) -> int:
    """Up to three absent tasks, from a random one on, written to ``todo``; returns how many."""
    size, num_absent = 0, state.num_absent[0]
    if num_absent == 0:
        return 0
    offset = random_below(state, num_absent)
    for k in range(min(num_absent, 6)):
        task = state.absent[(offset + k) % num_absent]
        if not state.held[task] and size < 3:
            state.todo[size] = task
            size += 1
    return size


@compiled
def _insert_cheapest(tables: Tables, state: State, task: int) -> None:
    _, resource, slot = cheapest_place(tables, state, task, 100)
    if slot >= 0:
        insert(tables, state, task, resource, slot)


@compiled
def _noted(state: State, task: int, size: int) -> int:
    """``todo`` with the task in it, so that its insertion can be undone."""
    for k in range(size):
        if state.todo[k] == task:
            return size
    state.todo[size] = task
    return size + 1


@compiled
def improve(
    tables: Tables,
    state: State,
    best_start: NDArray[np.int64],
    best_resource: NDArray[np.int64],
    best_cost: Ints,
    iterations: int,
    hot: float,
    cold: float,
    widest: int,
) -> int:
    """So many ruins and recreates while the temperature (units) falls from ``hot`` to ``cold``; the best plan met is copied out.

    Deterministic in the state it starts from. Returns how many steps were accepted.
    """
    gone, old_start, old_resource = state.gone, state.old_start, state.old_resource
    todo, keys = state.todo, state.keys
    factor = (cold / hot) ** (1.0 / max(iterations, 1))
    temperature, accepted = hot, 0
    for _ in range(iterations):
        temperature *= factor
        before = state.cost[0]
        num_todo = _some_absent(state)
        size = _ruin(tables, state, widest)
        if size == 0:
            continue
        for k in range(size):
            todo[num_todo] = gone[k]
            num_todo += 1
        is_good = _is_sound(tables, state, size)
        if is_good:
            seed = todo[2 * ROOM - 1]
            if state.start[seed] < 0 and state.absent_at[seed] >= 0 and random_below(state, 2) == 0:
                _insert_cheapest(tables, state, seed)
                num_todo = _noted(state, seed, num_todo)
            _order(tables, state, todo, num_todo, keys)
            chance = (1.0 + random_below(state, _UNIT)) / _UNIT
            ceiling = before - temperature * np.log(chance)
            for k in range(num_todo):
                task = todo[k]
                if state.start[task] >= 0:
                    continue
                _insert_cheapest(tables, state, task)
            is_good = state.cost[0] < ceiling and _series_hold(tables, state, num_todo)
        if is_good:
            accepted += 1
            if state.cost[0] < best_cost[0]:
                best_cost[0] = state.cost[0]
                for task in range(len(state.start)):
                    best_start[task], best_resource[task] = state.start[task], state.resource[task]
            continue
        for k in range(num_todo):
            if state.start[todo[k]] >= 0:
                remove(tables, state, todo[k])
        for k in range(size):
            insert(tables, state, gone[k], old_resource[k], old_start[k])
    return accepted
