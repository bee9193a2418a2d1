"""A site becomes a problem."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hospital.errors import BadInput, UnknownId
from hospital.plans import AppointmentStatus
from hospital.requests import RequestClass
from scheduler.imaging.build import appointments_of, build, no_shows, plan_of
from scheduler.kernel.plan import Place
from tests.scheduler.imaging.small_site import (
    DAY,
    DONE,
    LATE,
    NO_SHOW,
    SITE,
    appointment,
    at,
    booking,
    problem_with,
    request,
    site_with,
)


def test_sessions_breaks_and_dates() -> None:
    """MR1 pauses at noon; on Tuesday MR2 has its own hours; CT1 opens once more late on Wednesday."""
    mr1, mr2, ct1 = build(SITE).rooms
    assert mr1.sessions[:2] == ((480, 720), (780, 1020))
    assert mr2.sessions[1] == (DAY + 600, DAY + 900)
    assert ct1.sessions[-2:] == ((2 * DAY + 420, 2 * DAY + 1200), (2 * DAY + 1260, 2 * DAY + 1410))


def test_overtime_follows_the_last_session_and_stops_at_midnight() -> None:
    """MR1 may run an hour over after the afternoon, never into the break; CT1's Wednesday ends at midnight."""
    mr1, mr2, ct1 = build(SITE).rooms
    assert mr1.overtime[0] == (1020, 1080)
    assert mr2.overtime == ()
    assert ct1.overtime[0] == (1200, 1245)
    assert ct1.overtime[-1] == (2 * DAY + 1410, 3 * DAY)


def test_holiday_shortens_the_day_and_maintenance_closes_it() -> None:
    """A holiday takes MR2's hours away; MR1's maintenance stays a closure inside its hours."""
    mr1, mr2, _ = build(SITE).rooms
    assert mr2.sessions[-1] == (2 * DAY + 540, 2 * DAY + 720)
    assert mr1.closed == ((DAY + 480, DAY + 570),)


def test_reserved_hours_are_released_in_time() -> None:
    """Tuesday's emergency hour on CT1 is kept until four hours before it begins."""
    assert build(SITE, now=at(2, 5, 59)).rooms[2].reserved == ((DAY + 600, DAY + 660, RequestClass.EMERGENCY),)
    assert build(SITE, now=at(2, 6)).rooms[2].reserved == ()


def test_people_are_counted_once_and_the_absent_taken_off() -> None:
    """Two contrast nurses, but on Tuesday one of them is away from ten to twelve."""
    nurses = next(staff for staff in build(SITE).staff if staff.role == "contrast_nurse")
    tuesday = tuple(span for span in nurses.spans if DAY <= span[0] < 2 * DAY)
    assert tuesday == ((DAY + 480, DAY + 600, 2), (DAY + 600, DAY + 720, 1), (DAY + 720, DAY + 960, 2))


def test_planned_minutes() -> None:
    """The median rounded up to the grid, or the 90th percentile where the site says so, or the request's own."""
    wanted = [request("A"), request("B", minutes=31)]
    assert [case.minutes for case in problem_with(wanted).cases] == [20, 35]
    p90 = build(site_with(wanted, duration_quantile="p90"))
    assert [case.minutes for case in p90.cases] == [30, 35]


def test_sedation_needs_support_and_an_anaesthetist() -> None:
    """A sedated patient needs a scanner that supports it and one more person."""
    (case,) = problem_with([request("A", is_sedated=True)]).cases
    assert case.features == {"sedation"}
    assert case.staff == ("anaesthetist",)


def test_history_is_frozen() -> None:
    """Who is done, or was due before now, stays where they were, for as long as they were booked."""
    problem = problem_with(
        [request("A"), request("B"), request("C")],
        [
            booking("A", "MR1", at(1, 8), 25),
            booking("B", "MR1", at(1, 10), status=DONE),
            booking("C", "MR1", at(1, 11)),
        ],
        now=at(1, 9),
    )
    assert problem.frozen == {0: Place(0, 480), 1: Place(0, 600)}
    assert problem.durations[0] == 25
    assert problem.noticed == {2}


def test_notice_and_soon() -> None:
    """With a day's notice, at 08:05 tomorrow 08:05 may still move and 08:00 may not; both would be at short notice."""
    sooner, later = request("A", "CT-PLAIN"), request("B", "CT-PLAIN")
    problem = problem_with(
        [sooner, later], [booking("A", "CT1", at(2, 8)), booking("B", "CT1", at(2, 8, 5))], now=at(1, 8, 5)
    )
    assert problem.noticed == {0}
    assert problem.short_notice == {0, 1}


