"""A session lies within opening hours, or in overtime after them."""

from __future__ import annotations

from scheduler.radiotherapy.rules import linac_opening
from tests.scheduler.radiotherapy.tiny import compare_by_enumeration, course, found, hour, linac, plan, problem

LATE = linac(overtime=((hour(10), hour(10.5)),))


def test_a_session_ends_before_the_linac_closes() -> None:
    """A session of an hour begun at half past nine runs past ten, into overtime only where there is some."""
    asked = problem(course("A", 60))
    assert not found(linac_opening.RULE, asked, plan((0, hour(9))))
    assert found(linac_opening.RULE, asked, plan((0, hour(9.5))))[0].values["end_at"] == hour(10.5)
    assert not found(linac_opening.RULE, problem(course("A", 60), linacs=[LATE]), plan((0, hour(9.5))))
    assert found(linac_opening.RULE, problem(course("A", 90), linacs=[LATE]), plan((0, hour(9.5))))


def test_nobody_is_treated_at_the_weekend() -> None:
    """Saturday has no opening hours: all plans agree."""
    asked = problem(course("A", 60), linacs=[LATE])
    starts = [hour(8.5), hour(9), hour(9.5), hour(9, day=2), hour(9, day=5)]
    assert compare_by_enumeration(asked, [linac_opening.RULE], starts=starts) == (6, 4)
