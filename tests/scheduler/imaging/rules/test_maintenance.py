"""Nobody is examined while the scanner is closed."""

from __future__ import annotations

from scheduler.imaging.rules import maintenance
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, problem, refused_for, room

SERVICED = room(closed=((hour(9), hour(9.75)), (hour(10.5), hour(11))))


def test_an_examination_ends_before_maintenance_begins() -> None:
    """Sixty minutes from 8:30 would be cut off by the engineer at nine; from eight they are done in time."""
    one = problem(case("head", minutes=60), rooms=(SERVICED,))
    assert refused_for(one, plan((0, hour(8.5)))) == {"maintenance"}
    assert refused_for(one, plan((0, hour(8)))) == set()


def test_the_match_says_how_long_they_overlap() -> None:
    """From 9:30 a patient lies fifteen minutes into the closed time."""
    one = problem(case("head"), rooms=(SERVICED,))
    (match,) = maintenance.check(one, plan((0, hour(9.5))))
    assert (match.amount, match.values["from_at"], match.values["to_at"]) == (15, hour(9), hour(9.75))


def test_both_faces_agree() -> None:
    """Over all plans with a closed scanner and an open one, model and check admit the same."""
    two = problem(case("long", minutes=60), case("short"), rooms=(SERVICED, room("CT2")))
    assert compare_by_enumeration(two, [maintenance.RULE]).is_telling
