"""What the buyer has set by hand stays."""

from __future__ import annotations

from scheduler.orders.choices import Case
from scheduler.orders.rules.terms import hard


def _wrong(case: Case, at: int, packs: int) -> dict[str, object] | None:
    fixed = case.problem.fixed.get(case.problem.items[at].id)
    return None if fixed is None or packs == fixed else {"fixed": fixed}


RULE = hard("order_fixed", "buyer", _wrong)
