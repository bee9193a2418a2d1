"""What was promised stays."""

from __future__ import annotations

from scheduler.radiotherapy.problem import Promise
from scheduler.radiotherapy.rules import promised_days
from tests.scheduler.radiotherapy.tiny import compare_by_enumeration, course, found, hour, linac, plan, problem


def test_a_promised_session_keeps_linac_and_day() -> None:
    """The hour may change, the day and the linac may not."""
    told = Promise((0, 0), (1, 4))
    asked = problem(course("A", 30, 20), linacs=[linac("L1"), linac("L2")], promised={0: told})
    good = plan((0, hour(9.5, day=1)), (0, hour(9, day=4)))
    assert not found(promised_days.RULE, asked, good)
    match = found(promised_days.RULE, asked, good.placed(1, plan((0, hour(9, day=5))).places[0]))[0]
    assert (match.requests, match.values["promised_at"]) == (("A/2",), hour(0, day=4))
    assert found(promised_days.RULE, asked, plan((1, hour(9, day=1)), (0, hour(9, day=4))))[0].values["linac"] == "L2"
    starts = [hour(9, day=1), hour(9.5, day=1), hour(9, day=4)]
    assert compare_by_enumeration(asked, [promised_days.RULE], starts=starts) == (49, 6)
