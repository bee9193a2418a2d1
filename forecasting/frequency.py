"""Days, business days, weeks and months: how a series' dates follow one another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise

from hospital.errors import BadInput

_SATURDAY = 5


class Frequency(Enum):
    """How far apart two values are. A month is named by its first day, a week by the day the file names it by."""

    DAY = "D"
    BUSINESS_DAY = "B"
    WEEK = "W"
    MONTH = "M"

    @property
    def season(self) -> int:
        """Values until the season repeats: a week of days, a year of weeks or months."""
        return {"D": 7, "B": 5, "W": 52, "M": 12}[self.value]

    @property
    def is_daily(self) -> bool:
        """True where a value is one day's."""
        return self in (Frequency.DAY, Frequency.BUSINESS_DAY)

    def following(self, day: date, steps: int = 1) -> date:
        """The date that many values later (or, below 0, earlier)."""
        if self is Frequency.MONTH:
            month = day.year * 12 + day.month - 1 + steps
            return date(month // 12, month % 12 + 1, 1)
        if self is Frequency.BUSINESS_DAY:
            weeks, rest = divmod(day.weekday() + steps, 5)
            return day - timedelta(days=day.weekday()) + timedelta(days=7 * weeks + rest)
        return day + timedelta(days=steps * (7 if self is Frequency.WEEK else 1))

    def between(self, first: date, last: date) -> tuple[date, ...]:
        """All dates from the first to the last, both included."""
        found = [first]
        while found[-1] < last:
            found.append(self.following(found[-1]))
        return tuple(found)


def frequency_of(dates: Sequence[date]) -> Frequency:
    """The frequency that sorted, different dates show; gaps are allowed.

    Raises BadInput where fewer than two dates are there or their steps are none of day, week and month.
    """
    if len(dates) < 2:
        raise BadInput("forecast_one_date", found=len(dates))
    steps = [(after - before).days for before, after in pairwise(dates)]
    if min(steps) < 7:
        if min(steps) > 1:
            raise BadInput("forecast_uneven", found=f"{min(steps)} d")
        is_business = all(day.weekday() < _SATURDAY for day in dates) and len(dates) >= 6
        return Frequency.BUSINESS_DAY if is_business else Frequency.DAY
    if len({day.day for day in dates}) == 1 and min(steps) >= 28:
        return Frequency.MONTH
    if all(step % 7 == 0 for step in steps):
        return Frequency.WEEK
    if min(steps) >= 28 and len({(day.year, day.month) for day in dates}) == len(dates):
        return Frequency.MONTH
    raise BadInput("forecast_uneven", found=f"{min(steps)}-{max(steps)} d")
