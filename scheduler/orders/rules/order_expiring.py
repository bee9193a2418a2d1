"""Units that will expire unused because of the order."""

from __future__ import annotations

from scheduler.kernel.presets import units
from scheduler.orders.choices import Case
from scheduler.orders.rules.terms import soft


def _felt(case: Case, at: int, packs: int) -> tuple[int, dict[str, object]]:
    item = case.problem.items[at]
    if item.fresh is not None:  # weighed by its policy already
        return 0, {}
    more = case.outlook(at, packs).expiring - case.outlook(at, 0).expiring if packs else 0.0
    money = max(more, 0.0) / item.pack_units * item.price
    return units(case.problem.weights.expiring * money / 100), {"expiring": max(more, 0.0), "value": money}


RULE = soft("order_expiring", "waste", _felt)
