"""An item so short-lived that its orders come from the exact policy: its shelf read as a state of that policy."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from scheduler.orders.perishable import PerishableItem, PerishablePolicy, best_policy
from scheduler.orders.problem import OrderItem

KEPT = 64
"""Policies kept for the next asking."""


@lru_cache(maxsize=KEPT)
def policy_of(terms: PerishableItem) -> PerishablePolicy:
    """The policy of these terms, found once."""
    return best_policy(terms)


def fresh_packs(item: OrderItem, terms: PerishableItem) -> int:
    """Packs to order today by the exact policy; opened packs on the shelf count as none."""
    ages = [0] * terms.shelf_life
    for lot in item.lots:
        last = terms.shelf_life - 1 if lot.last_day is None else lot.last_day
        if last >= 0:
            ages[min(last, terms.shelf_life - 1)] += int(lot.units // item.pack_units)
    coming = [0] * (terms.lead_time - 1)
    for way in item.under_way:
        if coming:
            day = int(np.median(way.days))
            coming[min(max(day - 1, 0), len(coming) - 1)] += int(way.units // item.pack_units)
    return policy_of(terms).quantity(ages, coming)
