"""What is already promised when the planner begins: a partial plan that breaks no rule."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from hospital.clock import Clock, Span
from hospital.plans import Appointment, AppointmentStatus, Booking
from hospital.requests import Request, RequestClass
from hospital.resources import Scanner
from hospital.sites import ImagingSite
from simulations.dice import Dice
from simulations.imaging.catalogue import Entry, catalogue
from simulations.imaging.diary import Diary, Wish
from simulations.imaging.load import clock_of
from simulations.imaging.orders import fits

_LOCKED = 0.06
_ARRIVED_BEFORE_MIN = 15
_TRIES = 6
_FASTING_BEFORE_MIN = 720


def draw_bookings(
    site: ImagingSite, booked: Sequence[float], dice: Dice, *, patients: Collection[str]
) -> tuple[Booking, ...]:
    """Bookings of some of the elective ``patients`` up to the share ``booked`` of each day's opening minutes, Monday first.

    One examination of a patient at most, nobody isolated; what lies before ``now`` is history: done, or still going on.
    """
    wanted = [request for request in site.requests if request.patient in patients and not request.is_isolated]
    return _Desk(site, dice).book(booked, dice.shuffled(wanted))


class _Desk:
    """The booking desk of the weeks before: each patient got the first free place after a wished hour."""

    def __init__(self, site: ImagingSite, dice: Dice) -> None:
        self._site = site
        self._dice = dice
        self._clock = clock_of(site)
        self._now = self._clock.minute(site.settings.now) if site.settings.now else 0
        self._diary = Diary(site)
        self._entries = {entry.examination.id: entry for entry in catalogue()}
        self._bookings: list[Booking] = []
        self._patients: set[str] = set()

    def book(self, booked: Sequence[float], requests: Sequence[Request]) -> tuple[Booking, ...]:
        for scanner in self._site.scanners:
            self._book_history(scanner, requests)
        for request in requests:
            if request.rclass is not RequestClass.EMERGENCY and request.patient not in self._patients:
                self._book_ahead(request, booked)
        return tuple(sorted(self._bookings, key=lambda row: (row.appointment.start, row.appointment.request)))

    def _book_history(self, scanner: Scanner, requests: Sequence[Request]) -> None:
        """Fill the minutes before ``now`` one after another with whoever was there."""
        for start, end in self._diary.sessions(scanner.id, 0):
            after = start
            for request in requests:
                wish = self._wish(request)
                if after >= min(self._now, end):
                    break
                if request.patient in self._patients or not self._fits(request, scanner) or wish.preparation:
                    continue
                if self._diary.first_fit(wish, scanner=scanner.id, day=0, after=after) == after:
                    self._write(request, wish, scanner.id, after)
                    after += wish.minutes + scanner.turnover_min

    def _book_ahead(self, request: Request, booked: Sequence[float]) -> None:
        wish = self._wish(request)
        scanners = [scanner for scanner in self._site.scanners if self._fits(request, scanner)]
        for _ in range(_TRIES):
            day = self._dice.pick(range(len(booked)), booked)
            scanner = self._dice.pick(scanners).id
            start = self._place(wish, scanner, day, booked[day])
            if start is not None:
                self._write(request, wish, scanner, start)
                return

    def _place(self, wish: Wish, scanner: str, day: int, share: float) -> int | None:
        """The first free start after a wished hour of the day, while the scanner's day is not full to ``share``."""
        sessions = self._diary.sessions(scanner, day)
        minutes = sum(end - start for start, end in sessions)
        if self._diary.taken_min(scanner, day) + wish.minutes > share * minutes:
            return None
        wished = self._dice.whole(sessions[0][0] // 60, sessions[-1][1] // 60 - 1) * 60
        return self._diary.first_fit(wish, scanner=scanner, day=day, after=max(wished, self._now))

    def _fits(self, request: Request, scanner: Scanner) -> bool:
        return fits(self._entry(request), scanner) and request.site in ("", scanner.site)

    def _entry(self, request: Request) -> Entry:
        return self._entries[request.examination]

    def _wish(self, request: Request) -> Wish:
        examination = self._entry(request).examination
        return Wish(
            minutes=self._clock.round_up(examination.median_min),
            family=examination.family,
            roles=examination.staff + (("anaesthetist",) if request.is_sedated else ()),
            site=request.site or self._site.scanners[0].site,
            spans=tuple(_free_spans(request, examination.preparation_min, examination.is_fasting, self._clock)),
            preparation=examination.preparation_min,
        )

    def _write(self, request: Request, wish: Wish, scanner: str, start: int) -> None:
        self._diary.write(wish, scanner=scanner, start=start)
        self._patients.add(request.patient)
        end = start + wish.minutes
        appointment = Appointment(
            request=request.id, resource=scanner, start=self._clock.moment(start), end=self._clock.moment(end)
        )
        status = self._status(start, end)
        is_locked = status is AppointmentStatus.PLANNED and self._dice.chance(_LOCKED)
        self._bookings.append(Booking(appointment=appointment, is_locked=is_locked, status=status))

    def _status(self, start: int, end: int) -> AppointmentStatus:
        if end <= self._now:
            return AppointmentStatus.DONE
        if start < self._now:
            return AppointmentStatus.STARTED
        return AppointmentStatus.ARRIVED if start < self._now + _ARRIVED_BEFORE_MIN else AppointmentStatus.PLANNED


def _free_spans(request: Request, preparation: int, is_fasting: bool, clock: Clock) -> Iterator[Span]:
    """Spans in which the patient can lie on the scanner: prepared, still in the house, free, and fasting patients before noon."""
    ready = clock.minute(request.earliest) + preparation
    gone = clock.minute(request.latest) if request.latest else clock.end
    windows = [(clock.minute(start), clock.minute(end)) for start, end in request.windows] or [(0, clock.end)]
    for day in range(clock.num_days):
        noon = clock.minute_on(day, _FASTING_BEFORE_MIN) if is_fasting else clock.end
        for low, high in windows:
            span = max(low, ready, clock.day_starts[day]), min(high, gone, noon, clock.day_starts[day + 1])
            if span[0] < span[1]:
                yield span
