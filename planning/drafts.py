"""New plan versions: compare and swap on the newest number, and nothing stored that is not verified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hospital.errors import Conflict
from hospital.plans import Appointment, AppointmentStatus, PlanStatus
from planning.areas import area_of
from planning.desk import Desk
from planning.difference import appointments_differ, moved_tasks
from planning.rows import AreaState, Version
from planning.site_data import digest
from planning.situation import Situation
from scheduler.kernel.verify import VerifiedPlan

_MOST_ASKED = 60
"""What is left out and whose reasons are asked at once; keeps an edit within a second or two."""

Reasons = Mapping[str, tuple[float, tuple[str, ...]]]
"""What is left out (a task, or a request none of whose visits has a place) -> its price in points and the rules in its way."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a version comes from: ``how`` (solve, move, slot, remove, undo), whose it is, and what is known of its
    making."""

    how: str
    author_id: str
    author: str
    reason: str = ""
    reasons: Reasons | None = None
    run: Mapping[str, Any] | None = None


def rows_digest(appointments: Sequence[Appointment]) -> str:
    """Digest of a plan's appointments, whatever their order."""
    rows = (
        [row.request, row.session, row.resource, row.start.timestamp(), row.end.timestamp()] for row in appointments
    )
    return digest(sorted(rows))


def base_appointments(desk: Desk, situation: Situation, area: str, base: int) -> tuple[Appointment, ...]:
    """What version ``base`` promises; for 0 what the hospital had booked before any version."""
    if base == 0:
        return tuple(row.appointment for row in situation.reference)
    desk.version(area, base)
    return desk.work.versions.appointments(desk.site_id, area, base)


def standing(desk: Desk, area: str) -> int:
    """The newest version that was not rejected, what the next one builds on; 0 where there is none."""
    rows = desk.work.versions.list(desk.site_id, area)
    return next((row.number for row in rows if row.status is not PlanStatus.REJECTED), 0)


def check_base(desk: Desk, area: str, state: AreaState, base: int) -> None:
    """Raises Conflict, with what differs between the base and the newest version, unless they are the same or all newer
    ones were rejected."""
    if base == state.head or base == standing(desk, area):
        return
    mine = desk.work.versions.appointments(desk.site_id, area, base)
    theirs = desk.work.versions.appointments(desk.site_id, area, state.head)
    newest = desk.work.versions.get(desk.site_id, area, state.head)
    raise Conflict(
        "plan_changed",
        number=state.head,
        base=base,
        author="" if newest is None else newest.author,
        difference=appointments_differ(area_of(area), mine, theirs),
    )


def add_draft(
    desk: Desk, situation: Situation, verified: VerifiedPlan, *, area: str, base: int, origin: Origin
) -> Version:
    """Stores the verified plan as the next version. The caller has locked the area. Raises Conflict if ``base`` is
    not the newest."""
    state = desk.work.sites.area(desk.site_id, area)
    check_base(desk, area, state, base)
    if verified.problem is not situation.problem and verified.problem.task_ids != situation.problem.task_ids:
        raise ValueError("a plan verified for another problem")
    appointments = (*situation.area.appointments_of(situation.problem, verified.plan), *kept_outside(situation))
    measured = _measured(situation, verified, origin)
    reference = tuple(situation.promised.values())
    version = Version(
        site_id=desk.site_id,
        area=area,
        number=state.head + 1,
        base=base or None,
        status=PlanStatus.DRAFT,
        origin=origin.how,
        author_id=origin.author_id,
        author=origin.author,
        created=desk.now,
        reason=origin.reason,
        data_revision=situation.built_from.data_revision,
        changes_revision=situation.built_from.changes_revision,
        cost=verified.score.points,
        num_planned=len(appointments),
        num_unplanned=len(measured["unplanned"]),
        num_moved=len(moved_tasks(situation.area, reference, appointments)),
        digest=rows_digest(appointments),
        measured=measured,
    )
    desk.work.versions.add(version, appointments)
    desk.work.sites.save_area(replace(state, head=version.number))
    desk.trail.facts |= {"version": version.number, "base": base}
    former = desk.work.versions.get(desk.site_id, area, base)
    desk.trail.before, desk.trail.after = "" if former is None else former.digest, version.digest
    return version


def kept_outside(situation: Situation) -> tuple[Appointment, ...]:
    """Promised appointments that the problem does not speak of and that stand nevertheless: outside its horizon, or
    not kept by the patient."""
    clock = situation.problem.clock
    first, last = clock.moment(0), clock.moment(clock.end)
    return tuple(
        row.appointment
        for row in situation.reference
        if situation.area.task_id(row.appointment) not in situation.problem.task_of
        and (row.status is AppointmentStatus.NO_SHOW or not first <= row.appointment.start < last)
    )


def _measured(situation: Situation, verified: VerifiedPlan, origin: Origin) -> dict[str, Any]:
    plan, reasons = verified.plan, dict(origin.reasons or {})
    left_out = situation.area.left_out(situation.problem, plan)
    return {
        "cost_by_rule": dict(verified.score.points_by_rule),
        "figures": situation.area.figures(situation.problem, plan),
        "unplanned": [[name, price, list(reasons.get(name, (0.0, ()))[1])] for name, price in left_out.items()],
        "last_change": max((row.number for row in situation.changes), default=0),
        "run": dict(origin.run or {}),
    }


def absent_reasons(situation: Situation, verified: VerifiedPlan, former: Version | None) -> Reasons:
    """The reasons of everything left out: those the former version keeps while the world is the same, asked of the rules otherwise.

    A first plan made by hand leaves out more than is worth asking: then those nobody tried to place have no reason.
    """
    area, problem, kept = situation.area, situation.problem, kept_reasons(former)
    absent = area.left_out(problem, verified.plan)
    is_same = former is not None and _world(former) == _world(situation.built_from)
    unknown = [name for name in absent if not (is_same and kept.get(name, (0.0, ()))[1])]
    if len(unknown) > _MOST_ASKED:
        return kept
    found = area.reasons(problem, verified.plan, unknown) if unknown else {}
    return {**kept, **{name: (0.0, rules) for name, rules in found.items()}}


def _world(row: Version | AreaState) -> tuple[int, int]:
    return row.data_revision, row.changes_revision


def kept_reasons(version: Version | None) -> dict[str, tuple[float, tuple[str, ...]]]:
    """The reasons that a version keeps for what it leaves out."""
    rows = [] if version is None else version.measured.get("unplanned", [])
    return {str(name): (float(price), tuple(rules)) for name, price, rules in rows}
