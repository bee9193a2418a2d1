"""Work is spread over the scanners."""

from __future__ import annotations

from hospital.facts import POINT
from hospital.resources import Modality
from scheduler.imaging.rules import load, terms
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, price, problem, room, weights

SHORT_DAY = room("CT2", sessions=((hour(8), hour(10)),), closed=((hour(9), hour(10)),))


def test_a_scanner_s_share_follows_its_opening_time() -> None:
    """200 minutes on a scanner open three hours and one open one hour: 150 and 50 are fair, 165 and 55 with the slack."""
    cases = [case(name, minutes=50) for name in "ABCD"]
    four = problem(*cases, rooms=(room("CT1"), SHORT_DAY), weights=weights(load=2, load_slack=1.1))
    assert terms.fair_loads(four) == (165, 55)
    spread = plan((0, 480), (0, 530), (0, 580), (1, 480))
    assert price(four, spread, [load.RULE]) == 0
    heaped = plan((0, 480), (0, 530), (1, 530), (1, 480))
    assert price(four, heaped, [load.RULE]) == (100 - 55) * 2 * POINT


def test_only_what_a_scanner_can_take_is_shared_with_it() -> None:
    """The magnet has no share in the CTs' work, and a patient allowed on CT1 alone burdens CT1 alone."""
    rooms = (room("CT1"), room("CT2"), room("MR1", modality=Modality.MR))
    two = problem(
        case("A", minutes=40),
        case("B", minutes=60, scanners=frozenset({"CT1"})),
        rooms=rooms,
        weights=weights(load_slack=1),
    )
    assert terms.fair_loads(two) == (80, 20, 0)


def test_both_faces_agree() -> None:
    """Over all plans of three patients on two unequal scanners, model and check charge the same."""
    three = problem(
        case("A", minutes=35),
        case("B", minutes=50),
        case("C", minutes=85),
        rooms=(room("CT1"), SHORT_DAY),
        weights=weights(load=0.05, load_slack=1.05),
    )
    assert len(compare_by_enumeration(three, [load.RULE], starts=[hour(8), hour(9)]).prices) > 4
