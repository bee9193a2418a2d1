"""Every calendar day from the earliest possible first session to the first session costs, the more urgent the more."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """A price for each day on which the first session may be."""
    for course in range(len(problem.courses)):
        if terms.begins_here(problem, course):
            earliest = terms.earliest_day(problem, course)
            for day in range(max(0, earliest + 1), problem.clock.num_days):
                price = _price(problem, course, day - earliest)
                if price:
                    model.price_start_in(problem.first_task[course], [terms.day_span(problem, day)], price)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every course that waits."""
    for course, task, place, days in terms.waits(problem, plan):
        price = _price(problem, course, days)
        if price:
            name = problem.courses[course].id
            yield terms.placed_match(
                problem, "course_wait", task, place, amount=days, price=price, course=name, days=days
            )


def _price(problem: RadiotherapyProblem, course: int, days: int) -> int:
    return units(problem.weights.wait(problem.courses[course].protocol.priority) * days)


RULE = Rule(id="course_wait", source="preset: wait_* a day", is_hard=False, post=post, check=check)
