"""No ward waits for the others."""

from __future__ import annotations

from hospital.facts import POINT
from scheduler.imaging.rules import fairness
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, price, problem, weights

PRICES = weights(fairness=4, fair_wait_h=0.5)


def test_a_ward_waits_in_all_no_longer_than_its_allowance() -> None:
    """Two requests of ward 7 may wait an hour in all; three hours are two too many. Outpatients belong to no ward."""
    three = problem(case("A", ward="7"), case("B", ward="7"), case("out"), weights=PRICES)
    rule = [fairness.RULE]
    assert price(three, plan((0, hour(8.5)), (0, hour(8.5)), (0, hour(10.5))), rule) == 0
    assert price(three, plan((0, hour(9)), (0, hour(10)), (0, hour(8))), rule) == 2 * 4 * POINT


def test_both_faces_agree() -> None:
    """Over all plans of two wards and an outpatient, model and check charge the same."""
    four = problem(
        case("A", ward="7"), case("B", ward="7", earliest=hour(8.5)), case("C", ward="9"), case("out"), weights=PRICES
    )
    starts = [hour(8), hour(9), hour(10.25)]
    assert len(compare_by_enumeration(four, [fairness.RULE], starts=starts).prices) > 5
