"""A wish and the requests around it: the part of a plan that is solved again while all else stays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from scheduler.kernel.cpsat import CpSatModel, Limits
from scheduler.kernel.cpsat_program import FREE
from scheduler.kernel.cpsat_statements import Statements
from scheduler.kernel.plan import Place, Plan

MOST_FREE = 10
"""Others that may move, at most: keeps the answer within seconds."""
_REACH_MIN = 300
"""Others further than this from the wished time stay."""


@dataclass(frozen=True)
class Surroundings:
    """``task`` is the one the wish is about, ``free`` are those that may move or be left out with it, on ``days`` only."""

    task: int
    free: tuple[int, ...]
    days: frozenset[int]

    @classmethod
    def of(cls, statements: Statements, plan: Plan, task: int, *, resource: int | None, centre: int) -> Surroundings:
        """The task's own other examinations, and those nearest to the wished time on the wished resource (None = on any it may use)."""
        problem = statements.problem
        clock = problem.clock
        day = clock.day_of(centre)
        eligible = {resource} if resource is not None else _eligible(statements, task)
        kin = _kin(statements, task)
        near = sorted(
            (abs(place.start - centre), other)
            for other, place in enumerate(plan.places)
            if place is not None
            and other != task
            and other not in problem.frozen
            and (other in kin or (place.resource in eligible and clock.day_of(place.start) == day))
            and (other in kin or abs(place.start - centre) <= _REACH_MIN)
        )
        free = tuple(other for _, other in near[:MOST_FREE])
        starts = [place.start for other in free if (place := plan.places[other]) is not None]
        return cls(task, free, frozenset({day, *map(clock.day_of, starts)}))

    def fixed(self, plan: Plan) -> Mapping[int, Place | None]:
        """All others where they are."""
        return {
            other: place for other, place in enumerate(plan.places) if other != self.task and other not in self.free
        }


def solve_around(
    statements: Statements,
    plan: Plan,
    part: Surroundings,
    wanted: Callable[[Place], bool],
    *,
    seconds: float,
    hint: Plan | None = None,
    rules: Collection[str] | None = None,
) -> Plan | None:
    """The cheapest plan found with the task at a wanted place and all but the part as it is; None where none was found."""
    model = CpSatModel(statements, fixed=part.fixed(plan), rules=rules, days=part.days)
    model.must_be_among(part.task, wanted)
    known = None if hint is None else model.cost_of(hint)
    found = model.solve(Limits(seconds=seconds), most=FREE if known is None else known)
    return found.plan if found.plan is not None else hint if known is not None else None


def _eligible(statements: Statements, task: int) -> set[int]:
    resources = set(range(len(statements.problem.resource_ids)))
    for other, allowed in statements.said("only_on"):
        if other == task:
            resources &= set(allowed)
    return resources


def _kin(statements: Statements, task: int) -> set[int]:
    """Tasks that rules name together with this one."""
    kinds = (
        "apart",
        "price_different_days",
        "forbid_same_day",
        "price_different_resources",
        "forbid_different_resources",
        "price_different_hours",
        "most_days_apart",
    )
    pairs = [args[:2] for kind in kinds for args in statements.said(kind)]
    return {other for pair in pairs if task in pair for other in pair} - {task}
