"""Plan versions, their appointments, and the lists of whom to call."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from hospital.errors import Conflict
from hospital.plans import Appointment, PlanStatus
from planning.rows import Call, Version
from storage.rowwise import from_row, to_row
from storage.tables import calls, versions

_LIFE = (
    "status", "submitted", "approver_id", "approver", "published", "publisher", "is_same_day", "reviewer", "reviewed",
    "reason", "num_moved",
)  # fmt: skip
_COLUMNS = [column for column in versions.c if column.name not in ("id", "appointments")]


def appointment_row(appointment: Appointment) -> list[Any]:
    """An appointment as a JSON list: request, session, resource, start, end."""
    start, end = appointment.start.isoformat(), appointment.end.isoformat()
    return [appointment.request, appointment.session, appointment.resource, start, end]


def appointment_of(row: Sequence[Any]) -> Appointment:
    """The appointment of such a list."""
    request, session, resource, start, end = row
    return Appointment(
        request=request,
        session=session,
        resource=resource,
        start=datetime.fromisoformat(start),
        end=datetime.fromisoformat(end),
    )


class SqlVersions:
    """See ``planning.ports.Versions``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, version: Version, appointments: Sequence[Appointment]) -> None:
        """Stores a new version. Raises Conflict if its number is taken."""
        text = json.dumps([appointment_row(row) for row in appointments], ensure_ascii=False, separators=(",", ":"))
        values = to_row(version, versions) | {"appointments": zlib.compress(text.encode(), 6)}
        try:
            self._connection.execute(insert(versions).values(values))
        except IntegrityError as error:
            raise Conflict("plan_changed", number=version.number) from error

    def get(self, site_id: str, area: str, number: int) -> Version | None:
        """The version without its appointments."""
        row = self._connection.execute(select(*_COLUMNS).where(*self._here(site_id, area, number))).first()
        return None if row is None else from_row(Version, row, status=PlanStatus(row.status))

    def list(self, site_id: str, area: str) -> tuple[Version, ...]:
        """Newest first."""
        query = select(*_COLUMNS).where(versions.c.site_id == site_id, versions.c.area == area)
        rows = self._connection.execute(query.order_by(versions.c.number.desc()))
        return tuple(from_row(Version, row, status=PlanStatus(row.status)) for row in rows)

    def appointments(self, site_id: str, area: str, number: int) -> tuple[Appointment, ...]:
        """What the version promises; empty for an unknown one."""
        query = select(versions.c.appointments).where(*self._here(site_id, area, number))
        packed = self._connection.execute(query).scalar()
        return () if packed is None else tuple(appointment_of(row) for row in json.loads(zlib.decompress(packed)))

    def move_on(self, version: Version, after: Version) -> bool:
        """Writes the fields of a version's life; False if its status was changed meanwhile."""
        here = self._here(version.site_id, version.area, version.number)
        values = {name: value for name, value in to_row(after, versions).items() if name in _LIFE}
        statement = update(versions).where(*here, versions.c.status == version.status.value).values(values)
        return self._connection.execute(statement).rowcount == 1

    @staticmethod
    def _here(site_id: str, area: str, number: int) -> tuple[Any, ...]:
        return (versions.c.site_id == site_id, versions.c.area == area, versions.c.number == number)

    def add_calls(self, rows: Sequence[Call]) -> None:
        """Stores a call list."""
        if rows:
            self._connection.execute(insert(calls), [self._call_row(row) for row in rows])

    @staticmethod
    def _call_row(call: Call) -> dict[str, Any]:
        old, new = ([appointment_row(row) for row in rows] for rows in (call.old, call.new))
        return to_row(call, calls) | {"old": old, "new": new}

    def calls(self, site_id: str, area: str, version: int | None) -> tuple[Call, ...]:
        """The call list of a version, or of all."""
        query = select(calls).where(calls.c.site_id == site_id, calls.c.area == area)
        if version is not None:
            query = query.where(calls.c.version == version)
        rows = self._connection.execute(query.order_by(calls.c.version, calls.c.request))
        return tuple(
            from_row(
                Call,
                row,
                old=tuple(appointment_of(each) for each in row.old),
                new=tuple(appointment_of(each) for each in row.new),
            )
            for row in rows
        )

    def tick(self, call: Call) -> None:
        """Writes a call's tick."""
        statement = update(calls).where(
            calls.c.site_id == call.site_id,
            calls.c.area == call.area,
            calls.c.version == call.version,
            calls.c.request == call.request,
        )
        self._connection.execute(statement.values(is_done=call.is_done, done_by=call.done_by, done_at=call.done_at))
