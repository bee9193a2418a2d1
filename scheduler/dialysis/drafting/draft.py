"""A unit's data on one horizon, open to changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hospital.clock import Clock, Span
from hospital.dialysis import Absence, DialysisPatient, DialysisSite, OneOff
from hospital.errors import UnknownId
from hospital.plans import Booking
from hospital.when import When

ALWAYS = date.min
"""Since ever."""


@dataclass(frozen=True, slots=True)
class Since:
    """From ``day`` on the patient is planned as ``patient`` says (until a later one)."""

    day: date
    patient: DialysisPatient


@dataclass(slots=True)
class Draft:
    """``lives`` holds what is known of each patient, day by day; ``downtime`` closes stations or water loops on top of the site's
    closures; ``no_shift`` are shifts that do not take place, by day; ``nurses`` are (skill, start, end, more or fewer). ``dropped`` and
    ``missed`` name sessions: called off, and to be made up. ``bookings`` is the plan in force by session. ``said`` is when the change at
    hand was made."""

    site: DialysisSite
    clock: Clock
    now: datetime | None
    lives: dict[str, list[Since]]
    bookings: dict[str, Booking]
    absences: list[Absence]
    one_offs: list[OneOff]
    downtime: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    no_shift: set[tuple[int, str]] = field(default_factory=set)
    nurses: list[tuple[str, int, int, int]] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)
    missed: set[str] = field(default_factory=set)
    said: datetime | None = None

    @property
    def today(self) -> date:
        """The day on which the change at hand was made, at the earliest the horizon's first."""
        said = self.said or self.now
        return max(self.clock.first_day, said.astimezone(self.clock.zone).date()) if said else self.clock.first_day

    def now_of(self, patient: str) -> DialysisPatient:
        """What is known of the patient last. Raises UnknownId."""
        if patient not in self.lives:
            raise UnknownId("unknown_patient", id=patient)
        return self.lives[patient][-1].patient

    def since(self, day: date, patient: DialysisPatient) -> None:
        """From that day on the patient is planned like this."""
        rows = [row for row in self.lives.get(patient.id, ()) if row.day < day]
        self.lives[patient.id] = [*rows, Since(day, patient)]

    def on(self, patient: str, day: date) -> DialysisPatient | None:
        """What holds for the patient on a day, None before the first one."""
        return next((row.patient for row in reversed(self.lives[patient]) if row.day <= day), None)

    def days(self, when: When) -> list[date]:
        """The days of the horizon that it touches."""
        spans = when.spans(self.clock)
        edges = zip(self.clock.day_starts, self.clock.day_starts[1:], strict=False)
        return [
            self.clock.first_day + timedelta(days=day)
            for day, (low, high) in enumerate(edges)
            if any(start < high and low < end for start, end in spans)
        ]

    def booked(self, ids: Iterable[str], *, when: When | None = None, stations: Sequence[str] = ()) -> list[str]:
        """The sessions of the plan in force of these patients (or themselves), in ``when``, on one of ``stations``; nothing said = all.
        Raises UnknownId."""
        wanted = set(ids)
        if unknown := sorted(name for name in wanted if name not in self.lives and patient_of(name) not in self.lives):
            raise UnknownId("unknown_patient", id=unknown[0])
        spans = when.spans(self.clock) if when is not None else None
        return [
            name
            for name, booking in self.bookings.items()
            if (not wanted or not wanted.isdisjoint((name, booking.appointment.request)))
            and (not stations or booking.appointment.resource in stations)
            and (spans is None or _within(self.clock.minute(booking.appointment.start), spans))
        ]


def patient_of(session: str) -> str:
    """The patient of a session's id (or the patient's own)."""
    patient, _, number = session.rpartition("-")
    return patient if patient and len(number) == 8 and number.isdigit() else session


def session_id(patient: str, number: int) -> str:
    """How a session of a patient is named: by the day on which it is due, so that nothing that happens to others renames it."""
    return f"{patient}-{number:08}"


def _within(minute: int, spans: Sequence[Span]) -> bool:
    return any(low <= minute < high for low, high in spans)
