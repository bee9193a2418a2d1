"""The search's listener: turns what the rules say into flat arrays that compiled code reads.

All times in the arrays are grid slots unless the name ends in ``_min``. Least gaps are kept in minutes and rounded up where they are
used, so that two gaps that add up are rounded once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hospital.clock import Span
from scheduler.kernel.problem import Problem

Ints = NDArray[np.int64]
NO_PLACE = -1


class Tables(NamedTuple):
    """R tasks, S resources, T slots, D days, G groups of tasks that the same blocks hold for, K kinds of neighbours, P pools.

    A named tuple, because the compiler passes it by value: reading a field costs nothing.
    """

    grid: int
    slack: (
        int  # how much cheaper than its own waiting a place can be: what removing a changeover or a short gap may save
    )
    day_start: NDArray[np.int64]  # [D + 1]
    day_of: NDArray[np.int64]  # [T]
    duration: NDArray[np.int64]  # [R]
    can_ptr: NDArray[np.int64]  # [R + 1] into can
    can: NDArray[np.int64]  # resources a task may be on
    start_ok: NDArray[np.uint8]  # [R, T]
    first_ok: NDArray[np.int64]  # [R, D] first and last allowed start of a day (first > last: none)
    last_ok: NDArray[np.int64]
    group: NDArray[np.int64]  # [R]
    open_run: NDArray[np.int32]  # [G, S, T] slots from t on without a block
    open_from: NDArray[np.int64]  # [S, D] from the first slot of a day at which anybody may be on the resource
    open_until: NDArray[np.int64]  # [S, D] to after the last; equal where there is none
    fixed_resource: NDArray[np.int64]  # [R] -1, or the only place allowed
    fixed_start: NDArray[np.int64]
    is_frozen: NDArray[np.uint8]  # [R]
    left_out: Ints  # [R]
    hinge_ptr: NDArray[np.int64]  # [R + 1]
    hinge_min: Ints
    hinge_rate: Ints
    extra: NDArray[np.int64]  # [R] row of extra_price or -1
    extra_price: Ints  # [n, T]
    liking: NDArray[np.int64]  # [R] row of liking_price or -1
    liking_price: Ints  # [n, S]
    away_resource: NDArray[np.int64]  # [R]
    away_start: NDArray[np.int64]
    away_price: Ints  # [R], 0 = none
    pair_ptr: NDArray[np.int64]  # [R + 1]
    pair_other: NDArray[np.int64]
    pair_self_first_min: Ints  # least minutes from the task's end to the other's start, -1 = none
    pair_other_first_min: Ints
    pair_self_first_travel_min: Ints  # the same, to which travel is added
    pair_other_first_travel_min: Ints
    pair_days_price: Ints
    pair_no_same_day: NDArray[np.uint8]
    pair_resources_price: Ints
    pair_is_alike: NDArray[np.uint8]  # both on one resource, or on two that are alike
    pair_within_min: Ints  # times of day further apart than this cost pair_hours_price
    pair_hours_price: Ints
    pair_most_days: NDArray[np.int64]  # -1 = any number
    between_ptr: NDArray[np.int64]  # [pairs + 1] into between: tasks one of which placed lifts pair_most_days
    between: NDArray[np.int64]
    travel_min: Ints  # [S, S]
    alike: NDArray[np.uint8]  # [S, S]
    pool_ptr: NDArray[np.int64]  # [R + 1]
    pool: NDArray[np.int64]
    pool_need: NDArray[np.int64]
    pool_capacity: NDArray[np.int64]  # [P, T]
    crowd_ptr: NDArray[np.int64]  # [R + 1]
    crowd: NDArray[np.int64]  # row of crowd_of
    crowd_need: NDArray[np.int64]
    crowd_of: NDArray[np.int64]  # [n, T] counter of a start, -1 = none
    crowd_limit: NDArray[np.int64]  # [C]
    crowd_rate: Ints  # [C]
    kind: NDArray[np.int64]  # [R]
    gap: NDArray[np.int64]  # [S, K, K] slots
    follow_price: Ints  # [S, K, K]
    follow_ban: NDArray[np.uint8]  # [S, K, K]
    session: NDArray[np.int64]  # [S, T], -1 = none
    idle_min: Ints  # [S, K, K]
    idle_shortest: Ints  # [S]
    idle_price: Ints  # [S]
    minute_cost: Ints  # [S, T + 1] running sum of priced minutes
    load_limit: Ints  # [S]
    load_rate: Ints  # [S]
    wait_group: NDArray[np.int64]  # [R], -1 = none
    wait_since: Ints  # [R]
    wait_limit: Ints  # [W]
    wait_rate: Ints  # [W]


@dataclass(slots=True)
class Pair:
    """What was said of two tasks, the one of the lower index first: least minutes from the one's end to the other's start, forth and back
    (-1 = none; with ``travel``, travel comes on top), and the rest as in Tables."""

    forth_min: int = -1
    back_min: int = -1
    forth_travel_min: int = -1
    back_travel_min: int = -1
    days_price: int = 0
    no_same_day: bool = False
    resources_price: int = 0
    is_alike: bool = False
    within_min: int = -1
    hours_price: int = 0
    most_days: int = -1
    between: tuple[int, ...] = ()


class SearchTables:
    """A Model that writes down what it is told and compiles it to Tables."""

    def __init__(self, problem: Problem, *, is_yielding: bool = False) -> None:
        """With ``is_yielding`` those who stay unless displaced may go anywhere, and tasks may run past midnight, which the search
        never lets them: what holds for these tables holds for every plan."""
        self.problem, self.is_yielding = problem, is_yielding
        clock = problem.clock
        self.grid = clock.grid_min
        self.num_tasks, self.num_resources = len(problem.task_ids), len(problem.resource_ids)
        self.num_slots = clock.num_slots
        self.masks: dict[tuple[Span, ...], NDArray[np.uint8]] = {}
        self.starts = np.ones((self.num_tasks, self.num_slots), dtype=np.uint8)
        self.allowed: dict[int, set[int]] = {}
        self.blocks: dict[frozenset[int], list[tuple[int, Sequence[Span]]]] = {}
        self.kept: dict[int, tuple[int, int]] = {}
        self.kept_unless: dict[int, frozenset[int]] = {}
        self.left_out = np.zeros(self.num_tasks, dtype=np.int64)
        self.hinges: list[list[tuple[int, int]]] = [[] for _ in range(self.num_tasks)]
        self.extra: dict[int, Ints] = {}
        self.liking: dict[int, Ints] = {}
        self.away: dict[int, tuple[int, int, int]] = {}
        self.pairs: dict[tuple[int, int], Pair] = {}
        self.alike = np.eye(self.num_resources, dtype=np.uint8)
        self.travel: Ints = np.zeros((self.num_resources, self.num_resources), dtype=np.int64)
        self.pools: list[tuple[Collection[int], NDArray[np.int64], Mapping[int, int] | None]] = []
        self.crowds: list[_Crowd] = []
        self.follows: list[_Follow] = []
        self.idles: dict[int, tuple[tuple[int, ...], Ints, int, int]] = {}
        self.minute_rates: Ints = np.zeros((self.num_resources, self.num_slots), dtype=np.int64)
        self.load: dict[int, tuple[int, int]] = {}
        self.waits: list[tuple[Mapping[int, int], int, int]] = []

    # --- one task
    def only_on(self, task: int, resources: Collection[int]) -> None:
        """See Model."""
        self.allowed[task] = self.allowed.get(task, set(resources)) & set(resources)

    def only_start_in(self, task: int, spans: Sequence[Span]) -> None:
        """See Model."""
        if len(spans) == 1:
            low, high = (-(-edge // self.grid) for edge in spans[0])
            self.starts[task, : max(low, 0)] = 0
            self.starts[task, max(high, 0) :] = 0
            return
        self.starts[task] &= self._starts_in(spans)

    def block(self, resource: int, spans: Sequence[Span], *, but_for: Collection[int] = ()) -> None:
        """See Model."""
        self.blocks.setdefault(frozenset(but_for), []).append((resource, spans))

    def keep(self, task: int, resource: int, start: int) -> None:
        """See Model. Two different places that a task must be at leave it none."""
        if self.kept.setdefault(task, (resource, start)) != (resource, start):
            self.starts[task] = 0

    def keep_unless(self, task: int, resource: int, start: int, displacers: Collection[int]) -> None:
        """See Model. The search treats the task as kept; only ``displace`` takes it away."""
        if not self.is_yielding:
            self.keep(task, resource, start)
        self.kept_unless[task] = frozenset(displacers)

    def price_left_out(self, task: int, price: int) -> None:
        """See Model."""
        self.left_out[task] += price

    def price_after(self, task: int, minute: int, rate: int) -> None:
        """See Model."""
        if rate:
            self.hinges[task].append((minute, rate))

    def price_start_in(self, task: int, spans: Sequence[Span], price: int) -> None:
        """See Model."""
        row = self.extra.setdefault(task, np.zeros(self.num_slots, dtype=np.int64))
        row += self._starts_in(spans) * np.int64(price)

    def _starts_in(self, spans: Sequence[Span]) -> NDArray[np.uint8]:
        """[T] 1 for the starts in one of the spans; made once for all who share them."""
        key = tuple(spans)
        row = self.masks.get(key)
        if row is None:
            row = self.masks[key] = np.zeros(self.num_slots, dtype=np.uint8)
            for low, high in spans:
                row[max(-(-low // self.grid), 0) : max(-(-high // self.grid), 0)] = 1
        return row

    def price_on(self, task: int, resource: int, price: int) -> None:
        """See Model."""
        self.liking.setdefault(task, np.zeros(self.num_resources, dtype=np.int64))[resource] += price

    def price_away(self, task: int, resource: int, start: int, price: int) -> None:
        """See Model. One home a task."""
        home = self.away.get(task, (resource, start, 0))
        if home[:2] != (resource, start):
            raise ValueError(f"task {task} has two homes")
        self.away[task] = (resource, start, home[2] + price)

    # --- two tasks
    def _pair(self, first: int, second: int) -> Pair:
        return self.pairs.setdefault((min(first, second), max(first, second)), Pair())

    def apart(
        self, first: int, second: int, first_then_second: int, second_then_first: int, travel: Ints | None = None
    ) -> None:
        """See Model."""
        pair = self._pair(first, second)
        is_turned = first > second
        forth, back = (second_then_first, first_then_second) if is_turned else (first_then_second, second_then_first)
        if travel is None:
            pair.forth_min, pair.back_min = max(pair.forth_min, forth), max(pair.back_min, back)
            return
        pair.forth_travel_min, pair.back_travel_min = max(pair.forth_travel_min, forth), max(pair.back_travel_min, back)
        self.travel = travel

    def price_different_days(self, first: int, second: int, price: int) -> None:
        """See Model."""
        self._pair(first, second).days_price += price

    def forbid_same_day(self, first: int, second: int) -> None:
        """See Model."""
        self._pair(first, second).no_same_day = True

    # --- two sessions of one series
    def price_different_resources(self, first: int, second: int, price: int) -> None:
        """See Model."""
        self._pair(first, second).resources_price += price

    def forbid_different_resources(self, first: int, second: int, alike: NDArray[np.bool_] | None = None) -> None:
        """See Model."""
        self._pair(first, second).is_alike = True
        if alike is not None:
            self.alike |= alike.astype(np.uint8)

    def price_different_hours(self, first: int, second: int, within: int, price: int) -> None:
        """See Model. One such statement a pair."""
        pair = self._pair(first, second)
        if pair.within_min not in (-1, within):
            raise ValueError(f"tasks {first} and {second} have two prices for different hours")
        pair.within_min = within
        pair.hours_price += price

    def most_days_apart(self, first: int, second: int, days: int, between: Collection[int] = ()) -> None:
        """See Model. One such statement a pair."""
        pair = self._pair(first, second)
        if pair.most_days >= 0:
            raise ValueError(f"tasks {first} and {second} are kept near each other twice")
        pair.most_days, pair.between = days, tuple(sorted(between))

    # --- many tasks
    def capacity(
        self, tasks: Collection[int], spans: Sequence[tuple[int, int, int]], needs: Mapping[int, int] | None = None
    ) -> None:
        """See Model. A slot only partly covered has the least count of its minutes."""
        per_minute = np.zeros(self.num_slots * self.grid, dtype=np.int64)
        for low, high, count in spans:
            per_minute[max(low, 0) : max(high, 0)] += count
        self.pools.append((tasks, per_minute.reshape(self.num_slots, self.grid).min(axis=1).astype(np.int64), needs))

    def price_crowd(
        self,
        tasks: Collection[int],
        spans: Sequence[tuple[int, int, int]],
        rate: int,
        needs: Mapping[int, int] | None = None,
    ) -> None:
        """See Model."""
        self.crowds.append(_Crowd(tasks, spans, rate, needs))

    def follow(
        self,
        resource: int,
        labels: Sequence[int],
        minutes: Ints,
        *,
        price: Ints | None = None,
        forbidden: NDArray[np.bool_] | None = None,
        sessions: Sequence[Span] = (),
    ) -> None:
        """See Model."""
        self.follows.append(_Follow(resource, tuple(labels), minutes, price, forbidden, sessions))

    def price_short_gaps(self, resource: int, labels: Sequence[int], minutes: Ints, shortest: int, price: int) -> None:
        """See Model. One such statement a resource."""
        if resource in self.idles:
            raise ValueError(f"resource {resource} has two prices for short gaps")
        self.idles[resource] = (tuple(labels), minutes, shortest, price)

    def price_minutes(self, resource: int, spans: Sequence[Span], rate: int) -> None:
        """See Model."""
        for low, high in spans:
            for slot in range(max(low, 0) // self.grid, min(-(-high // self.grid), self.num_slots)):
                covered = min(high, (slot + 1) * self.grid) - max(low, slot * self.grid)
                self.minute_rates[resource, slot] += covered * rate

    def price_load(self, resource: int, limit: int, rate: int) -> None:
        """See Model. One such statement a resource."""
        if resource in self.load:
            raise ValueError(f"resource {resource} has two prices for load")
        self.load[resource] = (limit, rate)

    def price_total_wait(self, since: Mapping[int, int], limit: int, rate: int) -> None:
        """See Model. A task counts in one such sum."""
        self.waits.append((since, limit, rate))

    def compiled(self) -> Tables:
        """All that was said, as arrays."""
        from scheduler.kernel.compiling import compile_tables

        return compile_tables(self)


class _Follow(NamedTuple):
    resource: int
    labels: tuple[int, ...]
    minutes: Ints
    price: Ints | None
    forbidden: NDArray[np.bool_] | None
    sessions: Sequence[Span]


class _Crowd(NamedTuple):
    tasks: Collection[int]
    spans: Sequence[tuple[int, int, int]]
    rate: int
    needs: Mapping[int, int] | None


def tables_of(problem: Problem, *, is_yielding: bool = False) -> Tables:
    """The problem's rules, compiled for the search."""
    listener = SearchTables(problem, is_yielding=is_yielding)
    for rule in problem.rules:
        rule.post(problem, listener)
    return listener.compiled()
