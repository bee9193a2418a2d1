"""The hospital's data as generic records: an area's site to rows of JSON and back, each with an id and a digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from intake.areas import files_of
from intake.schema import AREA_TABLES, table_of, tables_of
from planning.rows import Record

SETTINGS = "settings"
BOOKED = frozenset(
    kind for tables in AREA_TABLES.values() for kind, table in tables.items() if table.attribute == "bookings"
)
"""The kinds of what a hospital's own system has booked."""


def digest(value: object) -> str:
    """SHA-256 of a JSON-ready value, keys sorted."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(table_of(kind).type)


def payload_of(kind: str, value: Any) -> dict[str, Any]:
    """A hospital value as JSON; sets are sorted so that equal values have equal digests."""
    row: dict[str, Any] = _adapter(kind).dump_python(value, mode="json")
    for field in fields(value):
        if isinstance(getattr(value, field.name), frozenset):
            row[field.name] = sorted(row[field.name])
    return row


def key_of(kind: str, value: Any, payload: Mapping[str, Any]) -> str:
    """The row's id: the table's key columns, or the digest where a table has none."""
    table = table_of(kind)
    if not table.key:
        return digest(payload)[:40]
    owner = value.appointment if kind in BOOKED else value
    return "/".join(str(getattr(owner, table.field(name).target)) for name in table.key)


def record_of(kind: str, value: Any, *, source: str, at: datetime) -> Record:
    """A hospital value as the record that is kept."""
    payload = payload_of(kind, value)
    return Record(
        kind=kind,
        key=key_of(kind, value, payload),
        payload=payload,
        digest=digest(payload),
        source=source,
        updated=at,
    )


def settings_record(area: str, settings: Any, *, source: str, at: datetime) -> Record:
    """The area's settings as the record that is kept."""
    payload = {"toml": files_of(area).settings_toml(settings)}
    return Record(kind=SETTINGS, key=SETTINGS, payload=payload, digest=digest(payload), source=source, updated=at)


def records_for(kind: str, values: Iterable[Any], *, source: str, at: datetime) -> tuple[Record, ...]:
    """The values of one table as records; equal rows of a table without ids are told apart by their count."""
    rows: list[Record] = []
    count: dict[str, int] = {}
    for value in values:
        row = record_of(kind, value, source=source, at=at)
        count[row.key] = count.get(row.key, 0) + 1
        rows.append(row if count[row.key] == 1 else replace(row, key=f"{row.key}#{count[row.key]}"))
    return tuple(rows)


def records_of(area: str, site: Any, *, source: str, at: datetime) -> tuple[Record, ...]:
    """Everything an area's site holds, as records."""
    rows = [settings_record(area, site.settings, source=source, at=at)]
    for kind, table in tables_of(area).items():
        rows += records_for(kind, getattr(site, table.attribute), source=source, at=at)
    return tuple(rows)


def settings_of(area: str, records: Iterable[Record]) -> Any:
    """The area's settings; the defaults where none are kept."""
    files = files_of(area)
    for record in records:
        if record.kind == SETTINGS:
            return files.read_settings(str(record.payload["toml"]).encode(), "site.toml")
    return files.settings()


def site_of(area: str, records: Iterable[Record]) -> Any:
    """The area's site that the records say; cancelled ones are left out."""
    rows = tuple(record for record in records if not record.is_cancelled)
    tables = tables_of(area)
    by_attribute: dict[str, list[Any]] = {}
    for row in rows:
        if row.kind in tables:
            value = _adapter(row.kind).validate_python(row.payload)
            by_attribute.setdefault(tables[row.kind].attribute, []).append(value)
    values = {name: tuple(found) for name, found in by_attribute.items()}
    return files_of(area).site(settings=settings_of(area, rows), **values)
