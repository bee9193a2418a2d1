"""When an order is due and how much it brings: reorder level and order-up-to level of one item, from its own paths.

The level is a quantile of the demand until an order of the *next* order day would be on the shelf: whoever waits today must last so
long. How high a quantile: one more day of stock costs the same for every item, but where the demand of those days spreads wide it prevents
fewer stock-outs. At the best split the normal density at the level is in proportion to the spread; since each spread is itself only
estimated, half of that is taken (its square root).
"""

from __future__ import annotations

from math import ceil, log, pi, sqrt
from statistics import NormalDist

import numpy as np

from scheduler.orders.presets import Weights
from scheduler.orders.problem import OrderItem, asked_until

MOST_PROTECTION = 0.9995
LEAST_PROTECTION = 0.5
LEAST_SPREAD_DAYS = 0.3
"""A spread estimated below this is not believed."""


def care_of(item: OrderItem, weights: Weights) -> float:
    """How careful to be with the item."""
    return {"V": weights.care_vital, "E": weights.care_essential}.get(item.criticality, weights.care_desirable)


def protection(item: OrderItem, weights: Weights) -> float:
    """The chance with which stock should last until an order of the next order day is on the shelf."""
    if item.mean_demand <= 0:
        return LEAST_PROTECTION
    density = sqrt(max(item.need_spread, LEAST_SPREAD_DAYS)) / care_of(item, weights)
    z = sqrt(max(-2 * log(density * sqrt(2 * pi)), 0.0)) if density > 0 else 0.0
    return min(NormalDist().cdf(z), MOST_PROTECTION)


def reorder_level(item: OrderItem, weights: Weights) -> float:
    """Units on the shelf and under way at or below which an order is due."""
    return max(float(np.quantile(item.need, protection(item, weights))), 0.0)


def order_days(item: OrderItem, weights: Weights) -> float:
    """Days of demand that an order brings beyond the reorder level."""
    return {"A": weights.days_a, "B": weights.days_b}.get(item.turnover, weights.days_c)


def order_up_to(item: OrderItem, weights: Weights) -> float:
    """Units on the shelf and under way after an order."""
    return reorder_level(item, weights) + order_days(item, weights) * item.mean_demand


def packs_up_to(item: OrderItem, level: float, position: float) -> int:
    """Whole packs from the position to the level, at least the least order."""
    return max(ceil((level - position) / item.pack_units - 1e-9), item.least_packs, 1)


def room(item: OrderItem) -> int | None:
    """Packs that fit: the room less what is there and under way, plus what will on average be used before the order comes."""
    if item.most_packs is None:
        return None
    used = max(float(asked_until(item.demand, item.arrives).mean()), 0.0)
    there = max(item.position - used, 0.0) / item.pack_units
    return max(int(item.most_packs - there + 1e-9), 0)
