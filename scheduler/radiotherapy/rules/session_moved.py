"""Each visit that was promised and is given up costs: a day on a linac on which the patient is now not expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """Nothing: which days are given up is decided by replanning, which then promises the new ones (``promised_days``)."""


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every visit given up. A missed session made up at the end is one visit, though later ones get other numbers."""
    price = units(problem.weights.moved)
    for course, told in problem.told.items() if price else ():
        visits = terms.visits(problem, plan, course)
        now = Counter((place.resource, terms.day_of(problem, place)) for _, place in visits)
        given_up = Counter(zip(told.linacs, told.days, strict=True)) - now
        for (linac, day), num in sorted(given_up.items()):
            name = problem.courses[course].id
            yield Match(
                rule="session_moved",
                is_hard=False,
                requests=tuple(problem.task_ids[task] for task in terms.tasks(problem, course)),
                resources=(problem.resource_ids[linac],),
                start=problem.clock.day_starts[day],
                amount=num,
                price=num * price,
                values={
                    "course": name,
                    "linac": problem.resource_ids[linac],
                    "day_at": problem.clock.day_starts[day],
                    "num": num,
                },
            )


RULE = Rule(id="session_moved", source="preset: moved", is_hard=False, post=post, check=check)
