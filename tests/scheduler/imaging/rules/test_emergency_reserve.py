"""Hours reserved for emergencies are open to emergencies only."""

from __future__ import annotations

from hospital.requests import RequestClass
from scheduler.imaging.rules import emergency_reserve
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, problem, refused_for, room

KEPT = room(reserved=((hour(9), hour(9.75), RequestClass.EMERGENCY), (hour(10.5), hour(11), RequestClass.INPATIENT)))


def test_the_reserved_hour_takes_the_emergency_only() -> None:
    """At nine the emergency is examined; an outpatient is refused then and welcome at half past eight."""
    two = problem(case("emergency", rclass=RequestClass.EMERGENCY), case("other"), rooms=(KEPT,))
    assert refused_for(two, plan((0, hour(9)), (0, hour(8.5)))) == set()
    assert refused_for(two, plan(None, (0, hour(9.5)))) == {"emergency_reserve"}


def test_a_released_hour_is_open_to_all() -> None:
    """Once released, nothing is kept any more."""
    one = problem(case("other"), rooms=(room(reserved=()),))
    assert refused_for(one, plan((0, hour(9)))) == set()


def test_both_faces_agree() -> None:
    """Over all plans of three classes, model and check admit the same."""
    three = problem(
        case("emergency", rclass=RequestClass.EMERGENCY, minutes=60),
        case("inpatient", rclass=RequestClass.INPATIENT),
        case("outpatient"),
        rooms=(KEPT,),
    )
    assert compare_by_enumeration(three, [emergency_reserve.RULE]).is_telling
