"""Days of demand ordered beyond or below what the item's own levels advise."""

from __future__ import annotations

from scheduler.kernel.presets import units
from scheduler.orders.choices import Case
from scheduler.orders.rules.terms import soft

MOST_DAYS = 400.0
"""An item that is hardly asked for counts no more days than this."""


def _felt(case: Case, at: int, packs: int) -> tuple[int, dict[str, object]]:
    item, advised = case.problem.items[at], case.advice[at].packs
    away = abs(packs - advised) * item.pack_units
    days = min(away / item.mean_demand, MOST_DAYS) if item.mean_demand > 0 else (MOST_DAYS if away else 0.0)
    return units(case.problem.weights.off_advice * days), {"advised": advised, "days": days}


RULE = soft("off_advice", "reorder level and order-up-to level", _felt)
