"""From a site to the radiotherapy problem, and between plans and appointments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby

from hospital.clock import Clock
from hospital.errors import BadInput, UnknownId
from hospital.plans import Appointment
from hospital.radiotherapy import LinacClosure, RadiotherapySite, TreatmentCourse, TreatmentProtocol
from scheduler.kernel.plan import Place, Plan
from scheduler.radiotherapy.booking.arrivals import Arrivals, Ask, pools_of
from scheduler.radiotherapy.presets import preset
from scheduler.radiotherapy.problem import Course, Forecast, Linac, Promise, Protocol, RadiotherapyProblem


def build(
    site: RadiotherapySite,
    *,
    now: datetime | None = None,
    closures: Sequence[LinacClosure] = (),
    holidays: Sequence[date] = (),
    reference: Sequence[Appointment] | None = None,
    preset_name: str | None = None,
) -> RadiotherapyProblem:
    """The problem of a site: courses joined with their protocols, opening hours resolved to days, what is booked promised.

    ``closures`` and ``holidays`` come on top of the site's. ``reference`` is the plan in force (default: the site's bookings); its
    sessions before ``now`` are history. Courses asked for before today teach what is still to be expected. Raises BadInput without
    any ``now``, UnknownId for ids that stand for nothing.
    """
    now = now or site.settings.now
    if now is None:
        raise BadInput("no_now")
    clock = _clock(site, now)
    weights = preset(preset_name or site.settings.preset, site.settings.weights)
    off = {(day - clock.first_day).days for day in (*site.holidays, *holidays)}
    linacs = tuple(_linac(site, clock, linac.id, off, (*site.closures, *closures)) for linac in site.linacs)
    protocols = {each.id: _protocol(each) for each in site.protocols}
    given = {each.id: each for each in site.protocols}
    booked = _booked(site, clock, reference)
    courses: list[Course] = []
    promised: dict[int, Promise] = {}
    places: dict[int, Place] = {}
    task = 0
    for asked in site.courses:
        if asked.protocol not in protocols:
            raise UnknownId("unknown_protocol", id=asked.protocol, expected=", ".join(sorted(protocols)))
        known = booked.get(asked.id, [])
        if asked.is_over:
            continue
        course = _course(asked, given[asked.protocol], protocols[asked.protocol], clock)
        if known:
            numbers = [number for number, _ in known]
            if numbers[-1] > len(course.minutes):
                raise UnknownId("unknown_request", id=f"{asked.id}/{numbers[-1]}")
            in_a_row = tuple(range(numbers[0], numbers[0] + len(numbers)))
            course = replace(
                course,
                minutes=tuple(course.minutes[number - 1] for number in numbers),
                first_session=numbers[0],
                numbers=() if tuple(numbers) == in_a_row else tuple(numbers),
            )
            promise = Promise(
                tuple(place.resource for _, place in known), tuple(clock.day_of(place.start) for _, place in known)
            )
            promised[len(courses)] = promise
            places.update({task + at: place for at, (_, place) in enumerate(known)})
        courses.append(course)
        task += len(course.minutes)
    minute = clock.minute(now)
    return RadiotherapyProblem(
        clock=clock,
        weights=weights,
        linacs=linacs,
        courses=tuple(courses),
        promised=promised,
        frozen={at: place for at, place in places.items() if place.start < minute},
        reference=places,
        now=minute,
        forecast=_forecast(site, clock, protocols, float(weights.half_life_days), linacs, minute),
    )


def plan_of(problem: RadiotherapyProblem, appointments: Iterable[Appointment]) -> Plan:
    """The appointments as a plan. Raises UnknownId for a session or linac that is not in the problem, BadInput for one twice."""
    places: list[Place | None] = [None] * len(problem.task_ids)
    linacs = {linac.id: at for at, linac in enumerate(problem.linacs)}
    for entry in appointments:
        name = f"{entry.request}/{entry.session}"
        task = problem.task_of.get(name)
        if task is None:
            raise UnknownId("unknown_request", id=name)
        if entry.resource not in linacs:
            raise UnknownId("unknown_scanner", id=entry.resource, expected=", ".join(problem.resource_ids))
        if places[task] is not None:
            raise BadInput("request_twice", id=name)
        places[task] = Place(linacs[entry.resource], problem.clock.minute(entry.start))
    return Plan(tuple(places))


def appointments_of(problem: RadiotherapyProblem, plan: Plan) -> tuple[Appointment, ...]:
    """The plan's sessions in the order of the problem's courses, in the site's own time."""
    found = []
    for task, place in enumerate(plan.places):
        if place is not None:
            at = problem.course_of_task[task]
            course = problem.courses[at]
            found.append(
                Appointment(
                    request=course.id,
                    session=course.number(task - problem.first_task[at]),
                    resource=problem.resource_ids[place.resource],
                    start=problem.clock.moment(place.start),
                    end=problem.clock.moment(place.start + problem.durations[task]),
                )
            )
    return tuple(found)


