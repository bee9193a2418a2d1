"""A locked session stays where it is."""

from __future__ import annotations

from scheduler.kernel.plan import Place
from scheduler.radiotherapy.rules import session_locked
from tests.scheduler.radiotherapy.tiny import compare_by_enumeration, course, found, hour, linac, plan, problem


def test_a_locked_session_is_not_moved_by_half_an_hour() -> None:
    """Locked at nine on the second linac: half past nine is refused, leaving it out is not."""
    asked = problem(course("A"), linacs=[linac(), linac("L2")], locked={0: Place(1, hour(9, day=1))})
    assert not found(session_locked.RULE, asked, plan((1, hour(9, day=1))))
    assert not found(session_locked.RULE, asked, plan(None))
    match = found(session_locked.RULE, asked, plan((1, hour(9.5, day=1))))[0]
    assert (match.values["locked_linac"], match.values["locked_at"]) == ("L2", hour(9, day=1))
    starts = [hour(9, day=1), hour(9.5, day=1)]
    assert compare_by_enumeration(asked, [session_locked.RULE], starts=starts) == (5, 2)
