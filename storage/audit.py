"""The audit log: rows are added, never changed (triggers see to it)."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from planning.rows import AuditEntry
from storage.rowwise import from_row, to_row
from storage.tables import audit, audit_heads


class SqlAudit:
    """See ``planning.ports.Audit``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def head(self, site_id: str) -> tuple[int, str]:
        """Number and hash of the site's last row, locked until this unit of work ends."""
        first = insert_sqlite if self._connection.dialect.name == "sqlite" else insert_postgresql
        fresh = {"site_id": site_id, "number": 0, "hash": ""}
        self._connection.execute(first(audit_heads).values(fresh).on_conflict_do_nothing())
        query = select(audit_heads).where(audit_heads.c.site_id == site_id).with_for_update()
        row = self._connection.execute(query).one()
        return row.number, row.hash

    def last(self, site_id: str) -> tuple[int, str]:
        """Number and hash of the site's last row, read only."""
        row = self._connection.execute(select(audit_heads).where(audit_heads.c.site_id == site_id)).first()
        return (0, "") if row is None else (row.number, row.hash)

    def append(self, entry: AuditEntry) -> None:
        """Stores a row and moves the head to it."""
        self._connection.execute(insert(audit).values(to_row(entry, audit)))
        head = update(audit_heads).where(audit_heads.c.site_id == entry.site_id)
        self._connection.execute(head.values(number=entry.number, hash=entry.hash))

    def list(self, site_id: str, *, limit: int | None, before: int | None = None) -> tuple[AuditEntry, ...]:
        """Newest first."""
        query = select(audit).where(audit.c.site_id == site_id)
        if before is not None:
            query = query.where(audit.c.number < before)
        rows = self._connection.execute(query.order_by(audit.c.number.desc()).limit(limit))
        return tuple(from_row(AuditEntry, row) for row in rows)
