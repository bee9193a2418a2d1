"""Nobody is examined while the scanner is closed: maintenance, downtime, holiday."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """Every scanner is blocked while it is closed."""
    for resource, room in enumerate(problem.rooms):
        if room.closed:
            model.block(resource, room.closed)


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every appointment and closure that overlap."""
    for resource, line in plan.lines.items():
        room = problem.rooms[resource]
        for task in line if room.closed else ():
            place = plan.places[task]
            if place is None:
                continue
            request, end = problem.task_ids[task], place.start + problem.durations[task]
            for low, high in room.closed:
                if place.start < high and low < end:
                    yield Match(
                        rule="maintenance",
                        is_hard=True,
                        requests=(request,),
                        resources=(room.id,),
                        start=max(place.start, low),
                        end=min(end, high),
                        amount=min(end, high) - max(place.start, low),
                        values={"request": request, "scanner": room.id, "from_at": low, "to_at": high},
                    )


RULE = Rule(id="maintenance", source="closures of the scanner", is_hard=True, post=post, check=check)
