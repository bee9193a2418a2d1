"""An appointment of the plan in force that is moved or dropped costs, and more the shorter the notice."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.clock import overlap_min
from hospital.facts import Match
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """A price for each appointment that is not where it was."""
    for task, place, price in _prices(problem):
        model.price_away(task, place.resource, place.start, price)


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every appointment that is not where it was."""
    for task, known, price in _prices(problem):
        place = plan.places[task]
        if place != known:
            request, scanner = problem.task_ids[task], problem.resource_ids[known.resource]
            yield Match(
                rule="moved",
                is_hard=False,
                requests=(request,),
                resources=(scanner,),
                start=known.start,
                end=known.start + problem.durations[task],
                amount=1,
                price=price,
                values={"request": request, "scanner": scanner, "known_at": known.start},
            )


def _prices(problem: ImagingProblem) -> Iterator[tuple[int, Place, int]]:
    """Each appointment of the plan in force that is not history, its place, and the price of moving it."""
    weights = problem.weights
    moved, soon, displaced = units(weights.moved), units(weights.moved_soon), units(weights.displaced)
    for task, place in sorted(problem.reference.items(), key=lambda item: item[0]):
        if task in problem.frozen:
            continue
        if task in problem.noticed or _is_taken_away(problem, task, place):
            price = displaced
        else:
            price = soon if task in problem.short_notice else moved
        if price:
            yield task, place, price


def _is_taken_away(problem: ImagingProblem, task: int, place: Place) -> bool:
    """True where the scanner is closed for an appointment inside the notice period."""
    closed = problem.rooms[place.resource].closed
    is_near = place.start < problem.now + problem.notice
    return is_near and overlap_min((place.start, place.start + problem.durations[task]), closed) > 0


RULE = Rule(id="moved", source="preset: moved, moved_soon, displaced", is_hard=False, post=post, check=check)
