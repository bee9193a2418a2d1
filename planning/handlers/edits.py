"""A person's own edits of a plan: each makes a new verified draft on top of the newest version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hospital.errors import BadInput, UnknownId, WrongState
from planning import commands as c
from planning.desk import Desk, UseCase
from planning.drafts import Origin, Reasons, absent_reasons, add_draft, base_appointments, check_base
from planning.rows import Version
from planning.situation import Situation
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.verify import VerifiedPlan


@dataclass(frozen=True)
class Ready:
    """An edit verified for a situation; if the situation is another one by the time of writing, it is verified again."""

    situation: Situation
    verified: VerifiedPlan
    reasons: Reasons


Edit = Mapping[str, tuple[str, datetime] | None]
"""Task -> new resource and start, or None for no place."""


def place_of(situation: Situation, name: str, start: datetime) -> Place:
    """A resource and a time as a place of the problem. Raises UnknownId, BadInput for a naive time."""
    resource = situation.problem.resource_of.get(name)
    if resource is None:
        raise UnknownId("unknown_scanner", id=name, expected=", ".join(situation.problem.resource_ids))
    return Place(resource, situation.problem.clock.minute(start))


def task_of(situation: Situation, task_id: str) -> int:
    """The task of that id. Raises UnknownId."""
    task: int | None = situation.problem.task_of.get(task_id)
    if task is None:
        raise UnknownId("unknown_request", id=task_id)
    return task


def check_name(situation: Situation, name: str) -> None:
    """Raises UnknownId where that is neither a task nor the request of one."""
    if name not in situation.problem.task_of and name not in requests_planned(situation):
        raise UnknownId("unknown_request", id=name)


def requests_planned(situation: Situation) -> frozenset[str]:
    """The requests that the problem has visits of."""
    return frozenset(situation.area.request_of(task) for task in situation.problem.task_ids)


def edited(desk: Desk, situation: Situation, area: str, base: int, edit: Edit) -> VerifiedPlan:
    """The base plan with some tasks elsewhere, verified. Raises PlanRefused with the broken rules."""
    places = list(situation.plan(base_appointments(desk, situation, area, base)).places)
    for task_id, where in edit.items():
        task = task_of(situation, task_id)
        if task in situation.problem.frozen:
            raise WrongState("appointment_is_history", id=task_id)
        places[task] = None if where is None else place_of(situation, *where)
    return situation.area.verified(situation.problem, Plan(tuple(places)))


def _ready(desk: Desk, command: Any) -> Ready:
    situation = desk.situation(command.area)
    check_base(desk, command.area, desk.work.sites.area(desk.site_id, command.area), command.base_version)
    former = desk.work.versions.get(desk.site_id, command.area, command.base_version)
    return _checked(desk, situation, command, former)


def _checked(desk: Desk, situation: Situation, command: Any, former: Version | None) -> Ready:
    verified = edited(desk, situation, command.area, command.base_version, _edit_of(command))
    return Ready(situation, verified, absent_reasons(situation, verified, former))


def _act(desk: Desk, command: Any, ready: Ready) -> int:
    state = desk.lock(command.area)
    check_base(desk, command.area, state, command.base_version)
    situation = desk.situation(command.area)
    if situation is not ready.situation:
        former = desk.work.versions.get(desk.site_id, command.area, command.base_version)
        ready = _checked(desk, situation, command, former)
    origin = Origin(
        how=_HOW[type(command)],
        author_id=desk.actor.account_id,
        author=desk.actor.name,
        reasons=ready.reasons,
    )
    return add_draft(
        desk, situation, ready.verified, area=command.area, base=command.base_version, origin=origin
    ).number


def _edit_of(command: Any) -> Edit:
    if isinstance(command, c.MoveAppointment):
        return {command.task_id: (command.resource, command.start)}
    if isinstance(command, c.RemoveAppointment):
        return {command.task_id: None}
    slot = command.slot
    task = slot.task or command.name
    others = {name: (place.resource, place.start) for name, place in (*slot.further, *slot.moved)}
    if task in others or len(others) < len(slot.further) + len(slot.moved):
        raise BadInput("bad_slot", id=command.name)
    return {task: (slot.resource, slot.start), **others}


_HOW = {c.MoveAppointment: "move", c.RemoveAppointment: "remove", c.PlaceInSlot: "slot"}


def _ready_undo(desk: Desk, command: c.UndoVersion) -> Ready:
    return _former_plan(desk, desk.situation(command.area), command)


def _former_plan(desk: Desk, situation: Situation, command: c.UndoVersion) -> Ready:
    former = desk.version(command.area, _before(desk, desk.version(command.area, command.version)))
    rows = desk.situations.rows(desk.work, former)
    verified = situation.area.verified(situation.problem, situation.plan(rows))
    return Ready(situation, verified, absent_reasons(situation, verified, former))


def _before(desk: Desk, version: Version) -> int:
    """What a version is taken back to: once in force, the plan that was in force before it, else the version it was made from.
    Raises WrongState where there is none."""
    former = version.base
    if version.published is not None:
        rows = desk.work.versions.list(desk.site_id, version.area)
        were_in_force = [row.number for row in rows if row.published is not None and row.number < version.number]
        former = max(were_in_force, default=None)
    if former is None:
        raise WrongState("nothing_before", number=version.number)
    return former


def _undo(desk: Desk, command: c.UndoVersion, ready: Ready) -> int:
    state = desk.lock(command.area)
    situation = desk.situation(command.area)
    if situation is not ready.situation:
        ready = _former_plan(desk, situation, command)
    origin = Origin(
        how="undo",
        author_id=desk.actor.account_id,
        author=desk.actor.name,
        reason=command.reason.strip()[:2000],
        reasons=ready.reasons,
    )
    return add_draft(desk, situation, ready.verified, area=command.area, base=state.head, origin=origin).number


USE_CASES: dict[type[c.Command], UseCase] = {
    c.MoveAppointment: UseCase(_act, ready=_ready),
    c.RemoveAppointment: UseCase(_act, ready=_ready),
    c.PlaceInSlot: UseCase(_act, ready=_ready),
    c.UndoVersion: UseCase(_undo, ready=_ready_undo),
}
