"""A patient is in one place at a time."""

from __future__ import annotations

from scheduler.kernel.verify import verify
from scheduler.radiotherapy.problem import Promise
from scheduler.radiotherapy.rules import patient_one_place
from scheduler.radiotherapy.times import plan_of
from tests.scheduler.radiotherapy.tiny import compare_by_enumeration, course, found, hour, linac, plan, problem

TWO = [linac("L1"), linac("L2")]


def test_two_courses_of_one_patient_do_not_overlap() -> None:
    """Li has sixty minutes on one linac and may come to the other only after them; Wang may come at any time."""
    asked = problem(course("A", 60, patient="Li"), course("B", 30, patient="Li"), course("C", 30), linacs=TWO)
    assert not found(patient_one_place.RULE, asked, plan((0, hour(9)), (1, hour(10)), (1, hour(9))))
    match = found(patient_one_place.RULE, asked, plan((0, hour(9)), (1, hour(9.5)), None))[0]
    assert (match.requests, match.amount) == (("A/1", "B/1"), 30)
    num, allowed = compare_by_enumeration(asked, [patient_one_place.RULE], starts=[hour(9), hour(9.5), hour(10)])
    assert 0 < allowed < num


def test_times_let_the_patient_walk_from_one_to_the_other() -> None:
    """Li is promised both linacs on Friday and Wang the second: Wang goes first there."""
    promised = {0: Promise((0,), (1,)), 1: Promise((1,), (1,)), 2: Promise((1,), (1,))}
    asked = problem(
        course("A", 30, patient="Li"), course("B", 30, patient="Li"), course("C", 30), linacs=TWO, promised=promised
    )
    plan = plan_of(asked)
    assert None not in plan.places
    verify(asked, plan)


def test_where_it_cannot_be_the_session_stays_without_a_time() -> None:
    """Both linacs are open for the same half hour only: Li cannot have both."""
    both = [linac("L1", until=9.5), linac("L2", until=9.5)]
    promised = {0: Promise((0,), (1,)), 1: Promise((1,), (1,))}
    asked = problem(course("A", 30, patient="Li"), course("B", 30, patient="Li"), linacs=both, promised=promised)
    plan = plan_of(asked)
    assert plan.places.count(None) == 1
    verify(asked, plan)
