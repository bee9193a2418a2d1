"""A course stays on its linac, or on a beam-matched one on a day on which its own is closed."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """Nothing: the linac is decided by booking and then promised (``promised_days``)."""


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session on another linac than the course's own without that reason."""
    closed = [terms.closed_days(problem, linac) for linac in range(len(problem.linacs))]
    for course in range(len(problem.courses)):
        given = terms.visits(problem, plan, course)
        if len({place.resource for _, place in given}) < 2:
            continue
        home = terms.home_linac([place.resource for _, place in given])
        for task, place in given:
            if place.resource == home:
                continue
            is_closed = terms.day_of(problem, place) in closed[home]
            if not (is_closed and are_matched(problem, home, place.resource)):
                yield terms.placed_match(problem, "one_linac", task, place, home=problem.resource_ids[home])


def are_matched(problem: RadiotherapyProblem, one: int, other: int) -> bool:
    """True for two linacs of one beam-matched group."""
    group = problem.linacs[one].matched
    return bool(group) and group == problem.linacs[other].matched


RULE = Rule(id="one_linac", source="beam-matched groups", is_hard=True, post=post, check=check)
