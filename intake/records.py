"""A row's values to hospital types, after the checks that one row can answer for itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hospital.plans import Appointment, AppointmentStatus, Booking
from hospital.requests import Examination, Mobility, Request, RequestClass
from hospital.resources import Closure, ClosureKind, Modality
from intake.fields import Table
from intake.quarantine import Refused
from intake.times import clock_time, iso

Record = dict[str, Any]
OF_BOOKING = ("is_locked", "status", "late_min")
"""Columns that belong to the booking itself; the others are its appointment's."""

_ENUMS: Mapping[str, Mapping[str, type]] = {
    "scanners": {"modality": Modality},
    "closures": {"kind": ClosureKind},
    "examinations": {"modality": Modality},
    "requests": {"rclass": RequestClass, "mobility": Mobility},
}


def built(table: Table, record: Record) -> tuple[Any, ...]:
    """The hospital values of one row: one, or one for each weekday named. Raises Refused for what contradicts itself."""
    if table.make is not None:
        return table.make(table, record)
    for attribute, enum in _ENUMS.get(table.kind, {}).items():
        if attribute in record:
            record[attribute] = enum(record[attribute])
    match table.kind:
        case "requests":
            return (_request(record),)
        case "examinations":
            return (_examination(record),)
        case "closures":
            return (_closure(record),)
        case "opening" | "reservations" | "staff":
            return daily(table, record)
        case "scanners":
            record["features"] = frozenset(record.get("features", ()))
    return (table.type(**record),)


def _request(record: Record) -> Request:
    request = Request(**record)
    for field, when in (("target", request.target), ("latest", request.latest)):
        if when is not None and when < request.earliest:
            raise Refused(
                "not_before",
                iso(when),
                field=field,
                other="intake.column.requests.earliest",
                limit=iso(request.earliest),
            )
    return request


def booking(table: Table, record: Record) -> tuple[Any, ...]:
    """A promised appointment. Raises Refused."""
    if "status" in record:
        record["status"] = AppointmentStatus(record["status"])
    extra = {name: record.pop(name) for name in OF_BOOKING if name in record}
    appointment = Appointment(**record)
    if appointment.end <= appointment.start:
        limit = iso(appointment.start)
        raise Refused(
            "after", iso(appointment.end), field="end", other=f"intake.column.{table.kind}.start", limit=limit
        )
    return (Booking(appointment=appointment, **extra),)


def _examination(record: Record) -> Examination:
    for name in ("features", "tags"):
        record[name] = frozenset(record.get(name, ()))
    record.setdefault("p90_min", record["median_min"])
    if record["p90_min"] < record["median_min"]:
        other, limit = "intake.column.examinations.median_min", record["median_min"]
        raise Refused("at_least", record["p90_min"], field="p90_min", other=other, limit=limit)
    return Examination(**record)


def _closure(record: Record) -> Closure:
    record.setdefault("end", None)
    closure = Closure(**record)
    if closure.end is not None and closure.end <= closure.start:
        limit = iso(closure.start)
        raise Refused("after", iso(closure.end), field="end", other="intake.column.closures.start", limit=limit)
    return closure


def daily(table: Table, record: Record) -> tuple[Any, ...]:
    """Weekday rows become one value for each weekday; a row names weekdays or a date, never both. Raises Refused."""
    weekdays = record.pop("weekday", ())
    if bool(weekdays) == ("day" in record):
        raise Refused("weekday_or_day", record.get("day"), field="weekday")
    if record["to_min"] <= record["from_min"]:
        found = clock_time(record["to_min"])
        raise Refused("after_time", found, field="to", other=f"intake.column.{table.kind}.from")
    if record.get("is_extra") and weekdays:
        raise Refused("extra_needs_day", "yes", field="is_extra")
    if weekdays:
        return tuple(table.type(weekday=weekday, **record) for weekday in weekdays)
    return (table.type(**record),)


def spanned(table: Table, record: Record) -> tuple[Any, ...]:
    """A row from ``start`` to a later ``end``. Raises Refused."""
    if record["end"] <= record["start"]:
        other, limit = f"intake.column.{table.kind}.start", iso(record["start"])
        raise Refused("after", iso(record["end"]), field="end", other=other, limit=limit)
    return (table.type(**record),)
