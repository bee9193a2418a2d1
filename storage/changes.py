"""Changes of a plan's world, and what became of appointments on the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from hospital.plans import AppointmentStatus
from planning.rows import Mark, RecordedChange
from storage.rowwise import from_row, to_row
from storage.tables import changes, marks


class SqlChanges:
    """See ``planning.ports.Changes``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, change: RecordedChange) -> None:
        """Stores a change."""
        self._connection.execute(insert(changes).values(to_row(change, changes)))

    def all(self, site_id: str, area: str) -> tuple[RecordedChange, ...]:
        """Oldest first, undone ones included."""
        query = select(changes).where(changes.c.site_id == site_id, changes.c.area == area)
        rows = self._connection.execute(query.order_by(changes.c.number))
        return tuple(from_row(RecordedChange, row) for row in rows)

    def undo(self, change: RecordedChange, *, by: str, at: datetime) -> bool:
        """Marks it undone; False if it was already."""
        here = (changes.c.site_id == change.site_id, changes.c.id == change.id, changes.c.is_active.is_(True))
        values = {"is_active": False, "undone_by": by, "undone_at": at}
        return self._connection.execute(update(changes).where(*here).values(values)).rowcount == 1

    def mark(self, site_id: str, area: str, mark: Mark) -> None:
        """Stores an appointment's status, replacing the task's former one."""
        here = (marks.c.site_id == site_id, marks.c.area == area, marks.c.task == mark.task)
        values = to_row(mark, marks) | {"site_id": site_id, "area": area}
        if self._connection.execute(update(marks).where(*here).values(values)).rowcount == 0:
            self._connection.execute(insert(marks).values(values))

    def marks(self, site_id: str, area: str) -> Mapping[str, Mark]:
        """Status by task."""
        rows = self._connection.execute(select(marks).where(marks.c.site_id == site_id, marks.c.area == area))
        return {row.task: from_row(Mark, row, status=AppointmentStatus(row.status)) for row in rows}
