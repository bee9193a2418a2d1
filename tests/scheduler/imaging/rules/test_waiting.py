"""Every hour waited costs what the class says."""

from __future__ import annotations

from hospital.facts import POINT
from hospital.requests import RequestClass
from scheduler.imaging.rules import waiting
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, price, problem, weights

PRICES = weights(wait_emergency=20, wait_inpatient=5, wait_outpatient=1.5, wait_check_up=0.5)


def test_an_hour_costs_the_class_its_price() -> None:
    """From 8:00 to 9:30 an emergency costs 30 points and an outpatient 2.25."""
    two = problem(case("E", rclass=RequestClass.EMERGENCY), case("O"), weights=PRICES)
    assert price(two, plan((0, hour(9.5)), None), [waiting.RULE]) == 30 * POINT
    assert price(two, plan(None, (0, hour(9.5))), [waiting.RULE]) == 2.25 * POINT
    assert price(two, plan((0, hour(8)), None), [waiting.RULE]) == 0


def test_waiting_without_a_price_is_not_felt() -> None:
    """With the price 0 nobody is told that somebody waits."""
    assert not list(waiting.check(problem(case("O")), plan((0, hour(9)))))


def test_both_faces_agree() -> None:
    """Over all plans of four classes, model and check charge the same."""
    four = problem(*(case(rclass, rclass=rclass, earliest=hour(8.2)) for rclass in RequestClass), weights=PRICES)
    assert len(compare_by_enumeration(four, [waiting.RULE], starts=[hour(8), hour(8.5), hour(10)]).prices) > 9
