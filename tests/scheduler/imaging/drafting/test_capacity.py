"""Changes of scanners, hours and people."""

from __future__ import annotations

from typing import Any

import pytest

from hospital.changes import change_to_json, changes_from_json
from hospital.errors import BadInput, CaretableError, UnknownId, WrongState
from hospital.requests import RequestClass
from scheduler.imaging.build import build
from scheduler.imaging.problem import ImagingProblem
from tests.scheduler.imaging.small_site import DAY, SITE, at, booking, problem_with, request, site_with


def changed(intent: str, **fields: Any) -> ImagingProblem:
    """The small hospital after one change."""
    return build(SITE, changes=changes_from_json([{"intent": intent, **fields}], timezone="Asia/Shanghai"))


def test_downtime_until_further_notice() -> None:
    """CT1's tube fails on Tuesday at 14:00: closed for the rest of the plan."""
    room = changed("resource_downtime", resource_ids=["CT1"], when={"start": "2026-03-03T14:00:00"}).rooms[2]
    assert room.closed == ((DAY + 840, 3 * DAY),)


def test_restore_ends_downtime_but_not_maintenance() -> None:
    """CT1 works again from Wednesday 09:30; MR1's planned maintenance is not a fault and stays."""
    changes = changes_from_json(
        [
            {"intent": "resource_downtime", "resource_ids": ["CT1"], "when": {"start": "2026-03-03T14:00:00"}},
            {"intent": "resource_restore", "resource_ids": ["CT1", "MR1"], "when": {"start": "2026-03-04T09:30:00"}},
        ],
        timezone="Asia/Shanghai",
    )
    mr1, _, ct1 = build(SITE, changes=changes).rooms
    assert ct1.closed == ((DAY + 840, 2 * DAY + 570),)
    assert mr1.closed == ((DAY + 480, DAY + 570),)


def test_downtime_frees_those_booked_on_the_scanner() -> None:
    """Within the notice period only those whose scanner is gone may move."""
    site = site_with(
        [request("A", "CT-PLAIN"), request("B", "CT-PLAIN")],
        [booking("A", "CT1", at(1, 13)), booking("B", "CT1", at(1, 15))],
    )
    down = {"intent": "resource_downtime", "resource_ids": ["CT1"], "when": {"start": "2026-03-02T14:00:00"}}
    assert build(site).noticed == {0, 1}
    assert build(site, changes=changes_from_json(down, timezone="Asia/Shanghai")).noticed == {0}


def test_extra_hours_join_the_present_ones() -> None:
    """MR2 opens on Monday at 08:00 instead of 09:00; the afternoon stays."""
    when = {"start": "2026-03-02T08:00:00", "end": "2026-03-02T09:00:00"}
    assert changed("opening_hours", resource_ids=["MR2"], when=when, mode="extra").rooms[1].sessions[0] == (480, 960)


def test_set_hours_replace_only_the_days_they_name() -> None:
    """From Tuesday MR1 runs 07:30 to 11:00; Monday is as it was, and overtime follows the new end."""
    when = {"from_date": "2026-03-03", "from_time": "07:30", "to_time": "11:00"}
    room = changed("opening_hours", resource_ids=["MR1"], when=when, mode="set").rooms[0]
    assert room.sessions == ((480, 720), (780, 1020), (DAY + 450, DAY + 660), (2 * DAY + 450, 2 * DAY + 660))
    assert room.overtime[1] == (DAY + 660, DAY + 720)


def test_overtime_cap_lowers_and_never_raises() -> None:
    """At most 30 minutes on Tuesday: MR1's hour shrinks that day alone, MR2 still has none."""
    mr1, mr2, _ = changed("cap_overtime", max_min=30, per="day", when={"days": ["TU"]}).rooms
    assert [end - start for start, end in mr1.overtime] == [60, 30, 60]
    assert mr2.overtime == ()


