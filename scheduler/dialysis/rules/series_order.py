"""A patient's sessions keep their order."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """Of two sessions that could change places, the second begins after the first."""
    for first, second in problem.meeting:
        model.apart(first, second, 0, problem.clock.end)


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session that begins before an earlier one of the patient is over."""
    for first, second in problem.meeting:
        one, other = plan.places[first], plan.places[second]
        if one is not None and other is not None and other.start < one.start + problem.durations[first]:
            yield terms.two(problem, "series_order", first, second, other)


RULE = Rule(id="series_order", source="series of sessions", is_hard=True, post=post, check=check)
