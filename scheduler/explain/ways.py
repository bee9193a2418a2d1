"""The cheapest ways out of a conflict: a house rule set aside, solved again and priced. Safety rules are never offered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

from scheduler.explain.places import points
from scheduler.kernel.conflict import Core
from scheduler.kernel.cpsat_statements import Statements
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.score import score
from scheduler.kernel.surroundings import Surroundings, solve_around
from scheduler.kernel.verify import VerifiedPlan

HOUSE_RULES = ("locks", "notice", "emergency_reserve", "opening")
"""Rules a person may set aside: promises, reserved hours, opening hours. All others keep patients safe or are theirs to decide."""
_LEAST_S = 0.5
_MOST_S = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """Setting ``rule`` aside makes the wish possible at ``price`` points; ``moved`` others would stand elsewhere or nowhere."""

    rule: str
    price: float
    moved: tuple[str, ...]


def ways_out(
    statements: Statements,
    before: VerifiedPlan,
    part: Surroundings,
    core: Core,
    wanted: Callable[[Place], bool],
    *,
    until: float,
) -> tuple[WayOut, ...]:
    """Cheapest first; only those found in time."""
    found = []
    for rule in (rule for rule in core.rules if rule in HOUSE_RULES):
        seconds = min(_MOST_S, until - monotonic())
        if seconds < _LEAST_S:
            break
        kept = [other.id for other in statements.problem.rules if other.id != rule]
        alone = solve_around(statements, before.plan, replace(part, free=()), wanted, seconds=seconds / 2, rules=kept)
        plan = solve_around(statements, before.plan, part, wanted, seconds=seconds, hint=alone, rules=kept)
        if plan is not None:
            found.append(_way(before, plan, part.task, rule))
    return tuple(sorted(found, key=lambda way: way.price))


def _way(before: VerifiedPlan, plan: Plan, task: int, rule: str) -> WayOut:
    problem = before.problem
    moved = tuple(
        problem.task_ids[other]
        for other, (old, new) in enumerate(zip(before.plan.places, plan.places, strict=True))
        if old != new and other != task
    )
    price = points(score(problem, plan).total - before.score.total)
    return WayOut(rule=rule, price=price, moved=moved)
