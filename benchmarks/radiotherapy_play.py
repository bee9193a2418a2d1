"""The year as problems of the radiotherapy area, played day by day: each day's requests are answered knowing nothing of the next."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from benchmarks.radiotherapy_data import HOLIDAYS, LINACS, BookedRow, CourseRow, ProtocolRow, Year
from hospital.clock import Clock
from scheduler.kernel.plan import Place
from scheduler.radiotherapy.booking.arrivals import Arrivals, Ask, pools_of
from scheduler.radiotherapy.booking.diary import Diary
from scheduler.radiotherapy.booking.search import answer_in, asks, ordered
from scheduler.radiotherapy.presets import Weights, preset
from scheduler.radiotherapy.problem import Course, Linac, Promise, Protocol, RadiotherapyProblem

OPENS_MIN = 8 * 60
NUM_DAYS = 760
BOOKINGS_WORTH_DAYS = 10.0
"""What the sessions booked before the year say of arrivals counts like so many days of requests."""
SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class Played:
    """The problem at the end of the year with every promise, the courses that got none, and the seconds each day took."""

    problem: RadiotherapyProblem
    unplaced: tuple[str, ...]
    seconds: tuple[float, ...]


def play(year: Year, minutes: int, *, weights: Weights | None = None) -> Played:
    """All requests, day after day."""
    base = year_problem(year, minutes, weights or preset("standard"))
    protocols = {row.id: protocol(row) for row in year.protocols.values()}
    arrivals = learned(year, base, protocols)
    problem, unplaced, seconds = base, [], []
    for day, rows in groupby(year.courses, key=lambda row: row.requested):
        began = time.perf_counter()
        asked = tuple(course(row, protocols, year.first_day) for row in rows)
        first = len(problem.courses)
        problem = replace(
            problem,
            courses=(*problem.courses, *asked),
            now=problem.clock.day_starts[(day - year.first_day).days],
            forecast=arrivals.forecast(),
        )
        new = range(first, len(problem.courses))
        diary = Diary(problem)
        answer_in(diary, ordered(problem, new))
        arrivals.learn(asks(diary, new))
        problem = replace(problem, promised=dict(diary.promises))
        unplaced += [problem.courses[at].id for at in new if at not in diary.promises]
        seconds.append(time.perf_counter() - began)
    return Played(problem=problem, unplaced=tuple(unplaced), seconds=tuple(seconds))


def warm(year: Year) -> None:
    """Compile the engine on the first day's requests, so that seconds count answering alone."""
    if year.courses:
        first = tuple(row for row in year.courses if row.requested == year.courses[0].requested)
        play(replace(year, courses=first), 450)


def plan_rows(played: Played, year: Year) -> Iterator[tuple[str, int, str, date]]:
    """Course, session, linac and day, as the plan's file has them."""
    problem = played.problem
    for row in year.courses:
        promise = problem.promised.get(problem.course_index[row.id])
        for at, (linac, day) in enumerate(zip(promise.linacs, promise.days, strict=True) if promise else ()):
            yield row.id, at + 1, LINACS[linac], year.first_day + timedelta(days=day)


def year_problem(
    year: Year, minutes: int, weights: Weights, *, first_day: date | None = None, num_days: int = NUM_DAYS
) -> RadiotherapyProblem:
    """The linacs' year with the sessions booked before it, nobody yet having asked for anything."""
    first = first_day or year.first_day
    clock = Clock("Europe/Brussels", first, num_days, 1)
    opened = [day for day in range(num_days) if is_working(first + timedelta(days=day))]
    starts = [clock.minute_on(day, OPENS_MIN) for day in opened]
    sessions = tuple((start, start + minutes) for start in starts)
    protocols = {row.id: protocol(row) for row in year.protocols.values()}
    by_course: dict[str, list[BookedRow]] = defaultdict(list)
    for row in year.booked:
        if is_working(row.day) and 0 <= (row.day - first).days < num_days:
            by_course[row.course].append(row)
    courses, promised = [], {}
    for at, rows in enumerate(by_course.values()):
        rows.sort(key=lambda row: (row.day, row.session))
        days = tuple((row.day - first).days for row in rows)
        courses.append(_booked_course(rows, protocols[rows[0].protocol.id], days[0]))
        promised[at] = Promise(tuple(row.linac for row in rows), days)
    frozen = _frozen(clock, promised, courses)
    return RadiotherapyProblem(
        clock=clock,
        weights=weights,
        linacs=tuple(Linac(id=name, sessions=sessions) for name in LINACS),
        courses=tuple(courses),
        promised=promised,
        frozen=frozen,
    )


