"""What happens to a department: linacs, patients, new courses; and the plan made after it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from hospital.changes import Change, changes_from_json
from hospital.errors import PlanRefused, UnknownId, WrongState
from hospital.radiotherapy import RadiotherapySite, TreatmentLinac
from scheduler.kernel.outcome import Outcome
from scheduler.kernel.plan import Plan
from scheduler.kernel.solve import Settings
from scheduler.kernel.verify import verify
from scheduler.radiotherapy.build import appointments_of, build, decided, resolved
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.solve import solve
from tests.scheduler.radiotherapy.site import NOW, at, booked, missed, site


def changes(*rows: dict[str, Any]) -> tuple[Change, ...]:
    return changes_from_json(list(rows), timezone="Asia/Shanghai")


def after(*rows: dict[str, Any], of: RadiotherapySite | None = None) -> Outcome:
    """The plan after these changes."""
    return solve(build(of or site(), changes=changes(*rows)), Settings(seconds=1), 1)


def places(outcome: Outcome, course: str = "A") -> list[tuple[int, str, datetime]]:
    """Number, linac and start of each of the course's sessions."""
    problem = outcome.plan.problem
    assert isinstance(problem, RadiotherapyProblem)
    rows = appointments_of(problem, outcome.plan.plan)
    return [(row.session, row.resource, row.start) for row in rows if row.request == course]


def days(outcome: Outcome, course: str = "A") -> list[int]:
    return [start.day for _, _, start in places(outcome, course)]


DOWN = {
    "intent": "resource_downtime",
    "resource_ids": ["L1"],
    "when": {"start": "2026-03-06T00:00", "end": "2026-03-07T00:00"},
}


def test_without_a_change_every_promise_stands() -> None:
    """Course A keeps its five days and hours; only the new course B is booked."""
    outcome = after()
    assert places(outcome) == [(n, "L1", at(day)) for n, day in zip(range(1, 6), (4, 5, 6, 9, 10), strict=True)]
    assert len(places(outcome, "B")) == 1
    assert "session_moved" not in {rule for rule, points in outcome.cost_by_rule.items() if points}


def test_a_linac_down_on_friday_sends_one_session_to_its_twin() -> None:
    """Friday the 6th on L2, all else as it was; until it is restored on Thursday already."""
    assert places(after(DOWN))[2][1] == "L2"
    restored = after(
        DOWN, {"intent": "resource_restore", "resource_ids": ["L1"], "when": {"start": "2026-03-06T00:00"}}
    )
    assert places(restored)[2][1] == "L1"


def test_a_day_on_which_all_linacs_are_closed_is_a_holiday() -> None:
    """Monday the 9th falls out and Wednesday the 11th comes on; one session is moved."""
    outcome = after(
        {
            "intent": "resource_downtime",
            "resource_ids": ["L1", "L2"],
            "when": {"from_date": "2026-03-09", "until_date": "2026-03-09"},
        }
    )
    assert days(outcome) == [4, 5, 6, 10, 11]
    problem = outcome.plan.problem
    assert isinstance(problem, RadiotherapyProblem)
    assert 7 not in problem.workdays.position


@pytest.mark.parametrize("linacs", [["L1"], ["L1", "L2"]])
def test_linacs_down_for_good_give_a_plan_that_is_judged_alike_from_its_rows_alone(linacs: list[str]) -> None:
    """No session is made up in the overtime of a closed day; what is left without a place breaks no other rule."""
    down = {"intent": "resource_downtime", "resource_ids": linacs, "when": {"start": "2026-03-05T06:00"}}
    problem = build(site(), changes=changes(down))
    outcome = solve(problem, Settings(seconds=1), 1)
    plan = outcome.plan.plan
    judged = verify(decided(problem, plan), plan)
    assert judged.score.total == outcome.plan.score.total
    assert ("L1" in linacs and "L2" in linacs) == any(plan.places[task] is None for task in range(1, 5))


