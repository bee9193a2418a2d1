"""A request may be left unplanned, at the price of many hours of its class's waiting."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from hospital.requests import RequestClass
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """A price for leaving each task out."""
    prices = _prices(problem)
    for task, case in enumerate(problem.cases):
        if prices[case.rclass]:
            model.price_left_out(task, prices[case.rclass])


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every request without an appointment."""
    prices = _prices(problem)
    for case, place in zip(problem.cases, plan.places, strict=True):
        if place is None and prices[case.rclass]:
            yield Match(
                rule="unplanned",
                is_hard=False,
                requests=(case.id,),
                amount=1,
                price=prices[case.rclass],
                values={"request": case.id},
            )


def _prices(problem: ImagingProblem) -> dict[RequestClass, int]:
    weights = problem.weights
    return {rclass: units(weights.unplanned_h * weights.wait(rclass)) for rclass in RequestClass}


RULE = Rule(id="unplanned", source="preset: unplanned_h hours of wait_*", is_hard=False, post=post, check=check)
