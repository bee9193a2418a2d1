"""The same hour from day to day."""

from __future__ import annotations

from scheduler.radiotherapy.rules import same_hour
from tests.scheduler.radiotherapy.tiny import (
    compare_by_enumeration,
    course,
    hour,
    plan,
    points,
    problem,
    protocol,
    weights,
)

PRICED = weights(same_hour=0.5)


def test_an_hour_apart_is_the_same_hour_and_more_is_not() -> None:
    """Nine and ten are near enough, nine and half past ten are not."""
    asked = problem(course("A", 30, 20), weights=PRICED)
    assert points(same_hour.RULE, asked, plan((0, hour(9)), (0, hour(10, day=1)))) == 0
    assert points(same_hour.RULE, asked, plan((0, hour(9)), (0, hour(10.5, day=1)))) == 0.5


def test_twice_a_day_compares_mornings_with_mornings() -> None:
    """The afternoon session is not compared with the morning's: all plans agree."""
    asked = problem(course("A", 30, 20, 30, protocol=protocol(a_day=2)), weights=PRICED)
    kept = plan((0, hour(9)), (0, hour(16)), (0, hour(9, day=1)))
    assert points(same_hour.RULE, asked, kept) == 0
    compare_by_enumeration(asked, [same_hour.RULE], starts=[hour(9), hour(16), hour(9, day=1), hour(16, day=4)])
