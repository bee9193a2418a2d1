"""Preparation (glucose check and uptake of a PET) lies after the earliest time and after the day's opening, before the start."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from hospital.resources import Modality
from scheduler.imaging.problem import ImagingProblem, Room
from scheduler.imaging.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """No start before the preparation can be over; after each opening the scanner is blocked for those still being prepared."""
    alike: dict[tuple[int, Modality], list[int]] = {}
    for task, case in enumerate(problem.cases):
        if case.preparation:
            ready = max(case.earliest, problem.now) + case.preparation
            model.only_start_in(task, [(ready, problem.clock.end)] if ready < problem.clock.end else [])
            alike.setdefault((case.preparation, case.modality), []).append(task)
    for (preparation, modality), tasks in sorted(alike.items()):
        others = frozenset(range(len(problem.cases))).difference(tasks)
        for resource, room in enumerate(problem.rooms):
            if room.modality == modality:
                spans = [(begin, begin + preparation) for begin in _openings(problem, room)]
                model.block(resource, spans, but_for=others)


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every preparation that would begin before the earliest time, and for each that would before the opening."""
    openings: dict[int, list[int]] = {}
    for case, place in zip(problem.cases, plan.places, strict=True):
        if place is None or not case.preparation:
            continue
        room, start, end = problem.rooms[place.resource], place.start, place.start + case.minutes
        first = max(case.earliest, problem.now)
        bounds = [first] if start - case.preparation < first else []
        if room.modality == case.modality:
            if place.resource not in openings:
                openings[place.resource] = _openings(problem, room)
            bounds.extend(begin for begin in openings[place.resource] if start - case.preparation < begin < end)
        for bound in bounds:
            yield Match(
                rule="preparation",
                is_hard=True,
                requests=(case.id,),
                resources=(room.id,),
                start=start - case.preparation,
                end=start,
                amount=bound + case.preparation - start,
                values={
                    "request": case.id,
                    "start_at": start,
                    "preparation_min": case.preparation,
                    "bound_at": bound,
                },
            )


def _openings(problem: ImagingProblem, room: Room) -> list[int]:
    """Minutes at which the room opens: the start of each day's first session, but not of one running on from the night."""
    begins, day_starts, last_day = [], problem.clock.day_starts, -1
    for begin, end in terms.opening(room):
        day = terms.day_of(day_starts, begin)
        if day > last_day:
            begins.append(begin)
        last_day = max(day, terms.day_of(day_starts, end - 1))
    return begins


RULE = Rule(id="preparation", source="catalogue: preparation_min", is_hard=True, post=post, check=check)
