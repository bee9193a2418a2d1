"""A course that lasts longer than it need costs."""

from __future__ import annotations

from scheduler.radiotherapy.problem import Promise
from scheduler.radiotherapy.rules import course_stretch
from tests.scheduler.radiotherapy.tiny import compare_by_enumeration, course, hour, plan, points, problem, weights

PRICED = weights(stretch=2)


def test_a_skipped_day_costs_the_calendar_days_it_adds() -> None:
    """Friday and Monday is the rhythm; Friday and Tuesday is a day longer; Thursday and Monday three days."""
    asked = problem(course("A", 30, 20), weights=PRICED)
    assert points(course_stretch.RULE, asked, plan((0, hour(9, day=1)), (0, hour(9, day=4)))) == 0
    assert points(course_stretch.RULE, asked, plan((0, hour(9, day=1)), (0, hour(9, day=5)))) == 2
    assert points(course_stretch.RULE, asked, plan((0, hour(9)), (0, hour(9, day=4)))) == 6


def test_a_promised_course_is_priced_alike_by_both_faces() -> None:
    """Its first day is settled: all plans of the rest agree."""
    asked = problem(course("A", 30, 20), weights=PRICED, promised={0: Promise((0, 0), (0, 4))})
    starts = [hour(9, day=day) for day in (0, 1, 4, 5)]
    compare_by_enumeration(asked, [course_stretch.RULE], starts=starts)
