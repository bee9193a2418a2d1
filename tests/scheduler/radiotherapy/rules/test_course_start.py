"""A course begins when it may."""

from __future__ import annotations

from scheduler.radiotherapy.rules import course_start
from tests.scheduler.radiotherapy.tiny import compare_by_enumeration, course, found, hour, plan, problem, protocol


def test_not_before_it_is_ready_and_from_tomorrow_on() -> None:
    """Asked for on Thursday and ready on Friday, it begins on Friday at the earliest; ready long ago, still tomorrow."""
    for ready in (1, -3):
        asked = problem(course("A", ready=ready))
        assert found(course_start.RULE, asked, plan((0, hour(9))))
        assert not found(course_start.RULE, asked, plan((0, hour(9, day=1))))


def test_on_the_weekdays_of_its_protocol() -> None:
    """A protocol that begins on Mondays and Tuesdays does not begin on a Friday."""
    asked = problem(course("A", 30, 30, protocol=protocol(start_weekdays=frozenset({0, 1}))))
    assert found(course_start.RULE, asked, plan((0, hour(9, day=1)), None))
    assert not found(course_start.RULE, asked, plan((0, hour(9, day=5)), None))
    assert compare_by_enumeration(
        asked, [course_start.RULE], starts=[hour(9, day=1), hour(9, day=4), hour(9, day=5)]
    ) == (16, 12)


def test_after_the_course_it_follows() -> None:
    """The boost begins on a later day than the last session of the course before."""
    asked = problem(course("A", 30, 20), course("B", 30, follows="A"))
    starts = [hour(9, day=1), hour(9, day=4), hour(9.5, day=4), hour(9, day=5)]
    assert not found(course_start.RULE, asked, plan((0, starts[0]), (0, starts[1]), (0, starts[3])))
    assert found(course_start.RULE, asked, plan((0, starts[0]), (0, starts[1]), (0, starts[2])))
    num, allowed = compare_by_enumeration(asked, [course_start.RULE], starts=starts)
    assert 0 < allowed < num
