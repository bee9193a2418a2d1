"""Terms that several rules share, each defined once and without side effects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from hospital.clock import Span, merge
from hospital.facts import Match
from scheduler.kernel.plan import Place, Plan
from scheduler.radiotherapy.problem import Linac, Promise, RadiotherapyProblem

Visit = tuple[int, Place]
"""A task and its place."""


def opening(linac: Linac) -> tuple[Span, ...]:
    """The spans in which a session may lie: opening hours, the last of a day lengthened by its overtime."""
    return merge((*linac.sessions, *linac.overtime)) if linac.overtime else linac.sessions


def tasks(problem: RadiotherapyProblem, course: int) -> range:
    """The course's sessions in order."""
    return range(problem.first_task[course], problem.first_task[course + 1])


def visits(problem: RadiotherapyProblem, plan: Plan, course: int) -> list[Visit]:
    """The course's placed sessions in the order of their numbers."""
    return [(task, place) for task in tasks(problem, course) if (place := plan.places[task]) is not None]


def day_of(problem: RadiotherapyProblem, place: Place) -> int:
    """The day of the horizon on which a place lies."""
    return problem.clock.day_of(place.start)


def day_span(problem: RadiotherapyProblem, day: int) -> Span:
    """The minutes of a day."""
    return problem.clock.day_starts[day], problem.clock.day_starts[day + 1]


def begins_here(problem: RadiotherapyProblem, course: int) -> bool:
    """True for a course whose first session is in the problem."""
    return problem.courses[course].first_session == 1 and bool(problem.courses[course].minutes)


def earliest_day(problem: RadiotherapyProblem, course: int) -> int:
    """The working day from which the course waits: ready, and after the last promised day of the course it follows. Before the horizon the
    weekdays on which it works count as working days."""
    asked, days = problem.courses[course], problem.workdays
    day = asked.ready
    before = problem.course_index.get(asked.follows)
    if before is not None and before in problem.promised:
        day = max(day, problem.promised[before].days[-1] + 1)
    shift = problem.clock.first_day.weekday()
    while day < 0 and (day + shift) % 7 not in days.weekdays:
        day += 1
    if day < 0:
        return day
    position = days.at_or_after(day)
    return int(days.day[position]) if position < len(days.day) else problem.clock.num_days


def closed_days(problem: RadiotherapyProblem, linac: int) -> frozenset[int]:
    """Days on which the linac is closed for some time."""
    clock = problem.clock
    return frozenset(
        day
        for start, end in problem.linacs[linac].closed
        for day in range(clock.day_of(start), clock.day_of(max(start, end - 1)) + 1)
    )


def week_of(problem: RadiotherapyProblem, day: int) -> int:
    """Number of the Monday-to-Sunday week a day lies in."""
    return (day + problem.clock.first_day.weekday()) // 7


def least_by_week(problem: RadiotherapyProblem, course: int, linac: int) -> dict[int, int]:
    """Sessions that a whole week must hold: the protocol's least, or one (or two) on each working day on which the linac is never
    closed, where there are fewer of them."""
    protocol, closed = problem.courses[course].protocol, closed_days(problem, linac)
    found: dict[int, int] = {}
    for day in problem.workdays.day.tolist():
        week = week_of(problem, day)
        found[week] = found.get(week, 0) + (day not in closed) * protocol.a_day
    return {week: min(protocol.least_a_week, num) for week, num in found.items()}


def own_linac(problem: RadiotherapyProblem, course: int, promise: Promise) -> int:
    """The linac on which a promised course stays: that of most sessions as first told, unless the course was booked anew elsewhere."""
    told = home_linac(problem.told.get(course, promise).linacs)
    return told if told in promise.linacs else home_linac(promise.linacs)


def home_linac(linacs: Sequence[int]) -> int:
    """The linac of most sessions, the first of those among equals."""
    counts = Counter(linacs)
    return max(counts, key=lambda linac: (counts[linac], -linacs.index(linac)))


def waits(problem: RadiotherapyProblem, plan: Plan) -> Iterator[tuple[int, int, Place, int]]:
    """Course, first session, its place and the calendar days waited, for each course that begins in the plan."""
    for course in range(len(problem.courses)):
        if begins_here(problem, course):
            task = problem.first_task[course]
            place = plan.places[task]
            if place is not None:
                yield course, task, place, max(0, day_of(problem, place) - earliest_day(problem, course))


def placed_match(
    problem: RadiotherapyProblem,
    rule: str,
    task: int,
    place: Place,
    *,
    amount: int = 0,
    price: int = 0,
    **values: object,
) -> Match:
    """A match about one session; hard where it has no price. ``request``, ``linac`` and ``start_at`` are among its values."""
    request, linac = problem.task_ids[task], problem.resource_ids[place.resource]
    return Match(
        rule=rule,
        is_hard=price == 0,
        requests=(request,),
        resources=(linac,),
        start=place.start,
        end=place.start + problem.durations[task],
        amount=amount,
        price=price,
        values={"request": request, "linac": linac, "start_at": place.start, **values},
    )
