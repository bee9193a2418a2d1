"""A proven lower bound: every task takes its own cheapest place, and pays for the time and the people it uses.

Lagrangian relaxation of a time-indexed model (Dyer and Wolsey, Formulating the single machine sequencing problem with release dates as a
mixed integer program, 1990). Prices stand on each slot of each group of resources that share tasks, and of each pool of people. Any
prices that are not negative give a valid bound; better ones a better bound. Kept whole: waiting, wishes, priced minutes, moves, being left
out, and of a pair the different days and the gap between them. Left out, at no cost: changeovers, short gaps, sums over many. The bound is
computed in integers, so that it is exact.

Prices move by Adam (Kingma and Ba, Adam: a method for stochastic optimization, 2015), which scales each price's step by its own
history, here for slots, hours and days at once: a whole day too dear by a little is one step, not one for each slot.
"""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from scheduler.kernel.market import Market, everyone_alone, find_runs
from scheduler.kernel.problem import Problem
from scheduler.kernel.tables import NO_PLACE, Ints, Tables

COOLING = 0.993
"""Each round's steps are so much smaller than the last one's ..."""
COLDEST = 0.005
"""... down to this part of the first ones; then they start again at ``WARM`` of them, if the last course was worth it."""
WARM = 0.3
WORTH = 1e-3
MOMENTUM, MEMORY = 0.9, 0.999

Floats = NDArray[np.float64]


class Relaxation:
    """A bound that sharpens with time. ``seconds`` is what it has taken so far; ``is_done`` once more time would bring next to nothing."""

    def __init__(self, problem: Problem, tables: Tables) -> None:
        """``tables`` must allow whatever is allowed in any case (see SearchTables), or else the bound holds for less."""
        began = time.monotonic()
        self.tables = tables
        group_of = _groups(tables)
        self.num_groups = int(group_of.max(initial=0)) + 1
        self.market = _market(problem, tables, group_of)
        self.capacity = _capacity(tables, group_of, self.market.busy)
        self.price: Floats = np.zeros(self.capacity.shape)
        self.best_price = self.price
        self.best = self.best_before = 0
        self.levels = [_Level(self.price, starts) for starts in _level_starts(tables)]
        self.first_step, self.pace, self.rounds = _first_step(tables), 1.0, 0
        self.market.slack[:] = int(self.first_step) + 1
        self.is_done = False
        self.seconds = time.monotonic() - began

    def sharpen(self, seconds: float, *, upper: int, rounds: int = 1_000_000) -> int:
        """Move the prices for so many seconds or rounds; returns the best bound so far, in units. ``upper`` is the cost of a known plan."""
        began = time.monotonic()
        for _ in range(rounds):
            if self.is_done or self.best >= upper or time.monotonic() - began >= seconds:
                break
            self._round()
        self.seconds += time.monotonic() - began
        return self.best

    def bound_at(self, price: Ints) -> int:
        """The bound that these prices [C + P, T] prove; the market then holds what everybody's choices take up."""
        market, num_groups = self.market, self.num_groups
        np.cumsum(price[:num_groups], axis=1, out=market.price_sum[:, 1:])
        np.cumsum(price[num_groups:], axis=1, out=market.pool_sum[:, 1:])
        market.use[:], market.pool_use[:] = 0, 0
        return int(everyone_alone(self.tables, market)) - int((price * self.capacity).sum())

    def _round(self) -> None:
        value = self.bound_at(self.price.astype(np.int64))
        if value > self.best:
            self.best, self.best_price = value, self.price
        use = np.concatenate([self.market.use, self.market.pool_use]).cumsum(axis=1)[:, :-1]
        missing = (use - self.capacity).astype(np.float64)
        missing[(self.price <= 0) & (missing < 0)] = 0
        self.rounds += 1
        steps = sum(level.step(missing, self.rounds) for level in self.levels)
        self.price = np.maximum(self.price + self.first_step * self.pace * steps, 0)
        self.pace *= COOLING
        if self.pace < COLDEST:
            self.is_done = self.best - self.best_before <= WORTH * self.best
            self.best_before, self.pace, self.price = self.best, WARM, self.best_price


class _Level:
    """Adam's averages for one width of prices: ``starts`` are the first slots of the stretches that move together."""

    def __init__(self, price: Floats, starts: NDArray[np.intp]) -> None:
        self.starts, self.widths = starts, np.diff(np.append(starts, price.shape[1]))
        self.mean = np.zeros((len(price), len(starts)))
        self.square = np.zeros_like(self.mean)

    def step(self, missing: Floats, rounds: int) -> Floats:
        """Direction of each price, about 1 in size."""
        slope = np.add.reduceat(missing, self.starts, axis=1)
        self.mean += (1 - MOMENTUM) * (slope - self.mean)
        self.square += (1 - MEMORY) * (slope**2 - self.square)
        size = np.sqrt(self.square / (1 - MEMORY**rounds)) + 1e-3
        return np.repeat(self.mean / (1 - MOMENTUM**rounds) / size, self.widths, axis=1)


