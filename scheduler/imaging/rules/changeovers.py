"""Each change of set-up family between neighbours of one day costs, for somebody changes the coil."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from hospital.facts import Match
from scheduler.imaging.problem import ImagingProblem
from scheduler.imaging.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """A price where two families differ."""
    price = units(problem.weights.changeover)
    names, labels = terms.families(problem)
    if not price or len(names) < 2:
        return
    none = np.zeros((len(names), len(names)), dtype=np.int64)
    prices = np.where(np.eye(len(names), dtype=np.bool_), 0, price).astype(np.int64)
    for resource in range(len(problem.rooms)):
        model.follow(resource, labels, none, price=prices)


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every two neighbours of different families."""
    price = units(problem.weights.changeover)
    for resource, first, second, _ in terms.neighbours(problem, plan) if price else ():
        before, after, place = problem.cases[first], problem.cases[second], plan.places[second]
        if before.family != after.family and place is not None:
            yield Match(
                rule="changeovers",
                is_hard=False,
                requests=(before.id, after.id),
                resources=(problem.resource_ids[resource],),
                start=place.start,
                end=place.start,
                amount=1,
                price=price,
                values={
                    "request": after.id,
                    "before": before.id,
                    "scanner": problem.resource_ids[resource],
                    "from_family": before.family or "-",
                    "to_family": after.family or "-",
                },
            )


RULE = Rule(id="changeovers", source="preset: changeover each", is_hard=False, post=post, check=check)
