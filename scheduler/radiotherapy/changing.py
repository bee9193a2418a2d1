"""What has changed, told in the department's own data: a site and changes give a site.

A downtime is a closure, a cancelled course is gone, a missed session is a booking that nobody came to, a moved one a booking elsewhere.
So every rule and every figure reads changes as it reads the files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from hospital.changes import (
    AddRequest,
    CancelRequest,
    CapOvertime,
    Change,
    InsertUrgent,
    Lock,
    MoveRequest,
    OpeningHours,
    ResourceDowntime,
    ResourceRestore,
    SetPriority,
    Unlock,
    When,
)
from hospital.changes.making import made_stem
from hospital.clock import Clock, Span
from hospital.errors import UnknownId, WrongState
from hospital.plans import AppointmentStatus, Booking
from hospital.radiotherapy import LinacClosure, LinacHours, RadiotherapySite, TreatmentCourse, TreatmentProtocol

_PRIORITY = {"emergency": 1, "urgent": 2, "routine": 3, "low": 3}
"""A word of priority and the department's number for it."""
Key = tuple[str, int]
"""Course and number of a session."""


@dataclass(kw_only=True)
class _Draft:
    """The site while changes are applied."""

    clock: Clock
    now: datetime
    site: RadiotherapySite
    courses: dict[str, TreatmentCourse]
    protocols: dict[str, TreatmentProtocol]
    bookings: dict[Key, Booking]
    mark: str = ""
    said: date = field(default_factory=lambda: date.min)
    is_settled: bool = False

    def linacs(self, names: Sequence[str]) -> Sequence[str]:
        """These linacs, all where none is named. Raises UnknownId."""
        known = [linac.id for linac in self.site.linacs]
        for name in names:
            if name not in known:
                raise UnknownId("unknown_scanner", id=name, expected=", ".join(known))
        return names or known

    def meant(self, names: Iterable[str]) -> list[str]:
        """The courses that course, session or patient ids stand for. Raises UnknownId."""
        found: list[str] = []
        for name in names:
            course = name.rpartition("/")[0] or name
            own = [course] if course in self.courses else [c.id for c in self.courses.values() if c.patient == name]
            if not own:
                raise UnknownId("unknown_request", id=name)
            found += own
        return list(dict.fromkeys(found))

    def sessions(self, names: Sequence[str], when: When | None, linacs: Sequence[str] = ()) -> list[Key]:
        """Booked sessions of what is named (all courses where nothing is), those on these linacs that begin in ``when``."""
        spans = None if when is None else when.spans(self.clock)
        single = {name for name in names if _key(name) in self.bookings}
        courses = set(self.meant(name for name in names if name not in single))
        return [
            key
            for key, booking in self.bookings.items()
            if (not names or f"{key[0]}/{key[1]}" in single or key[0] in courses)
            and (not linacs or booking.appointment.resource in linacs)
            and (spans is None or any(low <= self._minute(booking) < high for low, high in spans))
        ]

    def _minute(self, booking: Booking) -> int:
        return self.clock.minute(booking.appointment.start)

    def done(self) -> RadiotherapySite:
        """The site with everything applied."""
        return replace(
            self.site,
            courses=tuple(self.courses.values()),
            protocols=tuple(self.protocols.values()),
            bookings=tuple(self.bookings.values()),
        )


def changed(
    site: RadiotherapySite,
    changes: Sequence[Change],
    *,
    clock: Clock,
    now: datetime,
    said_at: Sequence[datetime] = (),
    num_settled: int = 0,
) -> RadiotherapySite:
    """The site after the changes, one after another; ``said_at`` is when each was made, if not now, and the plan in force has honoured the
    first ``num_settled``: their moves are done. Raises UnknownId, WrongState for a change that radiotherapy cannot honour.
    """
    draft = _drafted(site, clock, now)
    for number, change in enumerate(changes):
        said = min(said_at[number], now) if said_at else now
        draft.mark = said_at[number].isoformat() if said_at else ""
        draft.said = said.astimezone(clock.zone).date()
        draft.is_settled = number < num_settled
        if change.intent not in APPLY or getattr(change, "problem", None) not in (None, "radiotherapy"):
            raise WrongState("change_not_for_radiotherapy", intent=change.intent, expected=", ".join(APPLY))
        APPLY[change.intent](draft, change)
    return draft.done()


def _drafted(site: RadiotherapySite, clock: Clock, now: datetime) -> _Draft:
    return _Draft(
        clock=clock,
        now=now,
        site=site,
        courses={course.id: course for course in site.courses},
        protocols={protocol.id: protocol for protocol in site.protocols},
        bookings={(b.appointment.request, b.appointment.session): b for b in site.bookings},
    )


