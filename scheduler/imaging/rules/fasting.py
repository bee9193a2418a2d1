"""A fasting patient is examined in the morning."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.imaging.problem import ImagingProblem
from scheduler.imaging.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """Fasting examinations start in one of the mornings."""
    mornings = tuple(zip(problem.clock.day_starts, _limits(problem), strict=False))
    for task, case in enumerate(problem.cases):
        if case.is_fasting:
            model.only_start_in(task, mornings)


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every fasting patient who starts after the morning."""
    limits, day_starts = _limits(problem), problem.clock.day_starts
    for case, place in zip(problem.cases, plan.places, strict=True):
        if place is None or not case.is_fasting:
            continue
        limit = limits[terms.day_of(day_starts, place.start)]
        if place.start >= limit:
            yield Match(
                rule="fasting",
                is_hard=True,
                requests=(case.id,),
                resources=(problem.rooms[place.resource].id,),
                start=place.start,
                end=place.start + case.minutes,
                amount=place.start - limit,
                values={"request": case.id, "start_at": place.start, "limit_at": limit},
            )


def _limits(problem: ImagingProblem) -> list[int]:
    """Of each day, the minute before which a fasting patient must start."""
    clock = problem.clock
    return [clock.minute_on(day, problem.fasting_before) for day in range(clock.num_days)]


RULE = Rule(id="fasting", source="catalogue: fasting; site: fasting_before_min", is_hard=True, post=post, check=check)