def test_a_session_that_was_missed_is_made_up_under_a_new_number() -> None:
    """Wednesday's session 1 was not given: session 6 follows on the 11th, and nobody else's visit is moved."""
    outcome = after(of=missed(site(), 1))
    assert [number for number, _, _ in places(outcome)] == [2, 3, 4, 5, 6]
    assert days(outcome) == [5, 6, 9, 10, 11]
    again = build(site(), reference=appointments_of(outcome.plan.problem, outcome.plan.plan))  # type: ignore[arg-type]
    assert not again.missed
    assert again.task_ids[:5] == ("A/2", "A/3", "A/4", "A/5", "A/6")


def test_a_patient_who_stays_away_is_not_expected_and_loses_no_session() -> None:
    """Away on the 6th and the 9th: made up on the 11th and 12th, never on a day away."""
    away = {
        "intent": "cancel_request",
        "patient_ids": ["P1"],
        "when": {"from_date": "2026-03-06", "until_date": "2026-03-09"},
    }
    outcome = after(away)
    assert days(outcome) == [4, 5, 10, 11, 12]
    assert len(outcome.unplanned) == 0


def test_a_cancelled_course_leaves_only_its_history() -> None:
    """Wednesday's session was given; the four ahead are gone. A course that has not begun is gone altogether."""
    outcome = after(
        {"intent": "cancel_request", "patient_ids": ["A"]}, {"intent": "cancel_request", "patient_ids": ["P2"]}
    )
    assert days(outcome) == [4]
    assert places(outcome, "B") == []


def test_a_locked_session_is_not_moved_and_gives_way_to_nothing_but_a_closure() -> None:
    """Locked, the session of the 6th stands against everybody; the linac down on that day still moves it."""
    lock = {"intent": "lock", "patient_ids": ["A/3"]}
    problem = build(site(), changes=changes(lock))
    assert {problem.task_ids[task] for task in problem.locked} == {"A/3"}
    assert not build(site(), changes=changes(lock, {"intent": "unlock", "patient_ids": ["A"]})).locked
    assert places(after(lock, DOWN))[2][1] == "L2"


def test_a_session_moved_by_hand_stays_where_it_was_put() -> None:
    """The session of Friday at ten on Thursday's linac: the move is honoured, once."""
    move = {
        "intent": "move_request",
        "patient_ids": ["A/3"],
        "to_when": {"start": "2026-03-06T10:15"},
        "to_resource_ids": ["L1"],
    }
    assert places(after(move))[2] == (3, "L1", at(6, 10.25))
    done = build(site(), changes=changes(move), num_settled=1, said_at=[NOW])
    assert not done.locked
    with pytest.raises(WrongState):
        build(site(), changes=changes({**move, "patient_ids": ["A"]}))


def test_an_urgent_course_is_booked_before_others_and_named_by_its_change() -> None:
    """Thirty minutes, one session, tomorrow at the latest: a course of its own, the same id each time the change is read."""
    urgent = {"intent": "insert_urgent", "problem": "radiotherapy", "patient_ids": ["P9"], "duration_min": 45}
    outcome = after(urgent)
    problem = outcome.plan.problem
    assert isinstance(problem, RadiotherapyProblem)
    new = problem.courses[-1]
    assert (new.patient, new.minutes, new.protocol.priority) == ("P9", (45,), 1)
    assert days(outcome, new.id) == [6]
    assert build(site(), changes=changes(urgent)).courses[-1].id == new.id


