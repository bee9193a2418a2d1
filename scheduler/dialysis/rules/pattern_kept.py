"""A session on another day than its pattern's costs."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """A price for every start off the due day."""
    price, edges = units(problem.weights.pattern), problem.clock.day_starts
    for task, session in enumerate(problem.sessions if price else ()):
        before, after = (0, edges[session.due]), (edges[session.due + 1], problem.clock.end)
        model.price_start_in(task, [before, after], price)


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session off its due day."""
    price = units(problem.weights.pattern)
    for task, place in terms.placed(plan) if price else ():
        due = problem.sessions[task].due
        if problem.day_of(place.start) != due:
            values = {"due_at": problem.clock.day_starts[due]}
            yield terms.one(problem, "pattern_kept", task, place, price=price, values=values)


RULE = Rule(id="pattern_kept", source="preset: pattern a session", is_hard=False, post=post, check=check)
