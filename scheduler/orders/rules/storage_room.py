"""What is ordered has room when it comes."""

from __future__ import annotations

from scheduler.orders.choices import Case
from scheduler.orders.problem import OrderItem, asked_until
from scheduler.orders.rules.terms import hard


def room(item: OrderItem) -> int | None:
    """Packs that fit: the room less what is there and under way, plus what will on average be used before the order comes."""
    if item.most_packs is None:
        return None
    used = max(float(asked_until(item.demand, item.arrives).mean()), 0.0)
    there = max(item.position - used, 0.0) / item.pack_units
    return max(int(item.most_packs - there + 1e-9), 0)


def _wrong(case: Case, at: int, packs: int) -> dict[str, object] | None:
    free = room(case.problem.items[at])
    return None if packs == 0 or free is None or packs <= free else {"room": free}


RULE = hard("storage_room", "pharmacy's store", _wrong)
