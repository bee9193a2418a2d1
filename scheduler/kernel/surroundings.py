"""A wish and the requests around it: the part of a plan that is solved again while all else stays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from scheduler.kernel.cpsat import CpSatModel, Limits
from scheduler.kernel.cpsat_program import FREE
from scheduler.kernel.cpsat_statements import Statements
from scheduler.kernel.plan import Place, Plan


@dataclass(frozen=True)
class Surroundings:
    """``task`` is the one the wish is about, ``free`` are those that may move or be left out with it, on ``days`` only."""

    task: int
    free: tuple[int, ...]
    days: frozenset[int]

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
