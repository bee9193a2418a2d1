"""Compiled part of the proven bound: what everybody's cheapest choice costs when time and people have prices. Grid slots, units."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.kernel.compiled import compiled
from scheduler.kernel.costs import own_cost, waiting_cost
from scheduler.kernel.state import INFEASIBLE
from scheduler.kernel.tables import NO_PLACE, Ints, Tables


class Market(NamedTuple):
    """What the relaxation knows beside the tables. C groups of resources, P pools, T slots, D days, R tasks, N runs.

    A run is a stretch of slots of one day in which a task may start anywhere on one resource; runs of a task stand in order of days.
    """

    group: NDArray[np.int64]  # [R] row of the slot prices a task pays
    run_ptr: NDArray[np.int64]  # [R + 1]
    run_low: NDArray[np.int64]  # [N] first and last start
    run_high: NDArray[np.int64]
    run_resource: NDArray[np.int64]
    busy: NDArray[np.int64]  # [R] slots a task takes up: its own and the least gap after it
    is_plain: NDArray[np.uint8]  # [R] costs nothing but waiting, slots and people
    partner: NDArray[np.int64]  # [R] the one task it is priced together with, -1 = none
    days_price: Ints  # [R] price of not being on the partner's day
    pair_gap: Ints  # [R] least slots from the task's end to its partner's start; very negative = they may overlap
    no_same_day: NDArray[np.uint8]  # [R]
    slack: Ints  # [R] how much dearer than alone a pair is looked at; doubled where it was not enough
    price_sum: Ints  # [C, T + 1] running sum of slot prices
    pool_sum: Ints  # [P, T + 1]
    use: NDArray[np.int64]  # [C, T + 1] slots taken up, as differences from slot to slot
    pool_use: NDArray[np.int64]  # [P, T + 1]
    start_cost: Ints  # [2, T] room for a pair
    best_from: Ints  # [T] cheapest start from there to the end of the day
    best_from_at: NDArray[np.int64]
    best_day: Ints  # [D + 1] cheapest start from that day on
    best_day_at: NDArray[np.int64]


@compiled
def find_runs(
    tables: Tables,
    choices: NDArray[np.int64],
    run_ptr: NDArray[np.int64],
    run_low: NDArray[np.int64],
    run_high: NDArray[np.int64],
    run_resource: NDArray[np.int64],
) -> None:
    """Count each task's runs into ``run_ptr``; write them down where there is room. ``choices`` are stand-ins for ``tables.can``."""
    found, room = 0, len(run_low)
    for task in range(len(tables.duration)):
        group, length = tables.group[task], tables.duration[task]
        for day in range(0 if tables.is_frozen[task] else len(tables.day_start) - 1):
            for choice in range(tables.can_ptr[task], tables.can_ptr[task + 1]):
                resource = choices[choice]
                was_ok = False
                for slot in range(tables.first_ok[task, day], tables.last_ok[task, day] + 1):
                    if resource < 0:
                        break
                    is_ok = tables.start_ok[task, slot] != 0 and tables.open_run[group, resource, slot] >= length
                    if is_ok and not was_ok:
                        if found < room:
                            run_low[found], run_resource[found] = slot, resource
                        found += 1
                    if is_ok and found <= room:
                        run_high[found - 1] = slot
                    was_ok = is_ok
        run_ptr[task + 1] = found


@compiled
def _free_again(tables: Tables, market: Market, task: int, slot: int) -> int:
    """End of what a start takes up. No gap is kept after midnight: neighbours are counted by day."""
    day_end = tables.day_start[tables.day_of[slot] + 1]
    return int(max(slot + tables.duration[task], min(slot + market.busy[task], day_end)))


@compiled
def _cost_at(tables: Tables, market: Market, task: int, resource: int, slot: int, waiting: int) -> int:
    """What a start costs: its own price, the slots, the people."""
    end = slot + tables.duration[task]
    prices = market.price_sum[market.group[task]]
    cost = prices[_free_again(tables, market, task, slot)] - prices[slot]
    for at in range(tables.pool_ptr[task], tables.pool_ptr[task + 1]):
        price = market.pool_sum[tables.pool[at], end] - market.pool_sum[tables.pool[at], slot]
        cost += price * tables.pool_need[at]
    return int(cost) + (waiting if market.is_plain[task] else own_cost(tables, task, resource, slot))


