"""The series of every patient: the pattern laid over the days of the horizon, with absences, one-off and missed sessions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hospital.clock import merge
from hospital.dialysis import DialysisPatient
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
    """Every session of the horizon, patient by patient in order. One called off or fallen into an absence is none; the next begins the
    series anew."""
    shift_of = {(shift.day, shift.name): shift for shift in shifts}
    known = {station.id: station for station in stations}
    open_days = sorted({shift.day for shift in shifts})
    for patient in draft.lives:
        was_away, has_begun = False, False
        for number, due in _numbered(draft, patient):
            name = session_id(patient, number)
            if name in draft.dropped or _is_away(draft, patient, due.day):
                was_away = True
                continue
            own = due.patient
            yield Session(
                id=name,
                patient=patient,
                number=number,
                due=due.day,
                days=_days(draft, due, open_days, is_missed=name in draft.missed),
                minutes=draft.clock.round_up(due.minutes),
                prescribed=due.minutes,
                station=own.station,
                shift=own.shift,
                after_break=was_away and has_begun,
                has_lost_place=name in draft.missed or _has_lost_place(own, due.day, shift_of, known),
            )
            was_away, has_begun = False, True


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


def _has_lost_place(
    own: DialysisPatient, day: int, shift_of: Mapping[tuple[int, str], Shift], known: Mapping[str, Station]
) -> bool:
    """True where the patient's own shift does not take place that day, or the own station is closed then."""
    if not own.shift or own.station not in known:
        return False
    shift = shift_of.get((day, own.shift))
    if shift is None:
        return True
    closed = merge(known[own.station].closed)
    return any(low < shift.start + own.session_min and shift.start < high for low, high in closed)