def _downtime(draft: _Draft, change: ResourceDowntime) -> None:
    """The linacs are closed; without an end, for the rest of the horizon."""
    spans, reason = change.when.spans(draft.clock), change.reason or ""
    new = tuple(_closure(draft, linac, span, reason) for linac in draft.linacs(change.resource_ids) for span in spans)
    draft.site = replace(draft.site, closures=(*draft.site.closures, *new))


def _closure(draft: _Draft, linac: str, span: Span, reason: str) -> LinacClosure:
    start, end = (draft.clock.moment(minute) for minute in span)
    return LinacClosure(linac=linac, start=start, end=end, reason=reason)


def _restore(draft: _Draft, change: ResourceRestore) -> None:
    """What closes the linacs at that moment ends then."""
    moment = change.when.start if change.when is not None and change.when.start is not None else draft.now
    linacs = draft.linacs(change.resource_ids)
    draft.site = replace(
        draft.site,
        closures=tuple(
            replace(row, end=moment) if row.linac in linacs and row.start < moment < row.end else row
            for row in draft.site.closures
            if not (row.linac in linacs and row.start == moment)
        ),
    )


def _opening(draft: _Draft, change: OpeningHours) -> None:
    """Further hours beside the usual ones."""
    if change.mode != "extra":
        raise WrongState("field_not_in_radiotherapy", intent=change.intent, field="mode = set")
    clock, new = draft.clock, []
    for low, high in change.when.spans(clock):
        day = clock.day_of(low)
        span = clock.time_of_day(low), min(high, clock.day_starts[day + 1]) - clock.day_starts[day]
        on = clock.first_day + timedelta(days=day)
        new += [
            LinacHours(linac=linac, day=on, from_min=span[0], to_min=span[1])
            for linac in draft.linacs(change.resource_ids)
        ]
    draft.site = replace(draft.site, hours=(*draft.site.hours, *new))


def _cap_overtime(draft: _Draft, change: CapOvertime) -> None:
    """A day's overtime is at most so long; it never grows by this."""
    if change.per != "day" or change.when is not None or change.staff_ids:
        raise WrongState("field_not_in_radiotherapy", intent=change.intent, field="per, when, staff_ids")
    named = draft.linacs(change.resource_ids)
    linacs = tuple(
        replace(linac, overtime_max_min=min(linac.overtime_max_min, change.max_min)) if linac.id in named else linac
        for linac in draft.site.linacs
    )
    draft.site = replace(draft.site, linacs=linacs)


def _add(draft: _Draft, change: AddRequest | InsertUrgent) -> None:
    """New courses, one a patient: of the protocol with that priority, those sessions and minutes where there is one, else of the first
    of that priority with other sessions or minutes. ``when.start`` is when the course is ready, ``when.end`` by when it should begin.
    """
    is_urgent = isinstance(change, InsertUrgent)
    priority = 1 if is_urgent else _PRIORITY[getattr(change, "priority", None) or "routine"]
    stem = made_stem(change, mark=draft.mark)
    num = max(change.count if change.count is not None else 1, len(change.patient_ids))
    taken = sum(name.startswith(f"{stem}-") for name in draft.courses)
    for number in range(num):
        name = f"{stem}-{taken + number + 1}"
        protocol = _protocol_for(draft, change, priority, name)
        draft.protocols[protocol.id] = protocol
        when = change.when or When()
        ready = when.start.astimezone(draft.clock.zone).date() if when.start is not None else None
        soonest = ready or draft.said + timedelta(days=max(1, protocol.preparation_days))
        until = None if when.end is None else (when.end.astimezone(draft.clock.zone).date() - soonest).days
        draft.courses[name] = TreatmentCourse(
            id=name,
            patient=change.patient_ids[number] if number < len(change.patient_ids) else name,
            protocol=protocol.id,
            requested=draft.said,
            ready=ready,
            target_days=None if until is None else max(0, until),
        )


def _protocol_for(draft: _Draft, change: AddRequest | InsertUrgent, priority: int, name: str) -> TreatmentProtocol:
    """The protocol that the change describes, else one of its own under the course's name."""
    draft.linacs(change.resource_ids)
    sessions: int | None = getattr(change, "sessions", None)
    minutes, wanted = change.duration_min, set(change.resource_ids)
    known = [
        protocol
        for protocol in draft.protocols.values()
        if protocol.priority == priority and (not protocol.allowed or protocol.allowed >= wanted)
    ]
    if not known:
        raise WrongState("no_protocol_of_priority", found=priority)
    for protocol in known:
        length = protocol.first_min if protocol.sessions == 1 else protocol.later_min
        if not wanted and protocol.sessions == sessions and draft.clock.round_up(length) == minutes:
            return protocol
    usual = known[0]
    return replace(
        usual,
        id=name,
        sessions=sessions or usual.sessions,
        first_min=minutes or usual.first_min,
        later_min=minutes or usual.later_min,
        preferred=frozenset(wanted) or usual.preferred,
    )


