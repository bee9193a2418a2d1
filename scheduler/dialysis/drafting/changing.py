"""Changes applied to a draft, in order: what each that dialysis understands does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hospital.changes import (
    AddRequest,
    CancelRequest,
    Change,
    ChangeDuration,
    DialysisPattern,
    ExtraStaff,
    InsertUrgent,
    IsolationRule,
    Lock,
    Reoptimise,
    ResourceDowntime,
    ResourceRestore,
    StaffAbsence,
    Unlock,
    When,
)
from hospital.clock import merge, subtract
from hospital.dialysis import Absence, DialysisPatient, OneOff
from hospital.errors import BadInput, UnknownId, WrongState
from hospital.when import WEEKDAYS
from scheduler.dialysis.drafting.draft import Draft, Since, patient_of
from scheduler.dialysis.problem import CLEAN

_SHIFT_HOURS = {"M": 7 * 60, "A": 12 * 60, "E": 17 * 60}
"""About when the morning, afternoon and evening shift begin."""
_USUAL_A_WEEK = 3
OTHER = "other"
"""The zone for infections that have none of their own."""


def apply_changes(draft: Draft, changes: Sequence[Change], *, said_at: Sequence[datetime] = ()) -> None:
    """Applies the changes one after another; ``said_at`` is when each was made, if not now. Raises WrongState for one that is not for
    dialysis, UnknownId for ids that stand for nothing."""
    for number, change in enumerate(changes):
        draft.said = said_at[number] if said_at else draft.now
        area = getattr(change, "problem", None)
        if change.intent not in APPLY or area not in (None, "dialysis"):
            raise WrongState("change_not_for_dialysis", intent=change.intent, expected=", ".join(APPLY))
        APPLY[change.intent](draft, change)


def resolved(draft: Draft, changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes with what they narrow by the plan in force turned into session ids, applied one after another."""
    found = []
    for change in changes:
        kept = _named(draft, change)
        apply_changes(draft, [kept])
        found.append(kept)
    return tuple(found)


def _named(draft: Draft, change: Change) -> Change:
    if isinstance(change, Lock | Unlock) and (change.when is not None or change.resource_ids):
        names = draft.booked(change.patient_ids, when=change.when, stations=change.resource_ids)
        return type(change)(patient_ids=tuple(names), problem=change.problem) if names else change
    return change


def _downtime(draft: Draft, change: ResourceDowntime) -> None:
    """Stations or water loops are closed, shifts do not take place; without an end, for the rest of the horizon."""
    spans = change.when.spans(draft.clock)
    for name in _resources(draft, change.resource_ids):
        draft.downtime[name] = merge([*draft.downtime.get(name, ()), *spans])
    for name in set(change.resource_ids) & _shift_names(draft):
        draft.no_shift |= {(_day(draft, when), name) for when in draft.days(change.when)}


def _restore(draft: Draft, change: ResourceRestore) -> None:
    """Downtime ends: from ``when.start``, or from when it was said. Planned closures stay."""
    when = change.when or When(start=draft.said)
    for name in _resources(draft, change.resource_ids):
        draft.downtime[name] = subtract(draft.downtime.get(name, ()), when.spans(draft.clock))
    days = {_day(draft, day) for day in draft.days(when)}
    for name in set(change.resource_ids) & _shift_names(draft):
        draft.no_shift -= {(day, name) for day in days}


def _staff_absence(draft: Draft, change: StaffAbsence) -> None:
    """Each mention of a skill (or of "nurse", for one of none in particular) is one nurse away."""
    for name in change.staff_ids:
        skill = _skill(draft, name)
        draft.nurses += [(skill, start, end, -1) for start, end in change.when.spans(draft.clock)]


def _extra_staff(draft: Draft, change: ExtraStaff) -> None:
    """More nurses of no skill in particular."""
    if change.role != "nurse":
        raise UnknownId("unknown_role", id=change.role, expected="nurse")
    draft.nurses += [("", start, end, change.count) for start, end in change.when.spans(draft.clock)]


def _add(draft: Draft, change: AddRequest | InsertUrgent) -> None:
    """A known patient comes once more (``sessions`` times) in ``when``; an unknown one is new, and comes from then on, ``sessions`` times
    a week."""
    if not change.patient_ids:
        raise BadInput("change_missing_field", where=f"{change.intent}.patient_ids")
    days = draft.days(change.when) if change.when is not None else []
    days = [day for day in days if day >= draft.today] or ([draft.today] if change.when is None else [])
    if not days:
        raise WrongState("outside_horizon", intent=change.intent)
    sessions = change.sessions if isinstance(change, AddRequest) else None
    for name in change.patient_ids:
        if patient_of(name) in draft.lives:
            _add_once(draft, patient_of(name), days, change, sessions or 1)
        elif isinstance(change, InsertUrgent):
            guest = DialysisPatient(id=name, per_week=0, session_min=change.duration_min or 240, is_unstable=True)
            draft.since(days[0], guest)
            _add_once(draft, name, days, change, 1)
        else:
            minutes = change.duration_min or DialysisPatient(id=name).session_min
            per_week = sessions or _USUAL_A_WEEK
            draft.since(days[0], DialysisPatient(id=name, per_week=per_week, session_min=minutes, is_new=True))


