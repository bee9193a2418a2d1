"""Each change of set-up costs."""

from __future__ import annotations

from hospital.facts import POINT
from scheduler.imaging.rules import changeovers, one_at_a_time
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, price, problem, room, weights

THREE = problem(
    case("head 1", family="head"),
    case("knee", family="knee"),
    case("head 2", family="head"),
    rooms=(room("CT1"), room("CT2")),
    weights=weights(changeover=7),
)


def test_patients_with_one_coil_in_a_row_save_a_change() -> None:
    """Head, knee, head is two changes; head, head, knee is one, however long the pause; two scanners need none."""
    rule = [changeovers.RULE]
    assert price(THREE, plan((0, hour(8)), (0, hour(8.5)), (0, hour(9))), rule) == 2 * 7 * POINT
    assert price(THREE, plan((0, hour(8)), (0, hour(10.5)), (0, hour(8.5))), rule) == 7 * POINT
    assert price(THREE, plan((0, hour(8)), (1, hour(8.5)), (0, hour(9))), rule) == 0


def test_a_new_day_begins_with_any_coil() -> None:
    """Knee in the evening and head in the next morning is no change that anybody pays for."""
    days = room(sessions=((hour(8), hour(11)), (hour(8, day=1), hour(11, day=1))))
    two = problem(
        case("A", family="head"), case("B", family="knee"), rooms=(days,), days=2, weights=weights(changeover=7)
    )
    assert price(two, plan((0, hour(8)), (0, hour(8, day=1))), [changeovers.RULE]) == 0
    assert price(two, plan((0, hour(8)), (0, hour(10))), [changeovers.RULE]) == 7 * POINT


def test_the_match_names_both_coils() -> None:
    """The clerk reads that CT1 goes from the head coil to the knee coil; an examination without one shows a dash."""
    (match,) = changeovers.check(THREE, plan((0, hour(8)), (0, hour(8.5)), None))
    assert (match.values["from_family"], match.values["to_family"]) == ("head", "knee")
    bare = problem(case("A", family="head"), case("B"), weights=weights(changeover=7))
    (match,) = changeovers.check(bare, plan((0, hour(8)), (0, hour(8.5))))
    assert (match.values["from_family"], match.values["to_family"]) == ("head", "-")


def test_both_faces_agree() -> None:
    """Over all plans in which nobody overlaps, model and check charge the same."""
    starts = [hour(8), hour(8.5), hour(9.5)]
    found = compare_by_enumeration(THREE, [one_at_a_time.RULE, changeovers.RULE], starts=starts)
    assert found.prices == {0, 7 * POINT, 14 * POINT}
