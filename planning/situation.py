"""An area as it stands now: its data, its changes, the plan in force, and the problem they make. Built once, kept
until one of them changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from threading import Lock
from typing import Any

from hospital.changes import Change, changes_from_json
from hospital.errors import CaretableError
from hospital.facts import Match
from hospital.plans import Appointment, AppointmentStatus, Booking
from planning.areas import area_of
from planning.areas.contract import Area
from planning.ports import UnitOfWork
from planning.rows import AreaState, Mark, Record, RecordedChange, Version
from planning.site_data import BOOKED, site_of
from scheduler.kernel.plan import Plan
from scheduler.kernel.score import Score, score, violations

_NOW_STEP = timedelta(minutes=5)
_KEPT = 12


@dataclass(frozen=True, kw_only=True)
class PlanReading:
    """What the rules say of a plan in a situation."""

    plan: Plan
    score: Score
    broken: tuple[Match, ...]
    figures: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, eq=False)
class Situation:
    """One area of one site at ``now``. ``site`` holds the raw data, ``problem`` data plus active changes with the
    plan in force as reference, ``requests`` the data's requests by id; ``marks`` are by task."""

    area: Area[Any, Any]
    built_from: AreaState
    now: datetime
    site: Any
    problem: Any
    changes: tuple[RecordedChange, ...]
    void: frozenset[str]
    marks: Mapping[str, Mark]
    reference: tuple[Booking, ...]
    published: Version | None
    requests: Mapping[str, Any]

    @cached_property
    def active(self) -> tuple[RecordedChange, ...]:
        """The changes that hold, oldest first: not undone, and what they speak of is there."""
        return tuple(change for change in self.changes if change.is_active and change.id not in self.void)

    @cached_property
    def promised(self) -> Mapping[str, Appointment]:
        """The appointments in force by task."""
        return {self.area.task_id(row.appointment): row.appointment for row in self.reference}

    def plan(self, appointments: Sequence[Appointment]) -> Plan:
        """Appointments as a plan of this problem: unknown tasks fall out, history stands where it happened."""
        places = list(self.area.plan_of(self.problem, appointments, ignore_unknown=True).places)
        for task, place in self.problem.frozen.items():
            places[task] = place
        return Plan(tuple(places))


def change_of(row: RecordedChange) -> Change:
    """The change that a row holds."""
    return changes_from_json(dict(row.payload))[0]


class Situations:
    """The situations and plan readings of this process, the newest few of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._building: dict[tuple[str, str], Lock] = {}
        self._sites: dict[tuple[Any, ...], tuple[Any, tuple[Record, ...]]] = {}
        self._situations: dict[tuple[Any, ...], Situation] = {}
        self._readings: dict[tuple[Any, ...], tuple[Situation, PlanReading]] = {}
        self._rows: dict[tuple[Any, ...], tuple[Appointment, ...]] = {}

    def now_of(self, site: Any, clock_now: datetime) -> datetime:
        """The site's own time: its sample's fixed one, else the present rounded down to five minutes."""
        if site.settings.now is not None:
            fixed: datetime = site.settings.now
            return fixed
        return clock_now - (clock_now - datetime.min.replace(tzinfo=clock_now.tzinfo)) % _NOW_STEP

    def of(self, work: UnitOfWork, site_id: str, area: str, clock_now: datetime) -> Situation:
        """The area's situation now."""
        state = work.sites.area(site_id, area)
        with self._one_builder(site_id, area):
            site, records = self._site(work, state)
            now = self.now_of(site, clock_now)
            key = (site_id, area, state.data_revision, state.changes_revision, state.published, now)
            found = self._situations.get(key)
            if found is None:
                found = _situation(work, state, site, records, now)
                _keep(self._situations, key, found)
        return found

    def rows(self, work: UnitOfWork, version: Version) -> tuple[Appointment, ...]:
        """What a version promises. Versions never change, and the digest tells a deleted site's from its successor's."""
        key = (version.site_id, version.area, version.number, version.digest)
        found = self._rows.get(key)
        if found is None:
            found = work.versions.appointments(version.site_id, version.area, version.number)
            _keep(self._rows, key, found)
        return found

    def reading(self, situation: Situation, digest: str, appointments: Sequence[Appointment]) -> PlanReading:
        """What the rules say in that situation of the appointments that have this digest ("" = what the hospital had booked)."""
        key = (id(situation), digest)
        found = self._readings.get(key)
        if found is None:
            found = (situation, read_plan(situation, situation.plan(appointments)))
            _keep(self._readings, key, found)
        return found[1]

    def _one_builder(self, site_id: str, area: str) -> Lock:
        with self._lock:
            return self._building.setdefault((site_id, area), Lock())

    def _site(self, work: UnitOfWork, state: AreaState) -> tuple[Any, tuple[Record, ...]]:
        key = (state.site_id, state.area, state.data_revision)
        found = self._sites.get(key)
        if found is None:
            records = work.records.all(state.site_id, state.area)
            found = (site_of(state.area, records), tuple(row for row in records if row.kind in BOOKED))
            _keep(self._sites, key, found)
        return found


