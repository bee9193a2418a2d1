"""site.toml: the hospital's settings. Unknown keys and impossible values are refused by name."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hospital.clock import localise
from hospital.errors import BadInput, BadSettings
from hospital.requests import Mobility
from hospital.sites import SiteSettings
from intake.charset import decode
from intake.times import iso

_NAME = "site.toml"
_KEYS = tuple(field.name for field in fields(SiteSettings))
_WHOLE = {
    "grid_min": (1, 60),
    "num_days": (1, 92),
    "fasting_before_min": (0, 1440),
    "cleaning_min": (0, 480),
    "travel_min": (0, 1440),
}
_TEXTS = ("id", "name_en", "name_zh", "preset")
_QUANTILES = ("median", "p90")


def read_settings(content: bytes, where: str = _NAME) -> SiteSettings:
    """The settings in a site.toml. Raises BadInput (not TOML) or BadSettings naming the key, what it may be and what was found."""
    text = decode(content, where).text
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise BadInput("bad_toml", where=where, found=str(problem)) from None
    for key in table:
        if key not in _KEYS:
            raise BadSettings("unknown_key", where=where, found=key, expected=", ".join(_KEYS))
    values = {key: _value(key, value) for key, value in table.items()}
    settings = SiteSettings(**values)
    now = None if settings.now is None else localise(settings.now, settings.timezone)
    return SiteSettings(**values | {"now": now})


def _value(key: str, value: Any) -> Any:
    """One checked value."""
    if key in _WHOLE:
        return _whole(key, value, *_WHOLE[key])
    if key in _TEXTS:
        return value if isinstance(value, str) and value.strip() else _refuse(key, "text", value)
    match key:
        case "timezone":
            return _zone(value)
        case "first_day":
            return _first_day(value)
        case "now":
            return _now(value)
        case "notice_h":
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            return float(value) if is_number and 0 <= value <= 720 else _refuse(key, "0-720", value)
        case "duration_quantile":
            return value if value in _QUANTILES else _refuse(key, ", ".join(_QUANTILES), value)
        case "weights":
            return _weights(value)
    return _walk(value)


def _refuse(key: str, expected: str, found: object) -> Any:
    raise BadSettings("bad_setting", where=f"{_NAME} {key}", expected=expected, found=str(found)[:80])


def _whole(key: str, value: Any, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        _refuse(key, f"{low}-{high}", value)
    if key == "grid_min" and 60 % value:
        _refuse(key, "1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60", value)
    return int(value)


def _zone(value: Any) -> str:
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError, AttributeError):
        _refuse("timezone", "Asia/Shanghai, Europe/Berlin, UTC ...", value)
        raise


def _first_day(value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if value == "":
        return ""
    try:
        return date.fromisoformat(value).isoformat()
    except (ValueError, TypeError):
        return str(_refuse("first_day", "2026-03-02", value))


def _now(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value
    try:
        return datetime.fromisoformat(value)
    except (ValueError, TypeError):
        _refuse("now", "2026-03-02T07:00:00+08:00", value)
        raise


def _weights(value: Any) -> MappingProxyType[str, float]:
    if not isinstance(value, dict):
        _refuse("weights", "[weights] name = 1.0", value)
    for name, weight in value.items():
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight < 1e9:
            _refuse(f"weights.{name}", "0-", weight)
    return MappingProxyType({name: float(weight) for name, weight in value.items()})


def _walk(value: Any) -> MappingProxyType[str, int]:
    names = [mobility.value for mobility in Mobility]
    if not isinstance(value, dict) or set(value) - set(names):
        _refuse("walk_min", ", ".join(names), value)
    given = {name: _whole(f"walk_min.{name}", minutes, 0, 480) for name, minutes in value.items()}
    return MappingProxyType({**SiteSettings().walk_min, **given})


def settings_toml(settings: SiteSettings) -> str:
    """The settings as a site.toml that ``read_settings`` reads back equal; defaults are written out too."""
    lines = []
    for key in _KEYS:
        value = getattr(settings, key)
        if key not in ("weights", "walk_min") and value is not None:
            lines.append(f"{key} = {_toml(value)}")
    for key, table in (("walk_min", settings.walk_min), ("weights", settings.weights)):
        if table:
            lines += ["", f"[{key}]", *(f"{name} = {_toml(value)}" for name, value in table.items())]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, datetime):
        return iso(value) if value.second or value.microsecond else value.isoformat(timespec="seconds")
    if isinstance(value, time | int | float):
        return repr(value)
    escaped = "".join(f"\\u{ord(char):04X}" if char < " " or char in '"\\\x7f' else char for char in str(value))
    return f'"{escaped}"'
