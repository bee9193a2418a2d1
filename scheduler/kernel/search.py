"""The compiled heart: put a task in, take it out, find its cheapest place. Costs are integer units, times grid slots.

One state serves the first plan, the improving search, the slots for one request and re-planning. A plan's cost here is tested equal
to the rules' checks after random moves.
"""

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
    """A plan under work. ``line[s, d, :count[s, d]]`` are the tasks of resource s on day d in order, with their starts and ends."""

    start: NDArray[np.int32]  # [R], -1 = left out
    resource: NDArray[np.int32]  # [R]
    line: NDArray[np.int32]  # [S, D, L]
    line_start: NDArray[np.int32]
    line_end: NDArray[np.int32]
    count: NDArray[np.int32]  # [S, D]
    use: NDArray[np.int32]  # [P, T]
    load: Ints  # [S] minutes
    wait: Ints  # [W] minutes
    cost: Ints  # [1]
    absent: NDArray[np.int32]  # [R] tasks left out, the first num_absent[0]
    absent_at: NDArray[np.int32]  # [R] position in absent, -1 = placed
    num_absent: NDArray[np.int32]  # [1]
    held: NDArray[np.uint8]  # [R] not to be touched in this part of the search
    random: NDArray[np.uint64]  # [1]
    gone: NDArray[np.int32]  # room for the search: tasks taken out, where they were, tasks to put in and their order
    old_start: NDArray[np.int32]
    old_resource: NDArray[np.int32]
    todo: NDArray[np.int32]
    keys: Ints


def new_state(tables: Tables, seed: int) -> State:
    """A state that places nobody."""
    num_tasks, num_slots = tables.start_ok.shape
    num_resources, num_days = len(tables.load_limit), len(tables.day_start) - 1
    shortest = max(1, int(tables.duration.min(initial=1)))
    length = int(np.diff(tables.day_start).max()) // shortest + 2
    shape = (num_resources, num_days, length)
    return State(
        start=np.full(num_tasks, NO_PLACE, dtype=np.int32),
        resource=np.full(num_tasks, NO_PLACE, dtype=np.int32),
        line=np.zeros(shape, dtype=np.int32),
        line_start=np.zeros(shape, dtype=np.int32),
        line_end=np.zeros(shape, dtype=np.int32),
        count=np.zeros(shape[:2], dtype=np.int32),
        use=np.zeros((len(tables.pool_capacity), num_slots), dtype=np.int32),
        load=np.zeros(num_resources, dtype=np.int64),
        wait=np.zeros(len(tables.wait_limit), dtype=np.int64),
        cost=np.array([tables.left_out.sum()], dtype=np.int64),
        absent=np.arange(num_tasks, dtype=np.int32),
        absent_at=np.arange(num_tasks, dtype=np.int32),
        num_absent=np.array([num_tasks], dtype=np.int32),
        held=np.zeros(num_tasks, dtype=np.uint8),
        random=np.array([seed * 2654435761 + 88172645463325252], dtype=np.uint64),
        gone=np.zeros(ROOM, dtype=np.int32),
        old_start=np.zeros(ROOM, dtype=np.int32),
        old_resource=np.zeros(ROOM, dtype=np.int32),
        todo=np.zeros(2 * ROOM, dtype=np.int32),
        keys=np.zeros(2 * ROOM, dtype=np.int64),
    )


def load_plan(tables: Tables, plan: Plan, seed: int = 0) -> State:
    """A state that holds this plan."""
    state = new_state(tables, seed)
    start, resource = arrays_of_plan(plan, tables.grid)
    load(tables, state, start, resource)
    return state


