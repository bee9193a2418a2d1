"""A proven lower bound: every task takes its own cheapest place, and pays for the time and the people it uses.

Lagrangian relaxation of a time-indexed model (Dyer and Wolsey, Formulating the single machine sequencing problem with release dates as a
mixed integer program, 1990; Held, Wolfe and Crowder, Validation of subgradient optimization, 1974). Prices stand on each slot of
each group of resources that share tasks, and of each pool of people. Any prices that are not negative give a valid bound; better ones
a better bound. Kept whole: waiting, wishes, priced minutes, moves, being left out, a pair's different days. Left out, at no cost:
changeovers, short gaps, sums over many. All in integers, so that the bound is exact.
"""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.kernel.compiled import compiled
from scheduler.kernel.costs import own_cost, waiting_cost
from scheduler.kernel.problem import Problem
from scheduler.kernel.state import INFEASIBLE
from scheduler.kernel.tables import NO_PLACE, Ints, Tables

HISTORY = np.int64(1) << np.int64(55)
"""Taken off a frozen task's cost while days are compared, so that leaving it out is never cheaper."""


class Market(NamedTuple):
    """What the relaxation knows beside the tables. C groups of resources, P pools, T slots, D days, R tasks."""

    group_of: NDArray[np.int32]  # [S] group of each resource
    stand_in: NDArray[np.int32]  # [R entries of can] first resource of the same hours and prices, to look at once
    busy: NDArray[np.int32]  # [R] slots a task takes up: its own and the least gap after it
    partner: NDArray[np.int32]  # [R] the one task it is priced together with, -1 = none
    partner_price: Ints  # [R]
    price_sum: Ints  # [C, T + 1 + longest] running sum of slot prices
    pool_sum: Ints  # [P, T + 1]
    use: NDArray[np.int32]  # [C, T + longest]
    pool_use: NDArray[np.int32]  # [P, T]
    day_cost: Ints  # [2, D] room for a pair
    day_slot: NDArray[np.int32]  # [2, D]
    day_resource: NDArray[np.int32]  # [2, D]


@compiled
def _history(tables: Tables, market: Market, task: int, row: int) -> None:
    """A frozen task has one place, whatever a rule says. It pays for no slot: history is taken off the capacity beforehand."""
    for day in range(len(tables.day_start) - 1):
        market.day_cost[row, day] = INFEASIBLE
        market.day_slot[row, day] = NO_PLACE
    slot, resource = tables.fixed_start[task], tables.fixed_resource[task]
    market.day_cost[row, tables.day_of[slot]] = own_cost(tables, task, resource, slot) - HISTORY


@compiled
def _by_day(tables: Tables, market: Market, task: int, row: int, margin: int) -> None:
    """The task's cheapest place of each day at these prices, into ``row``; days dearer than the best by ``margin`` may be missing."""
    if tables.is_frozen[task]:
        _history(tables, market, task, row)
        return
    length, group = tables.duration[task], tables.group[task]
    best = tables.left_out[task]
    for day in range(len(tables.day_start) - 1):
        market.day_cost[row, day] = INFEASIBLE
        market.day_slot[row, day] = NO_PLACE
        first, last = tables.first_ok[task, day], tables.last_ok[task, day]
        if first > last:
            continue
        for choice in range(tables.can_ptr[task], tables.can_ptr[task + 1]):
            resource = market.stand_in[choice]
            if resource < 0:
                continue
            prices = market.group_of[resource]
            for slot in range(first, last + 1):
                waiting = waiting_cost(tables, task, slot)
                if waiting >= best + margin or waiting >= market.day_cost[row, day]:
                    break
                if not tables.start_ok[task, slot] or tables.open_run[group, resource, slot] < length:
                    continue
                cost = own_cost(tables, task, resource, slot)
                cost += market.price_sum[prices, slot + market.busy[task]] - market.price_sum[prices, slot]
                for at in range(tables.pool_ptr[task], tables.pool_ptr[task + 1]):
                    pool = tables.pool[at]
                    cost += market.pool_sum[pool, slot + length] - market.pool_sum[pool, slot]
                if cost < market.day_cost[row, day]:
                    market.day_cost[row, day] = cost
                    market.day_slot[row, day] = slot
                    market.day_resource[row, day] = resource
        best = min(best, market.day_cost[row, day])


@compiled
def _use(tables: Tables, market: Market, task: int, row: int, day: int) -> None:
    """Count what the task's place of that day takes up."""
    slot, resource = market.day_slot[row, day], market.day_resource[row, day]
    if slot < 0:
        return
    for t in range(slot, slot + market.busy[task]):
        market.use[market.group_of[resource], t] += 1
    for at in range(tables.pool_ptr[task], tables.pool_ptr[task + 1]):
        for t in range(slot, slot + tables.duration[task]):
            market.pool_use[tables.pool[at], t] += 1


@compiled
def _cheapest_day(tables: Tables, market: Market, task: int, row: int) -> int:
    """The cheapest day of a row, -1 where being left out is cheaper."""
    best, chosen = tables.left_out[task], -1
    for day in range(len(tables.day_start) - 1):
        if market.day_cost[row, day] < best:
            best, chosen = market.day_cost[row, day], day
    return chosen


