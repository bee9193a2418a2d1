"""A session starts when a shift's sessions start, and is over by the shift's end."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """Each session starts at one of the starts from which it ends within the shift."""
    allowed = {minutes: terms.starts_for(problem, minutes) for minutes in set(problem.durations)}
    for task, minutes in enumerate(problem.durations):
        model.only_start_in(task, [(start, start + 1) for start in allowed[minutes]])


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session that starts at another time or lasts beyond its shift."""
    for task, place in terms.placed(plan):
        shift = problem.shift_at.get(place.start)
        if shift is None or place.start + problem.durations[task] > shift.end:
            yield terms.one(problem, "shift_starts", task, place)


RULE = Rule(id="shift_starts", source="shifts and holidays", is_hard=True, post=post, check=check)
