"""A session may be left out at a price far above any wait."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """A price for leaving each session out."""
    price = units(problem.weights.left_out)
    for task in range(len(problem.task_ids)) if price else ():
        model.price_left_out(task, price)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session without a place."""
    price = units(problem.weights.left_out)
    for task, place in enumerate(plan.places):
        if place is None and price:
            request = problem.task_ids[task]
            yield Match(
                rule="session_unplanned",
                is_hard=False,
                requests=(request,),
                amount=1,
                price=price,
                values={"request": request},
            )


RULE = Rule(id="session_unplanned", source="preset: left_out", is_hard=False, post=post, check=check)