def test_reserve_whole_hours_share_and_slots() -> None:
    """For in-patients: all of ten to eleven; or the last tenth of each session; or two slots at the end of the day."""
    monday = {"start": "2026-03-02T00:00:00", "end": "2026-03-03T00:00:00"}
    hour = {"start": "2026-03-02T10:00:00", "end": "2026-03-02T11:00:00"}
    kept = RequestClass.INPATIENT

    def reserved(when: dict[str, str], **fields: Any) -> object:
        given = {"resource_ids": ["MR1"], "for_class": "inpatient", "when": when} | fields
        return changed("reserve_capacity", **given).rooms[0].reserved

    assert reserved(hour) == ((600, 660, kept),)
    assert reserved(monday, share_pct=10) == ((695, 720, kept), (995, 1020, kept))
    assert reserved(monday, slots=2) == (
        (970, 1020, kept),
    )  # a typical MR takes 18 min, 5 min turnover: 25 on the grid


def test_absence_and_extra_staff_by_role() -> None:
    """One contrast nurse ill on Monday morning, one more on Wednesday; 'nurse' can only mean the contrast nurse here."""
    morning = {"start": "2026-03-02T08:00:00", "end": "2026-03-02T12:00:00"}
    ill = changed("staff_absence", staff_ids=["contrast_nurse"], when=morning)
    assert _nurses(ill)[:2] == ((480, 720, 1), (720, 960, 2))
    more = changed(
        "extra_staff", role="nurse", count=3, when={"start": "2026-03-04T08:00:00", "end": "2026-03-04T16:00:00"}
    )
    assert _nurses(more)[-1] == (2 * DAY + 480, 2 * DAY + 960, 5)


def test_nobody_is_held_to_a_place_without_staff() -> None:
    """Both contrast nurses are away: of the two promised contrast scans today neither is held."""
    site = site_with(
        [request("A", "CT-CHEST"), request("B", "CT-PLAIN")],
        [booking("A", "CT1", at(1, 9), 10), booking("B", "CT1", at(1, 10), 5)],
    )
    away = {"intent": "staff_absence", "staff_ids": ["contrast_nurse"] * 2, "when": {"end": "2026-03-02T12:00:00"}}
    assert build(site, changes=changes_from_json(away, timezone="Asia/Shanghai")).noticed == {1}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"intent": "resource_downtime", "resource_ids": ["CT9"], "when": {}}, UnknownId),
        ({"intent": "staff_absence", "staff_ids": ["surgeon"], "when": {}}, UnknownId),
        ({"intent": "cap_overtime", "max_min": 60, "per": "week"}, WrongState),
        ({"intent": "cap_overtime", "max_min": 60, "per": "day", "staff_ids": ["S1"]}, WrongState),
        ({"intent": "reserve_capacity", "resource_ids": ["CT1"], "for_class": "paediatric"}, WrongState),
        ({"intent": "reserve_capacity", "resource_ids": ["CT1"], "slots": 1, "share_pct": 5}, BadInput),
        ({"intent": "diversion", "from_facility": "F", "case_class": "all", "when": {}}, WrongState),
        ({"intent": "lock", "problem": "dialysis"}, WrongState),
    ],
)
def test_what_imaging_cannot_honour_is_refused(change: dict[str, Any], error: type[CaretableError]) -> None:
    """A change that would be ignored is refused instead, in both languages."""
    with pytest.raises(error) as refusal:
        problem_with([request("A")], changes=changes_from_json([change]))
    assert refusal.value.sentence("en") != refusal.value.sentence("zh")


def test_changes_survive_their_own_json() -> None:
    """A change written to a file and read again does the same."""
    (change,) = changes_from_json({"intent": "resource_downtime", "resource_ids": ["CT1"], "when": {}})
    assert changes_from_json([change_to_json(change)]) == (change,)
    assert build(SITE, changes=[change]).rooms[2].closed == ((0, 3 * DAY),)


def _nurses(problem: ImagingProblem) -> tuple[tuple[int, int, int], ...]:
    return next(staff.spans for staff in problem.staff if staff.role == "contrast_nurse")
