"""Each minute after the last session costs."""

from __future__ import annotations

from hospital.facts import POINT
from scheduler.imaging.rules import overtime
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, price, problem, room, weights

LATE = room(overtime=((hour(11), hour(12)),))


def test_only_the_minutes_after_closing_count() -> None:
    """Fifty minutes from 10:30 to 11:20 are 20 minutes of overtime; on a scanner that stays open they are none."""
    one = problem(case("A", minutes=50), rooms=(LATE, room("CT2", sessions=((480, 800),))), weights=weights(overtime=3))
    assert price(one, plan((0, hour(10.5))), [overtime.RULE]) == 20 * 3 * POINT
    assert price(one, plan((0, hour(10))), [overtime.RULE]) == 0
    assert price(one, plan((1, hour(10.5))), [overtime.RULE]) == 0


def test_both_faces_agree() -> None:
    """Over all plans with overtime on one of two scanners, model and check charge the same."""
    two = problem(case("A", minutes=50), case("B", minutes=90), rooms=(LATE, room("CT2")), weights=weights(overtime=3))
    assert len(compare_by_enumeration(two, [overtime.RULE]).prices) > 5
