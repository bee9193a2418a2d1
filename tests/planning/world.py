"""A small hospital in a real database, with a clock that tests turn, and its people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy.engine import Engine

from hospital.changes import ResourceDowntime, When
from hospital.sites import ImagingSite
from planning.actors import SYSTEM, Actor, Role
from planning.app import Application
from planning.commands import ApproveDraft, CreateSite, MoveAppointment, SubmitDraft
from planning.jobs import Lease, Solved
from planning.queries import PlanView, Sites
from planning.settings import Settings
from planning.site_data import records_of
from planning.views import PlanPage
from storage.bootstrap import open_application
from storage.work import SqlStore
from tests.scheduler.imaging.small_site import SITE, at, booking, request

# R1 and R2 are promised; R3 (an emergency) and R4 are not planned yet
HOSPITAL = replace(
    SITE,
    settings=replace(SITE.settings, now=at(1, 7)),
    requests=(
        request("R1", "MR-HEAD", ward="W1"),
        request("R2", "MR-KNEE", ward="W2"),
        request("R3", "CT-PLAIN", ward="W1"),
        request("R4", "CT-CHEST"),
    ),
    bookings=(booking("R1", "MR1", at(1, 9)), booking("R2", "MR2", at(3, 10), 25)),
)
PLAN = (("R1", "MR1", at(1, 9)), ("R2", "MR2", at(3, 10)), ("R3", "CT1", at(1, 9)), ("R4", "CT1", at(3, 11)))


@dataclass
class Clock:
    """The present of a test."""

    now: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 0, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> None:
        """Lets time pass."""
        self.now += timedelta(**parts)


@dataclass
class World:
    """An application with one site; ``person`` gives people of a role, told apart by their name."""

    app: Application
    clock: Clock
    site_id: str

    def person(self, role: Role, name: str = "") -> Actor:
        """Somebody with that role who has logged in."""
        return Actor(f"id-{name or role.value}", name or role.value, role, self.site_id)

    @property
    def scheduler(self) -> Actor:
        """The scheduler."""
        return self.person(Role.SCHEDULER)

    @property
    def approver(self) -> Actor:
        """The approver."""
        return self.person(Role.APPROVER)

    def page(self, version: int | None = None) -> PlanPage:
        """The Imaging page as the scheduler sees it."""
        page: PlanPage = self.app.ask(self.scheduler, PlanView(version=version))
        return page

    def move(self, base: int, request_id: str, scanner: str, start: datetime, *, by: Actor | None = None) -> int:
        """A draft with one appointment elsewhere."""
        command = MoveAppointment("imaging", base, request_id, scanner, start)
        return int(self.app.execute(by or self.scheduler, command))

    def publish(self, version: int) -> None:
        """Submitted by the scheduler, approved by the approver."""
        self.app.execute(self.scheduler, SubmitDraft(version))
        self.app.execute(self.approver, ApproveDraft(version))

    def published_plan(self) -> int:
        """A plan in force in which all four have their place: version 4."""
        base = 0
        for name, scanner, start in PLAN[2:]:
            base = self.move(base, name, scanner, start)
        self.publish(base)
        return base

    def lease(self, job_id: str, worker: str = "worker-1") -> Lease:
        """A worker's claim, which must succeed."""
        lease = self.app.jobs.claim(job_id, worker, 60)
        assert lease is not None
        return lease

    def solved(self, lease: Lease, places: tuple[tuple[str, str, datetime], ...] = PLAN) -> Solved:
        """A result as the solver's child hands it over."""
        clock = self.app.jobs.work(lease).problem.clock
        return Solved(
            places=tuple((name, scanner, clock.minute(start)) for name, scanner, start in places),
            unplanned=(("R9", 7.0, ("fits",)),),
            cost=123.5,
            bound=101.0,
            gap=0.18,
            is_optimal=False,
            first_plan_s=0.2,
            total_s=1.7,
            seed=11,
        )


def fill(app: Application, site_id: str, hospital: ImagingSite, clock: Clock) -> None:
    """Puts a hospital's data into its site, as an upload of everything would."""
    store: Any = app._store
    with store.writing() as work:
        work.records.put(site_id, "imaging", records_of("imaging", hospital, source="test", at=clock()))
        state = work.sites.area(site_id, "imaging", lock=True)
        work.sites.save_area(replace(state, data_revision=state.data_revision + 1))
        work.commit()


@contextmanager
def opened(home: Path, url: str, hospital: ImagingSite = HOSPITAL, **settings: Any) -> Iterator[World]:
    """A world on that database."""
    clock = Clock()
    app = open_application(Settings(home=home, database_url=url, **settings), clock=clock)
    try:
        site = app.execute(SYSTEM, CreateSite("Small", "小医院", "head", "long-enough-1"))
        fill(app, site.id, hospital, clock)
        yield World(app, clock, site.id)
    finally:
        app.close()


@contextmanager
def copied(home: Path, url: str) -> Iterator[World]:
    """A world on a database that already holds the small hospital."""
    clock = Clock()
    app = open_application(Settings(home=home, database_url=url), clock=clock)
    try:
        (site,) = app.ask(SYSTEM, Sites())
        yield World(app, clock, site.id)
    finally:
        app.close()


def settled(home: Path, engine: Engine) -> World:
    """A world in a new site of a database that other tests use too."""
    clock = Clock()
    app = Application(SqlStore(engine), Settings(home=home), clock=clock)
    site = app.execute(SYSTEM, CreateSite("Small", "小医院", f"head-{uuid4().hex[:12]}", "long-enough-1"))
    fill(app, site.id, HOSPITAL, clock)
    return World(app, clock, site.id)


def downtime(scanner: str, start: datetime, end: datetime | None = None) -> ResourceDowntime:
    """A scanner down."""
    return ResourceDowntime(resource_ids=(scanner,), when=When(start=start, end=end), reason="breakdown")
