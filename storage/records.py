"""The hospital's own data as rows of JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, insert, select, update

from planning.rows import Record
from storage.rowwise import from_row, to_row
from storage.tables import identities, records

_CHUNK = 500


class SqlRecords:
    """See ``planning.ports.Records``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, site_id: str, area: str) -> tuple[Record, ...]:
        """Every record of the area, by kind, in the order they came."""
        here = (records.c.site_id == site_id, records.c.area == area)
        rows = self._connection.execute(select(records).where(*here).order_by(records.c.kind, records.c.id))
        return tuple(from_row(Record, row) for row in rows)

    def digests(self, site_id: str, area: str, kind: str) -> Mapping[str, str]:
        """Digest by key of one kind, cancelled ones included."""
        here = (records.c.site_id == site_id, records.c.area == area, records.c.kind == kind)
        rows = self._connection.execute(select(records.c.key, records.c.digest).where(*here).order_by(records.c.id))
        return {row.key: row.digest for row in rows}

    def put(self, site_id: str, area: str, rows: Sequence[Record]) -> None:
        """Adds or replaces; a cancelled record that comes again as it was stays cancelled only if the row says so."""
        there: dict[str, Mapping[str, str]] = {
            kind: self.digests(site_id, area, kind) for kind in {row.kind for row in rows}
        }
        new = [row for row in rows if row.key not in there[row.kind]]
        old = [row for row in rows if row.key in there[row.kind]]
        if new:
            values = [to_row(row, records) | {"site_id": site_id, "area": area} for row in new]
            self._connection.execute(insert(records), values)
        if old:
            statement = update(records).where(
                records.c.site_id == site_id,
                records.c.area == area,
                records.c.kind == bindparam("b_kind"),
                records.c.key == bindparam("b_key"),
            )
            names = ("payload", "digest", "source", "updated", "is_cancelled")
            statement = statement.values({name: bindparam(f"b_{name}") for name in names})
            self._connection.execute(
                statement, [{f"b_{name}": value for name, value in to_row(row, records).items()} for row in old]
            )

    def cancel(self, site_id: str, area: str, kind: str, keys: Sequence[str]) -> int:
        """Marks records cancelled; the number that were not before."""
        count = 0
        for at in range(0, len(keys), _CHUNK):
            statement = update(records).where(
                records.c.site_id == site_id,
                records.c.area == area,
                records.c.kind == kind,
                records.c.key.in_(keys[at : at + _CHUNK]),
                records.c.is_cancelled.is_(False),
            )
            count += self._connection.execute(statement.values(is_cancelled=True)).rowcount
        return count

    def identity(self, site_id: str, patient: str) -> Mapping[str, str]:
        """Who stands behind a pseudonym; empty if unknown."""
        here = (identities.c.site_id == site_id, identities.c.patient == patient)
        found = self._connection.execute(select(identities.c.payload).where(*here)).scalar()
        return {} if found is None else dict(found)

    def put_identities(self, site_id: str, people: Mapping[str, Mapping[str, str]]) -> None:
        """Adds or replaces identities by pseudonym."""
        for patient, payload in people.items():
            here = (identities.c.site_id == site_id, identities.c.patient == patient)
            if self._connection.execute(update(identities).where(*here).values(payload=dict(payload))).rowcount == 0:
                row = {"site_id": site_id, "patient": patient, "payload": dict(payload)}
                self._connection.execute(insert(identities).values(row))
