"""What a text may speak of: the loaded data's things by id, the moment, and how the hospital reads times of day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from hospital.changes.fields import Area

Kind = Literal["resource", "staff", "ward", "facility", "base", "road", "supplier", "drug", "patient", "plan"]
KINDS: tuple[Kind, ...] = (
    "resource", "staff", "ward", "facility", "base", "road", "supplier", "drug", "patient", "plan",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One thing of the loaded data. ``names`` are all that people call it, in any language; ``area`` None where it belongs to all."""

    id: str
    kind: Kind
    names: tuple[str, ...] = ()
    area: Area | None = None
    service: str | None = None
    role: str | None = None
    specialty: str = ""
    unit: str = ""
    start: datetime | None = None
    is_planned: bool = False
    note: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayParts:
    """Hours of the day's parts, minutes since midnight; an end past 1440 is on the next day."""

    morning: tuple[int, int] = (480, 720)
    noon: tuple[int, int] = (720, 840)
    afternoon: tuple[int, int] = (720, 1080)
    evening: tuple[int, int] = (1080, 1320)
    night: tuple[int, int] = (1320, 1800)
    small_hours: tuple[int, int] = (0, 360)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """Official days off, ``last`` included."""

    names: tuple[str, ...]
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Context:
    """Everything a text is read against. ``now`` is aware."""

    now: datetime
    things: tuple[Thing, ...]
    holidays: tuple[Holiday, ...] = ()
    parts: DayParts = field(default_factory=DayParts)

    @cached_property
    def by_id(self) -> Mapping[str, Thing]:
        """The things by their id."""
        return MappingProxyType({thing.id: thing for thing in self.things})

    @cached_property
    def areas(self) -> frozenset[Area]:
        """The areas that have something loaded."""
        return frozenset(thing.area for thing in self.things if thing.area is not None)

    def of_kind(self, kind: Kind) -> tuple[Thing, ...]:
        """The things of one kind, in the data's order."""
        return tuple(thing for thing in self.things if thing.kind == kind)


_LISTS: Mapping[str, Kind] = MappingProxyType(
    {
        "resources": "resource",
        "staff": "staff",
        "wards": "ward",
        "facilities": "facility",
        "bases": "base",
        "roads": "road",
        "suppliers": "supplier",
        "drugs": "drug",
        "patients": "patient",
        "plans": "plan",
    }
)
_AREA_OF_KIND: Mapping[Kind, Area] = MappingProxyType(
    {"ward": "beds", "base": "ambulance", "road": "ambulance", "drug": "pharmacy", "supplier": "pharmacy"}
)


def context_from_json(data: Mapping[str, Any]) -> Context:
    """The context of a parsed JSON object: ``now`` (ISO 8601 with offset), one list a kind, ``holidays``."""
    things = [_thing(kind, row) for name, kind in _LISTS.items() for row in data.get(name, ())]
    return Context(
        now=datetime.fromisoformat(data["now"]),
        things=tuple(things),
        holidays=tuple(_holiday(row) for row in data.get("holidays", ())),
    )


def _thing(kind: Kind, row: Mapping[str, Any]) -> Thing:
    names: Sequence[str] = [row.get("name_zh", ""), row.get("name_en", ""), *row.get("aliases", ())]
    start = row.get("start")
    return Thing(
        id=row["id"],
        kind=kind,
        names=tuple(dict.fromkeys(name for name in names if name)),
        area=row.get("problem") or _AREA_OF_KIND.get(kind),
        service=row.get("service"),
        role=row.get("role"),
        specialty=row.get("specialty", ""),
        unit=row.get("unit", ""),
        hours=row.get("hours", ""),
        start=_moment(start),
        is_planned=bool(start or row.get("pattern") or row.get("resource_id") or row.get("ward_id")),
        note=" ".join(str(row.get(key) or "") for key in ("note", "zone", "description")).strip(),
    )


def _moment(start: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(start))
    except ValueError:
        return None


def _holiday(row: Mapping[str, Any]) -> Holiday:
    names = tuple(str(row[key]) for key in ("name_zh", "name_en") if row.get(key))
    return Holiday(names=names, first=date.fromisoformat(row["from_date"]), last=date.fromisoformat(row["until_date"]))


def day_before(moment: datetime) -> datetime:
    """Midnight at the start of the moment's day."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def days_later(moment: datetime, days: float) -> datetime:
    """So many days later on the clock."""
    return moment + timedelta(days=days)
