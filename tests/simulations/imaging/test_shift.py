"""The sample in another week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hospital.errors import BadInput
from hospital.plans import Appointment, Booking
from hospital.requests import Request, RequestClass
from hospital.resources import Closure, OpeningWindow
from hospital.sites import ImagingSite, SiteSettings
from simulations.imaging.load import load
from simulations.imaging.samples import day
from simulations.imaging.shift import shift

BERLIN = ZoneInfo("Europe/Berlin")


def test_all_dates_move_by_whole_weeks() -> None:
    """Moved by 25 weeks, a Monday 09:35 patient is still a Monday 09:35 patient, and the present is the real one."""
    site = day()
    later = shift(site, to_monday=date(2026, 11, 23))
    by = timedelta(weeks=25)
    assert later.settings.first_day == "2026-11-23"
    assert later.settings.now is None
    for before, after in zip(site.requests, later.requests, strict=True):
        assert (after.requested, after.earliest) == (before.requested + by, before.earliest + by)
        assert after.windows == tuple((start + by, end + by) for start, end in before.windows)
    assert [row.start for row in later.closures] == [row.start + by for row in site.closures]
    assert [row.appointment.start for row in later.bookings] == [row.appointment.start + by for row in site.bookings]
    assert load(later) == load(site)


def test_back_again_is_the_same() -> None:
    """Moved away and back, nothing is different but that the present is no longer named."""
    site = day()
    there = shift(site, to_monday=date(2027, 1, 4))
    assert shift(there, to_monday=date(2026, 6, 1)) == replace(site, settings=replace(site.settings, now=None))


def test_wall_clock_stays_when_the_clocks_change() -> None:
    """A 08:15 appointment before the change of clocks is a 08:15 appointment after it, and dated openings move along."""
    start = datetime(2026, 3, 23, 8, 15, tzinfo=BERLIN)
    request = Request(
        id="R-1", patient="P-1", examination="E", rclass=RequestClass.INPATIENT, requested=start, earliest=start
    )
    appointment = Appointment(request="R-1", resource="CT1", start=start, end=start + timedelta(minutes=25))
    site = ImagingSite(
        settings=SiteSettings(timezone="Europe/Berlin", first_day="2026-03-23"),
        opening=(OpeningWindow(scanner="CT1", day=date(2026, 3, 25), from_min=480, to_min=900),),
        closures=(Closure(scanner="CT1", start=start, end=None),),
        requests=(request,),
        bookings=(Booking(appointment=appointment),),
    )
    later = shift(site, to_monday=date(2026, 3, 30))
    assert later.bookings[0].appointment.start.isoformat() == "2026-03-30T08:15:00+02:00"
    assert later.requests[0].target is None
    assert later.opening[0].day == date(2026, 4, 1)
    assert later.closures[0].end is None


def test_only_mondays() -> None:
    """A week that would begin on a Tuesday is refused with the date that was found."""
    with pytest.raises(BadInput, match="2026-11-24"):
        shift(day(), to_monday=date(2026, 11, 24))
