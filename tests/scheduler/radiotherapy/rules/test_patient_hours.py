"""The patient's own hours."""

from __future__ import annotations

from scheduler.radiotherapy.rules import patient_hours
from tests.scheduler.radiotherapy.tiny import compare_by_enumeration, course, hour, plan, points, problem, weights


def test_a_session_outside_the_hours_costs() -> None:
    """Asked for from half past nine to half past ten: a session of an hour at half past nine fits, at ten it does not."""
    asked = problem(course("A", 60, 30, hours=((570, 630),)), weights=weights(patient_hours=2))
    assert points(patient_hours.RULE, asked, plan((0, hour(9.5)), None)) == 0
    assert points(patient_hours.RULE, asked, plan((0, hour(10)), (0, hour(9, day=1)))) == 4
    compare_by_enumeration(asked, [patient_hours.RULE], starts=[hour(9), hour(9.5), hour(10, day=1), hour(10.5)])
