"""The roster as one integer program over the columns, for a draft near the best plan and for a bound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.dialysis.columns import ANY, Columns
from scheduler.kernel.tables import Tables

Ints = NDArray[np.int64]
Row = tuple[Ints, Ints, int]
"""Columns, coefficients, the most they may sum up to."""


@dataclass(frozen=True)
class Program:
    """Minimise ``offset`` + cost x, 0 <= x <= upper, with every row's sum of ``coefficient`` x at most ``most``. The first columns are the
    choices, whole numbers; those behind them count what is beyond a limit. Sums are kept as flat arrays: row, column, coefficient."""

    columns: Columns
    cost: Ints
    upper: Ints
    offset: int
    row: Ints
    column: Ints
    coefficient: Ints
    most: Ints

    @property
    def num_choices(self) -> int:
        """Columns that are choices of a session."""
        return len(self.columns)


def program_of(tables: Tables, columns: Columns) -> Program:
    """All rows: one choice a session, stations, nurses, crowds, days between sessions, riding together."""
    rows = [*_one_choice(columns), *_stations(columns), *_pools(tables, columns)]
    place = _Places(tables, columns)
    for first in range(len(tables.duration)):
        rows += place.pair_rows(first)
    saved = columns.cost - tables.left_out[columns.task]
    beyond_cost, beyond_upper, beyond_rows = _beyond(tables, columns, len(columns))
    ride_cost, ride_rows = _riding(tables, place, len(columns) + len(beyond_cost))
    rows += [*beyond_rows, *ride_rows]
    ones = np.ones(len(columns), dtype=np.int64), np.ones(len(ride_cost), dtype=np.int64)
    return Program(
        columns=columns,
        cost=np.concatenate([saved, beyond_cost, ride_cost]),
        upper=np.concatenate([ones[0], beyond_upper, ones[1]]),
        offset=int(tables.left_out.sum()),
        row=np.repeat(np.arange(len(rows)), [len(row[0]) for row in rows]),
        column=np.concatenate([row[0] for row in rows]),
        coefficient=np.concatenate([row[1] for row in rows]),
        most=np.array([row[2] for row in rows], dtype=np.int64),
    )


def _grouped(keys: Ints) -> Iterator[Ints]:
    """Positions with the same key."""
    order = np.argsort(keys, kind="stable")
    edges = np.flatnonzero(np.diff(keys[order])) + 1
    yield from np.split(order, edges) if len(order) else ()


def _ones(columns: Ints, most: int) -> Row:
    return columns, np.ones(len(columns), dtype=np.int64), most


def _one_choice(columns: Columns) -> Iterator[Row]:
    for group in _grouped(columns.task):
        yield _ones(group, 1)


def _stations(columns: Columns) -> Iterator[Row]:
    own = np.flatnonzero(columns.resource != ANY)
    width = int(columns.slot.max(initial=0)) + 1
    for group in _grouped(columns.resource[own] * width + columns.slot[own]):
        if len(group) > 1:
            yield _ones(own[group], 1)
    for group in _grouped(columns.kind * width + columns.slot):
        most = int(columns.room[columns.kind[group[0]], columns.slot[group[0]]])
        if len(group) > most:
            yield _ones(group, most)


def _pools(tables: Tables, columns: Columns) -> Iterator[Row]:
    """Nurses at each start; sessions of a shift all go on then."""
    for pool in range(len(tables.pool_capacity)):
        need = np.zeros(len(tables.duration), dtype=np.int64)
        owner = np.repeat(np.arange(len(tables.duration)), np.diff(tables.pool_ptr))
        is_this = tables.pool == pool
        need[owner[is_this]] = tables.pool_need[is_this]
        used = np.flatnonzero(need[columns.task])
        for group in _grouped(columns.slot[used]):
            part = used[group]
            most = int(tables.pool_capacity[pool, columns.slot[part[0]]])
            if need[columns.task[part]].sum() > most:
                yield part, need[columns.task[part]], most


def _beyond(tables: Tables, columns: Columns, first: int) -> tuple[Ints, Ints, list[Row]]:
    """One column more for each crowd's counter: what is needed beyond the limit."""
    owner = np.repeat(np.arange(len(tables.duration)), np.diff(tables.crowd_ptr))
    prices: list[int] = []
    uppers: list[int] = []
    rows: list[Row] = []
    for crowd in range(len(tables.crowd_of)):
        need = np.zeros(len(tables.duration), dtype=np.int64)
        is_this = tables.crowd == crowd
        need[owner[is_this]] = tables.crowd_need[is_this]
        counter = tables.crowd_of[crowd, columns.slot]
        used = np.flatnonzero((need[columns.task] > 0) & (counter >= 0))
        for group in _grouped(counter[used]):
            part = used[group]
            limit, rate = (int(row[counter[part[0]]]) for row in (tables.crowd_limit, tables.crowd_rate))
            needs = need[columns.task[part]]
            most = int(needs.sum()) - limit
            if rate and most > 0:
                rows.append((np.append(part, first + len(prices)), np.append(needs, -1), limit))
                prices.append(rate)
                uppers.append(most)
    return np.array(prices, dtype=np.int64), np.array(uppers, dtype=np.int64), rows


