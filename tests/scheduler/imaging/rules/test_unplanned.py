"""A request left unplanned has its price."""

from __future__ import annotations

from hospital.facts import POINT
from hospital.requests import RequestClass
from scheduler.imaging.rules import unplanned
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, price, problem, weights

PRICES = weights(wait_emergency=20, wait_outpatient=1.5, unplanned_h=400)


def test_leaving_an_emergency_out_costs_most() -> None:
    """400 hours of waiting: 8000 points for the emergency, 600 for the outpatient, nothing for who has a place."""
    two = problem(case("E", rclass=RequestClass.EMERGENCY), case("O"), weights=PRICES)
    assert price(two, plan(None, (0, hour(9))), [unplanned.RULE]) == 8000 * POINT
    assert price(two, plan((0, hour(9)), None), [unplanned.RULE]) == 600 * POINT
    assert price(two, plan((0, hour(9)), (0, hour(8))), [unplanned.RULE]) == 0


def test_both_faces_agree() -> None:
    """Over all plans, model and check charge the same."""
    three = problem(case("E", rclass=RequestClass.EMERGENCY), case("O"), case("P"), weights=PRICES)
    found = compare_by_enumeration(three, [unplanned.RULE], starts=[hour(8)])
    assert found.prices == {units * POINT for units in (0, 600, 1200, 8000, 8600, 9200)}
