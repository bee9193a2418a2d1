"""An idle gap between neighbours of one day that is too short for anyone costs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from hospital.facts import Match
from scheduler.imaging.problem import ImagingProblem, Room
from scheduler.imaging.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """A price for gaps shorter than the shortest useful one; set-up and cleaning are not idle."""
    price = units(problem.weights.short_gap)
    if not price or problem.weights.shortest_gap_min <= 0:
        return
    kinds = sorted({(case.family, case.is_isolated) for case in problem.cases})
    index = {kind: number for number, kind in enumerate(kinds)}
    labels = tuple(index[case.family, case.is_isolated] for case in problem.cases)
    for resource, room in enumerate(problem.rooms):
        busy = [[_busy_min(problem, room, a, is_isolated, b) for b, _ in kinds] for a, is_isolated in kinds]
        minutes = np.array(busy, dtype=np.int64).reshape(len(kinds), len(kinds))
        model.price_short_gaps(resource, labels, minutes, problem.weights.shortest_gap_min, price)


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every gap that is too short to use."""
    price, shortest = units(problem.weights.short_gap), problem.weights.shortest_gap_min
    for resource, first, second, between in terms.neighbours(problem, plan) if price else ():
        before, after, place = problem.cases[first], problem.cases[second], plan.places[second]
        room = problem.rooms[resource]
        idle = between - _busy_min(problem, room, before.family, before.is_isolated, after.family)
        if 0 < idle < shortest and place is not None:
            yield Match(
                rule="short_gaps",
                is_hard=False,
                requests=(before.id, after.id),
                resources=(room.id,),
                start=place.start - idle,
                end=place.start,
                amount=idle,
                price=price,
                values={
                    "request": after.id,
                    "before": before.id,
                    "scanner": room.id,
                    "idle_min": idle,
                    "start_at": place.start,
                },
            )


def _busy_min(problem: ImagingProblem, room: Room, before: str, is_isolated: bool, after: str) -> int:
    """Minutes between two neighbours in which the room is not idle: set-up, and cleaning after an isolated patient."""
    return max(terms.set_up_min(problem, room, before, after), problem.cleaning if is_isolated else 0)


RULE = Rule(id="short_gaps", source="preset: short_gap, shortest_gap_min", is_hard=False, post=post, check=check)
