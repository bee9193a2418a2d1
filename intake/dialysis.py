"""A dialysis unit's settings, and what in its data cannot work as it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from hospital.clock import localise
from hospital.dialysis import DialysisPatient, DialysisSettings, DialysisSite
from hospital.errors import BadInput, BadSettings
from hospital.requests import Mobility
from intake.charset import decode
from intake.checks import open_names
from intake.quarantine import Warned

_DATE = re.compile(r"20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def warnings_of(site: DialysisSite, files: Mapping[str, str] | None = None) -> tuple[Warned, ...]:
    """Everything accepted that cannot work as it stands: patients no station can take, closures of nothing, patients named openly."""
    names = files or {}
    patients = names.get("patients", "patients")
    return (
        *_fit_nowhere(site, patients),
        *_closing_nothing(site, names.get("station_closures", "closures")),
        *open_names([patient.id for patient in site.patients], patients),
    )


def _fit_nowhere(site: DialysisSite, file: str) -> Iterable[Warned]:
    """One warning for all whom no station of their zone suits."""
    kinds = {(station.zone, station.is_hdf, station.has_bed) for station in site.stations}
    without = [patient.id for patient in site.patients if not _is_served(patient, kinds)]
    if without and site.stations:
        yield Warned(file=file, text_id="no_station", values={"patient": without[0], "count": len(without)})


def _is_served(patient: DialysisPatient, kinds: Iterable[tuple[str, bool, bool]]) -> bool:
    is_lying = patient.mobility is Mobility.BED
    return any(zone == patient.zone and hdf >= patient.is_hdf and bed >= is_lying for zone, hdf, bed in kinds)


def _closing_nothing(site: DialysisSite, file: str) -> Iterable[Warned]:
    """A closure of what is neither a station nor a water loop."""
    known = {station.id for station in site.stations} | {station.loop for station in site.stations}
    for closure in site.closures:
        if closure.resource not in known:
            yield Warned(file=file, text_id="no_such_station", values={"resource": closure.resource})


def read_settings(content: bytes, where: str = "site.toml") -> DialysisSettings:
    """The settings of a site.toml. Raises BadInput or BadSettings naming the key."""
    try:
        table = tomllib.loads(decode(content, where).text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise BadInput("bad_toml", where=where, found=str(problem)) from None
    usual = {field.name: getattr(DialysisSettings(), field.name) for field in fields(DialysisSettings)}
    for key, value in table.items():
        if key not in usual:
            raise BadSettings("unknown_key", where=where, found=key, expected=", ".join(usual))
        if not _is_like(value, usual[key], key):
            expected = "date" if key == "now" else type(usual[key]).__name__
            raise BadSettings("bad_setting", where=f"{where} {key}", expected=expected, found=str(value)[:80])
    settings = DialysisSettings(**table)
    return settings if settings.now is None else replace(settings, now=localise(settings.now, settings.timezone))


def _is_like(value: Any, usual: Any, key: str) -> bool:
    if key == "now":
        return isinstance(value, datetime)
    if key == "timezone":
        return isinstance(value, str) and value in available_timezones()
    if key == "first_day" and value:
        return isinstance(value, str) and bool(_DATE.fullmatch(value))
    if isinstance(usual, Mapping):
        allowed = str if key == "skills" else int | float
        return isinstance(value, dict) and all(
            isinstance(part, allowed) and part is not True for part in value.values()
        )
    if isinstance(usual, int):
        is_zero_fine = key in ("turnover_min", "days_off_pattern", "soon_h")
        return type(value) is int and (value > 0 or (value == 0 and is_zero_fine))
    return isinstance(value, str)


def settings_toml(settings: DialysisSettings) -> str:
    """A site.toml that ``read_settings`` reads to the same."""
    lines, tables = [], []
    for field in fields(DialysisSettings):
        value = getattr(settings, field.name)
        if isinstance(value, Mapping):
            rows = [f"{key} = {_literal(part)}" for key, part in value.items()]
            tables += [f"\n[{field.name}]", *rows] if rows else []
        elif value not in (None, ""):
            lines.append(f"{field.name} = {_literal(value)}")
    return "\n".join([*lines, *tables]) + "\n"


def _literal(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return f'"{value}"' if isinstance(value, str) else str(value)
