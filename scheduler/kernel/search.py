"""The compiled heart: put a task in, take it out, find its cheapest place.

One state serves the first plan, the improving search, the slots for one request and re-planning. A plan's cost here is tested equal
to the rules' checks after random moves.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.kernel.compiled import compiled
from scheduler.kernel.costs import (
    book,
    follow_change,
    has_people,
    is_banned,
    is_too_far,
    links_cost,
    own_cost,
    pair_cost,
    partners_cost,
    position,
    sequence_cost,
    total_cost,
    waiting_cost,
)
from scheduler.kernel.plan import Plan
from scheduler.kernel.state import (
    INFEASIBLE,
    ROOM,
    State,
    arrays_of_plan,
    new_state,
    plan_of_arrays,
    plan_of_state,
    random_below,
)
from scheduler.kernel.tables import NO_PLACE, Tables

__all__ = [
    "INFEASIBLE",
    "ROOM",
    "State",
    "arrays_of_plan",
    "cheapest_place",
    "insert",
    "is_banned",
    "is_too_far",
    "load",
    "load_plan",
    "new_state",
    "own_cost",
    "place_cost",
    "plan_of_arrays",
    "plan_of_state",
    "random_below",
    "remove",
]


def load_plan(tables: Tables, plan: Plan, seed: int = 0) -> State:
    """A state that holds this plan."""
    state = new_state(tables, seed)
    start, resource = arrays_of_plan(plan, tables.grid)
    load(tables, state, start, resource)
    return state


@compiled
def place_cost(tables: Tables, state: State, task: int, resource: int, slot: int) -> int:
    """What placing an absent task there costs beside leaving it out, or INFEASIBLE. Does not ask whether the resource is allowed."""
    if not tables.start_ok[task, slot] or tables.open_run[tables.group[task], resource, slot] < tables.duration[task]:
        return INFEASIBLE
    day = tables.day_of[slot]
    cost = sequence_cost(tables, state, task, resource, slot, day, position(state, resource, day, slot))
    if cost == INFEASIBLE or not has_people(tables, state, task, slot):
        return INFEASIBLE
    pairs = pair_cost(tables, state, task, resource, slot)
    if pairs == INFEASIBLE:
        return INFEASIBLE
    cost += pairs + own_cost(tables, task, resource, slot) + total_cost(tables, state, task, resource, slot)
    return cost - tables.left_out[task]


@compiled
def _gap_at(tables: Tables, state: State, resource: int, day: int, at: int) -> int:
    """Free slots before position ``at`` of the line."""
    low = state.line_end[resource, day, at - 1] if at > 0 else tables.open_from[resource, day]
    has_next = at < state.filled[resource, day]
    return (state.line_start[resource, day, at] if has_next else tables.open_until[resource, day]) - low


@compiled
def _widest_gap(tables: Tables, state: State, resource: int, day: int) -> int:
    widest = 0
    for at in range(state.filled[resource, day] + 1):
        widest = max(widest, _gap_at(tables, state, resource, day, at))
    return widest


@compiled
def insert(tables: Tables, state: State, task: int, resource: int, slot: int) -> None:
    """Put an absent task there, asking nothing; the cost follows."""
    day = tables.day_of[slot]
    at, size, end = position(state, resource, day, slot), state.filled[resource, day], slot + tables.duration[task]
    cost = (
        own_cost(tables, task, resource, slot) + total_cost(tables, state, task, resource, slot) - tables.left_out[task]
    )
    cost += links_cost(tables, state, task, resource, slot, day, at, at)
    gap = _gap_at(tables, state, resource, day, at)
    for k in range(size, at, -1):
        state.line[resource, day, k] = state.line[resource, day, k - 1]
        state.line_start[resource, day, k] = state.line_start[resource, day, k - 1]
        state.line_end[resource, day, k] = state.line_end[resource, day, k - 1]
    state.line[resource, day, at] = task
    state.line_start[resource, day, at] = slot
    state.line_end[resource, day, at] = end
    state.filled[resource, day] = size + 1
    if gap >= state.widest[resource, day]:
        state.widest[resource, day] = _widest_gap(tables, state, resource, day)
    book(tables, state, task, resource, slot, 1)
    state.start[task], state.resource[task] = slot, resource
    last, hole = state.absent[state.num_absent[0] - 1], state.absent_at[task]
    state.absent[hole], state.absent_at[last] = last, hole
    state.absent_at[task] = -1
    state.num_absent[0] -= 1
    state.cost[0] += cost + partners_cost(tables, state, task, resource, slot)


@compiled
def remove(tables: Tables, state: State, task: int) -> None:
    """Take a placed task out; the cost follows."""
    slot, resource = state.start[task], state.resource[task]
    day = tables.day_of[slot]
    at = position(state, resource, day, slot)
    while state.line[resource, day, at] != task:
        at += 1
    cost = links_cost(tables, state, task, resource, slot, day, at, at + 1)
    cost += partners_cost(tables, state, task, resource, slot)
    size = state.filled[resource, day] - 1
    for k in range(at, size):
        state.line[resource, day, k] = state.line[resource, day, k + 1]
        state.line_start[resource, day, k] = state.line_start[resource, day, k + 1]
        state.line_end[resource, day, k] = state.line_end[resource, day, k + 1]
    state.filled[resource, day] = size
    state.widest[resource, day] = max(state.widest[resource, day], _gap_at(tables, state, resource, day, at))
    book(tables, state, task, resource, slot, -1)
    state.start[task], state.resource[task] = NO_PLACE, NO_PLACE
    state.absent[state.num_absent[0]], state.absent_at[task] = task, state.num_absent[0]
    state.num_absent[0] += 1
    cost += (
        own_cost(tables, task, resource, slot) + total_cost(tables, state, task, resource, slot) - tables.left_out[task]
    )
    state.cost[0] -= cost


@compiled
def cheapest_place(tables: Tables, state: State, task: int, blink: int) -> tuple[int, int, int]:
    """(change of cost, resource, slot) of the absent task's cheapest place; (0, -1, -1) where leaving it out is cheaper.

    Days in order, so that waiting alone soon ends the search. With ``blink`` > 0 one place in so many is overlooked, which keeps a
    search from falling back into the same plan (Christiaens and Vanden Berghe, Slack Induction by String Removals, 2020).
    """
    best, best_resource, best_slot = tables.left_out[task], NO_PLACE, NO_PLACE
    length = tables.duration[task]
    kind, group = tables.kind[task], tables.group[task]
    for day in range(len(tables.day_start) - 1):
        first, last = tables.first_ok[task, day], tables.last_ok[task, day]
        if first > last:
            continue
        if waiting_cost(tables, task, first) - tables.slack >= best:
            break
        for choice in range(tables.can_ptr[task], tables.can_ptr[task + 1]):
            resource = tables.can[choice]
            if state.widest[resource, day] < length:
                continue
            size = state.filled[resource, day]
            line_start, line_end = state.line_start[resource, day], state.line_end[resource, day]
            opens = max(first, tables.open_from[resource, day])
            closes = min(last, tables.open_until[resource, day] - length)
            at = position(state, resource, day, opens)
            if at > 0:
                at -= 1
            while at <= size:
                while 0 < at < size and line_start[at] - line_end[at - 1] < length:
                    at += 1
                low, high = opens, closes
                if at > 0:
                    before = state.line[resource, day, at - 1]
                    low = max(
                        low, state.line_end[resource, day, at - 1] + tables.gap[resource, tables.kind[before], kind]
                    )
                if low > closes:
                    break
                if at < size:
                    after_start = state.line_start[resource, day, at]
                    if after_start - length < low:
                        at += 1
                        continue
                    after = state.line[resource, day, at]
                    high = min(high, after_start - length - tables.gap[resource, kind, tables.kind[after]])
                if low <= high:
                    if waiting_cost(tables, task, low) - tables.slack >= best:
                        break
                    least = follow_change(tables, state, task, resource, day, at) - tables.idle_price[resource]
                    if blink == 0 or random_below(state, blink) > 0:
                        for slot in range(low, high + 1):
                            if waiting_cost(tables, task, slot) + least >= best:
                                break
                            if not tables.start_ok[task, slot] or tables.open_run[group, resource, slot] < length:
                                continue
                            cost = sequence_cost(tables, state, task, resource, slot, day, at)
                            if cost == INFEASIBLE:
                                continue
                            cost += own_cost(tables, task, resource, slot)
                            cost += total_cost(tables, state, task, resource, slot)
                            if cost >= best or not has_people(tables, state, task, slot):
                                continue
                            pairs = pair_cost(tables, state, task, resource, slot)
                            if pairs == INFEASIBLE or cost + pairs >= best:
                                continue
                            best, best_resource, best_slot = cost + pairs, resource, slot
                at += 1
    if best_resource < 0:
        return np.int64(0), NO_PLACE, NO_PLACE
    return best - tables.left_out[task], best_resource, best_slot


@compiled
def load(tables: Tables, state: State, start: NDArray[np.int64], resource: NDArray[np.int64]) -> None:
    """Insert every placed task of these arrays into an empty state, asking nothing."""
    for task in range(len(start)):
        if start[task] >= 0:
            insert(tables, state, task, resource[task], start[task])
