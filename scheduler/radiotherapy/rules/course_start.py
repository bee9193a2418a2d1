"""A course begins when it is ready, from tomorrow on, on a day its protocol allows, and after the course it follows."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """The first session on one of its days; after the last session of the course before, on a later day."""
    for course in range(len(problem.courses)):
        if not terms.begins_here(problem, course) or problem.is_as_booked(course):
            continue
        task = problem.first_task[course]
        days = [day for day in range(problem.clock.num_days) if _may_begin(problem, course, day)]
        model.only_start_in(task, [terms.day_span(problem, day) for day in days])
        last = _last_before(problem, course)
        if last is not None:
            model.apart(last, task, 0, problem.clock.end)
            model.forbid_same_day(last, task)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every course that begins too early, on a day it may not, or before the other has ended."""
    for course in range(len(problem.courses)):
        if not terms.begins_here(problem, course) or problem.is_as_booked(course):
            continue
        task = problem.first_task[course]
        place = plan.places[task]
        if place is None:
            continue
        last = _last_before(problem, course)
        before = plan.places[last] if last is not None else None
        day = terms.day_of(problem, place)
        is_early = before is not None and terms.day_of(problem, before) >= day
        if is_early or not _may_begin(problem, course, day):
            yield terms.placed_match(
                problem,
                "course_start",
                task,
                place,
                ready_at=problem.clock.day_starts[min(max(0, _first_day(problem, course)), problem.clock.num_days - 1)],
                follows=problem.courses[course].follows or "-",
            )


def _first_day(problem: RadiotherapyProblem, course: int) -> int:
    """Ready; and what is not promised yet begins tomorrow at the earliest."""
    ready = problem.courses[course].ready
    return ready if course in problem.promised else max(ready, problem.today + 1)


def _may_begin(problem: RadiotherapyProblem, course: int, day: int) -> bool:
    weekday = (problem.clock.first_day.weekday() + day) % 7
    return day >= _first_day(problem, course) and weekday in problem.courses[course].protocol.start_weekdays


def _last_before(problem: RadiotherapyProblem, course: int) -> int | None:
    """The last session of the course that this one follows, where it is in the problem."""
    before = problem.course_index.get(problem.courses[course].follows)
    if before is None or before == course or not problem.courses[before].minutes:
        return None
    return problem.first_task[before + 1] - 1


RULE = Rule(
    id="course_start", source="preparation, start days, sequence of courses", is_hard=True, post=post, check=check
)
