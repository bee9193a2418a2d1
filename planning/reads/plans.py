"""An area's page: a version with everything around it, the list of versions, and two of them side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hospital.plans import Appointment, AppointmentStatus, PlanStatus
from planning import queries as q
from planning.areas.advice import place_view
from planning.desk import Desk
from planning.difference import is_same_place, pairs
from planning.drafts import kept_reasons, standing
from planning.job_desk import job_view
from planning.permissions import allowed_commands
from planning.reads.rows import (
    Abouts,
    abouts_of,
    change_row,
    hours_between,
    match_rows,
    version_row,
)
from planning.rows import Version
from planning.situation import PlanReading, Situation
from planning.views import (
    AppointmentView,
    ChangeRow,
    MatchView,
    MovedRow,
    PlanDifference,
    PlanPage,
    UnplannedView,
    VersionRow,
)


def newest(desk: Desk, area: str) -> Version | None:
    """The newest version that is not rejected."""
    rows = desk.work.versions.list(desk.site_id, area)
    return next((row for row in rows if row.status is not PlanStatus.REJECTED), None)


def read_version(
    desk: Desk, situation: Situation, version: Version | None
) -> tuple[tuple[Appointment, ...], PlanReading]:
    """A version's appointments and what the rules say of it now; without any version, what the hospital had booked."""
    if version is None:
        rows = tuple(row.appointment for row in situation.reference)
        return rows, desk.situations.reading(situation, "", rows)
    rows = desk.situations.rows(desk.work, version)
    return rows, desk.situations.reading(situation, version.digest, rows)


def _plan_view(desk: Desk, query: q.PlanView) -> PlanPage:
    situation = desk.situation(query.area)
    version = newest(desk, query.area) if query.version is None else desk.version(query.area, query.version)
    rows, reading = read_version(desk, situation, version)
    abouts = abouts_of(situation)
    broken = match_rows(situation, reading.broken)
    changes = tuple(change_row(row, situation) for row in reversed(situation.changes))
    job = desk.work.jobs.last(desk.site_id, query.area)
    clock = situation.problem.clock
    measured = {} if version is None else version.measured
    run = measured.get("run", {})
    return PlanPage(
        site_id=desk.site_id,
        area=query.area,
        timezone=clock.timezone,
        now=situation.now.astimezone(clock.zone),
        first_day=clock.first_day,
        num_days=clock.num_days,
        grid_min=clock.grid_min,
        version=None if version is None else version_row(version),
        head=standing(desk, query.area),
        published=situation.built_from.published,
        resources=situation.area.resources(situation),
        appointments=_appointments(situation, rows, abouts, broken),
        unplanned=_unplanned(situation, reading, version, abouts),
        figures=reading.figures,
        cost=reading.score.points,
        cost_by_rule=reading.score.points_by_rule,
        bound=run.get("bound"),
        gap=run.get("gap"),
        is_optimal=bool(run.get("is_optimal", False)),
        violations=broken,
        changes=changes,
        pending=_pending(situation, version, changes),
        job=None if job is None else job_view(job),
        allowed=allowed_commands(desk.actor),
    )


def _pending(situation: Situation, version: Version | None, changes: Sequence[ChangeRow]) -> tuple[ChangeRow, ...]:
    last = 0 if version is None else int(version.measured.get("last_change", 0))
    newer = {row.id for row in situation.changes if row.number > last}
    return tuple(row for row in changes if row.id in newer and row.is_active)


def _appointments(
    situation: Situation, rows: Sequence[Appointment], abouts: Abouts, broken: Sequence[MatchView]
) -> tuple[AppointmentView, ...]:
    by_task: dict[str, list[MatchView]] = {}
    for match in broken:
        for name in match.requests:
            by_task.setdefault(name, []).append(match)
    task_id = situation.area.task_id
    views = (_appointment(situation, row, abouts, tuple(by_task.get(task_id(row), ()))) for row in rows)
    return tuple(view for view in views if view is not None)