def read_plan(situation: Situation, plan: Plan) -> PlanReading:
    """The plan's score, broken rules and figures."""
    problem = situation.area.decided(situation.problem, plan)
    return PlanReading(
        plan=plan,
        score=score(problem, plan),
        broken=violations(problem, plan),
        figures=situation.area.figures(situation.problem, plan),
    )


def _keep(cache: dict[tuple[Any, ...], Any], key: tuple[Any, ...], value: Any) -> None:
    cache[key] = value
    while len(cache) > _KEPT:
        cache.pop(next(iter(cache)), None)


def _situation(work: UnitOfWork, state: AreaState, site: Any, booked: Sequence[Record], now: datetime) -> Situation:
    area = area_of(state.area)
    changes = work.changes.all(state.site_id, state.area)
    marks = work.changes.marks(state.site_id, state.area)
    published = None
    promised: tuple[Appointment, ...] = ()
    if state.published is not None:
        published = work.versions.get(state.site_id, state.area, state.published)
        promised = work.versions.appointments(state.site_id, state.area, state.published)
    requests = area.requests(site)
    reference = _reference(area, site, frozenset(requests), booked, promised, published, marks)
    active = [row for row in changes if row.is_active]
    problem, void = _problem(area, replace(site, bookings=reference), now, active, _made(published))
    return Situation(
        area=area,
        built_from=state,
        now=now,
        site=site,
        problem=problem,
        changes=changes,
        void=void,
        marks=marks,
        reference=reference,
        published=published,
        requests=requests,
    )


def _made(published: Version | None) -> datetime | None:
    """When the plan in force was made: what was recorded before, it has honoured."""
    return None if published is None else published.created


def _problem(
    area: Area[Any, Any], site: Any, now: datetime, rows: Sequence[RecordedChange], made: datetime | None
) -> tuple[Any, frozenset[str]]:
    """The problem with every change that still means something, and the ids of those that do not (their request was
    cancelled, their resource removed): one stale change must not stop the rest."""
    try:
        return build_problem(area, site, now, rows, made=made), frozenset()
    except CaretableError:
        if not rows:
            raise
    kept: list[RecordedChange] = []
    void: set[str] = set()
    for row in rows:
        try:
            build_problem(area, site, now, [*kept, row], made=made)
            kept.append(row)
        except CaretableError:
            void.add(row.id)
    return build_problem(area, site, now, kept, made=made), frozenset(void)


def build_problem(
    area: Area[Any, Any], site: Any, now: datetime, rows: Sequence[RecordedChange], *, made: datetime | None
) -> Any:
    """The problem of the site's horizon, with recorded changes and the plan in force, made at ``made``."""
    changes, said_at = [change_of(row) for row in rows], [row.at for row in rows]
    num_settled = 0 if made is None else sum(at < made for at in said_at)
    return area.build(site, now=now, changes=changes, said_at=said_at, num_settled=num_settled)


def resolved(there: Situation, changes: Sequence[Change]) -> tuple[Change, ...]:
    """New changes as they are to be recorded, after those that hold already."""
    site = replace(there.site, bookings=there.reference)
    before = [change_of(row) for row in there.active]
    return there.area.resolved(site, changes, now=there.now, before=before)


def _reference(
    area: Area[Any, Any],
    site: Any,
    wanted: frozenset[str],
    booked: Sequence[Record],
    promised: Sequence[Appointment],
    published: Version | None,
    marks: Mapping[str, Mark],
) -> tuple[Booking, ...]:
    """The plan in force with what was marked on the day; bookings of the hospital's own system where no plan was
    published, or where they came in after it."""
    rows = {
        area.task_id(row): Booking(appointment=row)
        for row in promised
        if row.request in wanted or area.is_kept(row.request)
    }
    planned = {row.appointment.request for row in rows.values()}
    since = None if published is None else published.published
    late = {str(row.payload["appointment"]["request"]) for row in booked if since is None or row.updated > since}
    for booking in site.bookings:
        request = booking.appointment.request
        if request in late and request in wanted and request not in planned:
            rows[area.task_id(booking.appointment)] = booking
    return tuple(_marked(row, marks.get(task)) for task, row in rows.items())


def _marked(row: Booking, mark: Mark | None) -> Booking:
    place = row.appointment
    if mark is None or (mark.resource, mark.start) != (place.resource, place.start):
        return row
    return replace(row, status=AppointmentStatus(mark.status), late_min=mark.late_min)