class _Places:
    """Columns of a task by day and by time of day."""

    def __init__(self, tables: Tables, columns: Columns) -> None:
        self.tables = tables
        self.day = tables.day_of[columns.slot]
        self.hour = columns.slot - tables.day_start[self.day]
        self.ptr = np.searchsorted(columns.task, np.arange(len(tables.duration) + 1))

    def of(self, task: int) -> Ints:
        return np.arange(self.ptr[task], self.ptr[task + 1])

    def pair_rows(self, first: int) -> Iterator[Row]:
        """Days of the task and of each later partner."""
        tables, mine = self.tables, self.of(first)
        days = self.day[mine]
        for at in range(tables.pair_ptr[first], tables.pair_ptr[first + 1]):
            second = int(tables.pair_other[at])
            theirs = self.of(second)
            if second < first or not len(theirs) or not len(mine):
                continue
            other_days = self.day[theirs]
            if tables.pair_no_same_day[at]:
                is_ordered = tables.pair_other_first_min[at] >= len(tables.day_of) * tables.grid
                for day in np.intersect1d(days, other_days).tolist():
                    mine_then = days >= day if is_ordered else days == day
                    theirs_then = other_days <= day if is_ordered else other_days == day
                    yield _ones(np.concatenate([mine[mine_then], theirs[theirs_then]]), 1)
            most = int(tables.pair_most_days[at])
            between = tables.between[tables.between_ptr[at] : tables.between_ptr[at + 1]]
            if 0 <= most < other_days.max() - days.min():
                lifting = np.concatenate([np.zeros(0, dtype=np.int64), *(self.of(int(task)) for task in between)])
                for day in np.unique(days).tolist():
                    part = np.concatenate([mine[days <= day], theirs[other_days > day + most]])
                    if (other_days > day + most).any():
                        signs = np.concatenate(
                            [np.ones(len(part), dtype=np.int64), -np.ones(len(lifting), dtype=np.int64)]
                        )
                        yield np.concatenate([part, lifting]), signs, 1


def _riding(tables: Tables, place: _Places, first: int) -> tuple[Ints, list[Row]]:
    """One column more for each two whose different times of day cost: 1 where they differ."""
    prices: list[int] = []
    rows: list[Row] = []
    for task in range(len(tables.duration)):
        for at in range(tables.pair_ptr[task], tables.pair_ptr[task + 1]):
            other, price = int(tables.pair_other[at]), int(tables.pair_hours_price[at])
            if other < task or not price:
                continue
            mine, theirs = place.of(task), place.of(other)
            for hour in np.unique(place.hour[mine]).tolist():
                part = np.concatenate([mine[place.hour[mine] == hour], theirs[place.hour[theirs] != hour]])
                rows.append(
                    (np.append(part, first + len(prices)), np.append(np.ones(len(part), dtype=np.int64), -1), 1)
                )
            prices.append(price)
    return np.array(prices, dtype=np.int64), rows
