"""Every hour past the target costs a multiple of waiting."""

from __future__ import annotations

from hospital.facts import POINT
from hospital.requests import RequestClass
from scheduler.imaging.rules import lateness
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, price, problem, weights

PRICES = weights(wait_inpatient=5, wait_outpatient=1.5, late_factor=10, target_inpatient=2, target_outpatient=1)


def test_the_request_s_own_target_counts_before_the_class_s() -> None:
    """Wanted by 9:30 and made at ten: half an hour late; without an own target the class's hour is over at nine."""
    two = problem(case("own", target=hour(9.5)), case("class"), weights=PRICES)
    assert price(two, plan((0, hour(10)), None), [lateness.RULE]) == 0.5 * 15 * POINT
    assert price(two, plan(None, (0, hour(10))), [lateness.RULE]) == 1 * 15 * POINT
    assert not list(lateness.check(two, plan((0, hour(9.5)), (0, hour(9)))))


def test_the_match_says_how_late() -> None:
    """The list shows that the request is an hour past its target of nine."""
    (match,) = lateness.check(problem(case("A"), weights=PRICES), plan((0, hour(10))))
    assert (match.values["target_at"], match.values["late_min"]) == (hour(9), 60)


def test_both_faces_agree() -> None:
    """Over all plans, model and check charge the same."""
    three = problem(case("A", target=hour(8.7)), case("B"), case("C", rclass=RequestClass.INPATIENT), weights=PRICES)
    assert len(compare_by_enumeration(three, [lateness.RULE], starts=[hour(8.5), hour(9.5), hour(10.5)]).prices) > 5
