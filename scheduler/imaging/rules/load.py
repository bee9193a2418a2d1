"""Work is spread over the scanners: each minute beyond ``load_slack`` times a scanner's fair share costs."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.imaging.problem import ImagingProblem
from scheduler.imaging.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """A price for a scanner's minutes beyond its share."""
    rate = units(problem.weights.load)
    for resource, limit in enumerate(terms.fair_loads(problem) if rate else ()):
        model.price_load(resource, limit, rate)


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every scanner that carries more than its share."""
    rate = units(problem.weights.load)
    limits = terms.fair_loads(problem) if rate else ()
    for resource, line in plan.lines.items() if rate else ():
        load, limit = sum(problem.durations[task] for task in line), limits[resource]
        if load > limit:
            scanner = problem.resource_ids[resource]
            yield Match(
                rule="load",
                is_hard=False,
                resources=(scanner,),
                amount=load - limit,
                price=(load - limit) * rate,
                values={"scanner": scanner, "load_min": load, "limit_min": limit},
            )


RULE = Rule(id="load", source="preset: load a minute, load_slack", is_hard=False, post=post, check=check)
