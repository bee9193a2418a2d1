"""From a site to the radiotherapy problem, and between plans and appointments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby, repeat

from hospital.calendar import on_days
from hospital.changes import Change
from hospital.clock import Clock, Span, subtract
from hospital.errors import BadInput, UnknownId
from hospital.plans import Appointment, Booking
from hospital.radiotherapy import LinacClosure, LinacHours, RadiotherapySite, TreatmentCourse, TreatmentProtocol
from scheduler.kernel.plan import Place, Plan
from scheduler.radiotherapy import presets
from scheduler.radiotherapy.booking.arrivals import Arrivals, Ask, pools_of
from scheduler.radiotherapy.changing import changed
from scheduler.radiotherapy.changing import resolved as resolved_changes
from scheduler.radiotherapy.problem import Course, Forecast, Linac, Promise, Protocol, RadiotherapyProblem
from scheduler.radiotherapy.rules import OF_ONE_COURSE
from scheduler.radiotherapy.standing import Standing


def build(
    site: RadiotherapySite,
    *,
    now: datetime | None = None,
    first_day: date | None = None,
    num_days: int | None = None,
    changes: Sequence[Change] = (),
    said_at: Sequence[datetime] = (),
    num_settled: int = 0,
    reference: Sequence[Appointment] | None = None,
    preset: str | None = None,
) -> RadiotherapyProblem:
    """The problem of a site: courses joined with their protocols, opening hours resolved to days, what is booked promised.

    ``changes``, ``said_at`` and ``num_settled`` as ``changing.changed`` has them. ``reference`` is the plan in force (default: the site's
    bookings, whose locks and marks it keeps); its sessions before ``now`` are history. Courses asked for before today teach what is
    still to be expected. Raises BadInput without any ``now``, UnknownId for ids that stand for nothing, WrongState for a change that
    radiotherapy cannot honour.
    """
    now = now or site.settings.now
    if now is None:
        raise BadInput("no_now")
    clock = _clock(site, now, first_day, num_days)
    in_force = _in_force(site, reference)
    site = changed(in_force, changes, clock=clock, now=now, said_at=said_at, num_settled=num_settled)
    linacs, protocols = _linacs(site, clock), {each.id: _protocol(each) for each in site.protocols}
    weights = presets.preset(preset or site.settings.preset, site.settings.weights)
    standing = Standing(clock, clock.minute(now), {linac.id: at for at, linac in enumerate(linacs)})
    for course, bookings in _wanted(site, protocols, clock):
        standing.add(course, bookings)
    problem = RadiotherapyProblem(
        clock=clock,
        weights=weights,
        linacs=linacs,
        courses=tuple(standing.courses),
        promised=standing.promised,
        missed=standing.missed,
        frozen={task: place for task, place in standing.places.items() if place.start < standing.now},
        locked={task: place for task, place in standing.locked.items() if _can_stay(linacs[place.resource], place)},
        reference=standing.places,
        past=tuple(standing.past),
        now=standing.now,
        forecast=_forecast(site, clock, protocols, float(weights.half_life_days), linacs, standing.now),
    )
    known = {row.appointment for row in in_force.bookings}
    moved = {row.appointment.request for row in site.bookings if row.appointment not in known}
    return replace(problem, as_booked=_against_rules(problem, moved))


def _against_rules(problem: RadiotherapyProblem, moved: Collection[str]) -> Mapping[int, Promise]:
    """Promises that break a rule of their own course as they came to us, but those that somebody has moved since."""
    plan = Plan(tuple(problem.reference.get(task) for task in range(len(problem.task_ids))))
    broken = {
        problem.course_of_task[problem.task_of[name]]
        for rule in OF_ONE_COURSE
        for match in rule.check(problem, plan)
        for name in match.requests
    }
    return {at: problem.promised[at] for at in sorted(broken) if problem.courses[at].id not in moved}


def resolved(
    site: RadiotherapySite,
    changes: Sequence[Change],
    *,
    now: datetime,
    before: Sequence[Change] = (),
    first_day: date | None = None,
    num_days: int | None = None,
) -> tuple[Change, ...]:
    """The changes as they are to be kept: what they narrow by present sessions turned into those sessions' ids."""
    return resolved_changes(site, changes, clock=_clock(site, now, first_day, num_days), now=now, before=before)


def decided(problem: RadiotherapyProblem, plan: Plan, *, free: Collection[int] | None = None) -> RadiotherapyProblem:
    """The problem in which a plan is judged: what it gives a place is promised there, and what was told otherwise is told.

    A function of problem and plan alone. A promised session without a place in the plan keeps its promise; so do all promised courses
    but the ``free`` ones, where those are named.
    """
    promised, told = dict(problem.promised), dict(problem.told)
    for course in range(len(problem.courses)):
        low, high = problem.first_task[course], problem.first_task[course + 1]
        places, old = plan.places[low:high], problem.promised.get(course)
        is_bound = old is not None and free is not None and course not in free
        if is_bound or (old is None and any(place is None for place in places)):
            continue
        visits = zip(old.linacs, old.days, strict=True) if old is not None else repeat((0, 0))
        new = _promise(problem, places, visits)
        if old is not None and (new != old or None in places):
            told.setdefault(course, old)
        promised[course] = new
    return replace(problem, promised=dict(sorted(promised.items())), told=told)


def _promise(
    problem: RadiotherapyProblem, places: Sequence[Place | None], otherwise: Iterable[tuple[int, int]]
) -> Promise:
    """Linac and day of each place, ``otherwise`` where there is none."""
    found = [
        visit if place is None else (place.resource, problem.clock.day_of(place.start))
        for place, visit in zip(places, otherwise, strict=False)
    ]
    return Promise(tuple(linac for linac, _ in found), tuple(day for _, day in found))


