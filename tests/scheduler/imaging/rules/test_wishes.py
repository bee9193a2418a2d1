"""A wish is met or its price is paid."""

from __future__ import annotations

from hospital.facts import POINT
from scheduler.imaging.rules import wishes
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, price, problem, room

WISHES = problem(
    case(
        "A",
        preferred_starts=((((hour(8), hour(9)), (hour(10), hour(10.5))), 4 * POINT),),
        preferred_scanners=((frozenset({"CT2", "CT3"}), 7 * POINT),),
    ),
    case("B"),
    rooms=(room("CT1"), room("CT2")),
)


def test_an_unmet_wish_costs_and_forbids_nothing() -> None:
    """Wished: before nine or from ten to 10:30, on CT2. The wrong time costs 4, the wrong scanner 7, both 11."""
    rule = [wishes.RULE]
    costs = [
        price(WISHES, plan(place, None), rule) for place in ((1, hour(8)), (1, hour(9)), (0, hour(10)), (0, hour(9)))
    ]
    assert costs == [0, 4 * POINT, 7 * POINT, 11 * POINT]
    assert price(WISHES, plan(None, (0, hour(9))), rule) == 0


def test_both_faces_agree() -> None:
    """Over all plans, model and check charge the same."""
    assert compare_by_enumeration(WISHES, [wishes.RULE]).prices == {0, 4 * POINT, 7 * POINT, 11 * POINT}
