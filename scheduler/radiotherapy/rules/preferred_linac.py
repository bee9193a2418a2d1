"""A course on a linac that its protocol allows but does not prefer costs a little."""

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
    """A price for the first session on each linac that is only allowed."""
    price = units(problem.weights.not_preferred)
    for course, fit in enumerate(problem.fit):
        if price and terms.begins_here(problem, course):
            for linac, degree in enumerate(fit):
                if degree == 0:
                    model.price_on(problem.first_task[course], linac, price)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every course that begins on such a linac."""
    price = units(problem.weights.not_preferred)
    for course, task, place, _ in terms.waits(problem, plan) if price else ():
        if problem.fit[course][place.resource] == 0:
            name = problem.courses[course].id
            yield terms.placed_match(problem, "preferred_linac", task, place, amount=1, price=price, course=name)


RULE = Rule(id="preferred_linac", source="preset: not_preferred", is_hard=False, post=post, check=check)
