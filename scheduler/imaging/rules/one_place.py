"""A patient is in one place at a time: time to walk or be brought, to travel between sites, to be prepared in the department."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from hospital.facts import Match
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """Any two examinations of a patient are apart by the way and the second one's preparation."""
    travel = _travel(problem)
    for tasks in problem.by_patient.values():
        for first, second in combinations(tasks, 2):
            forth, back = _between(problem, first, second), _between(problem, second, first)
            model.apart(first, second, forth, back, travel)


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every two appointments of a patient that are too close."""
    rooms = problem.rooms
    for tasks in problem.by_patient.values():
        visits = sorted(
            (place.start, task, place.resource) for task in tasks if (place := plan.places[task]) is not None
        )
        for (earlier, first, here), (later, second, there) in combinations(visits, 2):
            end = earlier + problem.durations[first]
            way = problem.travel if rooms[here].site != rooms[there].site else 0
            needed = _between(problem, first, second) + way
            if later < end + needed:
                names = problem.task_ids[first], problem.task_ids[second]
                yield Match(
                    rule="one_place",
                    is_hard=True,
                    requests=names,
                    resources=(rooms[here].id, rooms[there].id),
                    start=end,
                    end=max(end, later),
                    amount=end + needed - later,
                    values={
                        "request": names[1],
                        "before": names[0],
                        "end_at": end,
                        "start_at": later,
                        "needed_min": needed,
                    },
                )


def _between(problem: ImagingProblem, first: int, second: int) -> int:
    """Minutes between the two examinations within one site."""
    before, after = problem.cases[first], problem.cases[second]
    walk = max(problem.walk.get(before.mobility, 0), problem.walk.get(after.mobility, 0))
    return walk + after.preparation


def _travel(problem: ImagingProblem) -> NDArray[np.int64] | None:
    sites = np.array([room.site for room in problem.rooms])
    if not problem.travel or len(set(sites)) < 2:
        return None
    return np.where(sites[:, None] != sites[None, :], problem.travel, 0).astype(np.int64)


RULE = Rule(id="one_place", source="site settings: walk_min, travel_min", is_hard=True, post=post, check=check)
