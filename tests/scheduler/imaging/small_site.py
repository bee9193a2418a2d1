"""A hospital small enough to plan in the head: two MR, one CT, a Monday to Wednesday, hours that are all different."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from hospital.plans import Appointment, AppointmentStatus, Booking
from hospital.requests import Changeover, Examination, Gap, Request, RequestClass
from hospital.resources import Closure, ClosureKind, Modality, OpeningWindow, Reservation, Scanner, Shift
from hospital.sites import ImagingSite, SiteSettings
from scheduler.imaging.build import build
from scheduler.imaging.problem import ImagingProblem

CHINA = timezone(timedelta(hours=8))
DAY = 1440


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An aware time; day 1 is Monday 2 March 2026."""
    return datetime(2026, 3, 2, hour, minute, tzinfo=CHINA) + timedelta(days=day - 1)


def request(name: str, examination: str = "MR-HEAD", **fields: Any) -> Request:
    """A request that may come from Monday 08:00 on."""
    given: dict[str, Any] = {"rclass": RequestClass.OUTPATIENT, "requested": at(0, 9), "earliest": at(1, 8)} | fields
    return Request(id=name, patient=given.pop("patient", f"P-{name}"), examination=examination, **given)


def appointment(name: str, scanner: str, start: datetime, minutes: int = 20) -> Appointment:
    """An appointment of so many minutes."""
    return Appointment(request=name, resource=scanner, start=start, end=start + timedelta(minutes=minutes))


def booking(name: str, scanner: str, start: datetime, minutes: int = 20, **fields: Any) -> Booking:
    """A promised appointment."""
    return Booking(appointment=appointment(name, scanner, start, minutes), **fields)


SITE = ImagingSite(
    settings=SiteSettings(num_days=3, first_day="2026-03-02", now=at(1, 7), notice_h=24, travel_min=0),
    scanners=(
        Scanner(id="MR1", modality=Modality.MR, features=frozenset({"sedation"}), turnover_min=5, overtime_max_min=60),
        Scanner(id="MR2", modality=Modality.MR, turnover_min=10),
        Scanner(id="CT1", modality=Modality.CT, overtime_max_min=45),
    ),
    opening=(
        *(OpeningWindow(scanner="MR1", weekday=day, from_min=480, to_min=720) for day in range(3)),
        *(OpeningWindow(scanner="MR1", weekday=day, from_min=780, to_min=1020) for day in range(3)),
        *(OpeningWindow(scanner="MR2", weekday=day, from_min=540, to_min=960) for day in range(3)),
        *(OpeningWindow(scanner="CT1", weekday=day, from_min=420, to_min=1200) for day in range(3)),
        OpeningWindow(scanner="MR2", day=date(2026, 3, 3), from_min=600, to_min=900),
        OpeningWindow(scanner="CT1", day=date(2026, 3, 4), from_min=1260, to_min=1410, is_extra=True),
    ),
    closures=(
        Closure(scanner="MR1", start=at(2, 8), end=at(2, 9, 30)),
        Closure(scanner="MR2", start=at(3, 12), end=None, kind=ClosureKind.HOLIDAY),
    ),
    reservations=(Reservation(scanner="CT1", weekday=1, from_min=600, to_min=660, release_h=4),),
    examinations=(
        Examination(id="MR-HEAD", modality=Modality.MR, median_min=18, p90_min=27, family="head"),
        Examination(id="MR-KNEE", modality=Modality.MR, median_min=25, p90_min=35, family="knee"),
        Examination(
            id="CT-CHEST",
            modality=Modality.CT,
            median_min=10,
            p90_min=14,
            tags=frozenset({"contrast"}),
            staff=("contrast_nurse",),
        ),
        Examination(id="CT-PLAIN", modality=Modality.CT, median_min=5, p90_min=9),
    ),
    changeovers=(Changeover(from_family="head", to_family="knee", minutes=10),),
    gaps=(Gap(first="contrast", then="contrast", hours=48),),
    shifts=(
        *(Shift(role="contrast_nurse", weekday=day, from_min=480, to_min=960, count=2) for day in range(3)),
        *(Shift(role="anaesthetist", weekday=day, from_min=480, to_min=720, count=1) for day in range(3)),
        Shift(role="contrast_nurse", day=date(2026, 3, 3), from_min=600, to_min=720, count=-1),
    ),
)


def site_with(requests: Sequence[Request], bookings: Sequence[Booking] = (), **settings: Any) -> ImagingSite:
    """The small hospital with these requests and bookings."""
    return replace(
        SITE, requests=tuple(requests), bookings=tuple(bookings), settings=replace(SITE.settings, **settings)
    )


def problem_with(requests: Sequence[Request], bookings: Sequence[Booking] = (), **given: Any) -> ImagingProblem:
    """The problem of the small hospital with these requests and bookings."""
    return build(site_with(requests, bookings), **given)


DONE = AppointmentStatus.DONE
LATE = AppointmentStatus.LATE
NO_SHOW = AppointmentStatus.NO_SHOW
