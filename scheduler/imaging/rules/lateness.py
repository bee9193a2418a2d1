"""Every minute past the target costs ``late_factor`` times waiting; the class's target holds where the request names none."""

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
    """A price for each minute after the target."""
    rates = _rates(problem)
    for task, (case, target) in enumerate(zip(problem.cases, _targets(problem), strict=True)):
        if rates[case.rclass]:
            model.price_after(task, target, rates[case.rclass])


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every appointment that begins after its target."""
    rates = _rates(problem)
    for case, target, place in zip(problem.cases, _targets(problem), plan.places, strict=True):
        if place is not None and place.start > target and rates[case.rclass]:
            late = place.start - target
            yield Match(
                rule="lateness",
                is_hard=False,
                requests=(case.id,),
                start=target,
                end=place.start,
                amount=late,
                price=late * rates[case.rclass],
                values={"request": case.id, "target_at": target, "late_min": late},
            )


def _rates(problem: ImagingProblem) -> dict[RequestClass, int]:
    weights = problem.weights
    return {rclass: units_per_min(weights.late_factor * weights.wait(rclass)) for rclass in RequestClass}


def _targets(problem: ImagingProblem) -> Iterator[int]:
    """The minute by which each task should have begun."""
    usual = {rclass: problem.weights.target_min(rclass) for rclass in RequestClass}
    return (case.earliest + usual[case.rclass] if case.target is None else case.target for case in problem.cases)


RULE = Rule(
    id="lateness", source="request: target; preset: target_*, late_factor", is_hard=False, post=post, check=check
)
