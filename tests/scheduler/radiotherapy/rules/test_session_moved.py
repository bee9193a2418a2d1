"""A promised visit given up costs."""

from __future__ import annotations

from scheduler.radiotherapy.problem import Promise
from scheduler.radiotherapy.rules import session_moved
from tests.scheduler.radiotherapy.tiny import course, hour, linac, plan, points, problem, weights


def test_a_session_made_up_at_the_end_is_one_visit() -> None:
    """Friday falls out and Tuesday comes on: one visit is given up, though the second session has become the first."""
    told = {0: Promise((0, 0), (1, 4))}
    asked = problem(course("A", 30, 30), linacs=[linac("L1"), linac("L2")], told=told, weights=weights(moved=20))
    assert points(session_moved.RULE, asked, plan((0, hour(9, day=1)), (0, hour(9.5, day=4)))) == 0
    assert points(session_moved.RULE, asked, plan((0, hour(9, day=4)), (0, hour(9, day=5)))) == 20
    assert points(session_moved.RULE, asked, plan((1, hour(9, day=1)), (1, hour(9, day=4)))) == 40
