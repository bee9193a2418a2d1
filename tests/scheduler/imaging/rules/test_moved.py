"""An appointment that is moved or dropped costs, and more the shorter the notice."""

from __future__ import annotations

from hospital.facts import POINT
from scheduler.imaging.problem import ImagingProblem
from scheduler.imaging.rules import moved
from scheduler.kernel.plan import Place
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, price, problem, room, weights

PRICES = weights(moved=10, moved_soon=30, displaced=300)
KNOWN = {0: Place(0, hour(8)), 1: Place(0, hour(9)), 2: Place(1, hour(10))}


def known(**facts: object) -> ImagingProblem:
    """Three appointments in force: the first inside the notice period, the second soon, the third later; and a new request."""
    usual = {
        "rooms": (room("CT1"), room("CT2")),
        "weights": PRICES,
        "reference": KNOWN,
        "noticed": frozenset({0}),
        "short_notice": frozenset({0, 1}),
    }
    return problem(*(case(name) for name in ("today", "soon", "later", "new")), **(usual | facts))


STAY = ((0, hour(8)), (0, hour(9)), (1, hour(10)))


def test_the_shorter_the_notice_the_dearer() -> None:
    """Moving the later one costs 10, the one within three days 30, the one inside the notice period 300; a new one nothing."""
    rule = [moved.RULE]
    assert price(known(), plan(*STAY, (0, hour(10))), rule) == 0
    assert price(known(), plan(STAY[0], STAY[1], (1, hour(9)), None), rule) == 10 * POINT
    assert price(known(), plan(STAY[0], (1, hour(9)), STAY[2], None), rule) == 30 * POINT
    assert price(known(), plan((0, hour(8.5)), STAY[1], STAY[2], None), rule) == 300 * POINT


def test_dropping_an_appointment_is_moving_it() -> None:
    """Leaving out the one within three days costs 30 here; its unplanned price comes on top."""
    assert price(known(), plan(STAY[0], None, STAY[2], None), [moved.RULE]) == 30 * POINT


def test_history_is_not_moved() -> None:
    """What was done elsewhere than planned costs nothing any more."""
    past = known(frozen={0: Place(1, hour(8))})
    assert price(past, plan((1, hour(8)), STAY[1], STAY[2], None), [moved.RULE]) == 0


def test_a_broken_scanner_inside_the_notice_period_costs_the_dearest_price() -> None:
    """CT1 fails today: who must leave it inside the notice period is displaced; on the same failure later it is a move."""
    rooms = (room("CT1", closed=((hour(8.75), hour(11)),)), room("CT2"))
    leave = plan(STAY[0], (1, hour(9)), STAY[2], None)
    assert price(known(rooms=rooms, notice=hour(9) + 5), leave, [moved.RULE]) == 300 * POINT
    assert price(known(rooms=rooms, notice=hour(9)), leave, [moved.RULE]) == 30 * POINT
    assert price(known(notice=hour(9) + 5), leave, [moved.RULE]) == 30 * POINT


def test_both_faces_agree() -> None:
    """Over all plans, model and check charge the same."""
    rooms = (room("CT1", closed=((hour(8.75), hour(11)),)), room("CT2"))
    starts = [hour(8), hour(9), hour(10)]
    assert len(compare_by_enumeration(known(rooms=rooms, notice=600), [moved.RULE], starts=starts).prices) > 5
