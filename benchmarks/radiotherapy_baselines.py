"""The simple rules the radiotherapy year is measured against: consecutive days, in order of arrival."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from benchmarks.radiotherapy_data import LINACS, CourseRow, Year
from benchmarks.radiotherapy_play import is_working

TARGET_DAYS = (0, 2, 7, 14)
NUM_DAYS = 760
PlanRow = tuple[str, int, str, date]


@dataclass
class _Table:
    """Working days, minutes used by linac and working day, and the last day of each course placed."""

    year: Year

    def __post_init__(self) -> None:
        days = [self.year.first_day + timedelta(days=at) for at in range(NUM_DAYS)]
        self.days = [day for day in days if is_working(day)]
        self.position = {day: at for at, day in enumerate(self.days)}
        self.used: NDArray[np.int64] = np.zeros((len(LINACS), len(self.days)), dtype=np.int64)
        self.last: dict[str, int] = {}
        self.rows: list[PlanRow] = []
        for row in self.year.booked:
            if row.day in self.position:
                self.used[row.linac, self.position[row.day]] += row.minutes

    def earliest(self, row: CourseRow) -> int:
        """Position of the earliest possible first day."""
        day = row.requested + timedelta(days=max(1, row.protocol.preparation_days))
        while day not in self.position:
            day += timedelta(days=1)
        return max(self.position[day], self.last.get(row.follows, -1) + 1)

    def fitting(self, row: CourseRow, start: int, room: int) -> list[int]:
        """Linacs that hold the course on consecutive days from this one on, preferred ones first."""
        minutes = np.array(row.minutes)
        order = sorted(
            (m for m, fit in enumerate(row.protocol.fit) if fit >= 0), key=lambda m: (-row.protocol.fit[m], m)
        )
        return [m for m in order if (self.used[m, start : start + len(minutes)] + minutes <= room).all()]

    def put(self, row: CourseRow, linac: int, start: int) -> None:
        """Enter the course."""
        num = len(row.minutes)
        self.used[linac, start : start + num] += np.array(row.minutes)
        self.last[row.id] = start + num - 1
        self.rows += [(row.id, at + 1, LINACS[linac], self.days[start + at]) for at in range(num)]


def book_on_request(year: Year, minutes: int) -> Sequence[PlanRow]:
    """The earliest first day on which some allowed linac holds the course; preferred linacs first, then by number."""
    table = _Table(year)
    for row in year.courses:
        start = next(at for at in _from(table.earliest(row)) if table.fitting(row, at, minutes))
        table.put(row, table.fitting(row, start, minutes)[0], start)
    return table.rows


def static_reserve(year: Year, minutes: int, reserve: tuple[int, int]) -> Sequence[PlanRow]:
    """As before, but priority 2 and 3 see shorter days until past their target; of the preferred linacs that fit the least used one."""
    table = _Table(year)
    for row in year.courses:
        early, priority = table.earliest(row), row.protocol.priority
        for start in _from(early):
            is_past = (table.days[start] - table.days[early]).days > TARGET_DAYS[priority]
            kept = 0 if is_past else (0, 0, *reserve)[priority]
            fitting = table.fitting(row, start, minutes - kept)
            if fitting:
                span = slice(start, start + len(row.minutes))
                table.put(row, min(fitting, key=lambda m: (-row.protocol.fit[m], table.used[m, span].sum(), m)), start)
                break
    return table.rows


def reserve_by_linac(year: Year, minutes: int, share: tuple[float, float], penalty: float = 2.0) -> Sequence[PlanRow]:
    """A reserve in proportion to the urgent minutes a day each linac can expect from the requests so far, with a penalty for
    choosing linacs that urgent patients need."""
    table = _Table(year)
    urgent, num_days, today = np.zeros(len(LINACS)), 0, None
    new, expect = np.zeros(len(LINACS)), np.zeros(len(LINACS))
    for row in year.courses:
        if row.requested != today:
            num_days, today = num_days + (today is not None), row.requested
            urgent, new = urgent + new, np.zeros(len(LINACS))
            expect = urgent / max(1, num_days)
        priority, liked = row.protocol.priority, np.array(row.protocol.fit) == 1
        early = table.earliest(row)
        for start in _from(early):
            is_past = (table.days[start] - table.days[early]).days > TARGET_DAYS[priority]
            part = 0.0 if is_past else (0.0, 0.0, *share)[priority]
            fitting = [
                m
                for m in table.fitting(row, start, minutes)
                if _holds(table, row, m, start, minutes - part * expect[m])
            ]
            if fitting:
                span, weight = slice(start, start + len(row.minutes)), penalty if priority > 1 else 0.0
                table.put(
                    row,
                    min(
                        fitting,
                        key=lambda m: (-row.protocol.fit[m], table.used[m, span].mean() + weight * expect[m], m),
                    ),
                    start,
                )
                break
        if priority == 1 and liked.any():
            new[liked] += sum(row.minutes) / liked.sum()
    return table.rows


def _holds(table: _Table, row: CourseRow, linac: int, start: int, room: float) -> bool:
    used = table.used[linac, start : start + len(row.minutes)]
    return bool((used + np.array(row.minutes) <= int(room)).all())


def _from(start: int) -> Iterator[int]:
    return iter(range(start, start + 300))
