"""Each item ordered is work: a line to write, a box to receive and to put away."""

from __future__ import annotations

from scheduler.kernel.presets import units
from scheduler.orders.choices import Case
from scheduler.orders.rules.terms import soft


def _felt(case: Case, at: int, packs: int) -> tuple[int, dict[str, object]]:
    is_free = packs == 0 or case.problem.items[at].fresh is not None
    return (0 if is_free else units(case.problem.weights.line)), {}


RULE = soft("order_lines", "work of ordering", _felt)
