"""Changes of what is wanted: new, cancelled, longer, more or less pressing requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from math import ceil

from hospital.changes import (
    AddRequest,
    CancelRequest,
    ChangeDuration,
    InsertUrgent,
    SetPriority,
    When,
)
from hospital.changes.making import MADE as MADE
from hospital.changes.making import made_stem
from hospital.errors import BadInput, UnknownId, WrongState
from hospital.requests import Examination, Request, RequestClass
from hospital.resources import Modality
from scheduler.imaging.drafting.cases import planned_min
from scheduler.imaging.drafting.draft import Draft
from scheduler.imaging.drafting.terms import CLASS_OF_PRIORITY, refuse_fields


def add_request(draft: Draft, change: AddRequest) -> None:
    """New requests, one a patient (or ``count`` of unnamed patients), of the service's default examination.

    ``when.end`` alone is the latest start, any other ``when`` the windows in which the patient can come.
    """
    refuse_fields(change, "staff_ids")
    if change.sessions is not None and change.sessions > 1:
        refuse_fields(change, "sessions")
    patients = [draft.requests[name].patient if name in draft.requests else name for name in change.patient_ids]
    given = CLASS_OF_PRIORITY[change.priority] if change.priority else None
    for request in _new_requests(draft, change, patients, given):
        is_deadline = (
            change.when is not None and change.when.end is not None and change.when == When(end=change.when.end)
        )
        draft.add(replace(request, latest=change.when.end) if is_deadline and change.when else request)
        wish = draft.wish(request.id)
        if change.when is not None and not is_deadline:
            wish.windows = change.when.spans(draft.clock)
            if not wish.windows:
                raise WrongState("outside_horizon", intent=change.intent)


def insert_urgent(draft: Draft, change: InsertUrgent) -> None:
    """Emergencies that may displace others. A request's id makes that request an emergency; anything else is new demand.

    ``when.start`` is the earliest, ``when.end`` the latest start.
    """
    refuse_fields(change, "staff_ids")
    known = [name for name in change.patient_ids if name in draft.requests]
    patients = [name for name in change.patient_ids if name not in draft.requests]
    earliest = change.when.start if change.when else None
    latest = change.when.end if change.when else None
    for name in known:
        request = draft.requests[name]
        draft.requests[name] = replace(
            request,
            rclass=RequestClass.EMERGENCY,
            target=None,
            latest=latest or request.latest,
            minutes=change.duration_min or request.minutes,
        )
        _on_scanners(draft, name, change.resource_ids)
        if not draft.is_settled:
            wish = draft.wish(name)
            wish.is_moved = wish.is_urgent = True
    if patients or not known:
        for request in _new_requests(draft, change, patients, RequestClass.EMERGENCY):
            draft.add(replace(request, earliest=earliest or draft.said, latest=latest))


def cancel(draft: Draft, change: CancelRequest) -> None:
    """The requests are no longer wanted."""
    for request in draft.request_ids(change.patient_ids, when=change.when):
        del draft.requests[request]


def set_priority(draft: Draft, change: SetPriority) -> None:
    """The requests are planned as the class that the priority stands for; a target of their own stays."""
    for request in draft.request_ids(change.patient_ids):
        draft.requests[request] = replace(draft.requests[request], rclass=CLASS_OF_PRIORITY[change.priority])


def change_duration(draft: Draft, change: ChangeDuration) -> None:
    """Other planned minutes for the named requests, or for all of a service, rounded up to the grid and at least one slot."""
    refuse_fields(change, "resource_ids", "staff_ids")
    if not change.patient_ids and change.service is None:
        raise BadInput("change_one_of", where=change.intent, expected="patient_ids, service")
    meant = draft.request_ids(change.patient_ids) if change.patient_ids else list(draft.requests)
    for name in meant:
        request = draft.requests[name]
        examination = draft.examinations[request.examination]
        if change.service is None or examination.modality == change.service:
            present = planned_min(request, examination, draft.site.settings.duration_quantile)
            draft.requests[name] = replace(request, minutes=max(1, _changed_min(change, present)))


def _changed_min(change: ChangeDuration, present: int) -> int:
    if change.duration_min is not None:
        return change.duration_min
    if change.delta_min is not None:
        return present + change.delta_min
    return ceil(present * (100 + (change.delta_pct or 0)) / 100)


def _new_requests(
    draft: Draft, change: AddRequest | InsertUrgent, patients: Sequence[str], rclass: RequestClass | None
) -> list[Request]:
    draft.room_drafts(change.resource_ids)
    examination = default_examination(draft, change)
    stem = made_stem(change, mark=draft.mark)
    num = max(change.count if change.count is not None else 1, len(patients))
    taken = sum(1 for name in draft.known if name.startswith(f"{stem}-"))
    made = []
    for number in range(num):
        name = f"{stem}-{taken + number + 1}"
        patient = patients[number] if number < len(patients) else name
        made.append(_new_request(draft, change, name=name, patient=patient, examination=examination, rclass=rclass))
        _on_scanners(draft, name, change.resource_ids)
    return made


def _new_request(
    draft: Draft,
    change: AddRequest | InsertUrgent,
    *,
    name: str,
    patient: str,
    examination: Examination,
    rclass: RequestClass | None,
) -> Request:
    """A request made when it was said; a known patient keeps class, ward and mobility of the patient's first request."""
    others = [draft.requests[other] for other in draft.by_patient.get(patient, ()) if other in draft.requests]
    ward = (change.ward_id if isinstance(change, AddRequest) else None) or (others[0].ward if others else "")
    plain = RequestClass.INPATIENT if ward else RequestClass.OUTPATIENT
    fresh = Request(
        id=name,
        patient=patient,
        examination=examination.id,
        rclass=rclass or (others[0].rclass if others else plain),
        ward=ward,
        requested=draft.said,
        earliest=_earliest(draft, change.when),
        minutes=change.duration_min or None,
    )
    if not others:
        return fresh
    return replace(fresh, mobility=others[0].mobility, is_isolated=others[0].is_isolated, site=others[0].site)


def _earliest(draft: Draft, when: When | None) -> datetime:
    return when.start if when is not None and when.start is not None else draft.said


def default_examination(draft: Draft, change: AddRequest | InsertUrgent) -> Examination:
    """The examination a change means by a service (or by the modality of its scanners): the one most requested in the data among
    those that need neither staff nor special features; the first by id among equals. Intents carry no examination id."""
    modality = _modality(draft, change)
    plain = [exam for exam in draft.examinations.values() if exam.modality == modality]
    plain = [exam for exam in plain if not exam.staff and not exam.features] or plain
    if not plain:
        raise UnknownId("no_examination", id=modality.value)
    asked = Counter(request.examination for request in draft.site.requests)
    return min(plain, key=lambda exam: (-asked[exam.id], exam.id))


def _modality(draft: Draft, change: AddRequest | InsertUrgent) -> Modality:
    if change.service is not None:
        if change.service not in [modality.value for modality in Modality]:
            raise WrongState("service_not_in_imaging", found=change.service, expected=", ".join(Modality))
        return Modality(change.service)
    modalities = {room.scanner.modality for room in draft.room_drafts(change.resource_ids)}
    if len(modalities) != 1:
        raise BadInput("change_missing_field", where=f"{change.intent}.service")
    return modalities.pop()


def _on_scanners(draft: Draft, request: str, scanners: Sequence[str]) -> None:
    if scanners:
        draft.room_drafts(scanners)
        draft.wish(request).scanners = frozenset(scanners)
