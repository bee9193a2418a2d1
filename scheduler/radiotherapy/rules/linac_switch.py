"""Two sessions of a course in a row on different linacs cost."""

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
    """A price for each two neighbouring sessions that are apart in place."""
    price = units(problem.weights.switch)
    for course in range(len(problem.courses)) if price else ():
        for task in terms.tasks(problem, course)[:-1]:
            model.price_different_resources(task, task + 1, price)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every change of linac."""
    price = units(problem.weights.switch)
    for course in range(len(problem.courses)) if price else ():
        for task in terms.tasks(problem, course)[:-1]:
            before, after = plan.places[task], plan.places[task + 1]
            if before is not None and after is not None and before.resource != after.resource:
                from_linac = problem.resource_ids[before.resource]
                yield terms.placed_match(
                    problem, "linac_switch", task + 1, after, amount=1, price=price, from_linac=from_linac
                )


RULE = Rule(id="linac_switch", source="preset: switch", is_hard=False, post=post, check=check)