def _appointment(
    situation: Situation, row: Appointment, abouts: Abouts, broken: tuple[MatchView, ...]
) -> AppointmentView | None:
    area, problem, name = situation.area, situation.problem, situation.area.task_id(row)
    task = problem.task_of.get(name)
    about = abouts.of(name) if task is not None or name == row.request else None
    about = about or area.about_gone(situation, row)
    if about is None:
        return None
    former = situation.promised.get(name)
    status, late = _status(situation, name, row)
    target = None if task is None else area.target_min(problem, task)
    minutes_late = 0 if target is None else problem.clock.minute(row.start) - target
    is_moved = former is not None and not is_same_place(former, row)
    return AppointmentView(
        about=about,
        resource=row.resource,
        start=row.start,
        end=row.end,
        status=status,
        came_late_min=late,
        is_locked=task is not None and task in problem.locked,
        is_frozen=task is None or task in problem.frozen,
        is_moved=is_moved,
        is_new=former is None,
        moved_from=place_view(former) if is_moved and former is not None else None,
        wait_h=hours_between(about.earliest, row.start),
        late_min=max(0, minutes_late),
        broken=broken,
    )


def _status(situation: Situation, name: str, row: Appointment) -> tuple[AppointmentStatus, int]:
    mark = situation.marks.get(name)
    if mark is None or (mark.resource, mark.start) != (row.resource, row.start):
        return AppointmentStatus.PLANNED, 0
    return mark.status, mark.late_min


def _unplanned(
    situation: Situation, reading: PlanReading, version: Version | None, abouts: Abouts
) -> tuple[UnplannedView, ...]:
    reasons = kept_reasons(version)
    views = []
    for name, price in situation.area.left_out(situation.problem, reading.plan).items():
        about = abouts.of(name)
        if about is not None:
            former = situation.promised.get(name)
            views.append(
                UnplannedView(
                    about=about,
                    price=price,
                    rules=reasons.get(name, (0.0, ()))[1],
                    had_place=None if former is None else place_view(former),
                )
            )
    return tuple(sorted(views, key=lambda view: (-view.price, view.about.earliest, view.about.task)))


def _versions(desk: Desk, query: q.Versions) -> tuple[VersionRow, ...]:
    desk.check_area(query.area)
    return tuple(version_row(row) for row in desk.work.versions.list(desk.site_id, query.area))


def _compare(desk: Desk, query: q.Compare) -> PlanDifference:
    situation = desk.situation(query.area)
    before, after = desk.version(query.area, query.a), desk.version(query.area, query.b)
    old, new = (desk.situations.rows(desk.work, version) for version in (before, after))
    abouts = abouts_of(situation)
    changed = pairs(situation.area, old, new).items()
    rows = [row for name, pair in changed if (row := _moved(situation, abouts, name, *pair)) is not None]
    return PlanDifference(
        before=version_row(before),
        after=version_row(after),
        moved=tuple(row for row in rows if row.old is not None and row.new is not None),
        added=tuple(row for row in rows if row.old is None),
        dropped=tuple(row for row in rows if row.new is None),
        cost_before=before.cost,
        cost_after=after.cost,
        cost_by_rule_before=_costs(before),
        cost_by_rule_after=_costs(after),
        figures_before=before.measured.get("figures", {}),
        figures_after=after.measured.get("figures", {}),
    )


def _costs(version: Version) -> Mapping[str, float]:
    costs: Mapping[str, float] = version.measured.get("cost_by_rule", {})
    return costs


def _moved(
    situation: Situation, abouts: Abouts, name: str, old: Appointment | None, new: Appointment | None
) -> MovedRow | None:
    row = old or new
    about = None if row is None else abouts.of(name) or situation.area.about_gone(situation, row)
    if about is None:
        return None
    return MovedRow(
        about=about,
        old=None if old is None else place_view(old),
        new=None if new is None else place_view(new),
    )


def _changes(desk: Desk, query: q.Changes) -> tuple[ChangeRow, ...]:
    situation = desk.situation(query.area)
    return tuple(change_row(row, situation) for row in reversed(situation.changes))


READS: dict[type[q.Query], Callable[[Desk, Any], Any]] = {
    q.PlanView: _plan_view,
    q.Versions: _versions,
    q.Compare: _compare,
    q.Changes: _changes,
}
