"""What is ordered has room when it comes."""

from __future__ import annotations

from scheduler.orders.choices import Case
from scheduler.orders.levels import room
from scheduler.orders.rules.terms import hard


def _wrong(case: Case, at: int, packs: int) -> dict[str, object] | None:
    free = room(case.problem.items[at])
    return None if packs == 0 or free is None or packs <= free else {"room": free}


RULE = hard("storage_room", "pharmacy's store", _wrong)
