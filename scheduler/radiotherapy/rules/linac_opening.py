"""A session lies within the opening hours of its linac; the last of a day may be lengthened by overtime up to its limit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from hospital.clock import subtract
from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """Every linac is blocked whenever it is not open."""
    for resource, linac in enumerate(problem.linacs):
        model.block(resource, subtract([(0, problem.clock.end)], terms.opening(linac)))


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session that no opening span holds from start to end."""
    for resource, line in plan.lines.items():
        spans = terms.opening(problem.linacs[resource])
        begins = [begin for begin, _ in spans]
        for task in line:
            place = plan.places[task]
            if place is None:
                continue
            end = place.start + problem.durations[task]
            position = bisect_right(begins, place.start) - 1
            if position < 0 or end > spans[position][1]:
                yield terms.placed_match(problem, "linac_opening", task, place, end_at=end)


RULE = Rule(id="linac_opening", source="opening hours and overtime of the linac", is_hard=True, post=post, check=check)