@compiled
def cheapest(tables: Tables, market: Market, task: int, limit: int, row: int) -> tuple[int, int]:
    """(cost, start) of the cheapest start below ``limit``, or (limit, -1). With a ``row``, nothing is returned but the cost of every
    start that may be below the limit is put into that row of ``start_cost``."""
    chosen, grid = NO_PLACE, np.int64(tables.grid)
    for at in range(market.run_ptr[task], market.run_ptr[task + 1]):
        slot, resource = market.run_low[at], market.run_resource[at]
        while slot <= market.run_high[at]:
            waiting, rate, until = np.int64(0), np.int64(0), market.run_high[at] + 1
            for hinge in range(tables.hinge_ptr[task], tables.hinge_ptr[task + 1]):
                edge = -(-tables.hinge_min[hinge] // grid)
                if edge <= slot:
                    waiting += tables.hinge_rate[hinge] * (slot * grid - tables.hinge_min[hinge])
                    rate += tables.hinge_rate[hinge] * grid
                else:
                    until = min(until, edge)
            if waiting >= limit:
                break
            for t in range(slot, until):  # in here waiting rises evenly
                cost = _cost_at(tables, market, task, resource, t, int(waiting))
                if row >= 0:
                    market.start_cost[row, t] = min(cost, market.start_cost[row, t])
                elif cost < limit:
                    limit, chosen = cost, t
                waiting += rate
                if waiting >= limit:
                    break
            slot = until
    return limit, chosen


@compiled
def _take(tables: Tables, market: Market, task: int, slot: int) -> None:
    """Count what a start takes up."""
    if slot < 0:
        return
    market.use[market.group[task], slot] += 1
    market.use[market.group[task], _free_again(tables, market, task, slot)] -= 1
    for at in range(tables.pool_ptr[task], tables.pool_ptr[task + 1]):
        market.pool_use[tables.pool[at], slot] += tables.pool_need[at]
        market.pool_use[tables.pool[at], slot + tables.duration[task]] -= tables.pool_need[at]


@compiled
def _look_ahead(tables: Tables, market: Market, row: int) -> None:
    """Fill ``best_from`` and ``best_day`` from a row of ``start_cost``."""
    num_days = len(tables.day_start) - 1
    market.best_day[num_days], market.best_day_at[num_days] = INFEASIBLE, NO_PLACE
    for day in range(num_days - 1, -1, -1):
        cost, at = INFEASIBLE, NO_PLACE
        for slot in range(tables.day_start[day + 1] - 1, tables.day_start[day] - 1, -1):
            if market.start_cost[row, slot] < cost:
                cost, at = market.start_cost[row, slot], slot
            market.best_from[slot], market.best_from_at[slot] = cost, at
        if market.best_day[day + 1] < cost:
            cost, at = market.best_day[day + 1], market.best_day_at[day + 1]
        market.best_day[day], market.best_day_at[day] = cost, at


@compiled
def _in_order(tables: Tables, market: Market, first: int, row: int, best: int) -> tuple[int, int, int]:
    """(cost, start, partner's start) of the cheapest way below ``best`` with ``first`` before its partner; ``row`` holds its costs."""
    _look_ahead(tables, market, 1 - row)
    step, one, two = tables.duration[first] + market.pair_gap[first], NO_PLACE, NO_PLACE
    for day in range(len(tables.day_start) - 1):
        low, high = tables.day_start[day], tables.day_start[day + 1]
        for slot in range(low, high):
            own = market.start_cost[row, slot]
            if own >= best:
                continue
            then = max(slot + step, low)
            if then < high and not market.no_same_day[first] and own + market.best_from[then] < best:
                best, one, two = own + market.best_from[then], slot, market.best_from_at[then]
            then, own = max(then, high), own + market.days_price[first]
            if then >= len(market.best_from):
                continue
            if own + market.best_from[then] < best:
                best, one, two = own + market.best_from[then], slot, market.best_from_at[then]
            later = tables.day_of[then] + 1
            if own + market.best_day[later] < best:
                best, one, two = own + market.best_day[later], slot, market.best_day_at[later]
    return best, one, two


@compiled
def _agree(tables: Tables, market: Market, one: int, slot: int, two: int, other: int) -> bool:
    """True where two starts chosen alone cost a pair nothing more and may stand together."""
    if slot < 0 or other < 0:
        return True
    is_same_day = tables.day_of[slot] == tables.day_of[other]
    if market.no_same_day[one] if is_same_day else market.days_price[one] > 0:
        return False
    if other >= slot + tables.duration[one] + market.pair_gap[one]:
        return True
    return bool(slot >= other + tables.duration[two] + market.pair_gap[two])


@compiled
def _couple(tables: Tables, market: Market, one: int, two: int) -> int:
    """The cheapest choice of two tasks together.

    Starts dearer than alone by ``slack`` are not looked at: whoever uses one costs at least both alone and the slack, which is the
    answer where nothing cheaper is found. So it is never too high."""
    alone, slot = cheapest(tables, market, one, tables.left_out[one], -1)
    other_alone, other = cheapest(tables, market, two, tables.left_out[two], -1)
    best = alone + other_alone
    if not _agree(tables, market, one, slot, two, other):
        most = best + market.slack[one]
        market.start_cost[:] = INFEASIBLE
        cheapest(tables, market, one, alone + market.slack[one], 0)
        cheapest(tables, market, two, other_alone + market.slack[one], 1)
        if tables.left_out[one] + other_alone < tables.left_out[two] + alone:
            best, slot = tables.left_out[one] + other_alone, NO_PLACE
        else:
            best, other = tables.left_out[two] + alone, NO_PLACE
        cost, here, there = _in_order(tables, market, one, 0, best)
        if cost < best:
            best, slot, other = cost, here, there
        cost, there, here = _in_order(tables, market, two, 1, best)
        if cost < best:
            best, slot, other = cost, here, there
        if best > most:
            best = most
            market.slack[one] *= 2
    _take(tables, market, one, slot)
    _take(tables, market, two, other)
    return int(best)


@compiled
def everyone_alone(tables: Tables, market: Market) -> int:
    """Sum of everybody's cheapest choice at these prices; what the choices take up is counted in ``use`` and ``pool_use``.

    A frozen task has one place, whatever a rule says. It pays for no slot: history is taken off the capacity beforehand."""
    total = np.int64(0)
    for task in range(len(tables.duration)):
        partner = market.partner[task]
        if tables.is_frozen[task]:
            slot = tables.fixed_start[task]
            if market.is_plain[task]:
                total += waiting_cost(tables, task, slot)
            else:
                total += own_cost(tables, task, tables.fixed_resource[task], slot)
        elif partner > task:
            total += _couple(tables, market, task, partner)
        elif partner < 0:
            cost, slot = cheapest(tables, market, task, tables.left_out[task], -1)
            _take(tables, market, task, slot)
            total += cost
    return int(total)
