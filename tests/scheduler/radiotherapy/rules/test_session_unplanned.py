"""A session left out costs."""

from __future__ import annotations

from scheduler.radiotherapy.rules import session_unplanned
from tests.scheduler.radiotherapy.tiny import compare_by_enumeration, course, hour, plan, points, problem, weights


def test_each_session_left_out_costs() -> None:
    """Two of three left out cost twice."""
    asked = problem(course("A", 30, 20, 30), weights=weights(left_out=7))
    assert points(session_unplanned.RULE, asked, plan((0, hour(9)), None, None)) == 14
    assert compare_by_enumeration(asked, [session_unplanned.RULE], starts=[hour(9)]) == (8, 8)
