"""What happens to a dialysis unit and what the roster makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from hospital.changes import Change, changes_from_json
from hospital.dialysis import (
    DialysisPatient,
    DialysisSettings,
    DialysisSite,
    DialysisStation,
    NurseDuty,
    ShiftHours,
    ZoneRelease,
)
from hospital.errors import UnknownId, WrongState
from hospital.plans import Appointment, AppointmentStatus, Booking
from scheduler.dialysis.build import appointments_of, build, resolved
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.solving import solve_roster
from scheduler.kernel.solve import Settings

ZONE = "+08:00"
MONDAY = datetime.fromisoformat("2026-06-01T06:00+08:00")


def site(**facts: object) -> DialysisSite:
    """Three chairs and two shifts for two weeks: Lin comes on Mon Wed Fri, Mei on Tue Thu Sat, Wu on Mon Thu."""
    usual = {
        "settings": DialysisSettings(first_day="2026-06-01", num_days=14, weights={"load": 0}),
        "stations": tuple(DialysisStation(id=name, loop="A") for name in ("S1", "S2", "S3")),
        "shifts": tuple(
            ShiftHours(name=name, weekday=day, from_min=begin, to_min=begin + 270)
            for day in range(6)
            for name, begin in (("early", 420), ("late", 720))
        ),
        "patients": (
            DialysisPatient(id="Lin", pattern=(0, 2, 4), shift="early", station="S1"),
            DialysisPatient(id="Mei", pattern=(1, 3, 5), shift="late", station="S2"),
            DialysisPatient(id="Wu", per_week=2, pattern=(0, 3), shift="early", station="S3"),
        ),
        "nurses": tuple(
            NurseDuty(weekday=day, shift=name, on_duty=2) for day in range(6) for name in ("early", "late")
        ),
    }
    return DialysisSite(**(usual | facts))  # type: ignore[arg-type]


def changes(*said: dict[str, object]) -> tuple[Change, ...]:
    """The changes of these JSON objects, in the unit's time."""
    return changes_from_json(list(said), timezone="Asia/Shanghai")


def planned(problem: DialysisProblem) -> dict[str, Appointment]:
    """The sessions of a quick roster by their names."""
    outcome = solve_roster(problem, Settings(seconds=0.3, threads=1), 1)
    return {f"{row.request}-{row.session}": row for row in appointments_of(problem, outcome.plan.plan)}


def in_force(unit: DialysisSite, **marks: AppointmentStatus) -> DialysisSite:
    """The unit with its roster promised; ``marks`` by patient and day, as in Lin_3=..."""
    rows = planned(build(unit))
    by_name = {name.replace("_", "-202606"): mark for name, mark in marks.items()}
    return replace(
        unit,
        bookings=tuple(
            Booking(appointment=row, status=by_name.get(name, AppointmentStatus.PLANNED)) for name, row in rows.items()
        ),
    )


def days_of(rows: dict[str, Appointment], patient: str) -> list[int]:
    """The days of June on which a patient comes."""
    return sorted(row.start.day for row in rows.values() if row.request == patient)


def moved(unit: DialysisSite, rows: dict[str, Appointment]) -> set[str]:
    """Who is elsewhere than promised."""
    before = {f"{entry.appointment.request}-{entry.appointment.session}": entry.appointment for entry in unit.bookings}
    return {name for name, row in before.items() if rows.get(name) != row}


def test_a_station_is_down_today() -> None:
    """S1 fails on Monday: Lin alone is dialysed on another station, nobody else is moved."""
    unit = in_force(site())
    down = changes({"intent": "resource_downtime", "resource_ids": ["S1"], "when": {"end": "2026-06-02T00:00"}})
    rows = planned(build(unit, now=MONDAY, changes=down))
    assert moved(unit, rows) == {"Lin-20260601"}
    assert rows["Lin-20260601"].resource in ("S2", "S3")
    again = changes({"intent": "resource_restore", "resource_ids": ["S1"]})
    assert not moved(unit, planned(build(unit, now=MONDAY, changes=(*down, *again))))


def test_a_lost_monday_is_given_on_tuesday() -> None:
    """The water fails all Monday: Lin, last dialysed on Friday, comes on Tuesday rather than not at all."""
    unit = in_force(site())
    down = changes(
        {
            "intent": "resource_downtime",
            "resource_ids": ["A"],
            "when": {"start": "2026-06-08T00:00", "end": "2026-06-09T00:00"},
        }
    )
    rows = planned(build(unit, now=MONDAY, changes=down))
    assert days_of(rows, "Lin") == [1, 3, 5, 9, 10, 12]


