"""Jobs as rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from hospital.errors import Conflict
from planning.rows import Job
from storage.rowwise import from_row, to_row
from storage.tables import jobs


class SqlJobs:
    """See ``planning.ports.JobRows``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, job: Job) -> None:
        """Stores a queued job. Raises Conflict if the area has an active one."""
        try:
            self._connection.execute(insert(jobs).values(to_row(job, jobs)))
        except IntegrityError as error:
            raise Conflict("solve_running") from error

    def get(self, job_id: str, *, lock: bool = False) -> Job | None:
        """The job, locked if asked."""
        query = select(jobs).where(jobs.c.id == job_id)
        row = self._connection.execute(query.with_for_update() if lock else query).first()
        return None if row is None else from_row(Job, row)

    def last(self, site_id: str, area: str) -> Job | None:
        """The active job, else the one asked for last."""
        query = select(jobs).where(jobs.c.site_id == site_id, jobs.c.area == area)
        is_active = jobs.c.state.in_(("queued", "running"))
        row = self._connection.execute(query.order_by(is_active.desc(), jobs.c.requested.desc()).limit(1)).first()
        return None if row is None else from_row(Job, row)

    def save(self, job: Job) -> None:
        """Writes the job."""
        self._connection.execute(update(jobs).where(jobs.c.id == job.id).values(to_row(job, jobs)))

    def waiting(self, now: datetime, rung_before: datetime) -> tuple[Job, ...]:
        """Queued jobs not rung since ``rung_before`` and running ones whose lease has expired, oldest first."""
        rung_long_ago = or_(jobs.c.rung.is_(None), jobs.c.rung <= rung_before)
        queued = and_(jobs.c.state == "queued", rung_long_ago)
        abandoned = and_(jobs.c.state == "running", jobs.c.lease_expires <= now, rung_long_ago)
        rows = self._connection.execute(select(jobs).where(or_(queued, abandoned)).order_by(jobs.c.requested))
        return tuple(from_row(Job, row) for row in rows)
