"""Sessions in order, one a day or two with their gap."""

from __future__ import annotations

from scheduler.radiotherapy.rules import session_order
from tests.scheduler.radiotherapy.tiny import compare_by_enumeration, course, found, hour, plan, problem, protocol

TWICE = protocol(a_day=2, gap=120)


def test_one_session_a_day_in_order() -> None:
    """The second session is not on the first one's day, and not before it."""
    asked = problem(course("A", 30, 20))
    assert not found(session_order.RULE, asked, plan((0, hour(9)), (0, hour(9, day=1))))
    assert found(session_order.RULE, asked, plan((0, hour(2)), (0, hour(20))))
    assert found(session_order.RULE, asked, plan((0, hour(9, day=1)), (0, hour(9))))[0].requests == ("A/1", "A/2")


def test_twice_a_day_with_the_least_hours_between() -> None:
    """Two sessions of a day are two hours apart, from the end of the first; a third is too many."""
    asked = problem(course("A", 30, 20, 30, protocol=TWICE))
    good = plan((0, hour(9)), (0, hour(11.5)), (0, hour(9, day=1)))
    assert not found(session_order.RULE, asked, good)
    assert found(session_order.RULE, asked, plan((0, hour(9)), (0, hour(11)), None))[0].values["gap_min"] == 120
    assert found(session_order.RULE, asked, plan((0, hour(9)), (0, hour(12)), (0, hour(15))))


def test_all_plans_agree() -> None:
    """With sessions left out or not, once or twice a day, model and check agree."""
    starts = [hour(6), hour(9), hour(12), hour(6, day=1), hour(10, day=1)]
    for given in (protocol(), TWICE, protocol(gap=1440)):
        asked = problem(course("A", 30, 20, 30, protocol=given))
        num, allowed = compare_by_enumeration(asked, [session_order.RULE], starts=starts)
        assert 0 < allowed < num
