"""When scanners are open and people are there: weekdays and dates become spans of the horizon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from hospital.calendar import on_days
from hospital.clock import Clock, Span, merge, subtract
from hospital.requests import RequestClass
from hospital.resources import Closure, ClosureKind, OpeningWindow, Reservation, Scanner
from hospital.sites import ImagingSite
from scheduler.imaging.drafting.draft import RoomDraft, StaffSpans, minute_up
from scheduler.imaging.problem import Room, Staff


def rooms(site: ImagingSite, clock: Clock, *, now: int) -> dict[str, RoomDraft]:
    """Every scanner with its hours on the horizon, before any change."""
    windows: dict[str, list[OpeningWindow]] = {}
    for window in site.opening:
        windows.setdefault(window.scanner, []).append(window)
    drafts = {scanner.id: _room(scanner, windows.get(scanner.id, []), clock) for scanner in site.scanners}
    for closure in site.closures:
        if closure.scanner in drafts:
            _close(drafts[closure.scanner], closure, clock)
    for reservation in site.reservations:
        if reservation.scanner in drafts:
            drafts[reservation.scanner].reserved.extend(_reserved(reservation, clock, now))
    return drafts


def staff(site: ImagingSite, clock: Clock) -> dict[tuple[str, str], StaffSpans]:
    """Of each role and site, the spans of its shifts on the horizon."""
    found: dict[tuple[str, str], StaffSpans] = {}
    for shift in site.shifts:
        spans = found.setdefault((shift.role, shift.site), [])
        spans.extend((*span, shift.count) for _, span in on_days(shift, clock))
    return found


def frozen_room(draft: RoomDraft, clock: Clock) -> Room:
    """The scanner as the problem knows it."""
    scanner = draft.scanner
    sessions: list[Span] = []
    overtime: list[Span] = []
    for day, opened in enumerate(draft.sessions):
        left = subtract(opened, draft.holidays)
        sessions.extend(left)
        if left and draft.overtime_max[day]:
            last = max(end for _, end in left)
            midnight = clock.day_starts[clock.day_of(last - 1) + 1]
            overtime.extend(subtract([(last, min(last + draft.overtime_max[day], midnight))], draft.holidays))
    return Room(
        id=scanner.id,
        modality=scanner.modality,
        site=scanner.site,
        field_strength_t=scanner.field_strength_t,
        features=scanner.features,
        turnover=scanner.turnover_min,
        sessions=merge(sessions),
        overtime=merge(overtime),
        closed=merge([*draft.closed, *draft.downtime]),
        reserved=tuple(sorted(draft.reserved)),
    )


def frozen_staff(found: dict[tuple[str, str], StaffSpans]) -> tuple[Staff, ...]:
    """The people there, as spans that do not overlap; never fewer than nobody."""
    return tuple(Staff(role=role, site=site, spans=tuple(_levels(spans))) for (role, site), spans in found.items())


def _levels(spans: StaffSpans) -> Iterator[tuple[int, int, int]]:
    steps: dict[int, int] = {}
    for start, end, count in spans:
        steps[start] = steps.get(start, 0) + count
        steps[end] = steps.get(end, 0) - count
    count = 0
    for start, end in pairwise(sorted(steps)):
        count += steps[start]
        if count > 0:
            yield start, end, count


def _room(scanner: Scanner, windows: list[OpeningWindow], clock: Clock) -> RoomDraft:
    dated = {window.day for window in windows if window.day is not None and not window.is_extra}
    sessions: list[list[Span]] = [[] for _ in range(clock.num_days)]
    for window in windows:
        for day, span in on_days(window, clock):
            is_replaced = window.day is None and not window.is_extra and _date(clock, day) in dated
            if not is_replaced:
                sessions[day].append(span)
    return RoomDraft(
        scanner=scanner,
        sessions=[merge(opened) for opened in sessions],
        overtime_max=[scanner.overtime_max_min] * clock.num_days,
    )


def _close(draft: RoomDraft, closure: Closure, clock: Clock) -> None:
    start = max(clock.minute(closure.start), 0)
    end = clock.end if closure.end is None else min(minute_up(clock, closure.end), clock.end)
    if start >= end:
        return
    if closure.kind is ClosureKind.DOWNTIME:
        draft.downtime = merge([*draft.downtime, (start, end)])
    elif closure.kind is ClosureKind.HOLIDAY:
        draft.holidays.append((start, end))
    else:
        draft.closed.append((start, end))


def _reserved(reservation: Reservation, clock: Clock, now: int) -> Iterator[tuple[int, int, RequestClass]]:
    """The reservation's hours that are not released yet."""
    release = round(reservation.release_h * 60)
    for _, (start, end) in on_days(reservation, clock):
        if release == 0 or now < start - release:
            yield start, end, RequestClass(reservation.rclass)


def _date(clock: Clock, day: int) -> date:
    return clock.first_day + timedelta(days=day)