def test_priority_hours_and_overtime_are_read_from_changes() -> None:
    """B becomes less urgent, Saturday is opened, overtime is forbidden."""
    problem = build(
        site(),
        changes=changes(
            {"intent": "set_priority", "patient_ids": ["B"], "priority": "low"},
            {
                "intent": "opening_hours",
                "resource_ids": ["L2"],
                "mode": "extra",
                "when": {"start": "2026-03-07T08:00", "end": "2026-03-07T10:00"},
            },
            {"intent": "cap_overtime", "max_min": 0, "per": "day", "resource_ids": ["L1"]},
        ),
    )
    assert problem.courses[1].protocol.priority == 3
    assert 5 in problem.workdays.position
    assert [bool(linac.overtime) for linac in problem.linacs] == [False, True]


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({"intent": "staff_absence", "staff_ids": ["nurse"], "when": {}}, WrongState),
        ({"intent": "resource_downtime", "resource_ids": ["L9"], "when": {}}, UnknownId),
        ({"intent": "cancel_request", "patient_ids": ["P77"]}, UnknownId),
        ({"intent": "add_request", "problem": "imaging", "patient_ids": ["P1"]}, WrongState),
    ],
)
def test_what_means_nothing_here_is_refused(row: dict[str, Any], error: type[Exception]) -> None:
    """A nurse on leave, a linac nobody has, a patient nobody knows, a request for another department."""
    with pytest.raises(error):
        build(site(), changes=changes(row))


def test_a_lock_of_a_morning_is_kept_as_the_sessions_of_that_morning() -> None:
    """What stands on L1 on Monday morning is named, so that it means the same after a new plan."""
    lock = changes(
        {"intent": "lock", "resource_ids": ["L1"], "when": {"start": "2026-03-09T08:00", "end": "2026-03-09T12:00"}}
    )
    assert resolved(site(), lock, now=NOW)[0].patient_ids == ("A/4",)  # type: ignore[union-attr]


def test_a_plan_is_judged_by_what_it_promises_and_every_move_is_charged() -> None:
    """A plan with one session a day later than told is sound and costs one move; on a Sunday it is not."""
    problem = build(site())
    told = Plan(tuple(problem.reference.get(task) for task in range(len(problem.task_ids))))
    assert decided(problem, told).told == {}
    moved = build(site(bookings=(*site().bookings[:4], booked("A", 5, 11))))
    later = told.placed(4, moved.reference[4])
    score = verify(decided(problem, later), later).score
    assert score.points_by_rule["session_moved"] == problem.weights.moved


def test_a_course_given_long_ago_is_not_booked_again() -> None:
    """All of its sessions lie before the days that are planned: it is no part of the problem, now or in any later plan."""
    past = build(site(), now=at(16, 7), first_day=date(2026, 3, 16))
    assert [course.id for course in past.courses] == ["B"]
    rows = appointments_of(past, solve(past, Settings(seconds=1), 1).plan.plan)
    later = build(site(bookings=()), now=at(23, 7), first_day=date(2026, 3, 23), reference=rows)
    assert [course.id for course in later.courses] == []
    assert {row.request for row in later.past} == {"A", "B"}


def test_what_came_booked_against_a_rule_stays_until_it_is_moved() -> None:
    """The hospital itself gave A one session on another linac: that stands. Somebody who moves one there is refused."""
    others = tuple(TreatmentLinac(id=name) for name in ("L1", "L2"))
    rows = (*site().bookings[:4], booked("A", 5, 10, linac="L2"))
    as_it_came = site(linacs=others, bookings=rows)
    outcome = solve(build(as_it_came), Settings(seconds=1), 1)
    assert places(outcome)[4][1] == "L2"
    move = changes({"intent": "move_request", "patient_ids": ["A/5"], "to_resource_ids": ["L2"]})
    with pytest.raises(PlanRefused):
        solve(build(site(linacs=others), changes=move), Settings(seconds=1), 1)


def test_a_course_described_as_a_protocol_is_of_that_protocol() -> None:
    """Five sessions of a quarter of an hour, routine: that is the breast protocol; six are a protocol of their own."""
    row = {
        "intent": "add_request",
        "problem": "radiotherapy",
        "patient_ids": ["P8"],
        "duration_min": 15,
        "priority": "routine",
    }
    new = build(site(), changes=changes({**row, "sessions": 5})).courses[-1]
    assert (new.protocol.id, new.minutes, new.patient) == ("breast", (15,) * 5, "P8")
    own = build(site(), changes=changes({**row, "sessions": 6})).courses[-1]
    assert (own.protocol.id, len(own.minutes)) == (own.id, 6)
