"""A session elsewhere than the patient was told costs."""

from __future__ import annotations

from scheduler.radiotherapy.problem import Promise
from scheduler.radiotherapy.rules import session_moved
from tests.scheduler.radiotherapy.tiny import (
    compare_by_enumeration,
    course,
    hour,
    linac,
    plan,
    points,
    problem,
    weights,
)

TOLD = {0: Promise((0, 0), (1, 4))}
ASKED = problem(course("A", 30, 30), linacs=[linac("L1"), linac("L2")], told=TOLD, weights=weights(moved=20))


def test_a_session_made_up_at_the_end_is_one_moved() -> None:
    """Friday falls out and Tuesday comes on: one session is moved, though the second has become the first."""
    rule = session_moved.RULE
    assert points(rule, ASKED, plan((0, hour(9, day=1)), (0, hour(9.5, day=4)))) == 0
    assert points(rule, ASKED, plan((0, hour(9, day=4)), (0, hour(9, day=5)))) == 20
    assert points(rule, ASKED, plan((1, hour(9, day=1)), (1, hour(9, day=4)))) == 40
    assert points(rule, ASKED, plan((1, hour(9, day=5)), None)) == 60


def test_every_plan_of_two_sessions_is_priced_alike_by_model_and_check() -> None:
    """Whatever the days and linacs of the two sessions, the model charges what the planner reads."""
    num, _ = compare_by_enumeration(ASKED, [session_moved.RULE], starts=[hour(9, day=day) for day in (0, 1, 4, 5)])
    assert num == 81
