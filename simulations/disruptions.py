"""What goes wrong on a day: emergencies, patients who do not come, a scanner that fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from hospital.changes import CancelRequest, Change, InsertUrgent, ResourceDowntime, When
from hospital.plans import AppointmentStatus, Booking
from hospital.resources import Modality
from hospital.sites import ImagingSite
from simulations.dice import Dice
from simulations.imaging.load import clock_of, open_spans

_SERVICES: dict[Modality, Literal["CT", "MR"]] = {Modality.CT: "CT", Modality.MR: "MR"}


@dataclass(frozen=True, kw_only=True)
class Rates:
    """How often things happen: emergencies an hour and scanner, the chance that a booked patient does not come, the chance that a
    scanner fails on the day, and for how many hours (shortest, longest)."""

    emergencies_h: float = 0.06
    no_show: float = 0.04
    downtime: float = 0.1
    downtime_h: tuple[int, int] = (2, 6)


@dataclass(frozen=True, kw_only=True)
class Disruption:
    """A change and the moment at which the planner hears of it."""

    at: datetime
    change: Change


def disruptions(site: ImagingSite, *, day: int, seed: int, rates: Rates | None = None) -> tuple[Disruption, ...]:
    """The events of a day of the site's horizon (0 = first) in order of time; the same for the same seed.

    A patient who does not come is a cancelled request, known at the appointment's start; a scanner fails while it is open.
    """
    dice, chosen = Dice(seed), rates or Rates()
    events = [
        *_emergencies(site, day, chosen, dice),
        *_no_shows(site, day, chosen, dice),
        *_downtimes(site, day, chosen, dice),
    ]
    return tuple(sorted(events, key=lambda event: event.at))


def _emergencies(site: ImagingSite, day: int, rates: Rates, dice: Dice) -> Iterator[Disruption]:
    clock = clock_of(site)
    for scanner in site.scanners:
        service = _SERVICES.get(scanner.modality)
        for hour in range(7, 20) if service else ():
            if dice.chance(rates.emergencies_h):
                at = clock.moment(clock.minute_on(day, hour * 60 + 5 * dice.whole(0, 11)))
                yield Disruption(at=at, change=InsertUrgent(problem="imaging", service=service, when=When(start=at)))


def _no_shows(site: ImagingSite, day: int, rates: Rates, dice: Dice) -> Iterator[Disruption]:
    for booking in site.bookings:
        if _is_planned_on(booking, site, day) and dice.chance(rates.no_show):
            appointment = booking.appointment
            yield Disruption(at=appointment.start, change=CancelRequest(patient_ids=(appointment.request,)))


def _is_planned_on(booking: Booking, site: ImagingSite, day: int) -> bool:
    clock = clock_of(site)
    start = clock.minute(booking.appointment.start)
    return booking.status is AppointmentStatus.PLANNED and clock.day_starts[day] <= start < clock.day_starts[day + 1]


def _downtimes(site: ImagingSite, day: int, rates: Rates, dice: Dice) -> Iterator[Disruption]:
    clock = clock_of(site)
    low, high = clock.day_starts[day], clock.day_starts[day + 1]
    for scanner, spans in open_spans(site).items():
        today = [span for span in spans if low <= span[0] < high]
        if today and dice.chance(rates.downtime):
            start = clock.moment(clock.round_up(dice.whole(today[0][0], today[-1][1] - 60)))
            end = start + timedelta(hours=dice.whole(*rates.downtime_h))
            change = ResourceDowntime(resource_ids=(scanner,), when=When(start=start, end=end), reason="breakdown")
            yield Disruption(at=start, change=change)
