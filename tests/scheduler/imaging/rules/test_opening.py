"""An examination lies within one session."""

from __future__ import annotations

from scheduler.imaging.rules import opening
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, problem, refused_for, room

SPLIT = room(sessions=((hour(8), hour(10)), (hour(10.5), hour(12))), overtime=((hour(12), hour(12.5)),))


def test_an_examination_does_not_cross_the_lunch_break() -> None:
    """Sixty minutes from half past nine would run into the break and are refused; from nine they fit."""
    one = problem(case("head", minutes=60), rooms=(SPLIT,))
    assert refused_for(one, plan((0, hour(9.5)))) == {"opening"}
    assert refused_for(one, plan((0, hour(9)))) == set()


def test_overtime_lengthens_the_last_session_only() -> None:
    """An examination may run half an hour into overtime in the evening, not a minute longer, and none into the break."""
    one = problem(case("head", minutes=90), rooms=(SPLIT,))
    assert refused_for(one, plan((0, hour(11)))) == set()
    assert refused_for(one, plan((0, hour(11.5)))) == {"opening"}
    assert refused_for(one, plan((0, hour(9)))) == {"opening"}


def test_a_scanner_open_all_night_takes_patients_over_midnight() -> None:
    """The emergency CT never closes: an examination at 23:30 goes on into the next day."""
    night = room(sessions=((0, 1440), (1440, 2880)))
    one = problem(case("stroke", minutes=60), rooms=(night,), days=2)
    assert refused_for(one, plan((0, hour(23.5)))) == set()


def test_both_faces_agree() -> None:
    """Over all plans on a scanner with a break, overtime and a closed neighbour, model and check admit the same."""
    two = problem(case("long", minutes=90), case("short"), rooms=(SPLIT, room("CT2", sessions=())))
    assert compare_by_enumeration(two, [opening.RULE]).is_telling
