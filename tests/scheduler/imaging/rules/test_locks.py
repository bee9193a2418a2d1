"""A locked appointment is never moved."""

from __future__ import annotations

from scheduler.imaging.rules import locks
from scheduler.kernel.plan import Place
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, problem, refused_for, room

ROOMS = (room("CT1"), room("CT2"))


def test_a_locked_appointment_stays_on_its_scanner_at_its_time() -> None:
    """Locked on CT2 at nine: not half an hour later, not on CT1; the other patient is free."""
    two = problem(case("locked"), case("free"), rooms=ROOMS, locked={0: Place(1, hour(9))})
    assert refused_for(two, plan((1, hour(9)), (0, hour(8)))) == set()
    assert refused_for(two, plan((1, hour(9.5)), None)) == {"locks"}
    assert refused_for(two, plan((0, hour(9)), None)) == {"locks"}


def test_both_faces_agree() -> None:
    """Over all plans, model and check keep the same appointment."""
    two = problem(case("locked"), case("free"), rooms=ROOMS, locked={0: Place(1, hour(9))})
    assert compare_by_enumeration(two, [locks.RULE]).is_telling
