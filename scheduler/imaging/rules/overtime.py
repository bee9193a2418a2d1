"""Each minute worked after a day's last session costs."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.clock import overlap_min
from hospital.facts import Match
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """A price for each minute of an appointment in a scanner's overtime."""
    rate = units(problem.weights.overtime)
    for resource, room in enumerate(problem.rooms):
        if rate and room.overtime:
            model.price_minutes(resource, room.overtime, rate)


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every appointment that reaches into overtime."""
    rate = units(problem.weights.overtime)
    for resource, line in plan.lines.items():
        room = problem.rooms[resource]
        for task in line if rate and room.overtime else ():
            place = plan.places[task]
            if place is None:
                continue
            end = place.start + problem.durations[task]
            minutes = overlap_min((place.start, end), room.overtime)
            if minutes:
                request = problem.task_ids[task]
                yield Match(
                    rule="overtime",
                    is_hard=False,
                    requests=(request,),
                    resources=(room.id,),
                    start=place.start,
                    end=end,
                    amount=minutes,
                    price=minutes * rate,
                    values={"request": request, "scanner": room.id, "overtime_min": minutes},
                )


RULE = Rule(id="overtime", source="preset: overtime a minute", is_hard=False, post=post, check=check)