@pytest.mark.parametrize(("shift", "start"), [("early", 720), ("late", 420)])
def test_a_shift_does_not_take_place(shift: str, start: int) -> None:
    """On a holiday one shift is not given: who comes in it is dialysed in the other."""
    unit = in_force(site())
    closed = changes(
        {
            "intent": "resource_downtime",
            "resource_ids": [shift],
            "when": {"from_date": "2026-06-04", "until_date": "2026-06-04"},
        }
    )
    rows = planned(build(unit, now=MONDAY, changes=closed))
    thursday = [row.start for row in rows.values() if row.start.day == 4]
    assert len(thursday) == 2
    assert {moment.hour * 60 + moment.minute for moment in thursday} == {start}


def test_a_new_patient_finds_a_pattern_and_nobody_else_moves() -> None:
    """Zhao comes three times a week from Wednesday on; the others keep every place."""
    unit = in_force(site())
    new = changes(
        {"intent": "add_request", "problem": "dialysis", "patient_ids": ["Zhao"], "when": {"start": "2026-06-03T00:00"}}
    )
    rows = planned(build(unit, now=MONDAY, changes=new))
    assert days_of(rows, "Zhao") in ([3, 5, 8, 10, 12], [4, 6, 9, 11, 13])
    assert not moved(unit, rows)


def test_one_more_session_lies_between_the_days_named() -> None:
    """Wu, who comes on Monday and Thursday, is given one session more by Wednesday."""
    unit = in_force(site())
    more = changes(
        {
            "intent": "add_request",
            "problem": "dialysis",
            "patient_ids": ["Wu"],
            "when": {"start": "2026-06-02T00:00", "end": "2026-06-04T00:00"},
            "duration_min": 150,
        }
    )
    rows = planned(build(unit, now=MONDAY, changes=more))
    extra = rows["Wu-20260602"]
    assert extra.start.day in (2, 3)
    assert (extra.end - extra.start).total_seconds() == 150 * 60
    assert not moved(unit, rows)


def test_a_missed_session_is_made_up_in_time() -> None:
    """Lin did not come on Wednesday: two free days after Monday's session at the latest, and before Friday's, it is given."""
    unit = in_force(site(), Lin_03=AppointmentStatus.NO_SHOW)
    rows = planned(build(unit, now=datetime.fromisoformat("2026-06-03T20:00+08:00")))
    assert days_of(rows, "Lin") == [1, 4, 5, 8, 10, 12]


def test_who_is_away_has_no_sessions_and_keeps_the_names_of_the_others() -> None:
    """Mei is away from Thursday to Saturday: these two are off, all others stay what and where they were."""
    unit = in_force(site())
    away = changes(
        {
            "intent": "cancel_request",
            "patient_ids": ["Mei"],
            "when": {"start": "2026-06-04T00:00", "end": "2026-06-07T00:00"},
        }
    )
    rows = planned(build(unit, now=MONDAY, changes=away))
    assert moved(unit, rows) == {"Mei-20260604", "Mei-20260606"}
    leaving = changes({"intent": "cancel_request", "patient_ids": ["Mei"]})
    assert days_of(planned(build(unit, now=MONDAY, changes=leaving)), "Mei") == []
    one = changes({"intent": "cancel_request", "patient_ids": ["Mei-20260606"]})
    assert moved(unit, planned(build(unit, now=MONDAY, changes=one))) == {"Mei-20260606"}


def test_a_pattern_changes_from_a_day_on() -> None:
    """From the second Monday Lin comes on Tuesday, Thursday and Saturday in the late shift, but first on Monday:
    from Friday to Tuesday would be too long. The first week stays."""
    unit = in_force(site())
    other = changes(
        {
            "intent": "dialysis_pattern",
            "patient_ids": ["Lin"],
            "days": ["TU", "TH", "SA"],
            "shift": "A",
            "from_date": "2026-06-08",
        }
    )
    problem = build(unit, now=MONDAY, changes=other)
    rows = planned(problem)
    assert days_of(rows, "Lin") == [1, 3, 5, 8, 11, 13]
    assert {row.start.hour for row in rows.values() if row.request == "Lin" and row.start.day > 7} == {12}


def test_a_lock_holds_until_the_station_closes() -> None:
    """Lin's Monday is locked and stays; when the station itself fails, the lock gives way."""
    unit = in_force(site())
    locked = changes({"intent": "lock", "resource_ids": ["S1"], "when": {"end": "2026-06-02T00:00"}})
    kept = resolved(unit, locked, now=MONDAY)
    assert kept[0].patient_ids == ("Lin-20260601",)  # type: ignore[union-attr]
    problem = build(unit, now=MONDAY, changes=kept)
    assert [problem.task_ids[task] for task in problem.locked] == ["Lin-20260601"]
    down = changes({"intent": "resource_downtime", "resource_ids": ["S1"], "when": {"end": "2026-06-02T00:00"}})
    assert not build(unit, now=MONDAY, changes=(*kept, *down)).locked
    free = changes({"intent": "unlock", "patient_ids": ["Lin"]})
    assert not build(unit, now=MONDAY, changes=(*kept, *free)).locked


