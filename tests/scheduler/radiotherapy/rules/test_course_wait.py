"""Days waited cost by urgency."""

from __future__ import annotations

from scheduler.radiotherapy.rules import course_wait
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

PRICED = weights(wait_1=4, wait_3=1.5)


def test_every_calendar_day_counts_from_the_earliest_working_day() -> None:
    """Ready on Friday, begun on Monday: three days; ready on Saturday, begun on Monday: none."""
    later = plan((0, hour(9, day=4)))
    assert points(course_wait.RULE, problem(course("A"), weights=PRICED), later) == 4.5
    urgent = course("A", protocol=protocol(priority=1))
    assert points(course_wait.RULE, problem(urgent, weights=PRICED), later) == 12
    assert points(course_wait.RULE, problem(course("A", ready=2), weights=PRICED), later) == 0


def test_who_has_waited_since_last_week_has_waited_all_those_days() -> None:
    """Ready on the Tuesday before the plan's first day, begun on Friday: three days, not one; ready on Sunday counts from Monday."""
    friday = plan((0, hour(9, day=1)))
    assert points(course_wait.RULE, problem(course("A", ready=-2), weights=PRICED), friday) == 4.5
    assert points(course_wait.RULE, problem(course("A", ready=-4), weights=PRICED), friday) == 6


def test_only_the_first_session_waits() -> None:
    """A course under way does not wait, nor do later sessions: all plans agree."""
    asked = problem(course("A", 30, 20), course("B", first_session=7), weights=PRICED)
    starts = [hour(9, day=day) for day in (0, 1, 4, 5)]
    compare_by_enumeration(asked, [course_wait.RULE], starts=starts)
    assert points(course_wait.RULE, asked, plan(None, None, (0, starts[3]))) == 0
