"""A session of the plan in force that is moved or dropped costs, and more at short notice."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """A price for each session that is not where it was."""
    for task, place, price in _prices(problem):
        model.price_away(task, place.resource, place.start, price)


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session that is not where it was."""
    for task, known, price in _prices(problem):
        if plan.places[task] != known:
            yield terms.one(problem, "dialysis_moved", task, known, price=price)


def _prices(problem: DialysisProblem) -> Iterator[tuple[int, Place, int]]:
    moved, soon = units(problem.weights.moved), units(problem.weights.moved_soon)
    for task, place in sorted(problem.reference.items(), key=lambda item: item[0]):
        price = soon if task in problem.soon else moved
        if price and task not in problem.frozen:
            yield task, place, price


RULE = Rule(id="dialysis_moved", source="preset: moved, moved_soon", is_hard=False, post=post, check=check)
