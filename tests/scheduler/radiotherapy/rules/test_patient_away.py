"""Nobody is expected on a day on which they said not to come."""

from __future__ import annotations

from scheduler.radiotherapy.rules import patient_away
from tests.scheduler.radiotherapy.tiny import compare_by_enumeration, course, found, hour, plan, problem


def test_a_patient_who_is_away_on_friday_is_not_expected_on_friday() -> None:
    """Friday is refused for this patient and not for the other."""
    asked = problem(course("A", 30, 30, away=frozenset({1})), course("B"))
    sound = plan((0, hour(9, day=4)), (0, hour(9, day=5)), (0, hour(9, day=1)))
    assert not found(patient_away.RULE, asked, sound)
    wrong = found(patient_away.RULE, asked, sound.placed(0, sound.places[2]))
    assert [match.requests for match in wrong] == [("A/1",)]
    starts = [hour(9, day=1), hour(9, day=4)]
    assert compare_by_enumeration(asked, [patient_away.RULE], starts=starts) == (27, 12)