def _frozen(clock: Clock, promised: Mapping[int, Promise], courses: Sequence[Course]) -> dict[int, Place]:
    """Booked sessions one after the other from the opening on: at day level only their minutes count, and some days they overfill."""
    used: dict[tuple[int, int], int] = defaultdict(int)
    found, task = {}, 0
    for at, promise in promised.items():
        for minutes, linac, day in zip(courses[at].minutes, promise.linacs, promise.days, strict=True):
            found[task] = Place(linac, clock.minute_on(day, OPENS_MIN) + used[linac, day])
            used[linac, day] += minutes
            task += 1
    return found


def is_working(day: date) -> bool:
    """Monday to Friday, no holiday."""
    return day.weekday() < SATURDAY and day not in HOLIDAYS


def protocol(row: ProtocolRow) -> Protocol:
    """The protocol as the area has it."""
    allowed = frozenset(name for name, fit in zip(LINACS, row.fit, strict=True) if fit >= 0)
    return Protocol(
        id=row.id,
        priority=row.priority,
        least_a_week=row.least_a_week,
        allowed=allowed or frozenset({"none"}),
        preferred=frozenset(name for name, fit in zip(LINACS, row.fit, strict=True) if fit > 0) or frozenset({"none"}),
    )


def course(row: CourseRow, protocols: Mapping[str, Protocol], first_day: date) -> Course:
    """The course as the area has it."""
    requested = (row.requested - first_day).days
    return Course(
        id=row.id,
        patient=row.patient,
        protocol=protocols[row.protocol.id],
        minutes=row.minutes,
        requested=requested,
        ready=requested + max(1, row.protocol.preparation_days),
        follows=row.follows,
    )


def _booked_course(rows: Sequence[BookedRow], given: Protocol, ready: int) -> Course:
    return Course(
        id=f"booked {rows[0].course}",
        patient=rows[0].patient,
        protocol=given,
        minutes=tuple(row.minutes for row in rows),
        requested=-1,
        ready=ready,
        first_session=rows[0].session,
    )


def learned(year: Year, problem: RadiotherapyProblem, protocols: Mapping[str, Protocol]) -> Arrivals:
    """What is known of arrivals before the first request: the sessions booked before, and earlier requests.

    Of a protocol with a lead of d working days, all sessions of the first d working days are booked when the year begins. Each
    stands for 1 / n of a course a day, n its sessions, for a course is seen on n days.
    """
    pools = pools_of(protocols.values(), LINACS)
    arrivals = Arrivals(pools, LINACS, float(problem.weights.half_life_days))
    days = problem.workdays
    assumed = []
    for row in year.booked:
        lead = days.at_or_after(max(1, row.protocol.preparation_days))
        at = days.position.get((row.day - year.first_day).days)
        if at is not None and at < lead:
            minutes = (row.protocol.first_min, *(row.minutes,) * (row.num_sessions - 1))
            ask = Ask(protocol=protocols[row.protocol.id], lead=lead, minutes=minutes)
            assumed.append((ask, BOOKINGS_WORTH_DAYS / (lead * row.num_sessions)))
    arrivals.assume(assumed, BOOKINGS_WORTH_DAYS)
    for _, rows in groupby(year.before, key=lambda row: row.requested):
        arrivals.learn(_earlier(row, problem, protocols, year.first_day) for row in rows)
    return arrivals


def _earlier(row: CourseRow, problem: RadiotherapyProblem, protocols: Mapping[str, Protocol], first_day: date) -> Ask:
    asked, days = course(row, protocols, first_day), problem.workdays
    lead = days.at_or_after(asked.ready) - max(0, days.at_or_after(asked.requested + 1) - 1)
    return Ask(protocol=asked.protocol, lead=lead, minutes=asked.minutes)
