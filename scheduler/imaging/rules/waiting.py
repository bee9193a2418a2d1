"""Every minute from the earliest time to the start costs what the request's class says."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from hospital.requests import RequestClass
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units_per_min
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """A price for each minute after the earliest time."""
    rates = _rates(problem)
    for task, case in enumerate(problem.cases):
        if rates[case.rclass]:
            model.price_after(task, case.earliest, rates[case.rclass])


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every appointment that begins after its earliest time."""
    rates = _rates(problem)
    for case, place in zip(problem.cases, plan.places, strict=True):
        rate = rates[case.rclass]
        if place is not None and rate and place.start > case.earliest:
            waited = place.start - case.earliest
            yield Match(
                rule="waiting",
                is_hard=False,
                requests=(case.id,),
                start=case.earliest,
                end=place.start,
                amount=waited,
                price=waited * rate,
                values={"request": case.id, "wait_min": waited},
            )


def _rates(problem: ImagingProblem) -> dict[RequestClass, int]:
    return {rclass: units_per_min(problem.weights.wait(rclass)) for rclass in RequestClass}


RULE = Rule(id="waiting", source="preset: wait_* by class", is_hard=False, post=post, check=check)
