"""One patient on a scanner at a time, with room turnover and change of set-up between neighbours of one day."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from hospital.facts import Match
from scheduler.imaging.problem import ImagingProblem
from scheduler.imaging.rules import terms
from scheduler.kernel.lines import overlapping
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """Appointments of a scanner follow each other with the minutes their set-up families ask for."""
    names, labels = terms.families(problem)
    changeover = np.array([[problem.changeovers.get((a, b), 0) for b in names] for a in names], dtype=np.int64)
    for resource, room in enumerate(problem.rooms):
        model.follow(resource, labels, changeover + room.turnover)


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every appointment that begins before the one still going on ends, or too soon after it."""
    for resource, first, second in overlapping(problem, plan):
        yield _match(problem, plan, resource, first, second, needed=0)
    rooms, cases = problem.rooms, problem.cases
    for resource, first, second, between in terms.neighbours(problem, plan):
        needed = terms.set_up_min(problem, rooms[resource], cases[first].family, cases[second].family)
        if 0 <= between < needed:
            yield _match(problem, plan, resource, first, second, needed=needed)


def _match(problem: ImagingProblem, plan: Plan, resource: int, first: int, second: int, *, needed: int) -> Match:
    before, after = plan.places[first], plan.places[second]
    assert before is not None
    assert after is not None
    end = before.start + problem.durations[first]
    names = problem.task_ids[first], problem.task_ids[second]
    scanner = problem.resource_ids[resource]
    return Match(
        rule="one_at_a_time",
        is_hard=True,
        requests=names,
        resources=(scanner,),
        start=after.start,
        end=max(end, after.start),
        amount=end + needed - after.start,
        values={
            "request": names[1],
            "before": names[0],
            "scanner": scanner,
            "start_at": after.start,
            "end_at": end,
            "needed_min": needed,
        },
    )


RULE = Rule(id="one_at_a_time", source="room turnover and changeover table", is_hard=True, post=post, check=check)
