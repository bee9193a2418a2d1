"""One patient on a linac at a time."""

from __future__ import annotations

from scheduler.radiotherapy.rules import linac_one_at_a_time
from tests.scheduler.radiotherapy.tiny import compare_by_enumeration, course, found, hour, linac, plan, problem


def test_two_patients_do_not_overlap() -> None:
    """The second comes when the first, who takes an hour, is done; on another linac at any time."""
    asked = problem(course("A", 60), course("B", 30), linacs=[linac("L1"), linac("L2")])
    assert not found(linac_one_at_a_time.RULE, asked, plan((0, hour(9)), (1, hour(9))))
    match = found(linac_one_at_a_time.RULE, asked, plan((0, hour(9)), (0, hour(9.5))))[0]
    assert (match.requests, match.amount) == (("A/1", "B/1"), 30)
    num, allowed = compare_by_enumeration(
        asked, [linac_one_at_a_time.RULE], starts=[hour(8.5), hour(9), hour(9.5), hour(10)]
    )
    assert 0 < allowed < num
