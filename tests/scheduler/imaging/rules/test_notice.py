"""An appointment inside the notice period stays unless an emergency takes its place."""

from __future__ import annotations

from hospital.requests import RequestClass
from scheduler.imaging.problem import ImagingProblem
from scheduler.imaging.rules import notice, one_at_a_time
from scheduler.kernel.plan import Place
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, problem, refused_for, room


def noticed(**facts: object) -> ImagingProblem:
    """A patient told to come at nine to CT1, an emergency and another patient."""
    usual = {
        "rooms": (room("CT1"), room("CT2")),
        "reference": {0: Place(0, hour(9))},
        "noticed": frozenset({0}),
        "displacers": frozenset({1}),
    }
    emergency = case("emergency", rclass=RequestClass.EMERGENCY, minutes=60)
    return problem(case("told", minutes=60), emergency, case("other"), **(usual | facts))


def test_a_patient_who_was_told_is_not_moved_for_convenience() -> None:
    """Half an hour later is refused, also when another outpatient takes the old place."""
    assert refused_for(noticed(), plan((0, hour(9)), None, (0, hour(8)))) == set()
    assert refused_for(noticed(), plan((0, hour(10)), None, (0, hour(9)))) == {"notice"}


def test_an_emergency_in_the_place_displaces() -> None:
    """With the emergency on CT1 from 8:30 to 9:30 the patient moves; with it on CT2 the patient stays."""
    assert refused_for(noticed(), plan((0, hour(10)), (0, hour(8.5)), None)) == set()
    assert refused_for(noticed(), plan((0, hour(10)), (1, hour(8.5)), None)) == {"notice"}
    assert refused_for(noticed(), plan((0, hour(10)), (0, hour(8)), None)) == {"notice"}


def test_both_faces_agree() -> None:
    """Over all plans of the three, model and check admit the same."""
    starts = [hour(8), hour(8.5), hour(9), hour(9.5), hour(10)]
    assert compare_by_enumeration(noticed(), [notice.RULE, one_at_a_time.RULE], starts=starts).is_telling


def test_an_emergency_does_not_displace_itself() -> None:
    """An emergency that was told its time cannot push itself half an hour on."""
    alone = noticed(displacers=frozenset({0, 1}))
    assert refused_for(alone, plan((0, hour(9.5)), None, None)) == {"notice"}
    assert compare_by_enumeration(alone, [notice.RULE], starts=[hour(8.5), hour(9), hour(9.5)]).is_telling
