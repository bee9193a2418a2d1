"""A session is given on its day of the pattern, or so many days before or after it as the site allows."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.clock import merge
from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """Each session on its days."""
    edges = problem.clock.day_starts
    for task, session in enumerate(problem.sessions):
        model.only_start_in(task, merge([(edges[day], edges[day + 1]) for day in session.days]))


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session on another day."""
    for task, place in terms.placed(plan):
        session = problem.sessions[task]
        if problem.day_of(place.start) not in session.days:
            due = problem.clock.day_starts[session.due]
            yield terms.one(problem, "due_day", task, place, values={"due_at": due})


RULE = Rule(id="due_day", source="patterns; site settings: days_off_pattern", is_hard=True, post=post, check=check)
