"""A session stays on the linac and the day that were promised; only a change that demands it makes another promise."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """Each session of a promised course on its linac and its day."""
    for task, linac, day in _promised(problem):
        model.only_on(task, [linac])
        model.only_start_in(task, [terms.day_span(problem, day)])


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session of a promised course elsewhere."""
    for task, linac, day in _promised(problem):
        place = plan.places[task]
        if place is not None and (place.resource != linac or terms.day_of(problem, place) != day):
            yield terms.placed_match(
                problem,
                "promised_days",
                task,
                place,
                promised_linac=problem.resource_ids[linac],
                promised_at=problem.clock.day_starts[day],
            )


def _promised(problem: RadiotherapyProblem) -> Iterator[tuple[int, int, int]]:
    """Task, linac and day of every promise."""
    for course, promise in problem.promised.items():
        yield from zip(terms.tasks(problem, course), promise.linacs, promise.days, strict=True)


RULE = Rule(id="promised_days", source="what the patient was told", is_hard=True, post=post, check=check)
