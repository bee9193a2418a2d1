"""Two examinations of a patient on different days cost a second visit."""

from __future__ import annotations

from hospital.facts import POINT
from scheduler.imaging.rules import two_days
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, price, problem, room, weights

DAYS = room(sessions=tuple((hour(8, day=day), hour(11, day=day)) for day in range(3)))


def test_a_second_journey_costs() -> None:
    """The same patient on Monday and Tuesday pays a visit more than on Monday alone; two patients do not."""
    li = problem(case("A", patient="Li"), case("B", patient="Li"), rooms=(DAYS,), days=3, weights=weights(two_days=30))
    two = problem(case("A"), case("B"), rooms=(DAYS,), days=3, weights=weights(two_days=30))
    apart, together = plan((0, hour(8)), (0, hour(8, day=1))), plan((0, hour(8)), (0, hour(10)))
    assert price(li, apart, [two_days.RULE]) == 30 * POINT
    assert price(li, together, [two_days.RULE]) == 0
    assert price(two, apart, [two_days.RULE]) == 0


def test_both_faces_agree() -> None:
    """Over all plans of three examinations of one patient on three days, model and check charge the same by pairs."""
    three = problem(*(case(name, patient="Li") for name in "ABC"), rooms=(DAYS,), days=3, weights=weights(two_days=30))
    starts = [hour(time, day=day) for day in range(3) for time in (8, 10)]
    found = compare_by_enumeration(three, [two_days.RULE], starts=starts)
    assert found.prices == {0, 30 * POINT, 60 * POINT, 90 * POINT}
