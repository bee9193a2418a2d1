"""A scanner department's diary while it is being filled: what is taken, who is needed, where the next patient fits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hospital.clock import Clock, Span, merge, subtract
from hospital.resources import Shift
from hospital.sites import ImagingSite
from simulations.imaging.load import clock_of, open_spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one examination needs of a place, in minutes of the horizon; it lies within one of ``spans``."""

    minutes: int
    family: str
    roles: tuple[str, ...]
    site: str
    spans: tuple[Span, ...]
    preparation: int = 0


class Diary:
    """Appointments written in one after another, never two at once, never without their staff, turnover and changeover.

    Hours reserved for emergencies stay free.
    """

    def __init__(self, site: ImagingSite) -> None:
        self._clock = clock_of(site)
        self._open = open_spans(site)
        self._reserved = _reserved(site, self._clock)
        self._turnover = {scanner.id: scanner.turnover_min for scanner in site.scanners}
        self._changeover = {(row.from_family, row.to_family): row.minutes for row in site.changeovers}
        self._staff = _staff(site, self._clock)
        self._lines: dict[str, list[tuple[int, int, str]]] = {scanner.id: [] for scanner in site.scanners}

    def sessions(self, scanner: str, day: int) -> tuple[Span, ...]:
        """Open spans of a scanner on a day of the horizon."""
        low, high = self._clock.day_starts[day], self._clock.day_starts[day + 1]
        return tuple(span for span in self._open[scanner] if low <= span[0] < high)

    def taken_min(self, scanner: str, day: int) -> int:
        """Minutes written in for a scanner on a day, turnover included."""
        low, high = self._clock.day_starts[day], self._clock.day_starts[day + 1]
        rows = [row for row in self._lines[scanner] if low <= row[0] < high]
        return sum(end - start + self._turnover[scanner] for start, end, _ in rows)

    def first_fit(self, wish: Wish, *, scanner: str, day: int, after: int) -> int | None:
        """The first start on that day, at or after ``after``, at which the wish fits; None where there is none."""
        sessions = self.sessions(scanner, day)
        if not sessions:
            return None
        ready = max(after, sessions[0][0] + wish.preparation)
        for low, high in subtract(sessions, self._reserved[scanner]):
            for start in range(self._clock.round_up(max(low, ready)), high - wish.minutes + 1, self._clock.grid_min):
                if self.is_fit(wish, scanner=scanner, start=start):
                    return start
        return None

    def is_fit(self, wish: Wish, *, scanner: str, start: int) -> bool:
        """True where neighbours, staff and the wish's own spans leave room at that start."""
        end = start + wish.minutes
        return (
            any(low <= start and end <= high for low, high in wish.spans)
            and self._has_room(scanner, start, end, wish.family)
            and all(self._staff[role, wish.site][self._slots(start, end)].min() > 0 for role in wish.roles)
        )

    def write(self, wish: Wish, *, scanner: str, start: int) -> None:
        """Take the place and the staff."""
        end = start + wish.minutes
        line = self._lines[scanner]
        line.insert(bisect_left(line, (start, end, "")), (start, end, wish.family))
        for role in wish.roles:
            self._staff[role, wish.site][self._slots(start, end)] -= 1

    def _has_room(self, scanner: str, start: int, end: int, family: str) -> bool:
        line = self._lines[scanner]
        place = bisect_left(line, (start, end, ""))
        before = line[place - 1] if place else None
        after = line[place] if place < len(line) else None
        if before and start < before[1] + self._between(scanner, before[2], family):
            return False
        return not (after and after[0] < end + self._between(scanner, family, after[2]))

    def _between(self, scanner: str, first: str, then: str) -> int:
        return self._turnover[scanner] + self._changeover.get((first, then), 0)

    def _slots(self, start: int, end: int) -> slice:
        return slice(start // self._clock.grid_min, -(-end // self._clock.grid_min))


def _reserved(site: ImagingSite, clock: Clock) -> Mapping[str, tuple[Span, ...]]:
    spans: dict[str, list[Span]] = {scanner.id: [] for scanner in site.scanners}
    for row in site.reservations:
        for day in range(clock.num_days):
            if clock.date_of(clock.day_starts[day]).weekday() == row.weekday:
                spans[row.scanner].append((clock.minute_on(day, row.from_min), clock.minute_on(day, row.to_min)))
    return {scanner: merge(rows) for scanner, rows in spans.items()}


def _staff(site: ImagingSite, clock: Clock) -> dict[tuple[str, str], NDArray[np.int64]]:
    """People of a role at a site in each slot of the grid."""
    people: dict[tuple[str, str], NDArray[np.int64]] = {}
    for shift in site.shifts:
        row = people.setdefault((shift.role, shift.site), np.zeros(clock.num_slots, dtype=np.int64))
        for day in range(clock.num_days):
            if _is_on(shift, clock, day):
                start, end = (clock.minute_on(day, minute) for minute in (shift.from_min, shift.to_min))
                row[start // clock.grid_min : end // clock.grid_min] += shift.count
    return people


def _is_on(shift: Shift, clock: Clock, day: int) -> bool:
    return clock.date_of(clock.day_starts[day]).weekday() == shift.weekday
