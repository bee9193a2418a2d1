"""Hours reserved for emergencies are open to emergencies only, until they are released."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from hospital.requests import RequestClass
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """Reserved hours are blocked for everyone but their class."""
    members: dict[RequestClass, set[int]] = {rclass: set() for rclass in RequestClass}
    for task, case in enumerate(problem.cases):
        members[case.rclass].add(task)
    for resource, room in enumerate(problem.rooms):
        for rclass in RequestClass:
            spans = [(start, end) for start, end, kept_for in room.reserved if kept_for == rclass]
            if spans:
                model.block(resource, spans, but_for=frozenset(members[rclass]))


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every appointment of another class that reaches into reserved hours."""
    for resource, line in plan.lines.items():
        room = problem.rooms[resource]
        for task in line if room.reserved else ():
            place, case = plan.places[task], problem.cases[task]
            if place is None:
                continue
            end = place.start + case.minutes
            for low, high, rclass in room.reserved:
                if case.rclass != rclass and place.start < high and low < end:
                    yield Match(
                        rule="emergency_reserve",
                        is_hard=True,
                        requests=(case.id,),
                        resources=(room.id,),
                        start=max(low, place.start),
                        end=min(high, end),
                        amount=min(high, end) - max(low, place.start),
                        values={"request": case.id, "scanner": room.id, "from_at": low, "to_at": high},
                    )


RULE = Rule(id="emergency_reserve", source="reservations of the scanner", is_hard=True, post=post, check=check)
