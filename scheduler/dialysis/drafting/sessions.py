"""The series of every patient: the pattern laid over the days of the horizon, with absences, one-off and missed sessions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hospital.dialysis import DialysisPatient
from hospital.requests import Mobility
from scheduler.dialysis.drafting.draft import Draft, session_id
from scheduler.dialysis.problem import Session, Shift, Station


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """``day`` to ``last`` of the horizon, minutes, and how the patient is planned then."""

    day: int
    last: int
    minutes: int
    patient: DialysisPatient


def sessions(draft: Draft, shifts: Sequence[Shift], stations: Sequence[Station]) -> Iterator[Session]:
    """Every session of the horizon, patient by patient in order. One called off or fallen into an absence is none; after it, and after one
    for which no station is open at all, the series begins anew."""
    there = _There(shifts, stations)
    open_days = sorted({shift.day for shift in shifts})
    for patient in draft.lives:
        was_away, has_begun = False, False
        for number, due in _numbered(draft, patient):
            name = session_id(patient, number)
            if name in draft.dropped or _is_away(draft, patient, due.day):
                was_away = True
                continue
            own = due.patient
            days = _days(draft, due, open_days, is_missed=name in draft.missed)
            has_lost_place = name in draft.missed or not there.has_own_place(own, due.day)
            yield Session(
                id=name,
                patient=patient,
                number=number,
                due=due.day,
                days=days,
                minutes=draft.clock.round_up(due.minutes),
                prescribed=due.minutes,
                station=own.station,
                shift=own.shift,
                after_break=was_away and has_begun,
                has_lost_place=has_lost_place,
            )
            was_away, has_begun = has_lost_place and not there.has_any_place(own, days), True


def _numbered(draft: Draft, patient: str) -> list[tuple[int, _Due]]:
    """Each session with its number: the day it is due as YYYYMMDD, the next free number for one beside it."""
    found: dict[int, _Due] = {}
    for due in [*_usual(draft, patient), *_one_offs(draft, patient)]:
        day = draft.clock.first_day + timedelta(days=due.day)
        number = int(f"{day:%Y%m%d}")
        while number in found:
            number += 1
        found[number] = due
    return sorted(found.items(), key=lambda item: (item[1].day, item[0]))


def _usual(draft: Draft, patient: str) -> Iterator[_Due]:
    for day in range(draft.clock.num_days):
        when = draft.clock.first_day + timedelta(days=day)
        own = draft.on(patient, when)
        if own is not None and when.weekday() in own.pattern:
            yield _Due(day=day, last=day, minutes=own.session_min, patient=own)


def _one_offs(draft: Draft, patient: str) -> Iterator[_Due]:
    own = draft.now_of(patient)
    for entry in draft.one_offs:
        first, last = (_index(draft, day) for day in (entry.day, entry.last_day))
        if entry.patient == patient and 0 <= first <= last < draft.clock.num_days:
            yield _Due(day=first, last=last, minutes=entry.session_min, patient=own)


def _index(draft: Draft, day: date) -> int:
    return (day - draft.clock.first_day).days


def _days(draft: Draft, due: _Due, open_days: Sequence[int], *, is_missed: bool) -> tuple[int, ...]:
    """The days on which it may be given: those near its own, all of a one-off's; for a missed one those from today on, too, until the
    series would be out of step."""
    off = draft.site.settings.days_off_pattern
    first, last = (due.day, due.last) if due.last > due.day else (due.day - off, due.day + off)
    if is_missed:
        last = max(last, _index(draft, draft.today) + off)
    return tuple(day for day in open_days if first <= day <= last) or (due.day,)


def _is_away(draft: Draft, patient: str, day: int) -> bool:
    when = draft.clock.first_day + timedelta(days=day)
    return any(entry.patient == patient and entry.first_day <= when <= entry.last_day for entry in draft.absences)


class _There:
    """Which places there are for a patient, others apart."""

    def __init__(self, shifts: Sequence[Shift], stations: Sequence[Station]) -> None:
        self._stations = stations
        self._known = {station.id: station for station in stations}
        self._by_day: dict[int, list[Shift]] = {}
        for shift in shifts:
            self._by_day.setdefault(shift.day, []).append(shift)

    def has_own_place(self, own: DialysisPatient, day: int) -> bool:
        """False where the own shift does not take place that day, or the own station is closed or serves another zone then."""
        if not own.shift or own.station not in self._known:
            return True
        shifts = (shift for shift in self._by_day.get(day, ()) if shift.name == own.shift)
        return any(_serves(self._known[own.station], own, shift) for shift in shifts)

    def has_any_place(self, own: DialysisPatient, days: Sequence[int]) -> bool:
        """True where some station could take the patient in some shift of these days."""
        shifts = [shift for day in days for shift in self._by_day.get(day, ())]
        return any(_serves(station, own, shift) for station in self._stations for shift in shifts)


def _serves(station: Station, own: DialysisPatient, shift: Shift) -> bool:
    """True where the station suits the patient in that shift, is open and serves the patient's zone."""
    end = shift.start + own.session_min
    if station.is_hdf < own.is_hdf or station.has_bed < (own.mobility is Mobility.BED) or end > shift.end:
        return False
    if any(low < end and shift.start < high for low, high in station.closed):
        return False
    released = [entry for entry in station.releases if entry.start < end and shift.start < entry.end]
    return all(entry.zone == own.zone for entry in released) if released else station.zone == own.zone
