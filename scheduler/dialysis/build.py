"""From a dialysis unit's data to the dated problem, and between plans and appointments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hospital.changes import Change
from hospital.clock import Clock
from hospital.dialysis import DialysisPatient, DialysisSite
from hospital.errors import BadInput, UnknownId
from hospital.plans import Appointment, AppointmentStatus, Booking
from hospital.requests import Mobility
from scheduler.dialysis.drafting import hours
from scheduler.dialysis.drafting.changing import apply_changes
from scheduler.dialysis.drafting.changing import resolved as names_of
from scheduler.dialysis.drafting.draft import ALWAYS, Draft, Since, session_id
from scheduler.dialysis.drafting.past import without_past
from scheduler.dialysis.drafting.sessions import sessions
from scheduler.dialysis.patterns import settled
from scheduler.dialysis.presets import preset as weights_of
from scheduler.dialysis.problem import DialysisProblem, Patient
from scheduler.kernel.plan import Place, Plan


def build(
    site: DialysisSite,
    *,
    now: datetime | None = None,
    num_days: int | None = None,
    changes: Sequence[Change] = (),
    said_at: Sequence[datetime] = (),
    reference: Sequence[Appointment] | None = None,
    preset: str | None = None,
) -> DialysisProblem:
    """The dated roster of a unit: its weekly pattern (found for whom it is missing) laid over the days of the horizon, less absences,
    with one-off sessions and after ``changes``. With ``num_days`` 7 it is the weekly pattern itself.

    ``reference`` is the plan in force (default: the site's bookings); what of it fits no session of the horizon is no part of the problem.
    ``said_at`` is when each change was made (default: now). Raises BadInput without a first day and a now, UnknownId for ids that stand for
    nothing, WrongState for a change dialysis cannot honour.
    """
    drawn = _draft(site, now=now, num_days=num_days, reference=reference)
    apply_changes(drawn, changes, said_at=said_at)
    return _problem(drawn, preset or site.settings.preset)


def resolved(
    site: DialysisSite, changes: Sequence[Change], *, now: datetime | None = None, before: Sequence[Change] = ()
) -> tuple[Change, ...]:
    """The changes as they are to be kept: what they narrow by the plan in force (after the changes ``before``) turned into session ids."""
    drawn = _draft(site, now=now, num_days=None, reference=None)
    apply_changes(drawn, before)
    return names_of(drawn, changes)


def _draft(
    site: DialysisSite, *, now: datetime | None, num_days: int | None, reference: Sequence[Appointment] | None
) -> Draft:
    now = now or site.settings.now
    clock = _clock(site, now, num_days)
    marks = {session_of(booking.appointment): booking for booking in site.bookings}
    if reference is None:
        bookings = marks
    else:
        bookings = {
            session_of(entry): replace(marks[session_of(entry)], appointment=entry)
            if session_of(entry) in marks
            else Booking(appointment=entry)
            for entry in reference
        }
    return Draft(
        site=site,
        clock=clock,
        now=now,
        lives={patient.id: [Since(ALWAYS, patient)] for patient in site.patients},
        bookings=bookings,
        absences=list(site.absences),
        one_offs=list(site.one_offs),
        missed={name for name, booking in bookings.items() if booking.status is AppointmentStatus.NO_SHOW},
        said=now,
    )


def _problem(draft: Draft, preset: str) -> DialysisProblem:
    settings, clock = draft.site.settings, draft.clock
    _settle(draft)
    shifts, stations = tuple(hours.shifts(draft)), tuple(hours.stations(draft))
    problem = DialysisProblem(
        clock=clock,
        weights=weights_of(preset, settings.weights),
        stations=stations,
        shifts=shifts,
        patients=tuple(_patient(draft.now_of(name)) for name in draft.lives),
        sessions=tuple(sessions(draft, shifts, stations)),
        nurses=tuple(hours.nurses(draft, shifts)),
        ratio=settings.ratio,
        care_ratio=settings.care_ratio,
        skills=dict(settings.skills),
        turnover=settings.turnover_min,
        disinfection=dict(settings.disinfection_min),
        now=max(clock.minute(draft.now), 0) if draft.now is not None else 0,
    )
    return without_past(_in_force(problem, draft))


def _settle(draft: Draft) -> None:
    """Weekdays, shift and station for whoever has none yet; nobody else's are changed."""
    last = replace(draft.site, patients=tuple(draft.now_of(name) for name in draft.lives))
    for patient in settled(last):
        draft.lives[patient.id][-1] = Since(draft.lives[patient.id][-1].day, patient)


def plan_of(problem: DialysisProblem, appointments: Iterable[Appointment]) -> Plan:
    """The appointments as a plan. Raises UnknownId for a session or station that is not in the problem."""
    places: list[Place | None] = [None] * len(problem.sessions)
    for entry in appointments:
        task = problem.task_of.get(session_of(entry))
        if task is None:
            raise UnknownId("unknown_request", id=session_of(entry))
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


def session_of(entry: Appointment) -> str:
    """The session that an appointment is."""
    return session_id(entry.request, entry.session)


def _clock(site: DialysisSite, now: datetime | None, num_days: int | None) -> Clock:
    """The settings' horizon; without a first day from Monday of this week to so many days from today."""
    settings, days = site.settings, num_days or site.settings.num_days
    if settings.first_day:
        return Clock(settings.timezone, date.fromisoformat(settings.first_day), days, settings.grid_min)
    if now is None:
        raise BadInput("no_now")
    today = now.astimezone(ZoneInfo(settings.timezone)).date()
    monday = today - timedelta(days=today.weekday())
    return Clock(settings.timezone, monday, days + today.weekday(), settings.grid_min)


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


def _in_force(problem: DialysisProblem, draft: Draft) -> DialysisProblem:
    """The problem with the plan in force: what has begun is history, a lock holds until the station is closed under it. A session that was
    missed has no place any more."""
    reference: dict[int, Place] = {}
    is_locked: list[int] = []
    frozen: dict[int, Place] = {}
    for name, booking in draft.bookings.items():
        entry = booking.appointment
        task, station = problem.task_of.get(name), problem.resource_of.get(entry.resource)
        place = Place(station, problem.clock.minute(entry.start)) if station is not None else None
        if task is None or place is None or name in draft.missed or not 0 <= place.start < problem.clock.end:
            continue
        reference[task] = place
        if place.start < problem.now or booking.status.is_frozen:
            frozen[task] = place
        if booking.is_locked and not _is_closed(problem, task, place):
            is_locked.append(task)
    soon = problem.now + draft.site.settings.soon_h * 60
    return replace(
        problem,
        reference=dict(sorted(reference.items())),
        frozen=dict(sorted(frozen.items())),
        locked={task: reference[task] for task in sorted(is_locked)},
        soon=frozenset(task for task, place in reference.items() if place.start < soon),
    )


def _is_closed(problem: DialysisProblem, task: int, place: Place) -> bool:
    end = place.start + problem.durations[task]
    return any(low < end and place.start < high for low, high in problem.stations[place.resource].closed)
