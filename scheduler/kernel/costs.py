"""What one place costs and whether it is allowed, against everything already placed. Compiled; integer units, grid slots."""

from __future__ import annotations

import numpy as np

from scheduler.kernel.compiled import compiled
from scheduler.kernel.state import INFEASIBLE, State
from scheduler.kernel.tables import Tables


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
    """What the sums over many tasks (crowds, load, a ward's waiting) rise by when the task is put there."""
    cost = np.int64(0)
    for at in range(tables.crowd_ptr[task], tables.crowd_ptr[task + 1]):
        counter = tables.crowd_of[tables.crowd[at], slot]
        if counter >= 0:
            over = state.crowd[counter] - tables.crowd_limit[counter]
            cost += tables.crowd_rate[counter] * (max(over + tables.crowd_need[at], 0) - max(over, 0))
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
def follow_change(tables: Tables, state: State, task: int, resource: int, day: int, at: int) -> int:
    """Change of the changeovers' cost when the task stands before position ``at``: the same for every start there."""
    cost, kind = np.int64(0), tables.kind[task]
    if at > 0:
        before = tables.kind[state.line[resource, day, at - 1]]
        cost += tables.follow_price[resource, before, kind]
    if at < state.filled[resource, day]:
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
    has_before, has_after = at > 0, at < state.filled[resource, day]
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
def partners_cost(tables: Tables, state: State, task: int, resource: int, slot: int) -> int:
    """Price of being on another day or resource than its partners, or at another hour."""
    cost = np.int64(0)
    for at in range(tables.pair_ptr[task], tables.pair_ptr[task + 1]):
        other = tables.pair_other[at]
        other_start = state.start[other]
        if other_start < 0:
            continue
        day, other_day = tables.day_of[slot], tables.day_of[other_start]
        if day != other_day:
            cost += tables.pair_days_price[at]
        if resource != state.resource[other]:
            cost += tables.pair_resources_price[at]
        if tables.pair_hours_price[at]:
            later = (slot - tables.day_start[day]) - (other_start - tables.day_start[other_day])
            if abs(later) * tables.grid > tables.pair_within_min[at]:
                cost += tables.pair_hours_price[at]
    return cost


@compiled
def is_too_far(tables: Tables, state: State, at: int, days: int) -> bool:
    """True where the two of pair ``at`` may not be so many days apart as things stand."""
    if tables.pair_most_days[at] < 0 or abs(days) <= tables.pair_most_days[at]:
        return False
    num_between = 0
    for k in range(tables.between_ptr[at], tables.between_ptr[at + 1]):
        num_between += state.start[tables.between[k]] >= 0
    return num_between == 0


@compiled
def pair_cost(tables: Tables, state: State, task: int, resource: int, slot: int) -> int:
    """Cost towards the other tasks it is paired with (its patient's), INFEASIBLE where they come too close."""
    end = slot + tables.duration[task]
    for at in range(tables.pair_ptr[task], tables.pair_ptr[task + 1]):
        other = tables.pair_other[at]
        other_start = state.start[other]
        if other_start < 0:
            continue
        if slot >= other_start + tables.duration[other]:
            free = np.int64(slot - other_start - tables.duration[other]) * tables.grid
            needed, moving = tables.pair_other_first_min[at], tables.pair_other_first_travel_min[at]
            travel = tables.travel_min[state.resource[other], resource]
        else:
            free = np.int64(other_start - end) * tables.grid
            needed, moving = tables.pair_self_first_min[at], tables.pair_self_first_travel_min[at]
            travel = tables.travel_min[resource, state.resource[other]]
        if (needed >= 0 and free < needed) or (moving >= 0 and free < moving + travel):
            return INFEASIBLE
        if tables.pair_no_same_day[at] and tables.day_of[slot] == tables.day_of[other_start]:
            return INFEASIBLE
        if tables.pair_is_alike[at] and not tables.alike[resource, state.resource[other]]:
            return INFEASIBLE
        if is_too_far(tables, state, at, tables.day_of[slot] - tables.day_of[other_start]):
            return INFEASIBLE
    return partners_cost(tables, state, task, resource, slot)


@compiled
def has_people(tables: Tables, state: State, task: int, slot: int) -> bool:
    """True where every pool the task needs has one more free throughout."""
    for at in range(tables.pool_ptr[task], tables.pool_ptr[task + 1]):
        pool = tables.pool[at]
        for t in range(slot, slot + tables.duration[task]):
            if state.use[pool, t] + tables.pool_need[at] > tables.pool_capacity[pool, t]:
                return False
    return True


@compiled
def position(state: State, resource: int, day: int, slot: int) -> int:
    """Position in the line before which a task starting at ``slot`` stands."""
    low, high = 0, state.filled[resource, day]
    while low < high:
        middle = (low + high) // 2
        if state.line_start[resource, day, middle] < slot:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def links_cost(
    tables: Tables, state: State, task: int, resource: int, slot: int, day: int, at: int, after_at: int
) -> int:
    """Neighbours' costs with the task less those without it: the one before stands at ``at - 1``, the one after at ``after_at``."""
    end, cost = slot + tables.duration[task], np.int64(0)
    has_before, has_after = at > 0, after_at < state.filled[resource, day]
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
def book(tables: Tables, state: State, task: int, resource: int, slot: int, sign: int) -> None:
    """Count the task in (sign 1) or out (-1) of the pools, the crowds, the load and the sums of waiting."""
    for at in range(tables.pool_ptr[task], tables.pool_ptr[task + 1]):
        pool = tables.pool[at]
        for t in range(slot, slot + tables.duration[task]):
            state.use[pool, t] += sign * tables.pool_need[at]
    for at in range(tables.crowd_ptr[task], tables.crowd_ptr[task + 1]):
        counter = tables.crowd_of[tables.crowd[at], slot]
        if counter >= 0:
            state.crowd[counter] += sign * tables.crowd_need[at]
    state.load[resource] += sign * np.int64(tables.duration[task]) * tables.grid
    group = tables.wait_group[task]
    if group >= 0:
        state.wait[group] += sign * (np.int64(slot) * tables.grid - tables.wait_since[task])
