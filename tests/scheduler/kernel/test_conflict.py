"""Who and which rules forbid a wish: the smallest set, and proof that it is one."""

from __future__ import annotations

from time import monotonic

from scheduler.kernel.conflict import core_among, core_at
from scheduler.kernel.cpsat_statements import Statements
from scheduler.kernel.plan import Place
from tests.scheduler.imaging.tiny import case, hour, plan, problem, room, weights


def later() -> float:
    """Time enough for every proof."""
    return monotonic() + 60


def test_the_one_appointment_in_the_way_is_named() -> None:
    """Of three appointments only the one that overlaps the wished time stands in its way."""
    asked = problem(case("R1"), case("R2"), case("R3"), case("R4"))
    stands = plan((0, hour(8)), (0, hour(9)), (0, hour(10)), None)
    core = core_at(Statements.of(asked), stands, 3, Place(0, hour(9)), until=later())
    assert core is not None
    assert (core.rules, core.tasks, core.is_proven) == (("one_at_a_time",), (1,), True)


def test_a_rule_that_forbids_alone_needs_nobody_else() -> None:
    """On a closed scanner nobody else is to blame, even where somebody else would be in the way too."""
    closed = room("CT1", closed=((hour(9), hour(10)),))
    asked = problem(case("R1"), case("R2"), rooms=[closed], frozen={0: Place(0, hour(9))})
    stands = plan((0, hour(9)), None)
    core = core_at(Statements.of(asked), stands, 1, Place(0, hour(9)), until=later())
    assert core is not None
    assert core.is_proven
    assert core.rules in (("maintenance",), ("one_at_a_time",))


def test_two_who_share_a_nurse_stand_in_the_way_together() -> None:
    """With two nurses, two other contrast patients at the same time stand in the way, neither of them alone."""
    from scheduler.imaging.problem import Staff

    cases = [case(f"R{number}", staff=("nurse",)) for number in range(3)]
    rooms = [room(f"CT{number}") for number in range(3)]
    staff = (Staff(role="nurse", site="main", spans=((hour(8), hour(11), 2),)),)
    asked = problem(*cases, rooms=rooms, staff=staff)
    stands = plan((0, hour(9)), (1, hour(9)), None)
    core = core_at(Statements.of(asked), stands, 2, Place(2, hour(9)), until=later())
    assert core is not None
    assert (core.rules, core.tasks, core.is_proven) == (("staff",), (0, 1), True)


def test_a_free_place_has_no_conflict() -> None:
    """Where nothing forbids, nothing is blamed."""
    asked = problem(case("R1"), case("R2"))
    assert core_at(Statements.of(asked), plan((0, hour(8)), None), 1, Place(0, hour(9)), until=later()) is None


def test_a_whole_scanner_can_be_out_of_the_question() -> None:
    """An examination that needs another machine cannot be on this one at any time, whatever the weather."""
    rooms = [room("CT1"), room("CT2", features=frozenset({"cardiac"}))]
    asked = problem(case("R1", features=frozenset({"cardiac"})), rooms=rooms, weights=weights(unplanned_h=10))
    core = core_among(Statements.of(asked), plan(None), 0, lambda place: place.resource == 0, until=later())
    assert core is not None
    assert (core.rules, core.tasks, core.is_proven) == (("fits",), (), True)
    assert not core.others_stand
    assert core_among(Statements.of(asked), plan(None), 0, lambda place: place.resource == 1, until=later()) is None


def test_a_full_morning_is_the_fault_of_those_who_fill_it() -> None:
    """Where every minute of the session is taken, it takes the opening hours and the others together to forbid a place."""
    cases = [case(f"R{number}", minutes=90) for number in range(3)]
    asked = problem(*cases)
    stands = plan((0, hour(8)), (0, hour(9.5)), None)
    core = core_among(Statements.of(asked), stands, 2, lambda place: True, until=later())
    assert core is not None
    assert core.others_stand
    assert core.is_proven
    assert "one_at_a_time" in core.rules
