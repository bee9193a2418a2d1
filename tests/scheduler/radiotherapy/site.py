"""A small department in files' own words: two matched linacs, one protocol, two courses, one of them half given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hospital.plans import Appointment, AppointmentStatus, Booking
from hospital.radiotherapy import LinacHours, RadiotherapySite, TreatmentCourse, TreatmentLinac, TreatmentProtocol
from hospital.sites import SiteSettings

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 5, 7, tzinfo=ZONE)
"""A Thursday morning."""


def at(day: int, hour: float = 9.0) -> datetime:
    """That hour of a day of March 2026."""
    return datetime(2026, 3, day, tzinfo=ZONE) + timedelta(hours=hour)


def booked(course: str, session: int, day: int, *, linac: str = "L1", hour: float = 9.0, **facts: Any) -> Booking:
    """A session of a quarter of an hour that is promised."""
    start = at(day, hour)
    place = Appointment(request=course, session=session, resource=linac, start=start, end=start + timedelta(minutes=15))
    return Booking(appointment=place, **facts)


def site(**parts: Any) -> RadiotherapySite:
    """L1 and L2 are twins, open on weekdays from 8 to 12. Course A has five sessions, from Wednesday the 4th on, one a day."""
    linacs = ("L1", "L2")
    usual: dict[str, Any] = {
        "settings": SiteSettings(id="rt", grid_min=15, num_days=28, first_day="2026-03-02", now=NOW),
        "linacs": tuple(TreatmentLinac(id=name, matched="twins", overtime_max_min=30) for name in linacs),
        "hours": tuple(
            LinacHours(linac=name, weekday=day, from_min=480, to_min=720) for name in linacs for day in range(5)
        ),
        "protocols": (
            TreatmentProtocol(id="breast", priority=3, sessions=5, first_min=15, later_min=15, least_a_week=2),
            TreatmentProtocol(id="bone", priority=1, sessions=1, first_min=30, later_min=30),
        ),
        "courses": (
            TreatmentCourse(id="A", patient="P1", protocol="breast", requested=date(2026, 2, 27)),
            TreatmentCourse(id="B", patient="P2", protocol="bone", requested=date(2026, 3, 5)),
        ),
        "bookings": tuple(booked("A", number, day) for number, day in zip(range(1, 6), (4, 5, 6, 9, 10), strict=True)),
    }
    return RadiotherapySite(**(usual | parts))


def missed(site: RadiotherapySite, *sessions: int) -> RadiotherapySite:
    """The site in which these sessions of course A were marked as not given: the patient did not come."""
    return replace(
        site,
        bookings=tuple(
            replace(row, status=AppointmentStatus.NO_SHOW) if row.appointment.session in sessions else row
            for row in site.bookings
        ),
    )
