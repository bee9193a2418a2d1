"""Two examinations of a patient on different days cost a second journey."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from hospital.facts import Match
from scheduler.imaging.problem import ImagingProblem
from scheduler.imaging.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """A price for each pair on different days."""
    price = units(problem.weights.two_days)
    for tasks in problem.by_patient.values() if price else ():
        for first, second in combinations(tasks, 2):
            model.price_different_days(first, second, price)


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every two appointments of a patient on different days."""
    price, day_starts = units(problem.weights.two_days), problem.clock.day_starts
    for tasks in problem.by_patient.values() if price else ():
        visits = sorted((place.start, task) for task in tasks if (place := plan.places[task]) is not None)
        for (earlier, first), (later, second) in combinations(visits, 2):
            if terms.day_of(day_starts, earlier) != terms.day_of(day_starts, later):
                names = problem.task_ids[first], problem.task_ids[second]
                yield Match(
                    rule="two_days",
                    is_hard=False,
                    requests=names,
                    start=earlier,
                    end=later,
                    amount=1,
                    price=price,
                    values={"before": names[0], "request": names[1], "before_at": earlier, "start_at": later},
                )


RULE = Rule(id="two_days", source="preset: two_days a pair", is_hard=False, post=post, check=check)
