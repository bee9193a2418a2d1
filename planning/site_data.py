"""The hospital's data as generic records: ImagingSite to rows of JSON and back, each with an id and a digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from hospital.sites import ImagingSite, SiteSettings
from intake.schema import TABLES
from intake.settings import read_settings, settings_toml
from planning.rows import Record

SETTINGS = "settings"
REQUESTS = "requests"


def digest(value: object) -> str:
    """SHA-256 of a JSON-ready value, keys sorted."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(TABLES[kind].type)


def payload_of(kind: str, value: Any) -> dict[str, Any]:
    """A hospital value as JSON; sets are sorted so that equal values have equal digests."""
    row: dict[str, Any] = _adapter(kind).dump_python(value, mode="json")
    for field in fields(value):
        if isinstance(getattr(value, field.name), frozenset):
            row[field.name] = sorted(row[field.name])
    return row


def key_of(kind: str, value: Any, payload: Mapping[str, Any]) -> str:
    """The row's id: the table's key columns, or the digest where a table has none."""
    table = TABLES[kind]
    if not table.key:
        return digest(payload)[:40]
    owner = value.appointment if kind == "booked" else value
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


def settings_record(settings: SiteSettings, *, source: str, at: datetime) -> Record:
    """The site's settings as the record that is kept."""
    payload = {"toml": settings_toml(settings)}
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


def records_of(site: ImagingSite, *, source: str, at: datetime) -> tuple[Record, ...]:
    """Everything a site holds, as records."""
    rows = [settings_record(site.settings, source=source, at=at)]
    for kind, table in TABLES.items():
        rows += records_for(kind, getattr(site, table.attribute), source=source, at=at)
    return tuple(rows)


def settings_of(records: Iterable[Record]) -> SiteSettings:
    """The site's settings; the defaults where none are kept."""
    for record in records:
        if record.kind == SETTINGS:
            return read_settings(str(record.payload["toml"]).encode())
    return SiteSettings()


def site_of(records: Iterable[Record]) -> ImagingSite:
    """The site that the records say; cancelled ones are left out."""
    rows = tuple(record for record in records if not record.is_cancelled)
    by_kind: dict[str, list[Any]] = {}
    for row in rows:
        if row.kind in TABLES:
            by_kind.setdefault(row.kind, []).append(_adapter(row.kind).validate_python(row.payload))
    tables = {TABLES[kind].attribute: tuple(values) for kind, values in by_kind.items()}
    return ImagingSite(settings=settings_of(rows), **tables)
