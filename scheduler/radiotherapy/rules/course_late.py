"""A course that begins later than its target costs as many days of waiting at once, and more for each day past it."""

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
    """A price for each day past the target on which the first session may be."""
    for course in range(len(problem.courses)):
        if terms.begins_here(problem, course):
            earliest = terms.earliest_day(problem, course)
            for day in range(max(0, earliest + target_days(problem, course) + 1), problem.clock.num_days):
                price = _price(problem, course, day - earliest)
                if price:
                    model.price_start_in(problem.first_task[course], [terms.day_span(problem, day)], price)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every course that begins past its target."""
    for course, task, place, days in terms.waits(problem, plan):
        target = target_days(problem, course)
        price = _price(problem, course, days) if days > target else 0
        if price:
            name = problem.courses[course].id
            yield terms.placed_match(
                problem, "course_late", task, place, amount=days - target, price=price, course=name, days=days - target
            )


def target_days(problem: RadiotherapyProblem, course: int) -> int:
    """Calendar days within which the course should begin: its own, else its priority's."""
    asked = problem.courses[course]
    return asked.target_days if asked.target_days is not None else problem.weights.target(asked.protocol.priority)


def _price(problem: RadiotherapyProblem, course: int, days: int) -> int:
    w, priority = problem.weights, problem.courses[course].protocol.priority
    return units(w.wait(priority) * (w.late + w.past * (days - target_days(problem, course))))


RULE = Rule(id="course_late", source="preset: target_*, late, past", is_hard=False, post=post, check=check)
