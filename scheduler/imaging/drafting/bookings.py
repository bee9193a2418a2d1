"""What the plan in force means for a new one: history, locks, the notice period, who may displace whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hospital.plans import AppointmentStatus, Booking
from hospital.requests import RequestClass
from scheduler.imaging.drafting.draft import Draft
from scheduler.imaging.problem import Case, GapRule
from scheduler.kernel.plan import Place

SOON_MIN = 3 * 1440
"""A move that comes within three days is dearer."""


@dataclass(slots=True)
class Standing:
    """The reference plan sorted by what may be done to it; see ImagingProblem."""

    reference: dict[int, Place] = field(default_factory=dict)
    frozen: dict[int, Place] = field(default_factory=dict)
    locked: dict[int, Place] = field(default_factory=dict)
    noticed: set[int] = field(default_factory=set)
    displacers: set[int] = field(default_factory=set)
    short_notice: set[int] = field(default_factory=set)


def notice_min(draft: Draft) -> int:
    """The notice period in minutes."""
    return round(draft.site.settings.notice_h * 60)


def standing(draft: Draft, cases: Sequence[Case], resources: Sequence[str]) -> Standing:
    """The reference of each case and what it allows. A place on a scanner that is gone, or off the grid, is no reference."""
    found, index = Standing(), {scanner: number for number, scanner in enumerate(resources)}
    notice = draft.now_min + notice_min(draft)
    for task, case in enumerate(cases):
        wish, booking = draft.wishes.get(case.id), draft.bookings.get(case.id)
        if wish is not None and wish.place is not None:
            found.locked[task] = Place(index[wish.place[0]], wish.place[1])
        place = _place(draft, booking, index) if booking is not None else None
        if booking is None or place is None:
            if case.rclass is RequestClass.EMERGENCY:
                found.displacers.add(task)
            continue
        found.reference[task] = place
        if wish is not None and wish.is_urgent:
            found.displacers.add(task)
        if is_history(draft, booking, place.start):
            found.frozen[task] = place
            found.locked.pop(task, None)
            continue
        if booking.is_locked:
            found.locked[task] = place
        if place.start < draft.now_min + max(SOON_MIN, notice_min(draft)):
            found.short_notice.add(task)
        is_kept = booking.status is not AppointmentStatus.LATE and not (wish is not None and wish.is_moved)
        if place.start < notice and is_kept:
            found.noticed.add(task)
    return found


def is_history(draft: Draft, booking: Booking, start: int) -> bool:
    """True where the planner may not touch the appointment: arrived, started, done, or begun before now by the plan (unless the
    patient is known to be late)."""
    if booking.status.is_frozen:
        return True
    return booking.status is AppointmentStatus.PLANNED and start < draft.now_min


def booked_minutes(draft: Draft, cases: Sequence[Case]) -> list[Case]:
    """History takes the time it was booked for, whatever the catalogue says now; a late patient comes later."""
    return [_as_booked(draft, case, draft.bookings[case.id]) if case.id in draft.bookings else case for case in cases]


def _as_booked(draft: Draft, case: Case, booking: Booking) -> Case:
    clock, appointment = draft.clock, booking.appointment
    start = clock.minute(appointment.start)
    if is_history(draft, booking, start):
        minutes = clock.round_up(max(clock.minute(appointment.end) - start, 1))
        return case if minutes == case.minutes else replace(case, minutes=minutes)
    if booking.status is AppointmentStatus.LATE:
        return replace(case, earliest=max(case.earliest, start + booking.late_min, draft.now_min))
    return case


def out_of_horizon(draft: Draft) -> dict[str, Booking]:
    """Takes the bookings that lie before or after the horizon out of the draft, with their requests, and returns them."""
    clock = draft.clock
    outside = {
        request: booking
        for request, booking in draft.bookings.items()
        if not (booking.appointment.start >= clock.origin and clock.minute(booking.appointment.end) <= clock.end)
    }
    for request in outside:
        del draft.bookings[request]
    return outside


def with_gaps_outside(
    draft: Draft, cases: Sequence[Case], gaps: Sequence[GapRule], outside: Sequence[tuple[Case, Booking]]
) -> list[Case]:
    """The cases, kept from the patient's appointments outside the horizon by the gap rules."""
    by_patient: dict[str, list[tuple[Case, Booking]]] = {}
    for case, booking in outside:
        by_patient.setdefault(case.patient, []).append((case, booking))
    return [
        _spaced(draft, case, gaps, by_patient[case.patient]) if case.patient in by_patient else case for case in cases
    ]


def _spaced(draft: Draft, case: Case, gaps: Sequence[GapRule], others: Sequence[tuple[Case, Booking]]) -> Case:
    for other, booking in others:
        start, end = draft.clock.minute(booking.appointment.start), draft.clock.minute(booking.appointment.end)
        if start < draft.clock.end:
            wait = _gap(gaps, other, case)
            case = replace(case, earliest=max(case.earliest, end + wait)) if wait else case
        elif wait := _gap(gaps, case, other):
            latest = start - wait - case.minutes
            case = replace(case, latest=latest if case.latest is None else min(case.latest, latest))
    return case


def _gap(gaps: Sequence[GapRule], first: Case, then: Case) -> int:
    """The longest gap that a rule asks between the two, 0 without one."""
    return max((rule.minutes for rule in gaps if _is(rule.first, first) and _is(rule.then, then)), default=0)


def _is(tag: str, case: Case) -> bool:
    return tag == "*" or tag in case.tags


def _place(draft: Draft, booking: Booking, index: dict[str, int]) -> Place | None:
    appointment = booking.appointment
    start = draft.clock.minute(appointment.start)
    if appointment.resource not in index or start % draft.clock.grid_min:
        return None
    return Place(index[appointment.resource], start)
