"""Orders only on the supplier's order days."""

from __future__ import annotations

from scheduler.orders.choices import Case
from scheduler.orders.rules.terms import hard


def _wrong(case: Case, at: int, packs: int) -> dict[str, object] | None:
    item = case.problem.items[at]
    return {"supplier": item.supplier} if packs and not item.can_order else None


RULE = hard("order_day", "supplier's terms", _wrong)
