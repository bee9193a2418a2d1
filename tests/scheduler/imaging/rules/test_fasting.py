"""A fasting patient is examined in the morning."""

from __future__ import annotations

from datetime import date

from hospital.clock import Clock
from scheduler.imaging.rules import fasting
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, problem, refused_for, room

LONG_DAYS = room(sessions=((hour(8), hour(15)), (hour(8, day=1), hour(15, day=1))))


def test_a_fasting_patient_starts_before_the_limit() -> None:
    """With the limit at noon, 11:30 will do and noon will not; a patient who has eaten may come at noon."""
    two = problem(case("fasting", is_fasting=True), case("fed"), rooms=(LONG_DAYS,), days=2)
    assert refused_for(two, plan((0, hour(11.5)), (0, hour(12)))) == set()
    assert refused_for(two, plan((0, hour(12)), None)) == {"fasting"}


def test_the_limit_is_the_wall_clock_also_when_the_clocks_change() -> None:
    """On the Sunday on which Berlin's clocks go forward, 11:30 is still in the morning and noon is not."""
    spring = Clock("Europe/Berlin", date(2026, 3, 29), 1, 30)
    one = problem(case("A", is_fasting=True, earliest=0), clock=spring, rooms=(room(sessions=((0, 1380),)),))
    half_past_eleven = spring.minute_on(0, 690)
    assert half_past_eleven == 630
    assert refused_for(one, plan((0, half_past_eleven))) == set()
    assert refused_for(one, plan((0, half_past_eleven + 30))) == {"fasting"}


def test_both_faces_agree() -> None:
    """Over all plans of two days, model and check admit the same mornings."""
    two = problem(case("A", is_fasting=True), case("B"), rooms=(LONG_DAYS,), days=2, fasting_before=630)
    assert compare_by_enumeration(two, [fasting.RULE]).is_telling
