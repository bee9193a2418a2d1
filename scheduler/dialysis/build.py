"""From a dialysis unit's data to the dated problem, and between plans and appointments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from hospital.clock import Clock, Span, merge
from hospital.dialysis import DialysisPatient, DialysisSite, StationClosure
from hospital.errors import BadInput, UnknownId
from hospital.plans import Appointment, Booking
from hospital.requests import Mobility
from scheduler.dialysis.patterns import settled
from scheduler.dialysis.presets import preset as weights_of
from scheduler.dialysis.problem import DialysisProblem, Nurses, Patient, Release, Session, Shift, Station
from scheduler.kernel.plan import Place, Plan


def build(
    site: DialysisSite,
    *,
    now: datetime | None = None,
    num_days: int | None = None,
    closures: Sequence[StationClosure] = (),
    reference: Sequence[Appointment] | None = None,
    preset: str | None = None,
) -> DialysisProblem:
    """The dated roster of a unit: its weekly pattern (found for whom it is missing) laid over the days of the horizon, less absences,
    with one-off sessions. With ``num_days`` 7 it is the weekly pattern itself.

    ``closures`` come on top of the site's. ``reference`` is the plan in force (default: the site's bookings). Raises BadInput without a
    first day, UnknownId for a booking that fits no session.
    """
    settings = site.settings
    clock, now = _clock(site, now, num_days)
    now_min = max(clock.minute(now), 0) if now is not None else 0
    patients = settled(site)
    shifts = tuple(_shifts(site, clock))
    problem = DialysisProblem(
        clock=clock,
        weights=weights_of(preset or settings.preset, settings.weights),
        stations=tuple(_stations(site, clock, (*site.closures, *closures))),
        shifts=shifts,
        patients=tuple(_patient(patient) for patient in patients),
        sessions=tuple(_sessions(site, patients, clock, shifts)),
        nurses=tuple(_nurses(site, clock, shifts)),
        ratio=settings.ratio,
        care_ratio=settings.care_ratio,
        skills=dict(settings.skills),
        turnover=settings.turnover_min,
        disinfection=dict(settings.disinfection_min),
        now=now_min,
    )
    bookings = site.bookings if reference is None else tuple(Booking(appointment=entry) for entry in reference)
    return _in_force(problem, bookings, settings.soon_h * 60) if bookings else problem


def plan_of(problem: DialysisProblem, appointments: Iterable[Appointment]) -> Plan:
    """The appointments as a plan. Raises UnknownId for a session or station that is not in the problem."""
    places: list[Place | None] = [None] * len(problem.sessions)
    for entry in appointments:
        task = problem.task_of.get(session_id(entry.request, entry.session))
        if task is None:
            raise UnknownId("unknown_request", id=session_id(entry.request, entry.session))
        resource = problem.resource_of.get(entry.resource)
        if resource is None:
            raise UnknownId("unknown_scanner", id=entry.resource, expected=", ".join(problem.resource_ids))
        if places[task] is not None:
            raise BadInput("request_twice", id=problem.task_ids[task])
        places[task] = Place(resource, problem.clock.minute(entry.start))
    return Plan(tuple(places))


def appointments_of(problem: DialysisProblem, plan: Plan) -> tuple[Appointment, ...]:
    """The plan's appointments in the order of the problem's sessions, in the site's own time."""
    moment = problem.clock.moment
    return tuple(
        Appointment(
            request=session.patient,
            session=session.number,
            resource=problem.resource_ids[place.resource],
            start=moment(place.start),
            end=moment(place.start + session.minutes),
        )
        for session, place in zip(problem.sessions, plan.places, strict=True)
        if place is not None
    )


def session_id(patient: str, number: int) -> str:
    """How a session of a patient is named."""
    return f"{patient}-{number:02}"


def _clock(site: DialysisSite, now: datetime | None, num_days: int | None) -> tuple[Clock, datetime | None]:
    settings = site.settings
    now = now or settings.now
    if not settings.first_day:
        raise BadInput("no_now")
    first = date.fromisoformat(settings.first_day)
    return Clock(settings.timezone, first, num_days or settings.num_days, settings.grid_min), now


def _shifts(site: DialysisSite, clock: Clock) -> Iterator[Shift]:
    """The shifts of each day in order: those of its date where there are any, else of its weekday, on holidays only the named ones."""
    holidays = {holiday.day: holiday.shifts for holiday in site.holidays}
    for day in range(clock.num_days):
        when = clock.first_day + timedelta(days=day)
        rows = [hours for hours in site.shifts if hours.day == when]
        if not rows:
            rows = [hours for hours in site.shifts if hours.day is None and hours.weekday == when.weekday()]
        for hours in sorted(rows, key=lambda row: row.from_min):
            if hours.name in holidays.get(when, (hours.name,)):
                start, end = clock.minute_on(day, hours.from_min), clock.minute_on(day, hours.to_min)
                yield Shift(name=hours.name, day=day, start=start, end=end, every=hours.every_min)


