"""An isolated patient is the last of a session, and cleaning follows."""

from __future__ import annotations

from scheduler.imaging.rules import isolation, one_at_a_time
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, problem, refused_for, room

TWO_SESSIONS = room(sessions=((hour(8), hour(10)), (hour(10.25), hour(12))))


def test_nobody_follows_an_isolated_patient_in_a_session() -> None:
    """With the isolated patient at eight nobody else comes before the break; before the isolated one anybody may."""
    two = problem(case("isolated", is_isolated=True), case("other"), rooms=(TWO_SESSIONS,), cleaning=30, grid=15)
    assert refused_for(two, plan((0, hour(8)), (0, hour(9.5)))) == {"isolation"}
    assert refused_for(two, plan((0, hour(8.5)), (0, hour(8)))) == set()
    assert refused_for(two, plan((0, hour(8)), (0, hour(10.5)))) == set()


def test_cleaning_comes_before_the_next_session() -> None:
    """An isolated patient until ten leaves the room dirty until 10:30, although the session opens at 10:15."""
    two = problem(case("isolated", is_isolated=True), case("other"), rooms=(TWO_SESSIONS,), cleaning=30, grid=15)
    assert refused_for(two, plan((0, hour(9.5)), (0, hour(10.25)))) == {"isolation"}
    assert refused_for(two, plan((0, hour(9.5)), (0, hour(10.5)))) == set()


def test_isolated_patients_follow_each_other_after_cleaning() -> None:
    """Two isolated patients may close a session together with 30 minutes of cleaning between them."""
    two = problem(case("A", is_isolated=True), case("B", is_isolated=True), rooms=(TWO_SESSIONS,), cleaning=30, grid=15)
    assert refused_for(two, plan((0, hour(8)), (0, hour(9)))) == set()
    assert refused_for(two, plan((0, hour(8)), (0, hour(8.75)))) == {"isolation"}


def test_both_faces_agree() -> None:
    """Over all plans of an isolated patient and two others on a scanner with a break, model and check admit the same."""
    three = problem(
        case("isolated", is_isolated=True), case("B"), case("C", minutes=60), rooms=(TWO_SESSIONS,), cleaning=40
    )
    assert compare_by_enumeration(three, [one_at_a_time.RULE, isolation.RULE]).is_telling
