"""One area of a hospital as a person works in it, by the commands that pages use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from hospital.changes import changes_from_json
from planning import commands as c
from planning import queries as q
from planning.areas import area_of
from planning.jobs import Solved
from planning.site_data import records_of
from planning.views import CallRow, PlanPage
from scheduler.kernel.solve import Settings as Solving
from tests.planning.world import World, opened


@dataclass(frozen=True)
class Flow:
    """The world and the area at work in it."""

    world: World
    area: str

    def ask(self, query: q.Query) -> Any:
        """The answer for the scheduler."""
        return self.world.app.ask(self.world.scheduler, query)

    def do(self, command: c.Command) -> Any:
        """Done by the scheduler."""
        return self.world.app.execute(self.world.scheduler, command)

    def page(self, version: int | None = None) -> PlanPage:
        """The area's page."""
        found: PlanPage = self.ask(q.PlanView(area=self.area, version=version))
        return found

    def solved(self, *, seconds: float = 1.0, min_changes: bool = False) -> int:
        """The number of the draft that a solve makes."""
        job = self.do(c.RequestSolve(area=self.area, seconds=seconds, min_changes=min_changes))
        lease = self.world.lease(job)
        work = self.world.app.jobs.work(lease)
        outcome = area_of(work.area).solve(work.problem, Solving(seconds=work.seconds, threads=1), work.seed)
        ended = self.world.app.jobs.complete(job, lease.fence, Solved.from_outcome(work.problem, outcome))
        assert (ended.state, ended.error) == ("done", "")
        assert ended.version is not None
        return ended.version

    def publish(self, version: int) -> None:
        """Sent by the scheduler, approved by another person."""
        self.do(c.SubmitDraft(version, area=self.area))
        self.world.app.execute(self.world.approver, c.ApproveDraft(version, area=self.area))

    def record(self, *rows: dict[str, Any]) -> None:
        """Changes as a file of them says."""
        self.do(c.RecordChanges(self.area, changes_from_json(list(rows), timezone="Asia/Shanghai"), "because"))

    def calls(self, version: int) -> dict[str, CallRow]:
        """The call list by request."""
        return {row.request: row for row in self.ask(q.CallList(version, area=self.area))}

    def places(self, request: str, version: int | None = None) -> list[tuple[int, str, datetime]]:
        """Session, resource and start of a request's visits."""
        rows = [row for row in self.page(version).appointments if row.about.request == request]
        return sorted((row.about.session, row.resource, row.start) for row in rows)


@contextmanager
def flow_in(home: Path, area: str, site: Any, now: datetime) -> Iterator[Flow]:
    """A hospital with that area's data in it, and nothing planned here yet."""
    with opened(home, f"sqlite:///{home / 'site.sqlite'}") as world:
        store: Any = world.app._store
        world.clock.now = now
        with store.writing() as work:
            work.records.put(world.site_id, area, records_of(area, site, source="test", at=now))
            state = work.sites.area(world.site_id, area, lock=True)
            work.sites.save_area(replace(state, data_revision=state.data_revision + 1))
            work.commit()
        yield Flow(world, area)
