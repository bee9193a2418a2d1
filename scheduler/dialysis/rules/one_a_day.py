"""A patient has at most one session a day."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """Sessions that could meet are on two days."""
    for first, second in problem.meeting:
        model.forbid_same_day(first, second)


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every two sessions of a patient on one day."""
    for first, second in problem.meeting:
        one, other = plan.places[first], plan.places[second]
        if one is not None and other is not None and problem.day_of(one.start) == problem.day_of(other.start):
            yield terms.two(problem, "one_a_day", first, second, other)


RULE = Rule(id="one_a_day", source="clinical practice", is_hard=True, post=post, check=check)
