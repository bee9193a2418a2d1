"""The problem while it is being put together: the site's data on one horizon, open to changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import ceil

from hospital.clock import Clock, Span
from hospital.errors import UnknownId
from hospital.plans import Booking
from hospital.requests import Examination, Request, RequestClass
from hospital.resources import Scanner
from hospital.sites import ImagingSite
from hospital.when import When

_NEVER = datetime.min.replace(tzinfo=UTC)

StaffSpans = list[tuple[int, int, int]]
"""(start, end, how many more or fewer people)."""


@dataclass(slots=True)
class RoomDraft:
    """A scanner on the horizon. ``sessions`` by day; ``overtime_max`` minutes by day; ``closed`` stays closed, a ``downtime`` can be
    ended by a change; ``holidays`` are cut out of the opening hours, so no overtime follows from them."""

    scanner: Scanner
    sessions: list[tuple[Span, ...]]
    overtime_max: list[int]
    closed: list[Span] = field(default_factory=list)
    downtime: tuple[Span, ...] = ()
    holidays: list[Span] = field(default_factory=list)
    reserved: list[tuple[int, int, RequestClass]] = field(default_factory=list)


@dataclass(slots=True)
class Wish:
    """What changes say of one request beyond its own data. None = not said. ``place`` is (scanner, start); ``is_moved`` frees the
    present appointment from the notice period, ``is_urgent`` lets it displace others."""

    windows: tuple[Span, ...] | None = None
    scanners: frozenset[str] | None = None
    place: tuple[str, int] | None = None
    is_moved: bool = False
    is_urgent: bool = False
    preferred_starts: list[tuple[tuple[Span, ...], float]] = field(default_factory=list)
    preferred_scanners: list[tuple[frozenset[str], float]] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """``requests`` are the wanted ones by id, ``bookings`` the reference plan by request id; ``known`` are all ids of the data, also
    of those no longer wanted. ``factors`` multiply weights by name; ``preference`` is the price of a soft wish in points; ``said`` is
    when the change at hand was made: what "now" means in it,
    ``mark`` tells it
    apart from one with the same words, and ``is_settled`` is true where the reference plan has honoured it."""

    site: ImagingSite
    clock: Clock
    now: datetime
    rooms: dict[str, RoomDraft]
    staff: dict[tuple[str, str], StaffSpans]
    examinations: dict[str, Examination]
    requests: dict[str, Request]
    bookings: dict[str, Booking]
    by_patient: dict[str, list[str]]
    known: set[str]
    wishes: dict[str, Wish] = field(default_factory=dict)
    factors: dict[str, float] = field(default_factory=dict)
    preference: float = 20.0
    said: datetime = _NEVER
    mark: str = ""
    is_settled: bool = False

    @property
    def now_min(self) -> int:
        """Now as a minute of the horizon, rounded up."""
        return minute_up(self.clock, self.now)

    def wish(self, request: str) -> Wish:
        """What is wished for that request, made on first mention."""
        return self.wishes.setdefault(request, Wish())

    def room(self, scanner: str) -> RoomDraft:
        """The scanner of that id. Raises UnknownId."""
        if scanner not in self.rooms:
            raise UnknownId("unknown_scanner", id=scanner, expected=", ".join(self.rooms))
        return self.rooms[scanner]

    def room_drafts(self, scanners: Iterable[str]) -> list[RoomDraft]:
        """The scanners of those ids. Raises UnknownId for the first unknown one."""
        return [self.room(scanner) for scanner in scanners]

    def request_ids(self, ids: Sequence[str], *, when: When | None = None, scanners: Sequence[str] = ()) -> list[str]:
        """The wanted requests that these request or patient ids stand for, in order.

        A patient's id stands for all of the patient's requests. Where ``when`` or ``scanners`` are given, only those whose
        present appointment begins in it, on them. Raises UnknownId for ids that stand for nothing in the data.
        """
        named = list(dict.fromkeys(request for name in ids for request in self._named(name)))
        if when is None and not scanners:
            return named
        self.room_drafts(scanners)
        spans = when.spans(self.clock) if when is not None else None
        return [request for request in named if self._is_at(request, spans, scanners)]

    def booked(self, *, when: When | None = None, scanners: Sequence[str] = ()) -> list[str]:
        """The requests whose present appointment begins in ``when``, on one of ``scanners``; nothing said = all of them."""
        self.room_drafts(scanners)
        spans = when.spans(self.clock) if when is not None else None
        return [request for request in self.requests if self._is_at(request, spans, scanners)]

    def add(self, request: Request) -> None:
        """One more wanted request."""
        self.requests[request.id] = request
        self.by_patient.setdefault(request.patient, []).append(request.id)
        self.known |= {request.id, request.patient}

    def _named(self, name: str) -> list[str]:
        if name in self.requests:
            return [name]
        if name not in self.known:
            raise UnknownId("unknown_patient", id=name)
        return [request for request in self.by_patient.get(name, ()) if request in self.requests]

    def _is_at(self, request: str, spans: Sequence[Span] | None, scanners: Sequence[str]) -> bool:
        booking = self.bookings.get(request)
        if booking is None or (scanners and booking.appointment.resource not in scanners):
            return False
        start = self.clock.minute(booking.appointment.start)
        return spans is None or any(low <= start < high for low, high in spans)


def minute_up(clock: Clock, moment: datetime) -> int:
    """Minutes from the horizon's start to an aware moment, rounded up."""
    return ceil((moment - clock.origin).total_seconds() / 60)
