"""An area's sample, moved by whole weeks so that its Monday is this week's."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hospital.errors import BadInput
from planning.areas import area_of

SAMPLE_SITE = "sample"
_BEGINS = time(7)
"""When the sample hospital's Monday begins, where an area's sample does not say."""


def sample_site(area: str, name: str, now: datetime) -> Any:
    """The area's sample of that name in the week of ``now`` (the Monday of its first day becomes this week's), its own time standing
    still on that Monday morning as in all areas of one hospital. Raises BadInput for another name."""
    there = area_of(area)
    if name not in there.samples:
        raise BadInput("unknown_sample", found=name, expected=", ".join(there.samples))
    site = there.sample(name)
    first = date.fromisoformat(site.settings.first_day)
    zone = ZoneInfo(site.settings.timezone)
    days = _monday(now.astimezone(zone).date()) - _monday(first)
    own = site.settings.now or datetime.combine(first, _BEGINS, zone)
    settings = replace(site.settings, first_day=(first + days).isoformat(), now=_later(own, days))
    rows = {
        field.name: tuple(_later(row, days) for row in getattr(site, field.name))
        for field in fields(site)
        if field.name != "settings"
    }
    return replace(site, settings=settings, **rows)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _later(value: Any, days: timedelta) -> Any:
    """A value with every date and time in it moved by whole days (wall clock kept)."""
    if isinstance(value, datetime | date):
        return value + days
    if isinstance(value, tuple):
        return tuple(_later(item, days) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        found = {field.name: getattr(value, field.name) for field in fields(value)}
        moved = {name: _later(item, days) for name, item in found.items()}
        return replace(value, **{name: item for name, item in moved.items() if item is not found[name]})
    return value