@compiled
def everyone_alone(tables: Tables, market: Market) -> int:
    """Sum of everybody's cheapest choice at these prices; what the choices use is counted in ``use`` and ``pool_use``."""
    total = np.int64(0)
    num_days = len(tables.day_start) - 1
    for task in range(len(tables.duration)):
        partner = market.partner[task]
        if 0 <= partner < task:
            continue
        margin = market.partner_price[task]
        _by_day(tables, market, task, 0, margin)
        day = _cheapest_day(tables, market, task, 0)
        cost = tables.left_out[task] if day < 0 else market.day_cost[0, day]
        if tables.is_frozen[task]:
            cost += HISTORY
        if partner < 0:
            total += cost
            if day >= 0:
                _use(tables, market, task, 0, day)
            continue
        _by_day(tables, market, partner, 1, margin)
        other = _cheapest_day(tables, market, partner, 1)
        cost += tables.left_out[partner] if other < 0 else market.day_cost[1, other]
        if day >= 0 and other >= 0 and day != other:
            cost += margin
            for both in range(num_days):
                together = market.day_cost[0, both] + market.day_cost[1, both]
                if together < cost:
                    cost, day, other = together, both, both
            cost = min(cost, tables.left_out[task] + _least(market, 1, num_days))
            cost = min(cost, tables.left_out[partner] + _least(market, 0, num_days))
        total += cost
        if day >= 0:
            _use(tables, market, task, 0, day)
        if other >= 0:
            _use(tables, market, partner, 1, other)
    return total


@compiled
def _least(market: Market, row: int, num_days: int) -> int:
    least = market.day_cost[row, 0]
    for day in range(1, num_days):
        least = min(least, market.day_cost[row, day])
    return least


class Relaxation:
    """A bound that sharpens with time. ``seconds`` is what it has taken so far."""

    def __init__(self, problem: Problem, tables: Tables) -> None:
        began = time.monotonic()
        self.tables = tables
        num_slots = tables.start_ok.shape[1]
        num_days = len(tables.day_start) - 1
        busy = _busy(tables)
        self.longest = int(busy.max(initial=1))
        group_of = _groups(tables)
        num_groups, num_pools = int(group_of.max(initial=-1)) + 1, len(tables.pool_capacity)
        self.capacity = _capacity(tables, group_of, num_groups, self.longest)
        self.pool_capacity = tables.pool_capacity.astype(np.int64)
        _take_off_history(tables, group_of, self.capacity, self.pool_capacity)
        partner, partner_price = _partners(tables, frozenset(problem.frozen))
        self.price: NDArray[np.float64] = np.zeros((num_groups, num_slots + self.longest))
        self.pool_price: NDArray[np.float64] = np.zeros((num_pools, num_slots))
        self.market = Market(
            group_of=group_of,
            stand_in=_stand_ins(tables, group_of),
            busy=busy,
            partner=partner,
            partner_price=partner_price,
            price_sum=np.zeros((num_groups, num_slots + self.longest + 1), dtype=np.int64),
            pool_sum=np.zeros((num_pools, num_slots + 1), dtype=np.int64),
            use=np.zeros((num_groups, num_slots + self.longest), dtype=np.int32),
            pool_use=np.zeros((num_pools, num_slots), dtype=np.int32),
            day_cost=np.zeros((2, num_days), dtype=np.int64),
            day_slot=np.zeros((2, num_days), dtype=np.int32),
            day_resource=np.zeros((2, num_days), dtype=np.int32),
        )
        self.best = 0
        self.pace, self.since_better = 1.0, 0
        self.best_price = self.price.copy(), self.pool_price.copy()
        self.seconds = time.monotonic() - began

    def sharpen(self, seconds: float, *, upper: int, rounds: int = 1_000_000) -> int:
        """Move the prices for so many seconds or rounds; returns the best bound so far, in units. ``upper`` is the cost of a known plan."""
        began = time.monotonic()
        for _ in range(rounds):
            if self.best >= upper or time.monotonic() - began >= seconds:
                break
            self._round(upper)
        self.seconds += time.monotonic() - began
        return self.best

    def _round(self, upper: int) -> None:
        market = self.market
        whole, pool_whole = self.price.astype(np.int64), self.pool_price.astype(np.int64)
        np.cumsum(whole, axis=1, out=market.price_sum[:, 1:])
        np.cumsum(pool_whole, axis=1, out=market.pool_sum[:, 1:])
        market.use[:], market.pool_use[:] = 0, 0
        total = everyone_alone(self.tables, market)
        paid = int((whole * self.capacity).sum()) + int((pool_whole * self.pool_capacity).sum())
        value = int(total) - paid
        self._note(value)
        slope = (market.use - self.capacity).astype(np.float64)
        pool_slope = (market.pool_use - self.pool_capacity).astype(np.float64)
        slope[(self.price <= 0) & (slope < 0)] = 0
        pool_slope[(self.pool_price <= 0) & (pool_slope < 0)] = 0
        length = float((slope**2).sum() + (pool_slope**2).sum())
        if length == 0:
            return
        # Polyak's step towards a target a little above the bound, never above the known plan
        target = min(1.1 * self.best, 0.5 * (self.best + upper))
        step = self.pace * max(target - value, 1e-3 * self.best) / length
        np.maximum(self.price + step * slope, 0, out=self.price)
        np.maximum(self.pool_price + step * pool_slope, 0, out=self.pool_price)

    def _note(self, value: int) -> None:
        if value > self.best:
            self.best, self.since_better = value, 0
            self.best_price = self.price.copy(), self.pool_price.copy()
            return
        self.since_better += 1
        if self.since_better >= 8:
            self.pace, self.since_better = max(self.pace * 0.7, 1e-3), 0
            self.price, self.pool_price = self.best_price[0].copy(), self.best_price[1].copy()


