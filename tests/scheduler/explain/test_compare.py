"""How two plans differ."""

from __future__ import annotations

from scheduler.explain import compare
from tests.scheduler.imaging.tiny import case, clock, hour, plan, problem, standard


def test_moved_added_and_dropped_are_told_apart() -> None:
    """One patient moves, one is new, one loses the place; the price is the sum over the rules."""
    asked = problem(case("R1"), case("R2"), case("R3"), weights=standard())
    before, after = plan((0, hour(8)), None, (0, hour(9))), plan((0, hour(8.5)), (0, hour(8)), None)
    found = compare((asked, before), (asked, after))
    assert [(row.request, row.before.start, row.after.start) for row in found.moved] == [
        ("R1", clock().moment(hour(8)), clock().moment(hour(8.5)))
    ]
    assert (found.added, found.dropped) == (("R2",), ("R3",))
    assert found.price == found.cost_by_rule_after["waiting"] - found.cost_by_rule_before["waiting"] == -0.5


def test_the_same_plan_does_not_differ() -> None:
    """A plan compared with itself has nothing to tell."""
    asked = problem(case("R1"), weights=standard())
    found = compare((asked, plan((0, hour(8)))), (asked, plan((0, hour(8)))))
    assert (found.moved, found.added, found.dropped, found.price) == ((), (), (), 0.0)
