"""A pharmacy's settings, and what in its data cannot work as it stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from hospital.clock import localise
from hospital.errors import BadInput, BadSettings
from hospital.pharmacy import Pharmacy, PharmacySettings
from intake.charset import decode
from intake.quarantine import Refused, Warned
from intake.times import read_day


def warnings_of(site: Pharmacy, files: Mapping[str, str] | None = None) -> tuple[Warned, ...]:
    """Everything accepted that cannot work as it stands: substitutes that are no items, items that nobody asks for or stocks."""
    names = files or {}
    return tuple(_unknown_substitutes(site, names.get("drug_items", "items")))


def _unknown_substitutes(site: Pharmacy, file: str) -> Iterator[Warned]:
    known = {item.id for item in site.items}
    for item in site.items:
        if item.substitute and item.substitute not in known:
            yield Warned(file=file, text_id="no_substitute", values={"item": item.id, "substitute": item.substitute})


def read_settings(content: bytes, where: str = "site.toml") -> PharmacySettings:
    """The settings of a site.toml. Raises BadInput or BadSettings naming the key."""
    try:
        table = tomllib.loads(decode(content, where).text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise BadInput("bad_toml", where=where, found=str(problem)) from None
    usual = PharmacySettings()
    known = [field.name for field in fields(PharmacySettings)]
    for key, value in table.items():
        if key not in known:
            raise BadSettings("unknown_key", where=where, found=key, expected=", ".join(known))
        if not _is_like(key, value, getattr(usual, key)):
            expected = "date" if key == "now" else type(getattr(usual, key)).__name__
            raise BadSettings("bad_setting", where=f"{where} {key}", expected=expected, found=str(value)[:80])
    settings = PharmacySettings(**table | ({"closed": tuple(table["closed"])} if "closed" in table else {}))
    return settings if settings.now is None else replace(settings, now=localise(settings.now, settings.timezone))


def is_day(cell: Any) -> bool:
    """Whether a cell reads as a day."""
    try:
        read_day(cell)
    except Refused:
        return False
    return True


def _is_like(key: str, value: Any, usual: Any) -> bool:
    match key:
        case "now":
            return isinstance(value, datetime)
        case "timezone":
            return isinstance(value, str) and value in available_timezones()
        case "closed":
            return isinstance(value, list) and all(isinstance(day, str) and is_day(day) for day in value)
        case "num_days":
            return type(value) is int and 14 <= value <= 365
        case "month_budget":
            return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
        case "weights":
            return isinstance(value, dict) and all(type(part) in (int, float) for part in value.values())
    return isinstance(value, type(usual))


def settings_toml(settings: PharmacySettings) -> str:
    """A site.toml that ``read_settings`` reads to the same."""
    lines, tables = [], []
    for field in fields(PharmacySettings):
        value = getattr(settings, field.name)
        if isinstance(value, Mapping):
            rows = [f"{key} = {part}" for key, part in value.items()]
            tables += [f"\n[{field.name}]", *rows] if rows else []
        elif isinstance(value, tuple):
            lines.append(f"{field.name} = [{', '.join(chr(34) + day + chr(34) for day in value)}]")
        elif value is not None:
            is_text = isinstance(value, str)
            lines.append(f'{field.name} = "{value}"' if is_text else f"{field.name} = {_plain(value)}")
    return "\n".join([*lines, *tables]) + "\n"


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
