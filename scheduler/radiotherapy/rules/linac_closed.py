"""Nobody is treated while the linac is closed for quality assurance, maintenance or downtime."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.clock import overlap_min
from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """Every linac is blocked while it is closed."""
    for resource, linac in enumerate(problem.linacs):
        if linac.closed:
            model.block(resource, linac.closed)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session that overlaps a closure."""
    for resource, line in plan.lines.items():
        closed = problem.linacs[resource].closed
        for task in line if closed else ():
            place = plan.places[task]
            if place is not None:
                minutes = overlap_min((place.start, place.start + problem.durations[task]), closed)
                if minutes:
                    yield terms.placed_match(problem, "linac_closed", task, place, amount=minutes)


RULE = Rule(id="linac_closed", source="QA, maintenance, downtime", is_hard=True, post=post, check=check)
