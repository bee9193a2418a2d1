"""Files on their way in, the columns kept for each source, and the quarantine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from planning.rows import Upload
from storage.rowwise import from_row, to_row
from storage.tables import mappings, quarantine, uploads


class SqlUploads:
    """See ``planning.ports.Uploads``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, upload: Upload) -> None:
        """Stores a staged file."""
        self._connection.execute(insert(uploads).values(to_row(upload, uploads)))

    def get(self, site_id: str, upload_id: str) -> Upload | None:
        """The upload with its content."""
        here = (uploads.c.site_id == site_id, uploads.c.id == upload_id)
        row = self._connection.execute(select(uploads).where(*here)).first()
        return None if row is None else from_row(Upload, row)

    def list(self, site_id: str, area: str) -> tuple[Upload, ...]:
        """Newest first, without content."""
        columns = [column for column in uploads.c if column.name != "content"]
        query = select(*columns).where(uploads.c.site_id == site_id, uploads.c.area == area)
        rows = self._connection.execute(query.order_by(uploads.c.at.desc(), uploads.c.id))
        return tuple(from_row(Upload, row) for row in rows)

    def set_state(self, upload: Upload, state: str) -> bool:
        """Moves it on and drops its content; False if somebody else did first."""
        here = (uploads.c.site_id == upload.site_id, uploads.c.id == upload.id, uploads.c.state == upload.state)
        return self._connection.execute(update(uploads).where(*here).values(state=state, content={})).rowcount == 1

    def mapping(self, site_id: str, area: str, source: str, kind: str) -> Mapping[str, str] | None:
        """The columns kept for a source."""
        found = self._connection.execute(
            select(mappings.c.mapping).where(*self._there(site_id, area, source, kind))
        ).scalar()
        return None if found is None else dict(found)

    def keep_mapping(self, site_id: str, area: str, source: str, kind: str, mapping: Mapping[str, str]) -> None:
        """Keeps the columns for the next file of that source."""
        there = self._there(site_id, area, source, kind)
        if self._connection.execute(update(mappings).where(*there).values(mapping=dict(mapping))).rowcount == 0:
            row = {"site_id": site_id, "area": area, "source": source, "kind": kind, "mapping": dict(mapping)}
            self._connection.execute(insert(mappings).values(row))

    @staticmethod
    def _there(site_id: str, area: str, source: str, kind: str) -> tuple[Any, ...]:
        table = mappings.c
        return (table.site_id == site_id, table.area == area, table.source == source, table.kind == kind)

    def add_refused(self, upload: Upload, at: datetime, rows: Sequence[Mapping[str, Any]]) -> None:
        """Quarantines refused rows."""
        if rows:
            common = {"site_id": upload.site_id, "area": upload.area, "upload_id": upload.id, "at": at, "by": upload.by}
            self._connection.execute(insert(quarantine), [common | {"row": dict(row)} for row in rows])

    def refused(
        self, site_id: str, area: str, upload_id: str | None
    ) -> tuple[tuple[str, datetime, str, Mapping[str, Any]], ...]:
        """Quarantined rows, the newest upload's first: upload id, when, by whom, the row."""
        query = select(quarantine).where(quarantine.c.site_id == site_id, quarantine.c.area == area)
        if upload_id is not None:
            query = query.where(quarantine.c.upload_id == upload_id)
        rows = self._connection.execute(query.order_by(quarantine.c.at.desc(), quarantine.c.id))
        return tuple((row.upload_id, row.at, row.by, row.row) for row in rows)
