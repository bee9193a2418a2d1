"""Overtime costs by the minute."""

from __future__ import annotations

from scheduler.radiotherapy.rules import linac_overtime
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


def test_only_the_minutes_after_closing_cost() -> None:
    """An hour begun at half past nine has thirty minutes of overtime."""
    late = linac(overtime=((hour(10), hour(11)),))
    asked = problem(course("A", 60), linacs=[late], weights=weights(overtime=0.2))
    assert round(points(linac_overtime.RULE, asked, plan((0, hour(9.5)))), 9) == 6
    assert points(linac_overtime.RULE, asked, plan((0, hour(9)))) == 0
    compare_by_enumeration(asked, [linac_overtime.RULE], starts=[hour(9), hour(9.5), hour(10)])
