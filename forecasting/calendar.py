"""Working days, public holidays that move, make-up working days and a hospital's own closures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from forecasting.frequency import Frequency
from hospital.errors import BadInput

_SATURDAY = 5
_CHINA = "CN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Which days people work and which are holidays.

    ``country``: ISO code, with a part after a hyphen where one has its own days (GB-ENG); "" knows weekends alone.
    ``closures``: days on which this hospital or pharmacy is closed as well.
    """

    country: str = ""
    closures: frozenset[date] = field(default_factory=frozenset)

    def holiday(self, day: date) -> str:
        """The holiday's name, "closure" on an own closure, "" on any other day."""
        if day in self.closures:
            return "closure"
        return _holidays(self.country, day.year).get(day, "") if self.country else ""

    def is_working(self, day: date) -> bool:
        """True on weekdays without a holiday and on make-up working days at a weekend."""
        if day in self.closures:
            return False
        if self.country == _CHINA:
            return _is_working_in_china(day)
        return day.weekday() < _SATURDAY and not self.holiday(day)

    def num_working(self, first: date, frequency: Frequency) -> int:
        """Working days in the day, week or month that begins then."""
        after = frequency.following(first)
        if frequency.is_daily:
            after = first + timedelta(days=1)
        return sum(self.is_working(first + timedelta(days=k)) for k in range((after - first).days))


def calendar_of(country: str = "", *, closures: Iterable[date] = ()) -> Calendar:
    """The calendar of a country. Raises BadInput for a country that is not known."""
    if country:
        _holidays(country, 2024)
    return Calendar(country=country, closures=frozenset(closures))


@cache
def _holidays(country: str, year: int) -> dict[date, str]:
    """Days off by their name; in China the days around a festival that the state gives off bear its name."""
    import holidays

    nation, _, part = country.partition("-")
    try:
        found = holidays.country_holidays(nation, subdiv=part or None, years=year, language="en_US")
    except NotImplementedError as error:
        raise BadInput("forecast_unknown_country", found=country) from error
    named = {day: _plain(name) for day, name in found.items()}
    return named if nation != _CHINA else _chinese(year, named)


def _chinese(year: int, general: dict[date, str]) -> dict[date, str]:
    """The state's own list where it is known; later years keep the general rules without make-up days."""
    import chinese_calendar

    try:
        days = chinese_calendar.get_holidays(date(year, 1, 1), date(year, 12, 31), include_weekends=False)
        return {day: chinese_calendar.get_holiday_detail(day)[1] or "holiday" for day in days}
    except NotImplementedError:
        return {day: _STATE_NAMES.get(name, name) for day, name in general.items()}


_STATE_NAMES = {
    "Chinese New Year's Eve": "Spring Festival",
    "Chinese New Year": "Spring Festival",
    "Tomb-Sweeping Day": "Tomb-sweeping Day",
    "Labor Day": "Labour Day",
    "Mid-Autumn Festival": "Mid-autumn Festival",
}
"""One festival has one name, whichever list it was read from: effects are learnt by name."""


@cache
def _is_working_in_china(day: date) -> bool:
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < _SATURDAY and day not in _holidays(_CHINA, day.year)


def _plain(name: str) -> str:
    """A holiday's name; a day off that only stands in for one at a weekend is a kind of its own."""
    if "observed" in name or "substitute" in name:
        return "Substitute day"
    return name.split("(")[0].split(";")[0].strip()
