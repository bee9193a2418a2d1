"""The person's language, and how times and numbers are written in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hospital.texts import LANGUAGES, catalogue, say

COOKIE = "caretable_language"


def language_or_default(wanted: str | None) -> str:
    """``wanted`` where it is one of ours, else English."""
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def other_language(language: str) -> str:
    """The language the switch leads to."""
    return "en" if language == "zh" else "zh"


class Words:
    """Texts of one namespace in one language: ``words("solve")`` is the entry ``<namespace>.solve``."""

    def __init__(self, namespace: str, language: str) -> None:
        self.namespace = namespace
        self.language = language

    def __call__(self, key: str, **values: Any) -> str:
        """The text with its placeholders filled."""
        return say(f"{self.namespace}.{key}", self.language, **values)

    def known(self, key: str) -> bool:
        """True where the namespace has that entry."""
        return f"{self.namespace}.{key}" in catalogue(self.language)


def weekday(day: date, language: str) -> str:
    """Short weekday: Mon, 周一."""
    return say(f"dashboard.weekday_{day.weekday()}", language)


def day_text(day: date, language: str) -> str:
    """Weekday and date: Mon 23 Nov, 11月23日 周一."""
    month = say(f"dashboard.month_{day.month}", language)
    return say("dashboard.day", language, weekday=weekday(day, language), day=day.day, month=month)


def clock_text(when: datetime, zone: str) -> str:
    """Local time of day, 24 h: 14:05."""
    return when.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def time_text(when: datetime, zone: str, language: str) -> str:
    """Weekday, date and time of day in the site's zone."""
    local = when.astimezone(ZoneInfo(zone))
    return f"{day_text(local.date(), language)} {local:%H:%M}"


def short_time_text(when: datetime, zone: str, language: str) -> str:
    """Weekday and time of day: Mon 14:05, 周一 14:05."""
    local = when.astimezone(ZoneInfo(zone))
    return f"{weekday(local.date(), language)} {local:%H:%M}"


def hours_text(hours: float, language: str) -> str:
    """A wait in the unit a person would use: minutes, hours, or days."""
    if abs(hours) < 1:
        return say("dashboard.minutes", language, num=round(hours * 60))
    if abs(hours) < 72:
        return say("dashboard.hours", language, num=f"{hours:.0f}" if abs(hours) >= 10 else f"{hours:.1f}")
    days = hours / 24
    return say("dashboard.days", language, num=f"{days:.0f}" if abs(days) >= 10 else f"{days:.1f}")


def number_text(number: float) -> str:
    """A count or cost with thousands apart, no more decimals than help."""
    return f"{number:,.0f}" if abs(number) >= 100 or number == round(number) else f"{number:,.1f}"


def wall(when: datetime, zone: str) -> int:
    """Wall-clock time as if it were UTC, in milliseconds: what the timeline draws, whatever zone the browser is in."""
    local = when.astimezone(ZoneInfo(zone)).replace(tzinfo=ZoneInfo("UTC"))
    return int(local.timestamp() * 1000)


def unwall(milliseconds: float, zone: str) -> datetime:
    """The aware time whose wall clock the timeline shows at ``milliseconds``."""
    return datetime.fromtimestamp(milliseconds / 1000, ZoneInfo("UTC")).replace(tzinfo=ZoneInfo(zone))
