"""Even load."""

from __future__ import annotations

from scheduler.radiotherapy.rules import linac_load
from tests.scheduler.radiotherapy.tiny import (
    compare_by_enumeration,
    course,
    hour,
    linac,
    plan,
    points,
    problem,
    weights,
)


def test_minutes_beyond_the_fair_share_cost() -> None:
    """Of ninety minutes a linac that is open twice as long should have sixty; all on the small one are sixty too many."""
    two = [linac("L1", until=11), linac("L2")]
    asked = problem(course("A", 60), course("B", 30), linacs=two, weights=weights(load=0.5))
    nine, ten = hour(9), hour(10)
    assert points(linac_load.RULE, asked, plan((0, nine), (1, nine))) == 0
    assert points(linac_load.RULE, asked, plan((1, nine), (1, ten))) == 30
    assert points(linac_load.RULE, asked, plan((0, nine), (0, ten))) == 15
    compare_by_enumeration(asked, [linac_load.RULE], starts=[nine, ten])