def _level_starts(tables: Tables) -> list[NDArray[np.intp]]:
    num_slots, hour = tables.start_ok.shape[1], max(60 // tables.grid, 1)
    levels = (np.arange(num_slots), np.arange(0, num_slots, hour), tables.day_start[:-1].astype(np.intp))
    return [starts for index, starts in enumerate(levels) if index == 0 or len(starts) < len(levels[index - 1])]


def _first_step(tables: Tables) -> float:
    """What a task of mean length pays for waiting its own length at the mean first rate; without rates, by the price of leaving one out."""
    has_rate = tables.hinge_ptr[1:] > tables.hinge_ptr[:-1]
    rates = tables.hinge_rate[tables.hinge_ptr[:-1][has_rate]]
    length = float(tables.duration.mean()) * tables.grid if len(tables.duration) else 0.0
    if len(rates):
        return max(float(rates.mean()) * length, 1.0)
    return max(float(tables.left_out.mean()) / 100, 1.0) if len(tables.left_out) else 1.0


def _market(problem: Problem, tables: Tables, group_of: NDArray[np.int64]) -> Market:
    num_tasks, num_slots = tables.start_ok.shape
    num_days, num_pools = len(tables.day_start) - 1, len(tables.pool_capacity)
    num_groups = int(group_of.max(initial=0)) + 1
    group = np.zeros(num_tasks, dtype=np.int64)
    has_choice = tables.can_ptr[1:] > tables.can_ptr[:-1]
    group[has_choice] = group_of[tables.can[tables.can_ptr[:-1][has_choice]]]
    run_ptr, run_low, run_high, run_resource = _runs(tables, _stand_ins(tables, group_of))
    partner, days_price, pair_gap, no_same_day = _partners(tables, frozenset(problem.frozen))
    return Market(
        group=group,
        run_ptr=run_ptr,
        run_low=run_low,
        run_high=run_high,
        run_resource=run_resource,
        busy=_busy(tables),
        is_plain=_plain(problem, tables),
        partner=partner,
        days_price=days_price,
        pair_gap=pair_gap,
        no_same_day=no_same_day,
        slack=np.ones(num_tasks, dtype=np.int64),
        price_sum=np.zeros((num_groups, num_slots + 1), dtype=np.int64),
        pool_sum=np.zeros((num_pools, num_slots + 1), dtype=np.int64),
        use=np.zeros((num_groups, num_slots + 1), dtype=np.int64),
        pool_use=np.zeros((num_pools, num_slots + 1), dtype=np.int64),
        start_cost=np.zeros((2, num_slots), dtype=np.int64),
        best_from=np.zeros(num_slots, dtype=np.int64),
        best_from_at=np.zeros(num_slots, dtype=np.int64),
        best_day=np.zeros(num_days + 1, dtype=np.int64),
        best_day_at=np.zeros(num_days + 1, dtype=np.int64),
    )


def _runs(tables: Tables, choices: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    run_ptr = np.zeros(len(tables.duration) + 1, dtype=np.int64)
    none = np.zeros(0, dtype=np.int64)
    find_runs(tables, choices, run_ptr, none, none, none)
    low, high, resource = (np.zeros(int(run_ptr[-1]), dtype=np.int64) for _ in range(3))
    find_runs(tables, choices, run_ptr, low, high, resource)
    return run_ptr, low, high, resource


def _plain(problem: Problem, tables: Tables) -> NDArray[np.uint8]:
    """1 for tasks that cost nothing but waiting, wherever they are.

    History off the grid stands in the tables a little early: only its waiting is sure not to be too dear there."""
    is_priced = tables.minute_cost[:, -1] > 0
    is_plain = (tables.extra < 0) & (tables.liking < 0) & (tables.away_price == 0)
    owner = np.repeat(np.arange(len(tables.duration)), np.diff(tables.can_ptr))
    is_plain[owner[is_priced[tables.can]]] = False
    is_plain[[task for task, place in problem.frozen.items() if place.start % tables.grid]] = True
    return is_plain.astype(np.uint8)


def _busy(tables: Tables) -> NDArray[np.int64]:
    """Slots each task takes up at least, the gap to whatever follows on that day included."""
    least = tables.gap.min(axis=(0, 2))
    return (tables.duration + least[tables.kind]).astype(np.int64)


def _groups(tables: Tables) -> NDArray[np.int64]:
    """Group of each resource: resources that one task can choose between share a group."""
    root = np.arange(len(tables.load_limit))
    choices = {tuple(tables.can[low:high]) for low, high in zip(tables.can_ptr[:-1], tables.can_ptr[1:], strict=True)}
    for row in choices:
        roots = np.unique(root[list(row)])
        if len(roots) > 1:
            root[np.isin(root, roots)] = roots[0]
    return np.unique(root, return_inverse=True)[1].astype(np.int64)


def _capacity(tables: Tables, group_of: NDArray[np.int64], busy: NDArray[np.int64]) -> Ints:
    """[C + P, T] resources of a group and people of a pool that there are, by slot, less what history has used.

    After an open time the gaps may run on, to the end of the day. History may have used more than there was: never below nothing."""
    is_open: NDArray[np.bool_] = np.any(tables.open_run > 0, axis=0)
    usable = is_open.copy()
    for low, high in zip(tables.day_start[:-1], tables.day_start[1:], strict=True):
        for shift in range(1, min(int((busy - tables.duration).max(initial=0)), high - low - 1) + 1):
            usable[:, low + shift : high] |= is_open[:, low : high - shift]
    people = tables.pool_capacity.astype(np.int64)
    for task in np.flatnonzero(tables.is_frozen):
        low, high = tables.fixed_start[task], tables.fixed_start[task] + tables.duration[task]
        usable[tables.fixed_resource[task], low:high] = False
        part = slice(tables.pool_ptr[task], tables.pool_ptr[task + 1])
        people[tables.pool[part], low:high] -= tables.pool_need[part, None]
    capacity = np.zeros((int(group_of.max(initial=0)) + 1, usable.shape[1]), dtype=np.int64)
    np.add.at(capacity, group_of, usable)
    return np.concatenate([capacity, np.maximum(people, 0)])


def _stand_ins(tables: Tables, group_of: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each allowed resource of each task: itself where it is the first of its kind for the task, else -1.

    Of one kind are resources of a group with the same hours and the same priced minutes. Tasks with a home or likings look at all."""
    rows = np.concatenate(
        [np.moveaxis(tables.open_run, 1, 0).reshape(len(group_of), -1), tables.minute_cost, group_of[:, None]], axis=1
    )
    alike = np.unique(rows, axis=0, return_inverse=True)[1].reshape(-1)
    owner = np.repeat(np.arange(len(tables.duration)), np.diff(tables.can_ptr))
    is_choosy = (tables.liking >= 0) | (tables.away_price > 0)
    kind = np.where(is_choosy[owner], len(group_of) + tables.can, alike[tables.can])
    first = np.unique(np.stack([owner, kind]), axis=1, return_index=True)[1]
    found = np.full(len(tables.can), NO_PLACE, dtype=np.int64)
    found[first] = tables.can[first]
    return found


def _partners(tables: Tables, frozen: frozenset[int]) -> tuple[NDArray[np.int64], Ints, Ints, NDArray[np.uint8]]:
    """Disjoint pairs, the dearest first: each task's partner, price of different days, least gap, whether never on one day."""
    num_tasks = len(tables.duration)
    partner, price = np.full(num_tasks, -1, dtype=np.int64), np.zeros(num_tasks, dtype=np.int64)
    gap, no_same_day = np.zeros(num_tasks, dtype=np.int64), np.zeros(num_tasks, dtype=np.uint8)
    owner = np.repeat(np.arange(num_tasks), np.diff(tables.pair_ptr))
    for at in np.argsort(-tables.pair_days_price, kind="stable"):
        one, two = int(owner[at]), int(tables.pair_other[at])
        if partner[one] >= 0 or partner[two] >= 0 or {one, two} & frozen:
            continue
        partner[one], partner[two] = two, one
        price[one] = price[two] = tables.pair_days_price[at]
        no_same_day[one] = no_same_day[two] = tables.pair_no_same_day[at]
        here, there = (tables.can[tables.can_ptr[task] : tables.can_ptr[task + 1]] for task in (one, two))
        gap[one] = _least_gap(
            tables, tables.pair_self_first_min[at], tables.pair_self_first_travel_min[at], (here, there)
        )
        gap[two] = _least_gap(
            tables, tables.pair_other_first_min[at], tables.pair_other_first_travel_min[at], (there, here)
        )
    return partner, price, gap, no_same_day


def _least_gap(
    tables: Tables, plain_min: int, travel_min: int, where: tuple[NDArray[np.int64], NDArray[np.int64]]
) -> int:
    """Slots between a task's end and its partner's start, wherever the two are; very negative where they may overlap."""
    if plain_min < 0 and travel_min < 0:
        return -len(tables.day_of) - int(tables.duration.max())
    travel = int(tables.travel_min[np.ix_(*where)].min(initial=1 << 40)) if travel_min >= 0 else 0
    if travel >= 1 << 40:
        travel = 0
    least = max(int(plain_min), int(travel_min) + travel if travel_min >= 0 else 0)
    return -(-least // tables.grid)
