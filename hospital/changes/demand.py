"""Changes of what is wanted: requests, their order, their places, and what matters."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from hospital.changes.fields import (
    Area,
    Count,
    Ids,
    Infection,
    Intent,
    Minutes,
    PatientClass,
    Priority,
    Service,
    Signed,
    Term,
    exactly_one,
)
from hospital.when import When


class AddRequest(Intent):
    """Non-urgent new demand; ``when`` = allowed window, ``when.end`` alone = deadline."""

    intent: Literal["add_request"] = "add_request"
    problem: Area
    ward_id: str | None = None
    service: Service | None = None
    patient_ids: Ids = ()
    resource_ids: Ids = ()
    staff_ids: Ids = ()
    when: When | None = None
    duration_min: Minutes | None = None
    priority: Priority | None = None
    count: Count | None = None
    sessions: Count | None = None


class InsertUrgent(Intent):
    """Emergency demand that may displace others; ``when.end`` = latest start."""

    intent: Literal["insert_urgent"] = "insert_urgent"
    problem: Area
    service: Service | None = None
    patient_ids: Ids = ()
    resource_ids: Ids = ()
    staff_ids: Ids = ()
    when: When | None = None
    duration_min: Minutes | None = None
    count: Count | None = None


class CancelRequest(Intent):
    """Off the list; ``when`` only if a single session is dropped."""

    intent: Literal["cancel_request"] = "cancel_request"
    patient_ids: Ids
    when: When | None = None


class MoveRequest(Intent):
    """Elsewhere; an instant is ``to_when.start`` alone, ``from_when`` picks one session of a series."""

    intent: Literal["move_request"] = "move_request"
    patient_ids: Ids
    from_when: When | None = None
    to_ward_id: str | None = None
    to_when: When | None = None
    to_resource_ids: Ids = ()
    direction: Literal["earlier", "later"] | None = None


class SwapRequests(Intent):
    """Two exchange their places."""

    intent: Literal["swap_requests"] = "swap_requests"
    patient_ids: Annotated[tuple[str, ...], Field(min_length=2, max_length=2)]


class Lock(Intent):
    """Pins present assignments; the given fields are a conjunction."""

    intent: Literal["lock"] = "lock"
    patient_ids: Ids = ()
    resource_ids: Ids = ()
    staff_ids: Ids = ()
    when: When | None = None
    problem: Area | None = None


class Unlock(Intent):
    """Takes the pin off again; the given fields are a conjunction."""

    intent: Literal["unlock"] = "unlock"
    patient_ids: Ids = ()
    resource_ids: Ids = ()
    staff_ids: Ids = ()
    when: When | None = None
    problem: Area | None = None


class SetPriority(Intent):
    """Another priority for patients."""

    intent: Literal["set_priority"] = "set_priority"
    patient_ids: Ids
    priority: Priority


class SetPreference(Intent):
    """Who (patient or ``subject_staff_ids``) and what (window, resource, staff).

    ``prefer`` and ``avoid`` are soft, ``require`` and ``forbid`` hard.
    """

    intent: Literal["set_preference"] = "set_preference"
    polarity: Literal["prefer", "avoid", "require", "forbid"]
    patient_ids: Ids = ()
    subject_staff_ids: Ids = ()
    problem: Area | None = None
    when: When | None = None
    resource_ids: Ids = ()
    staff_ids: Ids = ()


class ChangeDuration(Intent):
    """Other minutes for some; exactly one of the three amounts."""

    intent: Literal["change_duration"] = "change_duration"
    patient_ids: Ids = ()
    service: Service | None = None
    resource_ids: Ids = ()
    staff_ids: Ids = ()
    duration_min: Minutes | None = None
    delta_min: Annotated[int, Field(strict=True)] | None = None
    delta_pct: Signed | None = None

    @model_validator(mode="after")
    def _one_amount(self) -> Self:
        exactly_one(self, "duration_min", "delta_min", "delta_pct")
        return self


class SequenceRule(Intent):
    """A class or patients come first or last."""

    intent: Literal["sequence_rule"] = "sequence_rule"
    position: Literal["first", "last"]
    for_class: PatientClass | None = None
    patient_ids: Ids = ()
    resource_ids: Ids = ()
    problem: Area | None = None
    when: When | None = None


class IsolationRule(Intent):
    """A status of patients, or machines and wards kept for one infection."""

    intent: Literal["isolation_rule"] = "isolation_rule"
    action: Literal["set_status", "clear_status", "dedicate", "release"]
    infection: Infection
    patient_ids: Ids = ()
    resource_ids: Ids = ()
    ward_id: str | None = None


class SetObjectiveWeight(Intent):
    """Care more about some terms and less about others; a level is turned into a published factor."""

    intent: Literal["set_objective_weight"] = "set_objective_weight"
    problem: Area | None = None
    increase: Annotated[tuple[Term, ...], Field(min_length=1)] = ()
    decrease: Annotated[tuple[Term, ...], Field(min_length=1)] = ()
    level: Literal["slight", "strong"] | None = None


class Reoptimise(Intent):
    """A new solve of the present problem; changes nothing in the problem itself."""

    intent: Literal["reoptimise"] = "reoptimise"
    problem: Area | None = None
    when: When | None = None
    time_limit_s: Count | None = None
    min_changes: bool | None = None
