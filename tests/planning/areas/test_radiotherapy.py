"""What radiotherapy answers planning: courses, their sessions, linacs, what waits."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from hospital.changes import changes_from_json
from hospital.plans import Booking
from planning.areas import area_of
from planning.areas.radiotherapy import AREA
from scheduler.kernel.plan import Place
from scheduler.kernel.solve import Settings
from scheduler.radiotherapy.problem import RadiotherapyProblem
from tests.scheduler.radiotherapy.site import NOW, at, missed, site

SITE = site()
PROBLEM = AREA.build(SITE, now=NOW)
PLAN = AREA.solve(PROBLEM, Settings(seconds=1), 1).plan.plan


def situation(problem: RadiotherapyProblem = PROBLEM, of: Any = SITE) -> Any:
    return SimpleNamespace(problem=problem, site=of, requests=AREA.requests(of))


def test_the_area_is_known_by_its_name() -> None:
    """Whoever plans treatment asks the same door as imaging."""
    assert area_of("radiotherapy") is AREA


def test_a_task_is_a_session_and_a_request_its_course() -> None:
    """A/3 belongs to A; a course with a stroke in its own name stays itself."""
    row = AREA.appointments_of(PROBLEM, PLAN)[2]
    assert (AREA.task_id(row), AREA.request_of("A/3"), AREA.request_of("A"), AREA.request_of("X/Y")) == (
        *("A/3", "A", "A"),
        "X/Y",
    )


def test_an_empty_department_can_be_planned() -> None:
    """Before any row is uploaded there is a problem, and its plan is empty."""
    empty = AREA.build(replace(SITE, linacs=(), hours=(), protocols=(), courses=(), bookings=()), now=NOW)
    assert AREA.solve(empty, Settings(seconds=1), 1).plan.plan.places == ()
    assert AREA.figures(empty, AREA.plan_of(empty, ()))["num_planned"] == 0


def test_the_plan_is_stored_and_read_back_as_it_was() -> None:
    """Appointments make the same plan again, and the decided problem judges it by what it promises."""
    rows = AREA.appointments_of(PROBLEM, PLAN)
    assert AREA.plan_of(PROBLEM, rows) == PLAN
    assert AREA.verified(PROBLEM, PLAN).score.total == AREA.solve(PROBLEM, Settings(seconds=1), 1).plan.score.total


def test_courses_without_a_place_are_told_as_courses_and_single_sessions_as_sessions() -> None:
    """B has no place at all, A lacks one session: two names, one with the price of a session."""
    gone = PLAN.placed(PROBLEM.task_of["B/1"], None).placed(PROBLEM.task_of["A/5"], None)
    price = PROBLEM.weights.left_out
    assert AREA.left_out(PROBLEM, gone) == {"A/5": price, "B": price}
    assert AREA.reasons(PROBLEM, gone, ["B", "A/5"]) == {
        "B": ("linac_one_at_a_time", "linac_opening"),
        "A/5": ("linac_one_at_a_time", "linac_opening"),
    }


def test_a_new_course_is_offered_three_starts_with_all_of_its_visits() -> None:
    """Each start names its session and price, others lose no day."""
    empty = PLAN.placed(PROBLEM.task_of["B/1"], None)
    found = AREA.slots(PROBLEM, empty, "B", count=3, max_moved=0)
    assert [slot.task for slot in found] == ["B/1"] * 3
    assert [slot.price for slot in found] == sorted(slot.price for slot in found)
    moved = AREA.slots(PROBLEM, PLAN, "A/3", count=1, max_moved=0)[0]
    assert {task for task, _ in moved.further} == {"A/2", "A/4", "A/5"}


def test_a_drag_is_priced_and_a_forbidden_one_names_its_rule() -> None:
    """A/5 a day later costs one session moved; onto a Saturday it is refused by the opening hours."""
    task = PROBLEM.task_of["A/5"]
    later = AREA.preview(PROBLEM, PLAN, task, Place(0, PROBLEM.clock.minute(at(11))))
    assert later.violations == ()
    assert later.cost_by_rule["session_moved"] == PROBLEM.weights.moved
    saturday = AREA.preview(PROBLEM, PLAN, task, Place(0, PROBLEM.clock.minute(at(14))))
    assert {match.rule for match in saturday.violations} == {"linac_opening"}


def test_a_session_and_its_course_are_described_alike() -> None:
    """Third of five sessions, fifteen minutes, priority 3; the target is the first session's alone."""
    about = AREA.abouts(situation())
    third, course, first = about("A/3"), about("B"), about("B/1")
    assert third is not None
    assert course is not None
    assert first is not None
    assert (third.session, third.num_sessions, third.minutes, third.rclass, third.target) == (3, 5, 15, "p3", None)
    assert (course.task, course.request, first.target) == ("B", "B", course.target)
    assert about("Z") is None
    assert AREA.target_min(PROBLEM, PROBLEM.task_of["A/3"]) is None
    weights = PROBLEM.weights
    target = AREA.target_min(PROBLEM, PROBLEM.task_of["B/1"])
    assert target == PROBLEM.clock.minute(at(6 + weights.target_1 + 1, 0))


