"""A start past its target costs at once and by the day."""

from __future__ import annotations

from scheduler.radiotherapy.rules import course_late
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

PRICED = weights(wait_1=4, target_1=3, late=10, past=2)
URGENT = protocol(priority=1)


def test_on_target_costs_nothing_a_day_later_much() -> None:
    """Ready on Friday with a target of three days: Monday is in time, Tuesday is a day late."""
    asked = problem(course("A", protocol=URGENT), weights=PRICED)
    assert points(course_late.RULE, asked, plan((0, hour(9, day=4)))) == 0
    assert points(course_late.RULE, asked, plan((0, hour(9, day=5)))) == 4 * (10 + 2)


def test_a_course_may_have_a_target_of_its_own() -> None:
    """With one day of its own, Monday is two days late: all plans agree."""
    asked = problem(course("A", protocol=URGENT, target_days=1), weights=PRICED)
    assert points(course_late.RULE, asked, plan((0, hour(9, day=4)))) == 4 * (10 + 4)
    assert compare_by_enumeration(asked, [course_late.RULE], starts=[hour(9, day=day) for day in (1, 4, 5)]) == (4, 4)
