"""No session on a day on which the patient has said not to come."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.clock import subtract
from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """The course's sessions on all other days."""
    for course, asked in enumerate(problem.courses):
        if asked.away:
            spans = subtract([(0, problem.clock.end)], [terms.day_span(problem, day) for day in sorted(asked.away)])
            for task in terms.tasks(problem, course):
                model.only_start_in(task, spans)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session on such a day."""
    for course, asked in enumerate(problem.courses):
        for task, place in terms.visits(problem, plan, course) if asked.away else ():
            if terms.day_of(problem, place) in asked.away:
                yield terms.placed_match(problem, "patient_away", task, place)


RULE = Rule(id="patient_away", source="what the patient said", is_hard=True, post=post, check=check)
