"""The same sample in another week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from hospital.errors import BadInput
from hospital.plans import Booking
from hospital.requests import Request
from hospital.resources import OpeningWindow, Reservation, Shift
from hospital.sites import ImagingSite

_Dated = TypeVar("_Dated", OpeningWindow, Reservation, Shift)


def shift(site: ImagingSite, *, to_monday: date) -> ImagingSite:
    """The site moved by whole weeks so that its week begins on ``to_monday``; ``now`` becomes the real present (None).

    Wall-clock times stay as they are, whatever the clocks do in between. Raises BadInput unless both weeks begin on a Monday.
    """
    first = date.fromisoformat(site.settings.first_day)
    if first.weekday() != to_monday.weekday() or to_monday.weekday() != 0:
        raise BadInput("not_a_monday", where="to_monday", found=f"{to_monday:%Y-%m-%d}")
    by = to_monday - first
    return replace(
        site,
        settings=replace(site.settings, first_day=to_monday.isoformat(), now=None),
        opening=_dated(site.opening, by),
        closures=tuple(replace(row, start=row.start + by, end=_moved(row.end, by)) for row in site.closures),
        reservations=_dated(site.reservations, by),
        shifts=_dated(site.shifts, by),
        requests=tuple(_request(request, by) for request in site.requests),
        bookings=tuple(_booking(booking, by) for booking in site.bookings),
    )


def _moved(when: datetime | None, by: timedelta) -> datetime | None:
    return None if when is None else when + by


def _dated(rows: Iterable[_Dated], by: timedelta) -> tuple[_Dated, ...]:
    return tuple(row if row.day is None else replace(row, day=row.day + by) for row in rows)


def _request(request: Request, by: timedelta) -> Request:
    return replace(
        request,
        requested=request.requested + by,
        earliest=request.earliest + by,
        target=_moved(request.target, by),
        latest=_moved(request.latest, by),
        windows=tuple((start + by, end + by) for start, end in request.windows),
    )


def _booking(booking: Booking, by: timedelta) -> Booking:
    appointment = booking.appointment
    return replace(booking, appointment=replace(appointment, start=appointment.start + by, end=appointment.end + by))
