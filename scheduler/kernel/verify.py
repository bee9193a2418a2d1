"""The gate: only a VerifiedPlan leaves the engine, and only ``verify`` makes one. Knows nothing of any solver."""

from __future__ import annotations

from dataclasses import dataclass, field

from hospital.errors import PlanRefused
from hospital.facts import Match
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.problem import Problem
from scheduler.kernel.score import Score, score, violations

_KEY = object()


@dataclass(frozen=True)
class VerifiedPlan:
    """A plan in which no hard rule is broken, with its cost. Made by ``verify`` only."""

    problem: Problem
    plan: Plan
    score: Score
    _key: object = field(repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        if self._key is not _KEY:
            raise TypeError("a VerifiedPlan is made by verify() only")


def verify(problem: Problem, plan: Plan) -> VerifiedPlan:
    """The plan as a VerifiedPlan.

    Raises PlanRefused with every match of a hard rule, or one of ``shape`` where the plan does not fit the problem at all.
    """
    broken = tuple(_misfits(problem, plan)) or violations(problem, plan)
    if broken:
        rules = sorted({match.rule for match in broken})
        raise PlanRefused("plan_refused", matches=broken, count=len(broken), rules=", ".join(rules))
    return VerifiedPlan(problem, plan, score(problem, plan), _KEY)


def _misfits(problem: Problem, plan: Plan) -> list[Match]:
    """Places that mean nothing: unknown resources, outside the horizon, off the grid, history moved or missing."""
    num_tasks, num_resources = len(problem.task_ids), len(problem.resource_ids)
    if len(plan.places) != num_tasks:
        return [Match(rule="shape", is_hard=True, amount=len(plan.places), values={"expected": num_tasks})]
    found = []
    for task, place in enumerate(plan.places):
        history = problem.frozen.get(task)
        fits = place == history if history else place is None or _is_on_grid(problem, task, place, num_resources)
        if not fits:
            found.append(
                Match(
                    rule="shape",
                    is_hard=True,
                    requests=(problem.task_ids[task],),
                    start=place.start if place else None,
                    values={"expected": "history" if history else "grid"},
                )
            )
    return found


def _is_on_grid(problem: Problem, task: int, place: Place, num_resources: int) -> bool:
    clock = problem.clock
    return (
        0 <= place.resource < num_resources
        and place.start % clock.grid_min == 0
        and place.start >= 0
        and place.start + problem.durations[task] <= clock.end
    )
