"""A department as its file tells it: scanners, hours, people, and the patients who must be there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hospital.clock import Clock, Span
from hospital.requests import Mobility, RequestClass
from hospital.resources import Closure, Modality, OpeningWindow, Reservation, Scanner, Shift
from hospital.sites import ImagingSite, SiteSettings

MONDAY = date(2026, 6, 1)
"""The Monday on which every sample week begins."""
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, kw_only=True)
class Cast:
    """``count`` patients who are in the sample whatever the dice say. Minutes are counted from Monday 00:00."""

    examinations: tuple[str, ...]
    rclass: RequestClass
    ward: str
    earliest: int
    latest: int | None = None
    windows: tuple[Span, ...] = ()
    mobility: Mobility = Mobility.WALKING
    is_isolated: bool = False
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Department:
    """What there is (``site``, still without requests) and what to draw.

    ``load`` is the share of the opening minutes asked for in each modality; ``booked`` the share of each day's
    opening minutes that is already promised, Monday first.
    """

    site: ImagingSite
    load: float
    booked: tuple[float, ...]
    cast: tuple[Cast, ...]


def department(name: str) -> Department:
    """The department of that name: ``week`` or ``day``."""
    tables = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
    settings = _settings(tables["settings"])
    clock = Clock(settings.timezone, MONDAY, settings.num_days, settings.grid_min)
    site = ImagingSite(
        settings=settings,
        scanners=tuple(_scanner(table) for table in tables["scanner"]),
        opening=tuple(window for table in tables["scanner"] for window in _opening(table)),
        closures=tuple(_closure(table, clock) for table in tables.get("closure", ())),
        reservations=tuple(row for table in tables.get("reservation", ()) for row in _reservations(table)),
        shifts=tuple(shift for table in tables.get("staff", ()) for shift in _shifts(table)),
    )
    draw = tables["draw"]
    cast = tuple(_cast(table) for table in tables.get("patient", ()))
    return Department(site=site, load=draw["load"], booked=tuple(draw["booked"]), cast=cast)


def _settings(table: Mapping[str, Any]) -> SiteSettings:
    settings = SiteSettings(
        first_day=MONDAY.isoformat(), **{key: value for key, value in table.items() if key != "now"}
    )
    clock = Clock(settings.timezone, MONDAY, settings.num_days, settings.grid_min)
    return SiteSettings(first_day=MONDAY.isoformat(), **{**table, "now": _moment(table["now"], clock)})


def _scanner(table: Mapping[str, Any]) -> Scanner:
    return Scanner(
        id=table["id"],
        name=table["name"],
        modality=Modality(table["modality"]),
        field_strength_t=table.get("field_strength_t", 0.0),
        features=frozenset(table.get("features", ())),
        turnover_min=table["turnover_min"],
        overtime_max_min=table["overtime_max_min"],
    )


def _opening(table: Mapping[str, Any]) -> Iterator[OpeningWindow]:
    for days, rows in table["hours"].items():
        for weekday in _weekdays(days):
            for from_min, to_min in map(_hours, rows):
                yield OpeningWindow(scanner=table["id"], weekday=weekday, from_min=from_min, to_min=to_min)


def _closure(table: Mapping[str, Any], clock: Clock) -> Closure:
    start, end = _moment(table["from"], clock), _moment(table["to"], clock)
    return Closure(scanner=table["scanner"], start=start, end=end, reason=table["reason"])


def _reservations(table: Mapping[str, Any]) -> Iterator[Reservation]:
    for weekday in _weekdays(table["days"]):
        for from_min, to_min in map(_hours, table["hours"]):
            yield Reservation(
                scanner=table["scanner"],
                weekday=weekday,
                from_min=from_min,
                to_min=to_min,
                release_h=table["release_h"],
            )


def _shifts(table: Mapping[str, Any]) -> Iterator[Shift]:
    for row in table["shifts"]:
        from_min, to_min = _hours(row["hours"])
        for weekday in _weekdays(row["days"]):
            yield Shift(role=table["role"], weekday=weekday, from_min=from_min, to_min=to_min, count=row["count"])


def _cast(table: Mapping[str, Any]) -> Cast:
    return Cast(
        examinations=tuple(table["examinations"]),
        rclass=RequestClass(table["class"]),
        ward=table["ward"],
        earliest=_week_minute(table["earliest"]),
        latest=_week_minute(table["latest"]) if "latest" in table else None,
        windows=tuple(_window(text) for text in table.get("windows", ())),
        mobility=Mobility(table.get("mobility", "walking")),
        is_isolated=table.get("is_isolated", False),
        count=table.get("count", 1),
    )


def _weekdays(text: str) -> Iterator[int]:
    """``Mon-Fri``, ``Sat`` or ``Tue,Thu`` as weekday numbers."""
    for part in text.split(","):
        first, _, last = part.partition("-")
        yield from range(_DAYS.index(first), _DAYS.index(last or first) + 1)


def _time(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def _hours(text: str) -> Span:
    first, last = text.split("-")
    return _time(first), _time(last)


def _week_minute(text: str) -> int:
    """``Tue 13:30`` as wall-clock minutes from Monday 00:00."""
    day, time = text.split(" ")
    return _DAYS.index(day) * 1440 + _time(time)


def _window(text: str) -> Span:
    day, hours = text.split(" ")
    start, end = _hours(hours)
    return _DAYS.index(day) * 1440 + start, _DAYS.index(day) * 1440 + end


def _moment(text: str, clock: Clock) -> datetime:
    day, minute = divmod(_week_minute(text), 1440)
    return clock.moment(clock.minute_on(day, minute))
