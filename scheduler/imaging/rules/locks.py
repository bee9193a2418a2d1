"""A locked appointment stays where it is, or the request is left unplanned; it is never moved."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.lines import keep_locked, unlocked
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every locked appointment that is elsewhere."""
    for task, place, locked in unlocked(problem, plan):
        request = problem.task_ids[task]
        yield Match(
            rule="locks",
            is_hard=True,
            requests=(request,),
            resources=(problem.resource_ids[place.resource],),
            start=place.start,
            end=place.start + problem.durations[task],
            values={
                "request": request,
                "scanner": problem.resource_ids[place.resource],
                "start_at": place.start,
                "locked_scanner": problem.resource_ids[locked.resource],
                "locked_at": locked.start,
            },
        )


RULE = Rule(id="locks", source="locks set by a person", is_hard=True, post=keep_locked, check=check)