def test_closed_scanner_lets_its_patients_go() -> None:
    """MR1 is in maintenance on Tuesday morning: whoever is booked there may move, even if locked, whoever is not stays."""
    problem = problem_with(
        [request("A"), request("B"), request("C")],
        [
            booking("A", "MR1", at(2, 9)),
            booking("B", "MR1", at(2, 9, 30)),
            booking("C", "MR1", at(2, 8, 20), is_locked=True),
        ],
        now=at(1, 12),
    )
    assert problem.noticed == {1}
    assert problem.locked == {}
    assert set(problem.reference) == {0, 1, 2}


def test_only_new_emergencies_displace() -> None:
    """An emergency that already has its place displaces nobody."""
    problem = problem_with(
        [request("A", rclass=RequestClass.EMERGENCY), request("B", rclass=RequestClass.EMERGENCY), request("C")],
        [booking("A", "MR1", at(1, 8))],
    )
    assert problem.displacers == {1}


def test_no_show_leaves_the_problem() -> None:
    """Who did not come is not planned again until asked for, but is listed."""
    site = site_with([request("A"), request("B")], [booking("A", "MR1", at(1, 8), status=NO_SHOW)])
    assert build(site).task_ids == ("B",)
    assert no_shows(site) == ("A",)


def test_late_patient_comes_later() -> None:
    """A patient who will be 40 minutes late cannot begin before then and is not held to the old time."""
    problem = problem_with(
        [request("A")], [booking("A", "MR1", at(1, 10), status=LATE, late_min=40)], now=at(1, 10, 15)
    )
    assert problem.cases[0].earliest == 640
    assert problem.noticed == frozenset()
    assert problem.frozen == {}


def test_overdue_stays_and_far_ahead_waits() -> None:
    """A request past its latest time is still listed; one that may come only next month is not this plan's."""
    problem = problem_with([request("A", latest=at(0, 9)), request("B", earliest=at(30, 9))])
    assert problem.task_ids == ("A",)


def test_yesterdays_contrast_keeps_its_gap() -> None:
    """Contrast on Sunday at noon leaves the second contrast examination to Tuesday noon; the first is no longer planned."""
    problem = problem_with(
        [request("A", "CT-CHEST", patient="P"), request("B", "CT-CHEST", patient="P")],
        [booking("A", "CT1", at(0, 12), 10, status=DONE)],
    )
    assert problem.task_ids == ("B",)
    assert problem.cases[0].earliest == DAY + 730


def test_reference_replaces_the_bookings_but_keeps_their_marks() -> None:
    """The published plan is what moves are counted from; who was locked stays locked, at the published place."""
    site = site_with([request("A"), request("B")], [booking("A", "MR1", at(3, 8), is_locked=True)])
    problem = build(site, reference=[appointment("A", "MR1", at(3, 10)), appointment("B", "MR2", at(2, 10))])
    assert problem.reference == {0: Place(0, 2 * DAY + 600), 1: Place(1, DAY + 600)}
    assert problem.locked == {0: Place(0, 2 * DAY + 600)}


def test_plan_and_appointments_are_each_others_reverse() -> None:
    """What is written down is what was planned."""
    problem = problem_with([request("A"), request("B"), request("C")])
    plan = plan_of(problem, [appointment("C", "MR2", at(2, 10)), appointment("A", "MR1", at(1, 8))])
    assert plan.places == (Place(0, 480), None, Place(1, DAY + 600))
    written = appointments_of(problem, plan)
    assert [entry.request for entry in written] == ["A", "C"]
    assert written[0].end == at(1, 8, 20)
    assert plan_of(problem, written) == plan


def test_unknown_and_double_are_refused() -> None:
    """A plan that names a stranger, an unknown scanner or one request twice is refused by name."""
    problem = problem_with([request("A")])
    for wrong in (appointment("X", "MR1", at(1, 8)), appointment("A", "MR9", at(1, 8))):
        with pytest.raises(UnknownId):
            plan_of(problem, [wrong])
        assert plan_of(problem, [wrong], ignore_unknown=True).places == (None,)
    with pytest.raises(BadInput):
        plan_of(problem, [appointment("A", "MR1", at(1, 8)), appointment("A", "MR1", at(1, 9))])


def test_time_of_planning_is_needed() -> None:
    """Without a now nothing is planned, because history could not be told from the future."""
    with pytest.raises(BadInput):
        build(replace(SITE, settings=replace(SITE.settings, now=None)))


def test_horizon_begins_today_by_default() -> None:
    """Without a first day the plan begins on the site's own today."""
    problem = build(replace(SITE, settings=replace(SITE.settings, first_day="")), now=at(2, 0, 30), num_days=2)
    assert (problem.clock.first_day.isoformat(), problem.clock.num_days, problem.now) == ("2026-03-03", 2, 30)


def test_planned_status_words() -> None:
    """Arrived, started and done are history; planned, late and no-show are not."""
    assert [status.value for status in AppointmentStatus if status.is_frozen] == ["arrived", "started", "done"]
