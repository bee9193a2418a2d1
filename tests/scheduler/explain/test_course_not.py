"""Why a course does not begin on another day, on another linac or at another hour."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hospital.errors import UnknownId
from scheduler.explain.course import why_course
from scheduler.explain.course_not import why_not_course
from scheduler.explain.why_not import WhyNot
from scheduler.kernel.solve import Settings
from scheduler.radiotherapy.build import build, decided
from scheduler.radiotherapy.solve import solve
from tests.scheduler.radiotherapy.site import at, booked, missed, site

FULL = tuple(booked("C", number, 6, linac=linac, hour=8) for number, linac in ((1, "L1"), (2, "L2")))


def asked(name: str, problem: Any = None, **where: Any) -> WhyNot:
    """The answer for the department's plan."""
    problem = problem or build(site())
    plan = solve(problem, Settings(seconds=1), 1).plan.plan
    return why_not_course(problem, plan, name, **where)


def ids(found: WhyNot) -> list[str]:
    return [fact.text_id for fact in found.facts]


def test_another_start_is_planned_again_and_costs_the_difference_of_two_plans() -> None:
    """B could begin on Monday instead of Friday: three calendar days at the price of an urgent day, and one rule too late."""
    found = asked("B", start=at(9, 0))
    weights = build(site()).weights
    assert found.is_possible
    assert found.after is not None
    late = weights.wait_1 * (weights.late + weights.past * (3 - weights.target_1))
    assert found.cost_after - found.cost_before == pytest.approx(3 * weights.wait_1 + late, abs=0.5)  # type: ignore[operator]
    assert "course_alternative" in ids(found)


def test_a_course_already_told_pays_for_every_session_moved() -> None:
    """A's last session a day later: one session moved, at the price of a move, nobody else."""
    found = asked("A/5", start=at(11, 0))
    moved = [fact.values["points"] for fact in found.facts if fact.values.get("rule") == "session_moved"]
    assert (found.is_possible, moved) == (True, [build(site()).weights.moved])


def test_a_named_hour_is_honoured_and_others_give_way_in_time() -> None:
    """B at nine on Friday, when A is there: A gives way within the day, B gets its hour."""
    found = asked("B", linac="L1", start=at(6, 9))
    assert found.is_possible
    assert found.after is not None
    problem: Any = found.after.problem
    start = found.after.plan.places[problem.task_of["B/1"]].start  # type: ignore[union-attr]
    assert problem.clock.moment(start) == at(6, 9)
    assert "would_move" in ids(found)


@pytest.mark.parametrize(
    ("where", "rule"),
    [
        ({"start": at(5, 10), "linac": "L1"}, "course_start"),
        ({"start": at(7, 0)}, "linac_opening"),
        ({"start": at(9, 13), "linac": "L2"}, "linac_opening"),
    ],
)
def test_what_cannot_be_is_answered_with_the_rule_proven_and_the_cheapest_start(
    where: dict[str, Any], rule: str
) -> None:
    """Today is too early, Saturday is closed, and so is one o'clock: each proven, each with what can be had instead."""
    found = asked("B", **where)
    assert not found.is_possible
    assert found.conflict is not None
    assert (found.conflict.rules, found.conflict.is_proven) == ((rule,), True)
    assert "course_instead" in ids(found)


def test_days_without_room_are_named() -> None:
    """A fits on its first day but not on the second, which others have filled on both linacs: the day and its minutes are told."""
    department = site(bookings=())
    problem = build(replace(department, courses=department.courses[:1]), now=at(5, 7))
    closed = tuple(replace(linac, closed=((linac.sessions[5][0], linac.sessions[13][1]),)) for linac in problem.linacs)
    found = asked("A", replace(problem, linacs=closed), start=at(6, 0), linac="L1")
    assert not found.is_possible
    assert "course_day_full" in ids(found)


def test_history_is_not_asked_for_and_nobody_unknown() -> None:
    """Wednesday's session has been given; a course that is not there is said."""
    assert ids(asked("A/1", start=at(6, 0))) == ["is_history"]
    with pytest.raises(UnknownId):
        asked("Z")
    assert ids(asked("B", linac="L1")) != []
    assert asked("A/6", build(missed(site(), 1)), start=at(12, 0)).is_possible


def test_a_course_without_a_place_is_told_where_it_could_begin() -> None:
    """Before anybody has solved, B has no promise: what that costs and three starts; a session of A is told with its own place."""
    problem = build(site())
    plan = solve(problem, Settings(seconds=1), 1).plan.plan
    facts = [fact.text_id for fact in why_course(problem, plan, "B")]
    assert facts == ["left_out", "course_start", "course_start", "course_start"]
    session = why_course(decided(problem, plan), plan, "A/3")
    assert (session[0].text_id, session[0].values["start_at"]) == ("stands", at(6))
    with pytest.raises(UnknownId):
        why_course(problem, plan, "Z")
