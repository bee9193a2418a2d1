"""A linac that is only allowed costs a little."""

from __future__ import annotations

from scheduler.radiotherapy.rules import preferred_linac
from tests.scheduler.radiotherapy.tiny import (
    compare_by_enumeration,
    course,
    hour,
    linac,
    plan,
    points,
    problem,
    protocol,
    weights,
)


def test_once_a_course() -> None:
    """Three sessions on the second choice cost once, not three times."""
    given = protocol(preferred=frozenset({"L2"}))
    asked = problem(
        course("A", 30, 20, 30, protocol=given),
        linacs=[linac("L1"), linac("L2")],
        weights=weights(not_preferred=0.1),
    )
    days = [hour(9, day=day) for day in (1, 4, 5)]
    assert points(preferred_linac.RULE, asked, plan(*((0, day) for day in days))) == 0.1
    assert points(preferred_linac.RULE, asked, plan(*((1, day) for day in days))) == 0
    compare_by_enumeration(asked, [preferred_linac.RULE], starts=days[:2])
