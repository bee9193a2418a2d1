"""Risk of running out before the next delivery beyond what is accepted, and the days of demand then missing."""

from __future__ import annotations

from scheduler.kernel.presets import units
from scheduler.orders.choices import Case
from scheduler.orders.rules.terms import soft


def _felt(case: Case, at: int, packs: int) -> tuple[int, dict[str, object]]:
    item, weights = case.problem.items[at], case.problem.weights
    accepted, risk = case.advice[at].accepted, case.outlook(at, packs).risk
    price = {"V": weights.out_vital, "E": weights.out_essential}.get(item.criticality, weights.out_desirable)
    if case.is_relieved[at]:
        price *= weights.substituted
    days = case.outlook(at, packs).unmet / item.mean_demand if item.mean_demand > 0 else 0.0
    values: dict[str, object] = {"risk": 100 * risk, "accepted": 100 * accepted, "days": days}
    is_weighed = item.fresh is not None  # by its policy already
    return 0 if is_weighed else units(price * (100 * max(risk - accepted, 0.0) + 100 * days)), values


RULE = soft("running_out", "criticality of the item", _felt)
