"""A change of linac costs."""

from __future__ import annotations

from scheduler.radiotherapy.rules import linac_switch
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


def test_there_and_back_are_two() -> None:
    """One day on the twin is two changes, the last day there is one."""
    asked = problem(course("A", 30, 20, 30), linacs=[linac("L1"), linac("L2")], weights=weights(switch=3))
    days = [hour(9, day=day) for day in (1, 4, 5)]
    assert points(linac_switch.RULE, asked, plan((0, days[0]), (1, days[1]), (0, days[2]))) == 6
    assert points(linac_switch.RULE, asked, plan((0, days[0]), (0, days[1]), (1, days[2]))) == 3
    compare_by_enumeration(asked, [linac_switch.RULE], starts=days[:2])
