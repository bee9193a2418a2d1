"""Even load: each minute of a linac beyond its fair share of all that is asked costs a little."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """A price for the minutes beyond each linac's limit."""
    rate = units(problem.weights.load)
    for resource, limit in _limits(problem).items() if rate else ():
        model.price_load(resource, limit, rate)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every linac beyond its limit."""
    rate = units(problem.weights.load)
    limits = _limits(problem) if rate else {}
    for resource, line in plan.lines.items():
        minutes = sum(problem.durations[task] for task in line)
        if resource in limits and minutes > limits[resource]:
            linac = problem.resource_ids[resource]
            beyond = minutes - limits[resource]
            yield Match(
                rule="linac_load",
                is_hard=False,
                resources=(linac,),
                amount=beyond,
                price=beyond * rate,
                values={"linac": linac, "beyond_min": beyond},
            )


def _limits(problem: RadiotherapyProblem) -> Mapping[int, int]:
    """Fair share times slack: each course's minutes split among the linacs it may use, in proportion to their open minutes."""
    opened = [sum(end - start for start, end in spans) for spans in problem.open_spans]
    asked: dict[tuple[int, ...], int] = {}
    for course, fit in enumerate(problem.fit):
        linacs = tuple(linac for linac, degree in enumerate(fit) if degree >= 0)
        asked[linacs] = asked.get(linacs, 0) + sum(problem.courses[course].minutes)
    shares = [0.0] * len(opened)
    for linacs, minutes in asked.items():
        total = sum(opened[linac] for linac in linacs)
        for linac in linacs if total else ():
            shares[linac] += minutes * opened[linac] / total
    return {linac: int(share * problem.weights.load_slack) for linac, share in enumerate(shares)}


RULE = Rule(id="linac_load", source="preset: load, load_slack", is_hard=False, post=post, check=check)
