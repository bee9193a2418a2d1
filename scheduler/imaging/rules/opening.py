"""An examination lies within one session of its scanner; the last session of a day may be lengthened by overtime."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from hospital.clock import subtract
from hospital.facts import Match
from scheduler.imaging.problem import ImagingProblem
from scheduler.imaging.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """Every scanner is blocked whenever it is not open."""
    for resource, room in enumerate(problem.rooms):
        model.block(resource, subtract([(0, problem.clock.end)], terms.opening(room)))


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every appointment that no opening span holds from start to end."""
    for resource, line in plan.lines.items():
        room = problem.rooms[resource]
        spans = terms.opening(room)
        begins = [begin for begin, _ in spans]
        for task in line:
            place = plan.places[task]
            if place is None:
                continue
            end = place.start + problem.durations[task]
            position = bisect_right(begins, place.start) - 1
            if position < 0 or end > spans[position][1]:
                request = problem.task_ids[task]
                yield Match(
                    rule="opening",
                    is_hard=True,
                    requests=(request,),
                    resources=(room.id,),
                    start=place.start,
                    end=end,
                    values={"request": request, "scanner": room.id, "start_at": place.start, "end_at": end},
                )


RULE = Rule(
    id="opening", source="opening hours and overtime limit of the scanner", is_hard=True, post=post, check=check
)
