"""No ward waits for the others: what a ward waits in all beyond ``fair_wait_h`` hours a request costs."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units_per_min
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """A price for each ward's total wait beyond its limit."""
    rate = units_per_min(problem.weights.fairness)
    for tasks in _wards(problem).values() if rate else ():
        since = {task: problem.cases[task].earliest for task in tasks}
        model.price_total_wait(since, _limit(problem, tasks), rate)


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every ward that waits too long in all."""
    rate = units_per_min(problem.weights.fairness)
    for ward, tasks in _wards(problem).items() if rate else ():
        placed = [(task, place) for task in tasks if (place := plan.places[task]) is not None]
        total = sum(place.start - problem.cases[task].earliest for task, place in placed)
        limit = _limit(problem, tasks)
        if total > limit:
            yield Match(
                rule="fairness",
                is_hard=False,
                requests=tuple(problem.task_ids[task] for task, _ in placed),
                amount=total - limit,
                price=(total - limit) * rate,
                values={"ward": ward, "wait_min": total, "limit_min": limit, "num_requests": len(tasks)},
            )


def _wards(problem: ImagingProblem) -> dict[str, list[int]]:
    """Tasks of each ward; those of no ward belong to none."""
    wards: dict[str, list[int]] = {}
    for task, case in enumerate(problem.cases):
        if case.ward:
            wards.setdefault(case.ward, []).append(task)
    return wards


def _limit(problem: ImagingProblem, tasks: list[int]) -> int:
    return round(problem.weights.fair_wait_h * 60) * len(tasks)


RULE = Rule(id="fairness", source="preset: fairness an hour, fair_wait_h", is_hard=False, post=post, check=check)
