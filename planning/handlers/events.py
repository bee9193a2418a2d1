"""What happens to the plan's world: changes recorded and undone, appointments marked on the day, requests cancelled."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from hospital.changes import Change, change_to_json
from hospital.errors import BadInput, UnknownId, WrongState
from hospital.plans import AppointmentStatus
from planning import commands as c
from planning.areas import area_of
from planning.desk import Desk, UseCase
from planning.rows import Mark, RecordedChange
from planning.site_data import digest
from planning.situation import build_problem, resolved
from planning.views import PatientView

_MAX_CHANGES = 100


def _try_changes(desk: Desk, command: c.RecordChanges) -> tuple[Change, ...]:
    """Builds the problem with the new changes once, so that an unknown id or an impossible wish is refused at the
    door. Returns them as they are kept: what they narrow by present appointments is turned into request ids, so that they
    mean the same people when the plan has changed."""
    if not 0 < len(command.changes) <= _MAX_CHANGES:
        raise BadInput("bad_number_of_changes", found=len(command.changes), expected=f"1-{_MAX_CHANGES}")
    there = desk.situation(command.area)
    kept = resolved(there, command.changes)
    new = [_row(desk, command, change, number) for number, change in enumerate(kept, start=1)]
    made = None if there.published is None else there.published.created
    site = replace(there.site, bookings=there.reference)
    build_problem(there.area, site, there.now, [*there.active, *new], made=made)
    return kept


def _row(desk: Desk, command: c.RecordChanges, change: Change, number: int) -> RecordedChange:
    return RecordedChange(
        id=uuid4().hex,
        site_id=desk.site_id,
        area=command.area,
        number=number,
        intent=change.intent,
        payload=change_to_json(change),
        author_id=desk.actor.account_id,
        author=desk.actor.name,
        reason=command.reason.strip()[:2000],
        at=desk.now,
    )


def _record(desk: Desk, command: c.RecordChanges, kept: tuple[Change, ...]) -> tuple[str, ...]:
    state = desk.lock(command.area)
    there = desk.work.changes.all(desk.site_id, command.area)
    first = 1 + max((row.number for row in there), default=0)
    ids = []
    for number, change in enumerate(kept, start=first):
        row = _row(desk, command, change, number)
        desk.work.changes.add(row)
        ids.append(row.id)
    desk.changes_changed(command.area)
    desk.trail.facts["ids"] = ids
    desk.trail.before, desk.trail.after = str(state.changes_revision), str(state.changes_revision + 1)
    return tuple(ids)


def _undo(desk: Desk, command: c.UndoChange, _: Any) -> str:
    desk.lock(command.area)
    rows = [row for row in desk.work.changes.all(desk.site_id, command.area) if row.is_active]
    if command.change_id is None:
        rows = [row for row in rows if row.author_id == desk.actor.account_id]
        found = rows[-1] if rows else None
    else:
        found = next((row for row in rows if row.id == command.change_id), None)
    if found is None or not desk.work.changes.undo(found, by=desk.actor.name, at=desk.now):
        raise WrongState("nothing_to_undo")
    desk.changes_changed(command.area)
    desk.trail.before = digest(found.payload)
    desk.trail.facts |= {"undone": found.id, "intent": found.intent}
    return found.id


def _mark(desk: Desk, command: c.MarkAppointment, _: Any) -> None:
    state = desk.lock(command.area)
    if state.published is None:
        raise WrongState("nothing_published")
    rows = desk.work.versions.appointments(desk.site_id, command.area, state.published)
    area = area_of(command.area)
    place = next((row for row in rows if area.task_id(row) == command.task_id), None)
    if place is None:
        raise UnknownId("no_appointment", id=command.task_id)
    status = AppointmentStatus(command.status)
    late_min = command.late_min if status is AppointmentStatus.LATE else 0
    if not 0 <= late_min <= 1440:
        raise BadInput("bad_late_min", found=command.late_min, expected="0-1440")
    former = desk.work.changes.marks(desk.site_id, command.area).get(command.task_id)
    mark = Mark(
        task=command.task_id,
        resource=place.resource,
        start=place.start,
        status=status,
        late_min=late_min,
        by=desk.actor.name,
        at=desk.now,
    )
    desk.work.changes.mark(desk.site_id, command.area, mark)
    desk.changes_changed(command.area)
    desk.trail.before = "" if former is None else former.status.value
    desk.trail.after = status.value


def _cancel(desk: Desk, command: c.CancelRequests, _: Any) -> int:
    if not command.reason.strip():
        raise BadInput("reason_needed")
    desk.lock(command.area)
    kind = area_of(command.area).request_kind
    known = desk.work.records.digests(desk.site_id, command.area, kind)
    for request_id in command.request_ids:
        if request_id not in known:
            raise UnknownId("unknown_request", id=request_id)
    number = desk.work.records.cancel(desk.site_id, command.area, kind, command.request_ids)
    desk.data_changed(command.area)
    desk.trail.facts["cancelled"] = number
    return number


def _reveal(desk: Desk, command: c.RevealPatient, _: Any) -> PatientView:
    there = desk.situation(command.area)
    request = there.requests.get(command.request_id)
    if request is None:
        raise UnknownId("unknown_request", id=command.request_id)
    patient = there.area.patient_of(request)
    identity = desk.work.records.identity(desk.site_id, patient)
    return PatientView(request=command.request_id, patient=patient, identity=identity)


USE_CASES: dict[type[c.Command], UseCase] = {
    c.RecordChanges: UseCase(_record, ready=_try_changes),
    c.UndoChange: UseCase(_undo),
    c.MarkAppointment: UseCase(_mark),
    c.CancelRequests: UseCase(_cancel),
    c.RevealPatient: UseCase(_reveal),
}