def test_nurses_away_and_more_of_them() -> None:
    """Two nurses away on Monday leave none, a third more leaves one; on other days nothing changes."""
    monday = {"end": "2026-06-02T00:00"}
    away = changes({"intent": "staff_absence", "staff_ids": ["nurse", "nurse"], "when": monday})
    more = changes({"intent": "extra_staff", "role": "nurse", "count": 1, "when": monday})
    counts = [
        {(entry.start // 1440, entry.on_duty) for entry in build(site(), now=MONDAY, changes=said).nurses}
        for said in ((), away, (*away, *more))
    ]
    assert {count for day, count in counts[0] if day == 0} == {2}
    assert {count for day, count in counts[1] if day == 0} == {0}
    assert {count for day, count in counts[2] if day == 0} == {1}
    assert {count for day, count in counts[1] if day == 1} == {2}


def test_an_infection_moves_the_patient_to_its_zone() -> None:
    """Mei is found to have hepatitis B: from now on only stations of that zone take her; longer sessions are longer."""
    stations = (*(DialysisStation(id=name, loop="A") for name in ("S1", "S2")), DialysisStation(id="S3", zone="HBV"))
    said = changes(
        {"intent": "isolation_rule", "action": "set_status", "infection": "HBV", "patient_ids": ["Mei"]},
        {"intent": "change_duration", "patient_ids": ["Mei"], "delta_min": 30},
    )
    rows = planned(build(site(stations=stations), now=MONDAY, changes=said))
    of_mei = [row for row in rows.values() if row.request == "Mei"]
    assert {row.resource for row in of_mei} == {"S3"}
    assert {(row.end - row.start).total_seconds() / 60 for row in of_mei} == {270}


def test_a_session_no_station_can_give_ends_its_series_only() -> None:
    """While the only station of Mei's zone serves another, her session is left out; the next one is given all the same."""
    stations = (DialysisStation(id="S1"), DialysisStation(id="S2", zone="HCV"))
    away = ZoneRelease(
        station="S2",
        zone="HBV",
        start=datetime.fromisoformat("2026-06-03T00:00+08:00"),
        end=datetime.fromisoformat("2026-06-06T00:00+08:00"),
        by="Zhou",
    )
    mei = DialysisPatient(id="Mei", zone="HCV", per_week=2, pattern=(0, 3), shift="late", station="S2")
    rows = planned(build(site(stations=stations, patients=(mei,), releases=(away,))))
    assert days_of(rows, "Mei") in ([1, 8, 11], [1, 6, 8, 11])


def refused(said: Sequence[Change]) -> str:
    """The id of the refusal."""
    with pytest.raises((UnknownId, WrongState)) as caught:
        build(site(), now=MONDAY, changes=said)
    return str(caught.value.text_id)


def test_what_means_nothing_here_is_refused() -> None:
    """An unknown station, patient or an imaging change is named, not ignored."""
    when = {"end": "2026-06-02T00:00"}
    assert refused(changes({"intent": "resource_downtime", "resource_ids": ["CT1"], "when": when})) == "unknown_station"
    assert refused(changes({"intent": "cancel_request", "patient_ids": ["Xu"]})) == "unknown_patient"
    said = changes({"intent": "cap_overtime", "max_min": 30, "per": "day"})
    assert refused(said) == "change_not_for_dialysis"


def test_what_is_over_is_planned_no_more() -> None:
    """First planned on Wednesday noon: sessions that have begun are nobody's task. With a plan in force, one left out on Tuesday is gone on
    Thursday, and Mei's next comes anew."""
    wednesday = datetime.fromisoformat("2026-06-03T13:00+08:00")
    rows = planned(build(site(), now=wednesday))
    assert min(row.start for row in rows.values()) > wednesday
    assert len(rows) == len(build(site(), now=wednesday).sessions)
    unit = in_force(site())
    left_out = replace(unit, bookings=tuple(entry for entry in unit.bookings if entry.appointment.session != 20260602))
    problem = build(left_out, now=datetime.fromisoformat("2026-06-04T06:00+08:00"))
    assert "Mei-20260602" not in problem.task_ids
    assert problem.sessions[problem.task_of["Mei-20260604"]].after_break
    assert not moved(left_out, planned(problem))
