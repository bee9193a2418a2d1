"""A gap too short for anyone costs."""

from __future__ import annotations

from hospital.facts import POINT
from scheduler.imaging.rules import one_at_a_time, short_gaps
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, plan, price, problem, room, weights

PRICES = weights(short_gap=2, shortest_gap_min=15)


def test_ten_idle_minutes_are_lost_and_fifteen_are_not() -> None:
    """Between two patients 10 minutes are too short to use, 15 are not, and none is no gap at all."""
    two = problem(case("A"), case("B"), weights=PRICES, grid=5)
    costs = [price(two, plan((0, 480), (0, 510 + idle)), [short_gaps.RULE]) for idle in (0, 5, 10, 15, 60)]
    assert costs == [0, 2 * POINT, 2 * POINT, 0, 0]


def test_set_up_and_cleaning_are_not_idle() -> None:
    """With 5 minutes of turnover, 10 of changeover or 25 of cleaning, only what lies beyond them is a gap."""
    rooms = (room(turnover=5),)
    change = {("head", "knee"): 10}
    coils = problem(
        case("A", family="head"), case("B", family="knee"), rooms=rooms, changeovers=change, weights=PRICES, grid=5
    )
    (match,) = short_gaps.check(coils, plan((0, 480), (0, 510 + 20)))
    assert (match.amount, match.start, match.end) == (5, 525, 530)
    assert not list(short_gaps.check(coils, plan((0, 480), (0, 510 + 15))))
    dirty = problem(case("A", is_isolated=True), case("B"), rooms=rooms, cleaning=25, weights=PRICES, grid=5)
    assert not list(short_gaps.check(dirty, plan((0, 480), (0, 510 + 25))))
    assert len(list(short_gaps.check(dirty, plan((0, 480), (0, 510 + 30))))) == 1


def test_both_faces_agree() -> None:
    """Over all plans in which nobody overlaps, model and check charge the same."""
    three = problem(
        case("A", family="head", minutes=10),
        case("B", family="knee", minutes=15),
        case("C", is_isolated=True, minutes=10),
        rooms=(room(turnover=5, sessions=((480, 540),)),),
        changeovers={("head", "knee"): 10, ("knee", "head"): 5},
        cleaning=20,
        weights=PRICES,
        grid=5,
    )
    found = compare_by_enumeration(three, [one_at_a_time.RULE, short_gaps.RULE])
    assert found.prices == {0, 2 * POINT, 4 * POINT}
