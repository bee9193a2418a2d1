"""A course stays on its linac, or its twin while it is closed."""

from __future__ import annotations

from scheduler.radiotherapy.rules import one_linac
from tests.scheduler.radiotherapy.tiny import course, found, hour, linac, plan, problem

CLOSED = ((hour(0, day=1), hour(24, day=1)),)
THREE = (linac("L1", matched="twins", closed=CLOSED), linac("L2", matched="twins"), linac("L3"))


def test_the_twin_stands_in_while_the_linac_is_closed() -> None:
    """On the day of maintenance the patient goes to the matched linac, not to another, and on no other day."""
    asked = problem(course("A", 30, 30, 30), linacs=THREE)
    days = hour(9), hour(9, day=1), hour(9, day=4)
    assert not found(one_linac.RULE, asked, plan((0, days[0]), (1, days[1]), (0, days[2])))
    assert not found(one_linac.RULE, asked, plan((0, days[0]), (0, days[1]), (0, days[2])))
    wrong = found(one_linac.RULE, asked, plan((0, days[0]), (2, days[1]), (0, days[2])))
    assert [match.requests for match in wrong] == [("A/2",)]
    assert found(one_linac.RULE, asked, plan((1, days[0]), (0, days[1]), (0, days[2])))[0].values["home"] == "L1"
