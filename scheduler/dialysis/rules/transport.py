"""Patients of one transport group who are due on one day ride together: two of them at different times cost."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """A price for each two at different times of day."""
    price = units(problem.weights.transport)
    for first, second in terms.riding_together(problem) if price else ():
        model.price_different_hours(first, second, 0, price)


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every two of a group at different times of day."""
    price, hour = units(problem.weights.transport), problem.clock.time_of_day
    for first, second in terms.riding_together(problem) if price else ():
        one, other = plan.places[first], plan.places[second]
        if one is not None and other is not None and hour(one.start) != hour(other.start):
            values = {"group": problem.patient_of[first].group}
            yield terms.two(problem, "transport", first, second, other, price=price, values=values)


RULE = Rule(id="transport", source="transport groups; preset: transport", is_hard=False, post=post, check=check)
