"""A course stays on its linac, or its twin while it is closed."""

from __future__ import annotations

from scheduler.radiotherapy.problem import Promise
from scheduler.radiotherapy.rules import one_linac
from tests.scheduler.radiotherapy.tiny import compare_by_enumeration, course, found, hour, linac, plan, problem

CLOSED = ((hour(0, day=1), hour(24, day=1)),)
THREE = (linac("L1", matched="twins", closed=CLOSED), linac("L2", matched="twins"), linac("L3"))
DAYS = hour(9), hour(9, day=1), hour(9, day=4)
ASKED = problem(course("A", 30, 30, 30), linacs=THREE, promised={0: Promise((0, 1, 0), (0, 1, 4))})


def test_the_twin_stands_in_while_the_linac_is_closed() -> None:
    """On the day of maintenance the patient goes to the matched linac, not to another, and on no other day."""
    assert not found(one_linac.RULE, ASKED, plan((0, DAYS[0]), (1, DAYS[1]), (0, DAYS[2])))
    assert not found(one_linac.RULE, ASKED, plan((0, DAYS[0]), (0, DAYS[1]), (0, DAYS[2])))
    wrong = found(one_linac.RULE, ASKED, plan((0, DAYS[0]), (2, DAYS[1]), (0, DAYS[2])))
    assert [match.requests for match in wrong] == [("A/2",)]
    assert found(one_linac.RULE, ASKED, plan((1, DAYS[0]), (0, DAYS[1]), (0, DAYS[2])))[0].values["home"] == "L1"


def test_a_course_that_was_told_one_linac_keeps_it_however_long_the_twin_stands_in() -> None:
    """Two of three sessions on the twin do not make the twin the patient's own linac."""
    closed = ((hour(0, day=1), hour(24, day=4)),)
    long = problem(
        course("A", 30, 30, 30),
        linacs=(linac("L1", matched="twins", closed=closed), *THREE[1:]),
        promised={0: Promise((0, 1, 1), (0, 1, 4))},
        told={0: Promise((0, 0, 0), (0, 1, 4))},
    )
    assert not found(one_linac.RULE, long, plan((0, DAYS[0]), (1, DAYS[1]), (1, DAYS[2])))
    assert found(one_linac.RULE, long, plan((1, DAYS[0]), (1, DAYS[1]), (1, DAYS[2])))


def test_all_plans_of_three_sessions_are_judged_alike_by_model_and_check() -> None:
    """With a promise or without one, on any of three linacs."""
    starts = [hour(9), hour(9, day=1)]
    num, allowed = compare_by_enumeration(ASKED, [one_linac.RULE], starts=starts)
    assert (num, allowed) == (7**3, 3 * 5 * 3)
    free = problem(course("A", 30, 30, 30), linacs=THREE)
    assert compare_by_enumeration(free, [one_linac.RULE], starts=starts) == (7**3, 3 * 3**3 - 2)