def _clock(site: RadiotherapySite, now: datetime) -> Clock:
    settings = site.settings
    if now.tzinfo is None:
        raise BadInput("naive_time", found=now.isoformat())
    zone = Clock(settings.timezone, now.date(), 1).zone
    first = date.fromisoformat(settings.first_day) if settings.first_day else now.astimezone(zone).date()
    return Clock(settings.timezone, first, settings.num_days, settings.grid_min)


def _linac(site: RadiotherapySite, clock: Clock, name: str, off: set[int], closures: Sequence[LinacClosure]) -> Linac:
    own = next(linac for linac in site.linacs if linac.id == name)
    hours = sorted((row.weekday, row.from_min, row.to_min) for row in site.hours if row.linac == name)
    sessions, overtime = [], []
    for day in range(clock.num_days):
        weekday = (clock.first_day + timedelta(days=day)).weekday()
        today = [(low, high) for on, low, high in hours if on == weekday and day not in off]
        sessions += [(clock.minute_on(day, low), clock.minute_on(day, high)) for low, high in today]
        if today and own.overtime_max_min:
            last = today[-1][1]
            overtime.append((clock.minute_on(day, last), clock.minute_on(day, min(1440, last + own.overtime_max_min))))
    closed = [
        (max(0, clock.minute(row.start)), min(clock.end, clock.minute(row.end)))
        for row in closures
        if row.linac == name
    ]
    return Linac(
        id=own.id,
        site=own.site,
        techniques=own.techniques,
        energies=own.energies,
        matched=own.matched,
        sessions=tuple(sessions),
        overtime=tuple(overtime),
        closed=tuple(sorted(span for span in closed if span[0] < span[1])),
    )


def _protocol(given: TreatmentProtocol) -> Protocol:
    return Protocol(
        id=given.id,
        priority=given.priority,
        least_a_week=given.least_a_week,
        most_a_week=given.most_a_week,
        a_day=given.a_day,
        gap=round(given.gap_h * 60),
        start_weekdays=given.start_weekdays,
        techniques=given.techniques,
        energies=given.energies,
        allowed=given.allowed,
        preferred=given.preferred,
    )


def _course(asked: TreatmentCourse, given: TreatmentProtocol, protocol: Protocol, clock: Clock) -> Course:
    num = asked.sessions or given.sessions
    minutes = (clock.round_up(given.first_min), *(clock.round_up(given.later_min),) * (num - 1))
    return Course(
        id=asked.id,
        patient=asked.patient,
        protocol=protocol,
        minutes=minutes,
        requested=(asked.requested - clock.first_day).days,
        ready=(_ready(asked, given) - clock.first_day).days,
        follows=asked.follows,
        hours=asked.hours,
        target_days=asked.target_days,
    )


def _ready(asked: TreatmentCourse, given: TreatmentProtocol) -> date:
    return asked.ready or asked.requested + timedelta(days=max(1, given.preparation_days))


def _booked(
    site: RadiotherapySite, clock: Clock, reference: Sequence[Appointment] | None
) -> Mapping[str, list[tuple[int, Place]]]:
    """Session number and place of what is booked within the horizon, by course."""
    linacs = {linac.id: at for at, linac in enumerate(site.linacs)}
    found: dict[str, list[tuple[int, Place]]] = defaultdict(list)
    entries = reference if reference is not None else [booking.appointment for booking in site.bookings]
    for entry in entries:
        if entry.resource not in linacs:
            raise UnknownId("unknown_scanner", id=entry.resource, expected=", ".join(linacs))
        start = clock.minute(entry.start)
        if 0 <= start < clock.end:
            found[entry.request].append((entry.session, Place(linacs[entry.resource], start)))
    return {course: sorted(rows, key=lambda row: row[0]) for course, rows in found.items()}


def _forecast(
    site: RadiotherapySite,
    clock: Clock,
    protocols: Mapping[str, Protocol],
    half_life_days: float,
    linacs: Sequence[Linac],
    now: int,
) -> Forecast | None:
    """What is still to be asked for, from the courses asked for before today; None where there were none."""
    today = clock.date_of(now)
    given = {each.id: each for each in site.protocols}
    past = sorted((course for course in site.courses if course.requested < today), key=lambda course: course.requested)
    if not past:
        return None
    names = tuple(linac.id for linac in linacs)
    arrivals = Arrivals(pools_of(protocols.values(), names), names, half_life_days)
    for _, day in groupby(past, key=lambda course: course.requested):
        arrivals.learn(_ask(course, given[course.protocol], protocols[course.protocol], clock) for course in day)
    return arrivals.forecast()


def _ask(asked: TreatmentCourse, given: TreatmentProtocol, protocol: Protocol, clock: Clock) -> Ask:
    """A past course; its lead in weekdays, for the horizon's own working days lie in the future."""
    ready = _ready(asked, given)
    days = (ready - asked.requested).days
    lead = sum((asked.requested + timedelta(days=at)).weekday() < 5 for at in range(1, days + 1))
    return Ask(protocol=protocol, lead=max(1, lead), minutes=_course(asked, given, protocol, clock).minutes)