def _busy(tables: Tables) -> NDArray[np.int32]:
    """Slots each task takes up at least, the gap to whatever follows included."""
    least = tables.gap.min(axis=(0, 2))
    return (tables.duration + least[tables.kind]).astype(np.int32)


def _groups(tables: Tables) -> NDArray[np.int32]:
    """Group of each resource: resources that one task can choose between share a group."""
    root = np.arange(len(tables.load_limit))
    for low, high in zip(tables.can_ptr[:-1], tables.can_ptr[1:], strict=True):
        roots = np.unique(root[tables.can[low:high]])
        if len(roots) > 1:
            root[np.isin(root, roots)] = roots[0]
    return np.unique(root, return_inverse=True)[1].astype(np.int32)


def _capacity(tables: Tables, group_of: NDArray[np.int32], num_groups: int, longest: int) -> Ints:
    """Resources of a group that somebody may use, by slot. After an open time the gaps may run on."""
    num_slots = tables.start_ok.shape[1]
    capacity = np.zeros((num_groups, num_slots + longest), dtype=np.int64)
    is_open: NDArray[np.bool_] = np.any(tables.open_run > 0, axis=0)
    widest_gap = longest - int(tables.duration.min(initial=0))
    for resource, row in enumerate(is_open):
        padded = np.concatenate([row, np.zeros(longest, dtype=np.bool_)])
        usable = padded.copy()
        for shift in range(1, max(widest_gap, 0) + 1):
            usable[shift:] |= padded[:-shift]
        capacity[group_of[resource]] += usable
    return capacity


def _take_off_history(tables: Tables, group_of: NDArray[np.int32], capacity: Ints, pool_capacity: Ints) -> None:
    """What frozen tasks use is gone; never below nothing, since history may have used more than there was."""
    for task in np.flatnonzero(tables.is_frozen):
        low = tables.fixed_start[task]
        high = low + tables.duration[task]
        capacity[group_of[tables.fixed_resource[task]], low:high] -= 1
        pools = tables.pool[tables.pool_ptr[task] : tables.pool_ptr[task + 1]]
        pool_capacity[pools, low:high] -= 1
    np.maximum(capacity, 0, out=capacity)
    np.maximum(pool_capacity, 0, out=pool_capacity)


def _stand_ins(tables: Tables, group_of: NDArray[np.int32]) -> NDArray[np.int32]:
    """For each allowed resource of each task: itself where it is the first of its kind for the task, else -1.

    Of one kind are resources of a group with the same hours and the same priced minutes. Tasks with a home or likings look at all."""
    rows = np.concatenate(
        [np.moveaxis(tables.open_run, 1, 0).reshape(len(group_of), -1), tables.minute_cost, group_of[:, None]], axis=1
    )
    alike = np.unique(rows, axis=0, return_inverse=True)[1].reshape(-1)
    found = np.full(len(tables.can), NO_PLACE, dtype=np.int32)
    for task in range(len(tables.duration)):
        seen: set[int] = set()
        is_choosy = tables.liking[task] >= 0 or tables.away_price[task] > 0
        for at in range(tables.can_ptr[task], tables.can_ptr[task + 1]):
            resource = tables.can[at]
            if is_choosy or alike[resource] not in seen:
                found[at] = resource
                seen.add(alike[resource])
    return found


def _partners(tables: Tables, frozen: frozenset[int]) -> tuple[NDArray[np.int32], Ints]:
    """Disjoint pairs whose different days have a price, the dearest first."""
    num_tasks = len(tables.duration)
    partner, price = np.full(num_tasks, -1, dtype=np.int32), np.zeros(num_tasks, dtype=np.int64)
    owner = np.repeat(np.arange(num_tasks), np.diff(tables.pair_ptr))
    for at in np.argsort(-tables.pair_days_price, kind="stable"):
        one, two = int(owner[at]), int(tables.pair_other[at])
        if tables.pair_days_price[at] <= 0:
            break
        if partner[one] < 0 and partner[two] < 0 and not {one, two} & frozen:
            partner[one], partner[two] = two, one
            price[one] = price[two] = tables.pair_days_price[at]
    return partner, price