def _stations(site: DialysisSite, clock: Clock, closures: Sequence[StationClosure]) -> Iterator[Station]:
    for station in site.stations:
        closed = [
            _span(clock, entry.start, entry.end) for entry in closures if entry.resource in (station.id, station.loop)
        ]
        releases = tuple(
            Release(entry.zone, *_span(clock, entry.start, entry.end), entry.by)
            for entry in site.releases
            if entry.station == station.id
        )
        yield Station(
            id=station.id,
            zone=station.zone,
            is_hdf=station.is_hdf,
            has_bed=station.has_bed,
            closed=merge(closed),
            releases=tuple(release for release in releases if release.start < release.end),
        )


def _span(clock: Clock, start: datetime, end: datetime) -> Span:
    return max(clock.minute(start), 0), min(clock.minute(end), clock.end)


def _nurses(site: DialysisSite, clock: Clock, shifts: Sequence[Shift]) -> Iterator[Nurses]:
    """Nurses of every shift that takes place; on a date without a roster of its own, its weekday's."""
    for shift in shifts:
        weekday = (clock.first_day + timedelta(days=shift.day)).weekday()
        for duty in site.nurses:
            if duty.weekday == weekday and duty.shift == shift.name:
                yield Nurses(
                    skill=duty.skill, start=shift.start, end=shift.end, on_duty=duty.on_duty, on_call=duty.on_call
                )


def _patient(patient: DialysisPatient) -> Patient:
    return Patient(
        id=patient.id,
        zone=patient.zone,
        is_hdf=patient.is_hdf,
        needs_bed=patient.mobility is Mobility.BED,
        needs_care=patient.is_unstable or patient.is_new,
        group=patient.group,
        most_days=3 if patient.per_week >= 3 else 4 if patient.per_week == 2 else 7,
        wishes=patient.wished_shifts,
        weight=patient.weight,
    )


def _sessions(
    site: DialysisSite, patients: Sequence[DialysisPatient], clock: Clock, shifts: Sequence[Shift]
) -> Iterator[Session]:
    open_days = {shift.day for shift in shifts}
    for patient in patients:
        number, was_away = 0, False
        for due, last, minutes in _dues(site, patient, clock):
            if _is_away(site, patient, clock.first_day + timedelta(days=due)):
                was_away = True
                continue
            number += 1
            off = site.settings.days_off_pattern
            near = range(due, last + 1) if last > due else range(due - off, due + off + 1)
            yield Session(
                id=session_id(patient.id, number),
                patient=patient.id,
                number=number,
                due=due,
                days=tuple(day for day in near if day in open_days) or (due,),
                minutes=clock.round_up(minutes),
                prescribed=minutes,
                station=patient.station,
                shift=patient.shift,
                after_break=was_away and number > 1,
            )
            was_away = False


def _dues(site: DialysisSite, patient: DialysisPatient, clock: Clock) -> list[tuple[int, int, int]]:
    """Day, last day and minutes of each of the patient's sessions, one-off ones among them, in order."""
    monday = clock.first_day.weekday()
    usual = [(day, day, patient.session_min) for day in range(clock.num_days) if (day + monday) % 7 in patient.pattern]
    extra = [
        ((entry.day - clock.first_day).days, (entry.last_day - clock.first_day).days, entry.session_min)
        for entry in site.one_offs
        if entry.patient == patient.id
    ]
    return sorted([*usual, *(row for row in extra if 0 <= row[0] <= row[1] < clock.num_days)])


def _is_away(site: DialysisSite, patient: DialysisPatient, day: date) -> bool:
    return any(entry.patient == patient.id and entry.first_day <= day <= entry.last_day for entry in site.absences)


def _in_force(problem: DialysisProblem, bookings: Sequence[Booking], soon: int) -> DialysisProblem:
    """The problem with the plan in force: what has begun is history."""
    plan = plan_of(problem, [booking.appointment for booking in bookings])
    reference = {task: place for task, place in enumerate(plan.places) if place is not None}
    locked = {
        problem.task_of[session_id(booking.appointment.request, booking.appointment.session)]
        for booking in bookings
        if booking.is_locked
    }
    return replace(
        problem,
        reference=reference,
        frozen={task: place for task, place in reference.items() if place.start < problem.now},
        locked={task: reference[task] for task in sorted(locked)},
        soon=frozenset(task for task, place in reference.items() if place.start < problem.now + soon),
    )
