"""The Operations page: what goes wrong today in each area, and what can still be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from hospital.clock import Span, merge, overlap_min
from hospital.plans import Appointment, AppointmentStatus, PlanStatus
from planning import queries as q
from planning.actors import Role
from planning.areas import AREAS
from planning.desk import Desk
from planning.handlers.sites import site_view
from planning.reads.plans import read_version
from planning.reads.rows import version_row
from planning.rows import Version
from planning.situation import PlanReading, Situation
from planning.views import AlertView, AreaRow, OperationsPage

_HOURS = 8
_FULL = 0.95


def _operations(desk: Desk, _: q.Operations) -> OperationsPage:
    site = desk.work.sites.get(desk.site_id)
    if site is None:
        desk.check_area(AREAS[0])
        raise AssertionError
    situation = desk.situation(AREAS[0])
    return OperationsPage(
        site=site_view(site),
        now=situation.now.astimezone(situation.problem.clock.zone),
        areas=tuple(_area(desk, area) for area in AREAS),
    )


def _area(desk: Desk, area: str) -> AreaRow:
    situation = desk.situation(area)
    versions = desk.work.versions.list(desk.site_id, area)
    shown = situation.published or next((row for row in versions if row.status is not PlanStatus.REJECTED), None)
    rows, reading = read_version(desk, situation, shown)
    load = Load(situation, reading)
    waiting = tuple(row for row in versions if row.status is PlanStatus.SUBMITTED)
    open_calls = sum(not call.is_done for call in desk.work.versions.calls(desk.site_id, area, None))
    return AreaRow(
        area=area,
        is_set_up=bool(situation.problem.resource_ids),
        in_force=None if situation.published is None else version_row(situation.published),
        load_now=load.share(situation.problem.now, situation.problem.now + 60),
        next_hours=load.next_hours(),
        by_day=load.by_day(),
        load_by_group_today=load.by_group_today(),
        full_until=load.full_until(),
        figures=situation.area.row_figures(reading),
        num_unplanned=len(situation.area.left_out(situation.problem, reading.plan)),
        num_open_calls=open_calls,
        drafts=tuple(version_row(row) for row in waiting),
        alerts=alerts(situation, reading, versions, open_calls=open_calls),
        yesterday=_yesterday(situation, rows),
    )


class Load:
    """How full the resources are: planned minutes over open minutes, closed times taken off."""

    def __init__(self, situation: Situation, reading: PlanReading) -> None:
        problem = situation.problem
        self._problem = problem
        self._open = situation.area.open_spans(problem)
        self._groups = situation.area.groups(problem)
        spans: list[list[Span]] = [[] for _ in problem.resource_ids]
        for task, place in enumerate(reading.plan.places):
            if place is not None:
                spans[place.resource].append((place.start, place.start + problem.durations[task]))
        self._busy: list[tuple[Span, ...]] = [merge(row) for row in spans]

    def share(self, start: int, end: int, resources: Iterable[int] | None = None) -> float:
        """Share of the open minutes in [start, end) that is taken; 0 where nothing is open."""
        chosen = range(len(self._open)) if resources is None else list(resources)
        open_min = sum(overlap_min((start, end), self._open[room]) for room in chosen)
        taken = sum(
            overlap_min((max(start, low), min(end, high)), self._open[room])
            for room in chosen
            for low, high in self._busy[room]
            if low < end and start < high
        )
        return round(taken / open_min, 3) if open_min else 0.0

    def next_hours(self) -> tuple[tuple[datetime, float], ...]:
        """The next hours from now, each with its share."""
        clock, now = self._problem.clock, self._problem.now
        starts = (now + 60 * hour for hour in range(_HOURS))
        return tuple((clock.moment(start), self.share(start, start + 60)) for start in starts)

    def by_day(self) -> tuple[tuple[date, float], ...]:
        """Each day of the horizon with its share."""
        days = self._problem.clock.day_starts
        return tuple((self._problem.clock.date_of(start), self.share(start, end)) for start, end in pairwise(days))

    def by_group_today(self) -> Mapping[str, float]:
        """Share of the rest of today by group of resources that stand in for one another."""
        start, end = self._rest_of_today()
        return {name: self.share(start, end, rooms) for name, rooms in self._groups.items()}

    def full_until(self) -> Mapping[str, datetime]:
        """Groups without a free hour from now on today: until when."""
        start, end = self._rest_of_today()
        found: dict[str, datetime] = {}
        for name, rooms in self._groups.items():
            hour = start
            while hour < end and self.share(hour, min(hour + 60, end), rooms) >= _FULL:
                hour += 60
            if hour > start:
                found[name] = self._problem.clock.moment(min(hour, end))
        return found

    def _rest_of_today(self) -> Span:
        clock, now = self._problem.clock, self._problem.now
        return now, clock.day_starts[clock.day_of(now) + 1]


def alerts(
    situation: Situation, reading: PlanReading, versions: Sequence[Version], *, open_calls: int
) -> tuple[AlertView, ...]:
    """What somebody must do: a broken plan, emergencies without a place, drafts and reviews waiting, calls open,
    scanners down."""
    problem, now = situation.problem, situation.now
    found = []
    if situation.published is None:
        found.append(AlertView(id="no_plan", values={}, owner=Role.SCHEDULER, due=None, is_urgent=True))
    broken = {request for match in reading.broken for request in match.requests}
    if broken:
        values = {"count": len(broken)}
        found.append(AlertView(id="plan_broken", values=values, owner=Role.SCHEDULER, due=now, is_urgent=True))
    found += situation.area.alerts(situation, reading)
    found += _waiting(versions, situation, open_calls)
    for resource, until in situation.area.down_until(problem).items():
        due = problem.clock.moment(min(until, problem.clock.end))
        found.append(AlertView(id="resource_closed", values={"resource": resource}, owner=Role.SCHEDULER, due=due))
    return tuple(found)


def _waiting(versions: Sequence[Version], situation: Situation, open_calls: int) -> list[AlertView]:
    found = []
    submitted = [row for row in versions if row.status is PlanStatus.SUBMITTED]
    if submitted:
        values = {"count": len(submitted), "number": submitted[0].number}
        found.append(AlertView(id="draft_waits", values=values, owner=Role.APPROVER, due=None))
    reviews = [row for row in versions if row.is_same_day and row.reviewed is None]
    if reviews:
        since = min(row.published for row in reviews if row.published is not None)
        due = since + timedelta(days=1)
        found.append(AlertView(id="review_waits", values={"count": len(reviews)}, owner=Role.APPROVER, due=due))
    if open_calls:
        due = situation.now + timedelta(hours=1)
        found.append(AlertView(id="calls_open", values={"count": open_calls}, owner=Role.SCHEDULER, due=due))
    return found


def _yesterday(situation: Situation, rows: Sequence[Appointment]) -> Mapping[str, int]:
    """What became of yesterday's published appointments, by status; empty without a plan in force."""
    if situation.published is None:
        return {}
    zone = situation.problem.clock.zone
    day = situation.now.astimezone(zone).date() - timedelta(days=1)
    count: Counter[str] = Counter()
    for row in rows:
        if row.start.astimezone(zone).date() == day:
            mark = situation.marks.get(situation.area.task_id(row))
            is_same = mark is not None and mark.start == row.start
            count[mark.status.value if mark is not None and is_same else AppointmentStatus.PLANNED.value] += 1
    return dict(count)


READS: dict[type[q.Query], Callable[[Desk, Any], Any]] = {q.Operations: _operations}
