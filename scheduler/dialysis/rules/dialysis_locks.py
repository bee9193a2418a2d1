"""A locked session stays where it is, or is left out; it is never moved."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.lines import keep_locked, unlocked
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every locked session that is elsewhere."""
    for task, place, locked in unlocked(problem, plan):
        values = {"locked_station": problem.resource_ids[locked.resource], "locked_at": locked.start}
        yield terms.one(problem, "dialysis_locks", task, place, values=values)


RULE = Rule(id="dialysis_locks", source="locks set by a person", is_hard=True, post=keep_locked, check=check)