def _in_force(site: RadiotherapySite, reference: Sequence[Appointment] | None) -> RadiotherapySite:
    """The plan in force with the locks and marks of the site's bookings."""
    if reference is None:
        return site
    marks = {(row.appointment.request, row.appointment.session): row for row in site.bookings}
    rows = [
        replace(marks[entry.request, entry.session], appointment=entry)
        if (entry.request, entry.session) in marks
        else Booking(appointment=entry)
        for entry in reference
    ]
    return replace(site, bookings=tuple(rows))


def _wanted(
    site: RadiotherapySite, protocols: Mapping[str, Protocol], clock: Clock
) -> Iterator[tuple[Course, list[Booking]]]:
    """Courses that are not over, each with what is booked of it. Raises UnknownId for a protocol that stands for nothing."""
    booked: dict[str, list[Booking]] = {}
    for booking in site.bookings:
        booked.setdefault(booking.appointment.request, []).append(booking)
    given = {each.id: each for each in site.protocols}
    for asked in site.courses:
        if asked.protocol not in protocols:
            raise UnknownId("unknown_protocol", id=asked.protocol, expected=", ".join(sorted(protocols)))
        if not asked.is_over:
            yield _course(asked, given[asked.protocol], protocols[asked.protocol], clock), booked.get(asked.id, [])


def _can_stay(linac: Linac, place: Place) -> bool:
    """True where nothing has closed the linac at a locked session's start."""
    return any(low <= place.start < high for low, high in subtract((*linac.sessions, *linac.overtime), linac.closed))


def plan_of(problem: RadiotherapyProblem, appointments: Iterable[Appointment]) -> Plan:
    """The appointments as a plan; what lies before the horizon is no part of it. Raises UnknownId for a session or linac that is not in the
    problem, BadInput for one twice."""
    places: list[Place | None] = [None] * len(problem.task_ids)
    linacs = problem.resource_of
    for entry in appointments:
        if problem.clock.minute(entry.start) < 0:
            continue
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
    """The sessions before the horizon, then the plan's in the order of the problem's courses, in the site's own time."""
    found = list(problem.past)
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


def _clock(site: RadiotherapySite, now: datetime, first_day: date | None, num_days: int | None) -> Clock:
    settings = site.settings
    if now.tzinfo is None:
        raise BadInput("naive_time", found=now.isoformat())
    zone = Clock(settings.timezone, now.date(), 1).zone
    own = date.fromisoformat(settings.first_day) if settings.first_day else None
    first = first_day or own or now.astimezone(zone).date()
    return Clock(settings.timezone, first, num_days or settings.num_days, settings.grid_min)


def _linacs(site: RadiotherapySite, clock: Clock) -> tuple[Linac, ...]:
    """The linacs with their hours on the horizon. A day on which all of them are closed from opening to closing is a holiday."""
    off = {(row.day - clock.first_day).days for row in site.holidays}
    hours: dict[str, list[LinacHours]] = {linac.id: [] for linac in site.linacs}
    closures: dict[str, list[LinacClosure]] = {linac.id: [] for linac in site.linacs}
    for row in site.hours:
        hours[row.linac].append(row)
    for closure in site.closures:
        closures[closure.linac].append(closure)
    opened = {name: _opened(rows, clock) for name, rows in hours.items()}
    closed = {name: _closed(rows, clock) for name, rows in closures.items()}
    off |= {
        day
        for day in range(clock.num_days)
        if not any(subtract(opened[name].get(day, ()), closed[name]) for name in opened)
    }
    return tuple(
        Linac(
            id=own.id,
            site=own.site,
            techniques=own.techniques,
            energies=own.energies,
            matched=own.matched,
            sessions=tuple(span for day, spans in opened[own.id].items() if day not in off for span in spans),
            overtime=tuple(
                (spans[-1][1], min(clock.day_starts[day + 1], spans[-1][1] + own.overtime_max_min))
                for day, spans in opened[own.id].items()
                if day not in off and own.overtime_max_min
            ),
            closed=closed[own.id],
        )
        for own in site.linacs
    )


def _opened(rows: Sequence[LinacHours], clock: Clock) -> Mapping[int, tuple[Span, ...]]:
    """Opening spans by day, in order."""
    by_day: dict[int, list[Span]] = {}
    for row in rows:
        for day, span in on_days(row, clock):
            by_day.setdefault(day, []).append(span)
    return {day: tuple(sorted(by_day[day])) for day in sorted(by_day)}


def _closed(rows: Sequence[LinacClosure], clock: Clock) -> tuple[Span, ...]:
    spans = ((max(0, clock.minute(row.start)), min(clock.end, clock.minute(row.end))) for row in rows)
    return tuple(sorted(span for span in spans if span[0] < span[1]))


def _protocol(given: TreatmentProtocol) -> Protocol:
    return Protocol(
        id=given.id,
        priority=given.priority,
        least_a_week=given.least_a_week,
        most_a_week=given.most_a_week,
        a_day=given.a_day,
        gap=round(given.gap_h * 60),
        start_weekdays=frozenset(given.start_weekdays),
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
        away=frozenset((day - clock.first_day).days for day in asked.away),
    )


def _ready(asked: TreatmentCourse, given: TreatmentProtocol) -> date:
    return asked.ready or asked.requested + timedelta(days=max(1, given.preparation_days))


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
