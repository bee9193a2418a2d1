"""A pharmacy as the generic records that are kept, and back: a row each, but the issues, of which an item's whole series is one record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from hospital.pharmacy import (
    Delivery,
    Pharmacy,
    PharmacySettings,
    Step,
    StockItem,
    StockLot,
    Supplier,
    Usage,
    following,
)
from intake.pharmacy import read_settings, settings_toml
from planning.rows import Record
from planning.site_data import SETTINGS, digest

AREA = "orders"
USAGE = "drug_issues"
_KINDS: Mapping[str, tuple[str, type[Any], tuple[str, ...]]] = {
    "drug_suppliers": ("suppliers", Supplier, ("id",)),
    "drug_items": ("items", StockItem, ("id",)),
    "drug_lots": ("lots", StockLot, ("item", "lot")),
    "drug_deliveries": ("deliveries", Delivery, ("order", "item", "received")),
}
"""By kind of record: the pharmacy's field, its type, and the fields that make its key."""
_ADAPTERS: Mapping[str, TypeAdapter[Any]] = {kind: TypeAdapter(row[1]) for kind, row in _KINDS.items()}


def records_of(pharmacy: Pharmacy, *, source: str, at: datetime) -> tuple[Record, ...]:
    """All of a pharmacy as records."""
    settings = {"toml": settings_toml(pharmacy.settings)}
    found = [_record(SETTINGS, SETTINGS, settings, source=source, at=at)]
    for kind, (attribute, _, _) in _KINDS.items():
        found += rows_of(kind, getattr(pharmacy, attribute), source=source, at=at)
    return (*found, *usage_records(pharmacy.usage, source=source, at=at))


def rows_of(kind: str, values: Iterable[Any], *, source: str, at: datetime) -> list[Record]:
    """The rows of one table as records; of rows with one key the last stays."""
    keys = _KINDS[kind][2]
    found = {}
    for value in values:
        payload = _ADAPTERS[kind].dump_python(value, mode="json")
        key = "/".join(str(payload[name] or "") for name in keys)
        payload = {name: sorted(item) if isinstance(item, list) else item for name, item in payload.items()}
        found[key] = _record(kind, key, payload, source=source, at=at)
    return list(found.values())


def usage_records(usage: Usage, *, source: str, at: datetime) -> list[Record]:
    """One record an item: its series from its first day on."""
    return [
        _record(
            USAGE,
            item,
            {
                "first_day": usage.first_day.isoformat(),
                "step": usage.step.value,
                "units": [int(v) if v == int(v) else round(float(v), 4) for v in row],
            },
            source=source,
            at=at,
        )
        for item, row in zip(usage.items, usage.units, strict=True)
    ]


def pharmacy_of(records: Iterable[Record]) -> Pharmacy:
    """The pharmacy that the records say; cancelled ones are left out."""
    rows = [row for row in records if not row.is_cancelled]
    tables: dict[str, tuple[Any, ...]] = {
        attribute: tuple(_ADAPTERS[kind].validate_python(row.payload) for row in rows if row.kind == kind)
        for kind, (attribute, _, _) in _KINDS.items()
    }
    settings = next((read_settings(str(row.payload["toml"]).encode()) for row in rows if row.kind == SETTINGS), None)
    return Pharmacy(
        settings=settings or PharmacySettings(),
        table=_usage_of([row for row in rows if row.kind == USAGE]),
        **tables,
    )


def _usage_of(rows: list[Record]) -> Usage | None:
    """All series on one row of days, from the first of any to the last; of several steps the one most items have."""
    if not rows:
        return None
    steps = [str(row.payload["step"]) for row in rows]
    step = Step(max(set(steps), key=steps.count))
    rows = [row for row in rows if row.payload["step"] == step]
    firsts = [date.fromisoformat(str(row.payload["first_day"])) for row in rows]
    place: dict[date, int] = {}
    day, lengths = min(firsts), [len(row.payload["units"]) for row in rows]
    while len(place) < 1 or set(firsts) - place.keys():
        place[day] = len(place)
        day = following(day, step)
    num = max(place[first] + length for first, length in zip(firsts, lengths, strict=True))
    units = np.zeros((len(rows), num))
    for at, (row, first) in enumerate(zip(rows, firsts, strict=True)):
        begin = place[first]
        units[at, begin : begin + len(row.payload["units"])] = row.payload["units"]
    return Usage(items=tuple(row.key for row in rows), first_day=min(firsts), step=step, units=units)


def _record(kind: str, key: str, payload: dict[str, Any], *, source: str, at: datetime) -> Record:
    return Record(kind=kind, key=key[:200], payload=payload, digest=digest(payload), source=source, updated=at)
