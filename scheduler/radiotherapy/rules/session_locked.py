"""A locked session stays where it is, or is left out; it is never moved."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.kernel.lines import keep_locked, unlocked
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every locked session that is elsewhere."""
    for task, place, locked in unlocked(problem, plan):
        linac = problem.resource_ids[locked.resource]
        yield terms.placed_match(problem, "session_locked", task, place, locked_linac=linac, locked_at=locked.start)


RULE = Rule(id="session_locked", source="locks set by a person", is_hard=True, post=keep_locked, check=check)
