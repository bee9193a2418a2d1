"""What a drag would do, before the mouse is let go: the hard rules it would break and what it would cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hospital.errors import PlanRefused
from hospital.facts import Match
from scheduler.explain.places import minute_of, points, resource_of, task_of
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.problem import Problem
from scheduler.kernel.verify import verify
from scheduler.replan.board import sayings


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """``violations`` are the hard rules' matches that the move would bring; ``price`` and ``cost_by_rule`` the points the plan would then
    cost more (negative = less), those of an unplanned request's being left out included."""

    violations: tuple[Match, ...]
    price: float
    cost_by_rule: Mapping[str, float]


def preview(problem: Problem, plan: Plan, request_id: str, scanner_id: str, start: datetime) -> Preview:
    """The effect of moving one request to a scanner and time, everybody else staying.

    Asks the hard rules about the days touched only and prices the one move, so that it answers while the mouse is moving.
    Raises UnknownId.
    """
    task = task_of(problem, request_id)
    return preview_at(problem, plan, task, Place(resource_of(problem, scanner_id), minute_of(problem, start)))


def preview_at(problem: Problem, plan: Plan, task: int, place: Place) -> Preview:
    """The same for indices."""
    broken = new_violations(problem, plan, task, place)
    if any(match.rule == "shape" for match in broken):
        return Preview(violations=broken, price=0.0, cost_by_rule={})
    units = difference(problem, plan, task, place)
    return Preview(
        violations=broken,
        price=points(sum(units.values())),
        cost_by_rule={rule: points(amount) for rule, amount in units.items()},
    )


def difference(problem: Problem, plan: Plan, task: int, place: Place) -> dict[str, int]:
    """Units by rule that the plan costs more with the task there."""
    prices, here = sayings(problem).prices, plan.places[task]
    base = plan.placed(task, None)
    new = prices.by_rule(base, task, place)
    old = prices.left_out_by_rule(task) if here is None else prices.by_rule(base, task, here)
    changes = {rule: new.get(rule, 0) - old.get(rule, 0) for rule in {**new, **old}}
    return {rule: amount for rule, amount in changes.items() if amount}


def new_violations(problem: Problem, plan: Plan, task: int, place: Place) -> tuple[Match, ...]:
    """Hard matches of the plan with the task there, by looking at the touched days and the request's pairs only; ``shape`` for a place
    that means nothing or moves history."""
    if _is_nowhere(problem, task, place):
        return _refused_outright(problem, plan.placed(task, place))
    around = _around(problem, plan, task, place)
    history = frozenset(problem.task_ids[other] for other in problem.frozen)
    found = _hard(problem, around.placed(task, place), history)
    if not found:
        return ()
    known = set(map(_key, _hard(problem, around, history)))
    return tuple(match for match in found if _key(match) not in known)


def _is_nowhere(problem: Problem, task: int, place: Place) -> bool:
    clock = problem.clock
    is_inside = 0 <= place.start <= clock.end - problem.durations[task] and place.start % clock.grid_min == 0
    return not is_inside or task in problem.frozen


def _refused_outright(problem: Problem, plan: Plan) -> tuple[Match, ...]:
    """What the gate itself says of such a plan: nothing where history stays where it was."""
    try:
        verify(problem, plan)
    except PlanRefused as refusal:
        return tuple(refusal.matches)
    return ()


def _around(problem: Problem, plan: Plan, task: int, place: Place) -> Plan:
    """The plan on the days touched (and the evenings before them), and whoever else the rules look at together with the task: its
    patient's other examinations."""
    clock, here = problem.clock, plan.places[task]
    days = {clock.day_of(there.start) for there in (here, place) if there is not None}
    days |= {day - 1 for day in days}
    tables = sayings(problem).tables
    kin = {task, *tables.pair_other[tables.pair_ptr[task] : tables.pair_ptr[task + 1]].tolist()}
    return Plan(
        tuple(
            there if there is not None and (other in kin or clock.day_of(there.start) in days) else None
            for other, there in enumerate(plan.places)
        )
    )


def _hard(problem: Problem, plan: Plan, history: frozenset[str]) -> list[Match]:
    found = (match for rule in problem.rules if rule.is_hard for match in rule.check(problem, plan))
    return [match for match in found if not match.requests or not history.issuperset(match.requests)]


def _key(match: Match) -> tuple[object, ...]:
    return match.rule, match.requests, match.resources, match.start, match.end