def _add_once(draft: Draft, name: str, days: Sequence[date], change: AddRequest | InsertUrgent, count: int) -> None:
    minutes = change.duration_min or draft.now_of(name).session_min
    last = days[-1] if change.when is not None and change.when.end is not None else days[0]
    last = max(last, days[0])
    draft.one_offs += [OneOff(patient=name, day=days[0], last_day=last, session_min=minutes)] * count


def _cancel(draft: Draft, change: CancelRequest) -> None:
    """Without ``when`` a session is called off, or the patient leaves; with it the patient is not dialysed here on those days."""
    for name in change.patient_ids:
        patient = patient_of(name)
        draft.now_of(patient)
        if change.when is not None:
            draft.absences += [Absence(patient=patient, first_day=day, last_day=day) for day in draft.days(change.when)]
        elif patient != name:
            draft.dropped.add(name)
        else:
            draft.absences.append(Absence(patient=patient, first_day=draft.today, last_day=date.max))


def _pattern(draft: Draft, change: DialysisPattern) -> None:
    """Other days or another shift from a day on (today unless said); what is not said is found anew where it must be."""
    begin = max(change.from_date or draft.today, draft.clock.first_day)
    for name in change.patient_ids:
        own = draft.now_of(name)
        days = tuple(sorted(WEEKDAYS.index(day) for day in change.days))
        per_week = change.sessions_per_week or (len(days) if days else own.per_week)
        if days and len(days) != per_week:
            raise BadInput("pattern_days", found=len(days), expected=per_week)
        shift = _shift(draft, change.shift) if change.shift else own.shift
        kept = days or (own.pattern if per_week == own.per_week else ())
        draft.since(begin, replace(own, per_week=per_week, pattern=kept, shift=shift, station=""))


def _duration(draft: Draft, change: ChangeDuration) -> None:
    """Longer or shorter sessions from today on."""
    for name in change.patient_ids:
        own = draft.now_of(patient_of(name))
        minutes = change.duration_min
        if minutes is None and change.delta_min is not None:
            minutes = own.session_min + change.delta_min
        if minutes is None:
            minutes = round(own.session_min * (1 + (change.delta_pct or 0) / 100))
        if not 0 < minutes < 24 * 60:
            raise BadInput("bad_minutes", found=minutes)
        draft.since(draft.today, replace(own, session_min=minutes))


def _isolation(draft: Draft, change: IsolationRule) -> None:
    """The infection status of patients: they are dialysed in its zone from now on."""
    if change.action not in ("set_status", "clear_status") or not change.patient_ids:
        raise WrongState("zone_by_release_only", intent=change.intent)
    zones = {station.zone for station in draft.site.stations}
    named: str = CLEAN if change.action == "clear_status" else change.infection
    zone = named if named in zones else OTHER
    for name in change.patient_ids:
        own = draft.now_of(name)
        is_same = own.zone == zone
        draft.lives[name] = [
            Since(row.day, replace(row.patient, zone=zone, station=row.patient.station if is_same else ""))
            for row in draft.lives[name]
        ]


def _lock(draft: Draft, change: Lock | Unlock) -> None:
    is_locked = isinstance(change, Lock)
    for name in draft.booked(change.patient_ids, when=change.when, stations=change.resource_ids):
        draft.bookings[name] = replace(draft.bookings[name], is_locked=is_locked)


def _nothing(draft: Draft, change: Reoptimise) -> None:
    """A new solve changes nothing in the problem itself."""
    del draft, change


def _resources(draft: Draft, names: Sequence[str]) -> list[str]:
    """The stations and water loops among the names. Raises UnknownId for one that is neither these nor a shift."""
    known = {station.id for station in draft.site.stations} | {station.loop for station in draft.site.stations} - {""}
    if unknown := [name for name in names if name not in known | _shift_names(draft)]:
        raise UnknownId("unknown_station", id=unknown[0])
    return [name for name in names if name in known]


def _shift_names(draft: Draft) -> set[str]:
    return {hours.name for hours in draft.site.shifts}


def _shift(draft: Draft, code: str) -> str:
    """The unit's own name of the morning, afternoon or evening shift."""
    named = sorted(draft.site.shifts, key=lambda hours: (abs(hours.from_min - _SHIFT_HOURS[code]), hours.name))
    if not named:
        raise UnknownId("unknown_shift", id=code)
    return named[0].name


def _skill(draft: Draft, name: str) -> str:
    known = {duty.skill for duty in draft.site.nurses}
    if name not in known and name != "nurse":
        raise UnknownId("unknown_role", id=name, expected=", ".join(["nurse", *sorted(known - {""})]))
    return name if name in known else ""


def _day(draft: Draft, when: date) -> int:
    return (when - draft.clock.first_day) // timedelta(days=1)


APPLY: Mapping[str, Callable[[Draft, Any], None]] = {
    "resource_downtime": _downtime,
    "resource_restore": _restore,
    "staff_absence": _staff_absence,
    "extra_staff": _extra_staff,
    "add_request": _add,
    "insert_urgent": _add,
    "cancel_request": _cancel,
    "dialysis_pattern": _pattern,
    "change_duration": _duration,
    "isolation_rule": _isolation,
    "lock": _lock,
    "unlock": _lock,
    "reoptimise": _nothing,
}
"""What each change that dialysis understands does to the draft."""
