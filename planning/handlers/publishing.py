"""From draft to plan in force: submitted, approved by a second person, rejected, or published the same day by one
with the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hospital.errors import BadInput, NotAllowed, UnknownId, WrongState
from hospital.plans import PlanStatus
from planning import commands as c
from planning.areas import area_of
from planning.desk import Desk, UseCase
from planning.difference import Pair, is_same_place
from planning.lifecycle import call_list, check_same_day, check_step
from planning.rows import Call, Version
from planning.situation import Situation


def _submit(desk: Desk, command: c.SubmitDraft, _: Any) -> None:
    desk.lock(command.area)
    version = desk.version(command.area, command.version)
    check_step(version, PlanStatus.SUBMITTED)
    desk.move_on(
        version,
        status=PlanStatus.SUBMITTED,
        submitted=desk.now,
        reason=command.reason.strip()[:2000] or version.reason,
    )
    _tell(desk, version, PlanStatus.SUBMITTED)


def _approve(desk: Desk, command: c.ApproveDraft, _: Any) -> None:
    desk.lock(command.area)
    version = desk.version(command.area, command.version)
    check_step(version, PlanStatus.PUBLISHED)
    if version.author_id == desk.actor.account_id:
        raise NotAllowed("own_draft")
    _publish(desk, version, approver_id=desk.actor.account_id, approver=desk.actor.name)


def _publish_same_day(desk: Desk, command: c.PublishSameDay, _: Any) -> None:
    reason = command.reason.strip()[:2000]
    if not reason:
        raise BadInput("reason_needed")
    desk.lock(command.area)
    version = desk.version(command.area, command.version)
    if version.status not in (PlanStatus.DRAFT, PlanStatus.SUBMITTED):
        check_step(version, PlanStatus.PUBLISHED)
    check_same_day(desk.situation(command.area), version)
    _publish(desk, version, is_same_day=True, reason=reason)


def _publish(desk: Desk, version: Version, **act: Any) -> None:
    """Verifies against the present problem, supersedes the plan in force, and makes the call list: one transaction."""
    situation = desk.situation(version.area)
    state = desk.work.sites.area(desk.site_id, version.area)
    former = situation.published
    if former is not None and former.number > version.number:
        raise WrongState("older_than_published", number=version.number, found=former.number)
    appointments = desk.work.versions.appointments(desk.site_id, version.area, version.number)
    _verify_now(situation, appointments)
    if former is not None:
        desk.move_on(former, status=PlanStatus.SUPERSEDED)
    published = desk.move_on(version, status=PlanStatus.PUBLISHED, published=desk.now, publisher=desk.actor.name, **act)
    calls = call_list(situation, published, appointments, reason=published.reason)
    calls = _instead_of_open_ones(desk, calls)
    desk.work.versions.add_calls(calls)
    desk.work.sites.save_area(replace(state, published=version.number))
    desk.trail.facts |= {"version": version.number, "calls": len(calls)}
    desk.trail.before, desk.trail.after = "" if former is None else former.digest, version.digest


def _instead_of_open_ones(desk: Desk, calls: Sequence[Call]) -> tuple[Call, ...]:
    """The calls from what each patient was last told: who was not called about an earlier version is called once, about this one,
    and not at all where everything is as it was. The earlier call counts as done, by nobody."""
    if not calls:
        return ()
    before = desk.work.versions.calls(desk.site_id, calls[0].area, None)
    still_open = {call.request: call for call in before if not call.is_done}
    merged = []
    for call in calls:
        earlier = still_open.get(call.request)
        if earlier is None:
            merged.append(call)
            continue
        desk.work.versions.tick(replace(earlier, is_done=True, done_by=None, done_at=desk.now))
        told = _told_before(earlier, call)
        if told is not None:
            merged.append(told)
    return tuple(merged)


def _told_before(earlier: Call, call: Call) -> Call | None:
    """The call from what the person was last told, visit by visit; None where all of it is as it was told."""
    before, now = _visits(earlier), _visits(call)
    # A visit that only one of the two speaks of stands, before the later one or after the earlier, as that one says.
    both = {task: (before.get(task, now.get(task)), now.get(task, before.get(task))) for task in {**before, **now}}
    differ = [
        (told[0], holds[1]) for told, holds in both.values() if told and holds and not is_same_place(told[0], holds[1])
    ]
    if not differ:
        return None
    old, new = (tuple(row for row in side if row is not None) for side in zip(*differ, strict=True))
    return replace(call, old=old, new=new)


def _visits(call: Call) -> dict[str, Pair]:
    task_id = area_of(call.area).task_id
    old, new = ({task_id(row): row for row in rows} for rows in (call.old, call.new))
    return {task: (old.get(task), new.get(task)) for task in {**old, **new}}


def _verify_now(situation: Situation, appointments: Any) -> None:
    """The plan as it would be in force now. Raises PlanRefused if the world has moved on since it was made: something
    broken by a later change, or something that has meanwhile happened elsewhere than the version says."""
    plan = situation.area.plan_of(situation.problem, appointments, ignore_unknown=True)
    situation.area.verified(situation.problem, plan)


def _reject(desk: Desk, command: c.RejectDraft, _: Any) -> None:
    if not command.reason.strip():
        raise BadInput("reason_needed")
    desk.lock(command.area)
    version = desk.version(command.area, command.version)
    check_step(version, PlanStatus.REJECTED)
    desk.move_on(version, status=PlanStatus.REJECTED, reason=command.reason.strip()[:2000])
    _tell(desk, version, PlanStatus.REJECTED)


def _review(desk: Desk, command: c.ReviewSameDay, _: Any) -> None:
    desk.lock(command.area)
    version = desk.version(command.area, command.version)
    if not version.is_same_day or version.reviewed is not None:
        raise WrongState("nothing_to_review", number=version.number)
    if version.publisher == desk.actor.name:
        raise NotAllowed("own_draft")
    desk.move_on(version, reviewer=desk.actor.name, reviewed=desk.now)
    desk.trail.facts["version"] = version.number


def _tick(desk: Desk, command: c.TickCall, _: Any) -> None:
    desk.version(command.area, command.version)
    rows = desk.work.versions.calls(desk.site_id, command.area, command.version)
    call = next((row for row in rows if row.request == command.request_id), None)
    if call is None:
        raise UnknownId("no_call", id=command.request_id)
    by, at = (desk.actor.name, desk.now) if command.is_done else (None, None)
    desk.work.versions.tick(replace(call, is_done=command.is_done, done_by=by, done_at=at))


def _tell(desk: Desk, version: Version, after: PlanStatus) -> None:
    desk.trail.facts["version"] = version.number
    desk.trail.before, desk.trail.after = version.status.value, after.value


USE_CASES: dict[type[c.Command], UseCase] = {
    c.SubmitDraft: UseCase(_submit),
    c.ApproveDraft: UseCase(_approve),
    c.RejectDraft: UseCase(_reject),
    c.PublishSameDay: UseCase(_publish_same_day),
    c.ReviewSameDay: UseCase(_review),
    c.TickCall: UseCase(_tick),
}
