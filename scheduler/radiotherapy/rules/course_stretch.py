"""Each calendar day by which a course lasts longer than the protocol's own rhythm costs."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.booking.diary import soonest_last
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """Where the first day is promised, a price for each later day of the last session; else nothing: booking decides both days."""
    for course, promise in problem.promised.items():
        if terms.begins_here(problem, course):
            last = problem.first_task[course + 1] - 1
            soonest = soonest_last(problem, course, promise.days[0])
            for day in range(soonest + 1, problem.clock.num_days):
                price = units(problem.weights.stretch * (day - soonest))
                if price:
                    model.price_start_in(last, [terms.day_span(problem, day)], price)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every course whose last session comes later. The first day is the promised one, else the plan's."""
    for course, asked in enumerate(problem.courses):
        if not terms.begins_here(problem, course):
            continue
        first, last = problem.first_task[course], problem.first_task[course + 1] - 1
        begin, end = plan.places[first], plan.places[last]
        promise = problem.promised.get(course)
        if end is None or (begin is None and promise is None):
            continue
        if promise is not None:
            first_day = promise.days[0]
        else:
            assert begin is not None
            first_day = terms.day_of(problem, begin)
        days = max(0, terms.day_of(problem, end) - soonest_last(problem, course, first_day))
        price = units(problem.weights.stretch * days)
        if price:
            yield terms.placed_match(
                problem, "course_stretch", last, end, amount=days, price=price, course=asked.id, days=days
            )


RULE = Rule(id="course_stretch", source="preset: stretch a day", is_hard=False, post=post, check=check)
