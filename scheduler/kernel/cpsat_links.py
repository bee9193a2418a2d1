"""What ties tasks together beyond one line: gaps between two, days, shared people, loads and sums of waiting."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.kernel.cpsat_places import Ints, Places
from scheduler.kernel.cpsat_program import FREE, Program
from scheduler.kernel.cpsat_statements import Statements


class Links:
    """Adds these statements to a program whose first columns are the places, in the same order, then one column a task that says it is
    left out."""

    def __init__(self, program: Program, places: Places, statements: Statements, left_out: range) -> None:
        self.program, self.places, self.statements, self.left_out = program, places, statements, left_out
        self._so_far: dict[tuple[int, tuple[int, ...]], tuple[Ints, list[int]]] = {}

    def post(self, rules: Collection[str] | None) -> None:
        """All of them."""
        said = self.statements.said
        for args in said("apart", rules):
            self._apart(*args)
        for first, second in said("forbid_same_day", rules):
            self._forbid_same_day(first, second)
        for first, second, price in said("price_different_days", rules):
            self._price_different_days(first, second, price)
        for task, resource, start, displacers in said("keep_unless", rules):
            self._keep_unless(task, resource, start, displacers)
        for first, second, price in said("price_different_resources", rules):
            self._price_different_resources(first, second, price)
        for first, second, alike in said("forbid_different_resources", rules):
            self._forbid_different_resources(first, second, alike)
        for first, second, within, price in said("price_different_hours", rules):
            self._price_different_hours(first, second, within, price)
        for args in said("most_days_apart", rules):
            self._most_days_apart(*args)
        for tasks, spans, needs in said("capacity", rules):
            self._capacity(tasks, spans, needs)
        for tasks, spans, rate, needs in said("price_crowd", rules):
            for low, high, count in spans:
                in_span = (self.places.start >= low) & (self.places.start < high)
                rows = np.flatnonzero(in_span & np.isin(self.places.task, list(tasks)))
                self._price_sum(rows, self._needs(rows, needs), count, rate)
        for resource, limit, rate in said("price_load", rules):
            rows = np.flatnonzero(self.places.resource == resource)
            self._price_sum(rows, (self.places.end - self.places.start)[rows], limit, rate)
        for since, limit, rate in said("price_total_wait", rules):
            rows = np.flatnonzero(np.isin(self.places.task, list(since)))
            waits = self.places.start[rows] - np.array(
                [since[int(task)] for task in self.places.task[rows]], dtype=np.int64
            )
            self._price_sum(rows, waits, limit, rate)

    def _is_history(self, *tasks: int) -> bool:
        return all(bool(self.places.is_frozen[task]) for task in tasks)

    def _is_settled(self, *tasks: int) -> bool:
        return not any(bool(self.places.is_free[task]) for task in tasks)

    # --- two tasks
    def _apart(self, first: int, second: int, forth: int, back: int, travel: NDArray[np.int64] | None) -> None:
        if self._is_history(first, second):
            return
        if self._is_settled(first, second):
            self._check_apart(first, second, forth, back, travel)
            return
        for group in self._resource_groups(first, travel):
            for other in self._resource_groups(second, travel):
                there = 0 if travel is None else int(travel[group[0], other[0]])
                again = 0 if travel is None else int(travel[other[0], group[0]])
                self._apart_on(first, group, forth + there, second, other, back + again)

    def _check_apart(self, first: int, second: int, forth: int, back: int, travel: NDArray[np.int64] | None) -> None:
        a, b = int(self.places.first[first]), int(self.places.first[second])
        if a == self.places.first[first + 1] or b == self.places.first[second + 1]:
            return  # one of them is left out
        one, two = int(self.places.resource[a]), int(self.places.resource[b])
        forth += 0 if travel is None else int(travel[one, two])
        back += 0 if travel is None else int(travel[two, one])
        start, end = self.places.start, self.places.end
        if not (start[b] >= end[a] + forth or start[a] >= end[b] + back):
            self.program.is_impossible = True

    def _resource_groups(self, task: int, travel: NDArray[np.int64] | None) -> list[tuple[int, ...]]:
        """The task's resources, those together that are equally far from everywhere."""
        resources = np.unique(self.places.resource[self.places.of(task)])
        alike: dict[bytes, list[int]] = {}
        for resource in resources:
            key = b"" if travel is None else travel[resource].tobytes() + travel[:, resource].tobytes()
            alike.setdefault(key, []).append(int(resource))
        return [tuple(group) for group in alike.values()]

    def _rows_on(self, task: int, group: Sequence[int]) -> Ints:
        part = self.places.of(task)
        rows: Ints = part.start + np.flatnonzero(np.isin(self.places.resource[part], group))
        return rows

    def _apart_on(
        self, first: int, group: tuple[int, ...], forth: int, second: int, other: tuple[int, ...], back: int
    ) -> None:
        """Lengthened by what must follow it, neither task covers a moment that the other covers."""
        mine, theirs = self._rows_on(first, group), self._rows_on(second, other)
        if self._is_settled(first) or self._is_settled(second):
            self._apart_from_settled(mine, forth, theirs, back)
            return
        reach = self._reach(mine, forth), self._reach(theirs, back)
        moments = np.union1d(self.places.start[mine], self.places.start[theirs])
        for moment in moments:
            columns, signs = self._covering(first, group, reach[0], int(moment))
            more, more_signs = self._covering(second, other, reach[1], int(moment))
            if columns and more:
                self.program.row(columns + more, signs + more_signs, high=1)

    def _reach(self, rows: Ints, extra: int) -> int:
        return int(self.places.end[rows[0]] - self.places.start[rows[0]]) + extra

    def _apart_from_settled(self, mine: Ints, forth: int, theirs: Ints, back: int) -> None:
        start, end = self.places.start, self.places.end
        clash = (start[theirs] < end[mine, None] + forth) & (start[mine, None] < end[theirs] + back)
        loose = (
            mine[clash.any(axis=1)]
            if len(theirs) == 1 and self.places.settled[theirs[0]]
            else theirs[clash.any(axis=0)]
        )
        self.program.forbid(int(row) for row in loose)

    def _covering(self, task: int, group: tuple[int, ...], reach: int, moment: int) -> tuple[list[int], list[int]]:
        """Columns that count 1 exactly where the task started at ``moment`` or less than ``reach`` before."""
        starts, columns = self._started(task, group)
        now = int(np.searchsorted(starts, moment, side="right")) - 1
        gone = int(np.searchsorted(starts, moment - reach, side="right")) - 1
        if now == gone:
            return [], []
        return ([columns[now]], [1]) if gone < 0 else ([columns[now], columns[gone]], [1, -1])

    def _started(self, task: int, group: tuple[int, ...]) -> tuple[Ints, list[int]]:
        """The task's starts on those resources, and for each a column that is 1 where it has started by then."""
        if (task, group) not in self._so_far:
            rows = self._rows_on(task, group)
            starts = np.unique(self.places.start[rows])
            columns = list(self.program.columns([0] * len(starts)))
            for at, start in enumerate(starts):
                now = [int(row) for row in rows[self.places.start[rows] == start]]
                earlier = [columns[at - 1]] if at else []
                self.program.row([columns[at], *earlier, *now], [1] + [-1] * (len(earlier) + len(now)), low=0, high=0)
            self._so_far[task, group] = starts, columns
        return self._so_far[task, group]

    def _on_day(self, task: int) -> dict[int, list[int]]:
        part = self.places.of(task)
        days: dict[int, list[int]] = {}
        for offset, day in enumerate(self.places.day[part]):
            days.setdefault(int(day), []).append(part.start + offset)
        return days

    def _forbid_same_day(self, first: int, second: int) -> None:
        if self._is_history(first, second):
            return
        mine, theirs = self._on_day(first), self._on_day(second)
        for day in sorted(mine.keys() & theirs.keys()):
            self.program.row(mine[day] + theirs[day], 1, high=1)

    def _price_different_days(self, first: int, second: int, price: int) -> None:
        """Both placed and not on one day: the price. ``together`` columns say on which day both are."""
        if not price:
            return
        mine, theirs = self._on_day(first), self._on_day(second)
        together = []
        for day in sorted(mine.keys() & theirs.keys()):
            both = self.program.column()
            together.append(both)
            for columns in (mine[day], theirs[day]):
                self.program.row([*columns, both], [1] * len(columns) + [-1], low=0)
        apart = self.program.column(price)
        absent = [self.left_out[first], self.left_out[second]]
        self.program.row([apart, *together, *absent], 1, low=1)

    def _by(self, task: int, values: Ints) -> dict[int, list[int]]:
        """The task's columns by their value."""
        part = self.places.of(task)
        found: dict[int, list[int]] = {}
        for offset, value in enumerate(values[part]):
            found.setdefault(int(value), []).append(part.start + offset)
        return found

    def _price_unlike(
        self, mine: dict[int, list[int]], theirs: dict[int, list[int]], is_alike: Callable[[int, int], bool], price: int
    ) -> None:
        """Both placed and their values not alike: the price."""
        if not price:
            return
        unlike = self.program.column(price)
        for value, columns in mine.items():
            others = [column for other, part in theirs.items() if not is_alike(value, other) for column in part]
            if others:
                self.program.row([unlike, *columns, *others], [1] + [-1] * (len(columns) + len(others)), low=-1)

    def _forbid_unlike(
        self,
        mine: dict[int, list[int]],
        theirs: dict[int, list[int]],
        is_alike: Callable[[int, int], bool],
        excused: Collection[int] = (),
    ) -> None:
        """Never both placed with values not alike, unless one of ``excused`` (tasks) is placed."""
        absent = [self.left_out[task] for task in excused]
        for value, columns in mine.items():
            others = [column for other, part in theirs.items() if not is_alike(value, other) for column in part]
            if others:
                self.program.row([*columns, *others, *absent], 1, high=1 + len(absent))

    def _price_different_resources(self, first: int, second: int, price: int) -> None:
        where = self.places.resource
        self._price_unlike(self._by(first, where), self._by(second, where), lambda a, b: a == b, price)

    def _forbid_different_resources(self, first: int, second: int, alike: NDArray[np.bool_] | None) -> None:
        if self._is_history(first, second):
            return
        where = self.places.resource
        self._forbid_unlike(
            self._by(first, where),
            self._by(second, where),
            lambda a, b: a == b or (alike is not None and bool(alike[a, b])),
        )

    def _price_different_hours(self, first: int, second: int, within: int, price: int) -> None:
        clock = self.statements.problem.clock
        hours = self.places.start - np.array(clock.day_starts, dtype=np.int64)[self.places.day]
        mine, theirs = self._by(first, hours), self._by(second, hours)
        self._price_unlike(mine, theirs, lambda a, b: abs(a - b) <= within, price)

    def _most_days_apart(self, first: int, second: int, days: int, between: Collection[int]) -> None:
        if self._is_history(first, second):
            return
        mine, theirs = self._by(first, self.places.day), self._by(second, self.places.day)
        self._forbid_unlike(mine, theirs, lambda a, b: abs(a - b) <= days, between)

    def _keep_unless(self, task: int, resource: int, start: int, displacers: Collection[int]) -> None:
        if self._is_history(task):
            return
        places = self.places
        end = start + self.statements.problem.durations[task]
        own = places.of(task)
        at_home = (places.resource == resource) & (places.start == start)
        home = [own.start + int(offset) for offset in np.flatnonzero(at_home[own])]
        taken = np.flatnonzero((places.resource == resource) & (places.start < end) & (places.end > start))
        others = [int(row) for row in taken if int(places.task[row]) in displacers]
        self.program.row(sorted({*home, *others, self.left_out[task]}), 1, low=1)

    # --- many tasks
    def _needs(self, rows: Ints, needs: Mapping[int, int] | None) -> Ints:
        """What the task of each row needs."""
        if needs is None:
            return np.ones(len(rows), dtype=np.int64)
        return np.array([needs[int(task)] for task in self.places.task[rows]], dtype=np.int64)

    def _capacity(
        self, tasks: Collection[int], spans: Sequence[tuple[int, int, int]], needs: Mapping[int, int] | None
    ) -> None:
        places = self.places
        rows = np.flatnonzero(np.isin(places.task, list(tasks)))
        if len(rows) == 0:
            return
        starts, ends, need = places.start[rows], places.end[rows], self._needs(rows, needs)
        edges = {edge for low, high, _ in spans for edge in (low, high)}
        moments = np.union1d(starts, np.array(sorted(edges), dtype=np.int64))
        free, frozen = places.is_free[places.task[rows]], places.is_frozen[places.task[rows]]
        for moment in moments:
            there = (starts <= moment) & (moment < ends)
            if there.any():
                count = sum(number for low, high, number in spans if low <= moment < high)
                is_free = there & free
                self._limit(
                    rows[is_free], need[is_free], int(need[there & ~free].sum()), int(need[there & frozen].sum()), count
                )

    def _limit(self, free: Ints, need: Ints, num_settled: int, num_frozen: int, count: int) -> None:
        """At most ``count`` at once; history may exceed it alone, but then nobody else may be there."""
        if num_settled > max(count, num_frozen):
            self.program.is_impossible = True
        if num_settled > count and num_settled == num_frozen:
            self.program.forbid(int(column) for column in free)
        elif _most(self.places.task[free], need) + num_settled > count:
            self.program.row([int(column) for column in free], need.tolist(), high=max(count - num_settled, 0))

    def _price_sum(self, rows: Ints, amounts: Ints, limit: int, rate: int) -> None:
        """What the chosen rows add up to beyond the limit costs the rate."""
        if not rate or len(rows) == 0:
            if rate and limit < 0:
                self.program.column(rate * -limit, low=1)
            return
        settled = self.places.settled[rows]
        sure = int(amounts[settled].sum())
        most = sure + _most(self.places.task[rows[~settled]], amounts[~settled])
        if most <= limit:
            return
        beyond = self.program.column(
            rate, low=max(0, sure - limit) if settled.all() else 0, high=min(most - limit, FREE)
        )
        columns = [int(row) for row in rows[~settled]]
        self.program.row([beyond, *columns], [1, *(-int(a) for a in amounts[~settled])], low=sure - limit)


def _most(tasks: Ints, amounts: Ints) -> int:
    """The largest sum with at most one amount a task."""
    best = np.zeros(int(tasks.max(initial=-1)) + 1, dtype=np.int64)
    np.maximum.at(best, tasks, amounts)
    return int(best.sum())
