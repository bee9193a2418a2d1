"""What is promised: appointments, and the life of a plan version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AppointmentStatus(StrEnum):
    """What became of an appointment on the day. Started and done ones are frozen history."""

    PLANNED = "planned"
    ARRIVED = "arrived"
    LATE = "late"
    STARTED = "started"
    DONE = "done"
    NO_SHOW = "no_show"

    @property
    def is_frozen(self) -> bool:
        """True where the planner may not touch the appointment any more."""
        return self in (AppointmentStatus.ARRIVED, AppointmentStatus.STARTED, AppointmentStatus.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A request's place: resource and half-open aware [start, end); ``session`` counts a series from 1."""

    request: str
    session: int = 1
    resource: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """An appointment that is already promised, with what may be done to it; ``late_min`` is how late a LATE patient will be."""

    appointment: Appointment
    is_locked: bool = False
    status: AppointmentStatus = AppointmentStatus.PLANNED
    late_min: int = 0


class PlanStatus(StrEnum):
    """draft -> submitted -> published -> superseded; a draft may be rejected."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"
