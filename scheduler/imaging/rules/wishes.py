"""A wish for a time or a scanner is met, or its price is paid."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.clock import subtract
from hospital.facts import Match
from scheduler.imaging.problem import Case, ImagingProblem
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """A price for starts outside the wished spans and for every other scanner."""
    horizon = [(0, problem.clock.end)]
    for task, case in enumerate(problem.cases):
        for spans, price in case.preferred_starts:
            if price:
                model.price_start_in(task, subtract(horizon, spans), price)
        for wished, price in case.preferred_scanners:
            for resource, room in enumerate(problem.rooms):
                if price and room.id not in wished:
                    model.price_on(task, resource, price)


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every wish that is not met by an appointment."""
    for case, place in zip(problem.cases, plan.places, strict=True):
        if place is None:
            continue
        scanner = problem.rooms[place.resource].id
        for spans, price in case.preferred_starts:
            if price and not any(low <= place.start < high for low, high in spans):
                yield _match(case, place, scanner, price)
        for wished, price in case.preferred_scanners:
            if price and scanner not in wished:
                yield _match(case, place, scanner, price)


def _match(case: Case, place: Place, scanner: str, price: int) -> Match:
    return Match(
        rule="wishes",
        is_hard=False,
        requests=(case.id,),
        resources=(scanner,),
        start=place.start,
        end=place.start + case.minutes,
        amount=1,
        price=price,
        values={"request": case.id, "scanner": scanner, "start_at": place.start},
    )


RULE = Rule(id="wishes", source="changes: preferences with a price", is_hard=False, post=post, check=check)