def arrays_of_plan(plan: Plan, grid: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Start slot and resource of each task, -1 where it is left out."""
    places = plan.places
    start = np.array([place.start // grid if place else NO_PLACE for place in places], dtype=np.int32)
    resource = np.array([place.resource if place else NO_PLACE for place in places], dtype=np.int32)
    return start, resource


def plan_of_state(problem: Problem, state: State) -> Plan:
    """The plan that a state holds."""
    return plan_of_arrays(problem, state.start, state.resource)


def plan_of_arrays(problem: Problem, start: NDArray[np.int32], resource: NDArray[np.int32]) -> Plan:
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


@compiled
def waiting_cost(tables: Tables, task: int, slot: int) -> int:
    """What starting at ``slot`` costs by itself; never falls with time."""
    minute = np.int64(slot) * tables.grid
    cost = np.int64(0)
    for at in range(tables.hinge_ptr[task], tables.hinge_ptr[task + 1]):
        if minute > tables.hinge_min[at]:
            cost += tables.hinge_rate[at] * (minute - tables.hinge_min[at])
    return cost


@compiled
def own_cost(tables: Tables, task: int, resource: int, slot: int) -> int:
    """Cost of a place that depends on nobody else."""
    cost = waiting_cost(tables, task, slot)
    if tables.extra[task] >= 0:
        cost += tables.extra_price[tables.extra[task], slot]
    if tables.liking[task] >= 0:
        cost += tables.liking_price[tables.liking[task], resource]
    if tables.away_price[task] and (tables.away_resource[task] != resource or tables.away_start[task] != slot):
        cost += tables.away_price[task]
    end = slot + tables.duration[task]
    return cost + tables.minute_cost[resource, end] - tables.minute_cost[resource, slot]


@compiled
def total_cost(tables: Tables, state: State, task: int, resource: int, slot: int) -> int:
    """What the sums over many tasks (load, a ward's waiting) rise by when the task is put there."""
    cost = np.int64(0)
    if tables.load_rate[resource]:
        over = state.load[resource] - tables.load_limit[resource]
        minutes = np.int64(tables.duration[task]) * tables.grid
        cost += tables.load_rate[resource] * (max(over + minutes, 0) - max(over, 0))
    group = tables.wait_group[task]
    if group >= 0:
        over = state.wait[group] - tables.wait_limit[group]
        minutes = np.int64(slot) * tables.grid - tables.wait_since[task]
        cost += tables.wait_rate[group] * (max(over + minutes, 0) - max(over, 0))
    return cost


@compiled
def link_cost(tables: Tables, resource: int, before: int, after: int, end: int, start: int) -> int:
    """Cost of two neighbours: changeover and an idle gap too short to use."""
    one, two = tables.kind[before], tables.kind[after]
    cost = tables.follow_price[resource, one, two]
    if tables.idle_price[resource]:
        idle = np.int64(start - end) * tables.grid - tables.idle_min[resource, one, two]
        if 0 < idle < tables.idle_shortest[resource]:
            cost += tables.idle_price[resource]
    return cost


@compiled
def _follow_change(tables: Tables, state: State, task: int, resource: int, day: int, at: int) -> int:
    """Change of the changeovers' cost when the task stands before position ``at``: the same for every start there."""
    cost, kind = np.int64(0), tables.kind[task]
    if at > 0:
        before = tables.kind[state.line[resource, day, at - 1]]
        cost += tables.follow_price[resource, before, kind]
    if at < state.count[resource, day]:
        after = tables.kind[state.line[resource, day, at]]
        cost += tables.follow_price[resource, kind, after]
        if at > 0:
            cost -= tables.follow_price[resource, before, after]
    return cost


@compiled
def is_banned(tables: Tables, resource: int, before: int, after: int, start_before: int, start_after: int) -> bool:
    """True where ``before`` may not directly precede ``after`` in one session."""
    if not tables.follow_ban[resource, tables.kind[before], tables.kind[after]]:
        return False
    session = tables.session[resource, start_before]
    return session >= 0 and session == tables.session[resource, start_after]


@compiled
def sequence_cost(tables: Tables, state: State, task: int, resource: int, slot: int, day: int, at: int) -> int:
    """Change of the neighbours' costs when the task stands before position ``at`` of the line; INFEASIBLE where it does not fit."""
    end = slot + tables.duration[task]
    cost = np.int64(0)
    has_before, has_after = at > 0, at < state.count[resource, day]
    if has_before:
        before, before_end = state.line[resource, day, at - 1], state.line_end[resource, day, at - 1]
        before_start = state.line_start[resource, day, at - 1]
        if slot < before_end + tables.gap[resource, tables.kind[before], tables.kind[task]]:
            return INFEASIBLE
        if is_banned(tables, resource, before, task, before_start, slot):
            return INFEASIBLE
        cost += link_cost(tables, resource, before, task, before_end, slot)
    if has_after:
        after, after_start = state.line[resource, day, at], state.line_start[resource, day, at]
        if end + tables.gap[resource, tables.kind[task], tables.kind[after]] > after_start:
            return INFEASIBLE
        if is_banned(tables, resource, task, after, slot, after_start):
            return INFEASIBLE
        cost += link_cost(tables, resource, task, after, end, after_start)
        if has_before:
            cost -= link_cost(tables, resource, before, after, before_end, after_start)
    return cost


@compiled
def pair_cost(tables: Tables, state: State, task: int, resource: int, slot: int) -> int:
    """Cost towards the other tasks it is paired with (its patient's), INFEASIBLE where they come too close."""
    cost = np.int64(0)
    end = slot + tables.duration[task]
    for at in range(tables.pair_ptr[task], tables.pair_ptr[task + 1]):
        other = tables.pair_other[at]
        other_start = state.start[other]
        if other_start < 0:
            continue
        travel = tables.travel_min[resource, state.resource[other]]
        if slot >= other_start + tables.duration[other]:
            free = np.int64(slot - other_start - tables.duration[other]) * tables.grid
            needed, moving = tables.pair_other_first_min[at], tables.pair_other_first_travel_min[at]
        else:
            free = np.int64(other_start - end) * tables.grid
            needed, moving = tables.pair_self_first_min[at], tables.pair_self_first_travel_min[at]
        if (needed >= 0 and free < needed) or (moving >= 0 and free < moving + travel):
            return INFEASIBLE
        if tables.day_of[slot] != tables.day_of[other_start]:
            cost += tables.pair_days_price[at]
        elif tables.pair_no_same_day[at]:
            return INFEASIBLE
    return cost


@compiled
def has_people(tables: Tables, state: State, task: int, slot: int) -> bool:
    """True where every pool the task needs has one more free throughout."""
    for at in range(tables.pool_ptr[task], tables.pool_ptr[task + 1]):
        pool = tables.pool[at]
        for t in range(slot, slot + tables.duration[task]):
            if state.use[pool, t] >= tables.pool_capacity[pool, t]:
                return False
    return True


@compiled
def position(state: State, resource: int, day: int, slot: int) -> int:
    """Position in the line before which a task starting at ``slot`` stands."""
    low, high = 0, state.count[resource, day]
    while low < high:
        middle = (low + high) // 2
        if state.line_start[resource, day, middle] < slot:
            low = middle + 1
        else:
            high = middle
    return low


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
def insert(tables: Tables, state: State, task: int, resource: int, slot: int) -> None:
    """Put an absent task there, asking nothing; the cost follows."""
    day = tables.day_of[slot]
    at, size, end = position(state, resource, day, slot), state.count[resource, day], slot + tables.duration[task]
    cost = own_cost(tables, task, resource, slot) + total_cost(tables, state, task, resource, slot) - tables.left_out[task]
    cost += _links(tables, state, task, resource, slot, day, at, at)
    for k in range(size, at, -1):
        state.line[resource, day, k] = state.line[resource, day, k - 1]
        state.line_start[resource, day, k] = state.line_start[resource, day, k - 1]
        state.line_end[resource, day, k] = state.line_end[resource, day, k - 1]
    state.line[resource, day, at] = task
    state.line_start[resource, day, at] = slot
    state.line_end[resource, day, at] = end
    state.count[resource, day] = size + 1
    _book(tables, state, task, resource, slot, 1)
    state.start[task], state.resource[task] = slot, resource
    last, hole = state.absent[state.num_absent[0] - 1], state.absent_at[task]
    state.absent[hole], state.absent_at[last] = last, hole
    state.absent_at[task] = -1
    state.num_absent[0] -= 1
    state.cost[0] += cost + _days_cost(tables, state, task, slot)


@compiled
def remove(tables: Tables, state: State, task: int) -> None:
    """Take a placed task out; the cost follows."""
    slot, resource = state.start[task], state.resource[task]
    day = tables.day_of[slot]
    at = position(state, resource, day, slot)
    while state.line[resource, day, at] != task:
        at += 1
    cost = _links(tables, state, task, resource, slot, day, at, at + 1) + _days_cost(tables, state, task, slot)
    size = state.count[resource, day] - 1
    for k in range(at, size):
        state.line[resource, day, k] = state.line[resource, day, k + 1]
        state.line_start[resource, day, k] = state.line_start[resource, day, k + 1]
        state.line_end[resource, day, k] = state.line_end[resource, day, k + 1]
    state.count[resource, day] = size
    _book(tables, state, task, resource, slot, -1)
    state.start[task], state.resource[task] = NO_PLACE, NO_PLACE
    state.absent[state.num_absent[0]], state.absent_at[task] = task, state.num_absent[0]
    state.num_absent[0] += 1
    cost += own_cost(tables, task, resource, slot) + total_cost(tables, state, task, resource, slot) - tables.left_out[task]
    state.cost[0] -= cost


@compiled
def _links(tables: Tables, state: State, task: int, resource: int, slot: int, day: int, at: int, after_at: int) -> int:
    """Neighbours' costs with the task less those without it: the one before stands at ``at - 1``, the one after at ``after_at``."""
    end, cost = slot + tables.duration[task], np.int64(0)
    has_before, has_after = at > 0, after_at < state.count[resource, day]
    if has_before:
        before, before_end = state.line[resource, day, at - 1], state.line_end[resource, day, at - 1]
        cost += link_cost(tables, resource, before, task, before_end, slot)
    if has_after:
        after, after_start = state.line[resource, day, after_at], state.line_start[resource, day, after_at]
        cost += link_cost(tables, resource, task, after, end, after_start)
        if has_before:
            cost -= link_cost(tables, resource, before, after, before_end, after_start)
    return cost


@compiled
def _days_cost(tables: Tables, state: State, task: int, slot: int) -> int:
    cost = np.int64(0)
    for at in range(tables.pair_ptr[task], tables.pair_ptr[task + 1]):
        other_start = state.start[tables.pair_other[at]]
        if other_start >= 0 and tables.day_of[slot] != tables.day_of[other_start]:
            cost += tables.pair_days_price[at]
    return cost


@compiled
def _book(tables: Tables, state: State, task: int, resource: int, slot: int, sign: int) -> None:
    for at in range(tables.pool_ptr[task], tables.pool_ptr[task + 1]):
        pool = tables.pool[at]
        for t in range(slot, slot + tables.duration[task]):
            state.use[pool, t] += sign
    state.load[resource] += sign * np.int64(tables.duration[task]) * tables.grid
    group = tables.wait_group[task]
    if group >= 0:
        state.wait[group] += sign * (np.int64(slot) * tables.grid - tables.wait_since[task])


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
            size = state.count[resource, day]
            at = position(state, resource, day, first)
            if at > 0:
                at -= 1
            while at <= size:
                low, high = first, last
                if at > 0:
                    before = state.line[resource, day, at - 1]
                    low = max(low, state.line_end[resource, day, at - 1] + tables.gap[resource, tables.kind[before], kind])
                if low > last:
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
                    least = _follow_change(tables, state, task, resource, day, at) - tables.idle_price[resource]
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
def load(tables: Tables, state: State, start: NDArray[np.int32], resource: NDArray[np.int32]) -> None:
    """Insert every placed task of these arrays into an empty state, asking nothing."""
    for task in range(len(start)):
        if start[task] >= 0:
            insert(tables, state, task, resource[task], start[task])