def _cancel(draft: _Draft, change: CancelRequest) -> None:
    """The rest of the courses; with ``when`` the patient stays away in that time, and what is missed is made up later."""
    if change.when is None:
        for name in draft.meant(change.patient_ids):
            _forget(draft, name)
        return
    days = frozenset(
        draft.clock.first_day + timedelta(days=day)
        for low, high in change.when.spans(draft.clock)
        for day in range(draft.clock.day_of(low), draft.clock.day_of(high - 1) + 1)
    )
    for name in draft.meant(change.patient_ids):
        draft.courses[name] = replace(draft.courses[name], away=draft.courses[name].away | days)
    for key, booking in draft.bookings.items():
        is_away = booking.appointment.start.astimezone(draft.clock.zone).date() in days
        if is_away and key[0] in draft.meant(change.patient_ids) and not booking.status.is_frozen:
            draft.bookings[key] = replace(booking, status=AppointmentStatus.NO_SHOW)


def _forget(draft: _Draft, name: str) -> None:
    own = [key for key in draft.bookings if key[0] == name]
    ahead = [key for key in own if draft.bookings[key].appointment.start >= draft.now]
    for key in ahead:
        del draft.bookings[key]
    if len(own) == len(ahead):
        del draft.courses[name]


def _move(draft: _Draft, change: MoveRequest) -> None:
    """One session to another linac, time or day, where it then stays. Raises WrongState where not exactly one is meant."""
    to = change.to_when.start if change.to_when is not None and change.to_when.is_instant else None
    if change.to_ward_id or change.direction or len(change.to_resource_ids) > 1 or (change.to_when and to is None):
        raise WrongState("field_not_in_radiotherapy", intent=change.intent, field="to_ward_id, direction, to_when")
    draft.linacs(change.to_resource_ids)
    keys = draft.sessions(change.patient_ids, change.from_when)
    if draft.is_settled:
        return
    if len(keys) != 1:
        raise WrongState("not_one_appointment", id=", ".join(change.patient_ids), found=len(keys))
    booking = draft.bookings[keys[0]]
    old = booking.appointment
    start = old.start if to is None else to.astimezone(draft.clock.zone)
    new = replace(
        old,
        resource=change.to_resource_ids[0] if change.to_resource_ids else old.resource,
        start=start,
        end=start + (old.end - old.start),
    )
    draft.bookings[keys[0]] = replace(booking, appointment=new, is_locked=True)


def _lock(draft: _Draft, change: Lock | Unlock) -> None:
    """The sessions meant stay where they are, or need not any more."""
    for key in draft.sessions(change.patient_ids, change.when, change.resource_ids):
        draft.bookings[key] = replace(draft.bookings[key], is_locked=isinstance(change, Lock))


def _set_priority(draft: _Draft, change: SetPriority) -> None:
    """The courses are planned with that priority."""
    priority = _PRIORITY[change.priority]
    for name in draft.meant(change.patient_ids):
        own = draft.protocols[draft.courses[name].protocol]
        given = replace(own, id=f"{own.id} · {priority}", priority=priority)
        draft.protocols[given.id] = given
        draft.courses[name] = replace(draft.courses[name], protocol=given.id, target_days=None)


def _key(name: str) -> Key:
    course, _, number = name.rpartition("/")
    return course, int(number) if number.isdigit() else 0


def _nothing(draft: _Draft, change: Change) -> None:
    """A new solve of the present problem."""
    del draft, change


APPLY: Mapping[str, Callable[[_Draft, Any], None]] = {
    "resource_downtime": _downtime,
    "resource_restore": _restore,
    "opening_hours": _opening,
    "cap_overtime": _cap_overtime,
    "add_request": _add,
    "insert_urgent": _add,
    "cancel_request": _cancel,
    "move_request": _move,
    "lock": _lock,
    "unlock": _lock,
    "set_priority": _set_priority,
    "reoptimise": _nothing,
}
"""What each change that radiotherapy understands does to the site."""


def resolved(
    site: RadiotherapySite, changes: Sequence[Change], *, clock: Clock, now: datetime, before: Sequence[Change] = ()
) -> tuple[Change, ...]:
    """The changes as they are to be kept: "the sessions on LA1 this morning" turned into the sessions that stand there now."""
    draft_site, found = changed(site, before, clock=clock, now=now), []
    for change in changes:
        kept = change
        if isinstance(change, Lock | Unlock) and (change.when is not None or change.resource_ids):
            keys = _drafted(draft_site, clock, now).sessions(change.patient_ids, change.when, change.resource_ids)
            names = tuple(f"{course}/{number}" for course, number in keys)
            kept = type(change)(patient_ids=names, problem=change.problem) if names else change
        found.append(kept)
        draft_site = changed(draft_site, [kept], clock=clock, now=now)
    return tuple(found)
