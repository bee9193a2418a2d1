"""The gate: only a VerifiedOrder leaves the engine, and only ``verify`` makes one. Knows nothing of any solver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hospital.errors import PlanRefused
from hospital.facts import POINT, Match
from scheduler.orders.choices import Case
from scheduler.orders.rule import Packs
from scheduler.orders.rules import RULES

_KEY = object()


@dataclass(frozen=True)
class VerifiedOrder:
    """Quantities that break no hard rule, with their cost in points by soft rule. Made by ``verify`` only."""

    case: Case
    packs: Packs
    cost_by_rule: Mapping[str, float]
    _key: object = field(repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        if self._key is not _KEY:
            raise TypeError("a VerifiedOrder is made by verify() only")

    @property
    def cost(self) -> float:
        """All in points."""
        return sum(self.cost_by_rule.values())


def violations(case: Case, packs: Packs) -> tuple[Match, ...]:
    """Where the quantities break a hard rule, in the order of the rules."""
    if len(packs) != len(case.problem.items) or any(type(num) is not int or num < 0 for num in packs):
        return (Match(rule="shape", is_hard=True, amount=len(packs), values={"expected": len(case.problem.items)}),)
    return tuple(match for rule in RULES if rule.is_hard for match in rule.check(case, packs))


def verify(case: Case, packs: Packs) -> VerifiedOrder:
    """The quantities as a VerifiedOrder. Raises PlanRefused with every match of a hard rule."""
    broken = violations(case, packs)
    if broken:
        rules = ", ".join(sorted({match.rule for match in broken}))
        raise PlanRefused("plan_refused", matches=broken, count=len(broken), rules=rules)
    cost = {
        rule.id: sum(match.price for match in rule.check(case, packs)) / POINT for rule in RULES if not rule.is_hard
    }
    return VerifiedOrder(case, packs, cost, _KEY)
