"""Nothing or at least the least order."""

from __future__ import annotations

from scheduler.orders.choices import Case
from scheduler.orders.rules.terms import hard


def _wrong(case: Case, at: int, packs: int) -> dict[str, object] | None:
    least = case.problem.items[at].least_packs
    return None if packs == 0 or packs >= least else {"least": least}


RULE = hard("least_order", "supplier's terms", _wrong)