def test_a_missed_session_stays_in_sight_though_it_has_lost_its_number() -> None:
    """The mark of A/1 is shown; the alert says that one session is to be made up until a plan does it."""
    lost = missed(SITE, 1)
    problem = AREA.build(lost, now=NOW)
    row = next(booking.appointment for booking in lost.bookings if booking.appointment.session == 1)
    gone = AREA.about_gone(situation(problem, lost), row)
    assert gone is not None
    assert (gone.task, gone.session) == ("A/1", 1)
    in_force = AREA.plan_of(problem, [b.appointment for b in lost.bookings], ignore_unknown=True)
    alerts = AREA.alerts(situation(problem, lost), SimpleNamespace(plan=in_force))  # type: ignore[arg-type]
    assert {alert.id: alert.values["count"] for alert in alerts} == {
        "urgent_course_unplanned": 1,
        "sessions_to_make_up": 1,
    }
    solved = AREA.solve(problem, Settings(seconds=1), 1).plan.plan
    assert AREA.alerts(situation(problem, lost), SimpleNamespace(plan=solved)) == ()  # type: ignore[arg-type]


def test_linacs_are_shown_with_hours_overtime_and_why_they_are_closed() -> None:
    """A breakdown this morning colours the row and is told as down until noon; twins stand in one group."""
    down = changes_from_json(
        [
            {
                "intent": "resource_downtime",
                "resource_ids": ["L1"],
                "when": {"start": "2026-03-05T06:00", "end": "2026-03-05T12:00"},
            }
        ],
        timezone="Asia/Shanghai",
    )
    problem = AREA.build(SITE, now=NOW, changes=down)
    first = AREA.resources(situation(problem))[0]
    assert {span.kind for span in first.spans} == {"open", "overtime", "downtime"}
    assert AREA.down_until(problem) == {"L1": problem.clock.minute(at(5, 12))}
    assert AREA.groups(problem) == {"twins": [0, 1]}
    assert [len(spans) for spans in AREA.open_spans(problem)] == [19, 20]


def test_figures_and_row_say_waits_by_priority() -> None:
    """B begins on its first possible day, A has waited from Monday to Wednesday: nobody is late."""
    figures = AREA.figures(PROBLEM, PLAN)
    assert (figures["num_planned"], figures["num_moved"]) == (6, 0)
    rows = AREA.row_figures(SimpleNamespace(figures=figures))  # type: ignore[arg-type]
    assert {row.id: row.values for row in rows} == {"wait_days": {"p1": 0.0, "p3": 2.0}, "num_late": {"": 0}}


@pytest.mark.parametrize("name", AREA.samples)
def test_a_sample_has_courses_of_every_priority(name: str) -> None:
    """The sample hospital shows what the area can do."""
    sample = AREA.sample(name)
    assert {protocol.priority for protocol in sample.protocols} == {1, 2, 3}
    assert all(isinstance(booking, Booking) for booking in sample.bookings)
