"""Calendar days as half-open ranges, counted from today by the hospital's conventions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, rrule

from llm_planner.context import Context, DayParts

Range = tuple[date, date]
"""First day and the day after the last."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What times are read against."""

    now: datetime
    parts: DayParts
    holidays: tuple[tuple[tuple[str, ...], Range], ...]

    @property
    def today(self) -> date:
        """The day of now."""
        return self.now.date()

    def holiday(self, name: str) -> Range | None:
        """The days off of that name."""
        return next((span for names, span in self.holidays if name in names), None)


def moment_of(context: Context) -> Moment:
    """The moment of a context. Its own holidays stand; the country's official table fills in what it does not name."""
    own = tuple(
        (
            tuple({part for name in day.names for part in (name.lower(), name.removesuffix("节").lower())}),
            (day.first, day.last + timedelta(days=1)),
        )
        for day in context.holidays
    )
    return Moment(
        context.now, context.parts, own + _official(context.now.date(), {name for names, _ in own for name in names})
    )


_OFFICIAL = {
    "Spring Festival": ("春节", "spring festival", "chinese new year"),
    "Tomb-sweeping Day": ("清明", "qingming"),
    "Labour Day": ("劳动节", "五一", "labour day", "labor day", "may day"),
    "Dragon Boat Festival": ("端午", "dragon boat festival"),
    "National Day": ("国庆", "十一假期", "national day"),
    "Mid-autumn Festival": ("中秋", "mid-autumn festival"),
    "New Year's Day": ("元旦", "new year's day"),
}


def _official(today: date, known: set[str]) -> tuple[tuple[tuple[str, ...], Range], ...]:
    """The next official days off by the national table; none for years it does not hold."""
    import chinese_calendar

    last = max(chinese_calendar.constants.holidays)
    found: dict[str, list[date]] = {}
    for moment in rrule(DAILY, dtstart=datetime.combine(today, datetime.min.time()), count=300):
        if moment.date() > last or today.year < min(chinese_calendar.constants.holidays).year:
            break
        _, name = chinese_calendar.get_holiday_detail(moment.date())
        if name in _OFFICIAL and chinese_calendar.is_holiday(moment.date()):
            found.setdefault(name, []).append(moment.date())
    spans = []
    for name, dates in found.items():
        run = [day for place, day in enumerate(dates) if (day - dates[0]).days == place]
        names = tuple(one for one in _OFFICIAL[name] if one not in known)
        if names:
            spans.append((names, (run[0], run[-1] + timedelta(days=1))))
    return tuple(spans)


def one(day: date) -> Range:
    """A single day."""
    return day, day + timedelta(days=1)


def week(today: date, shift: int) -> Range:
    """The calendar week (Monday to Sunday) so many weeks on."""
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
    return monday, monday + timedelta(weeks=1)


def weekend(today: date, shift: int) -> Range:
    """Saturday and Sunday of the week so many weeks on."""
    monday, after = week(today, shift)
    return monday + timedelta(days=5), after


def weekday(today: date, number: int, shift: int | None) -> Range:
    """A day of the week: in the week so many on, or (None, and 0 where it is past) the next one still ahead."""
    if shift is None or shift == 0:
        ahead = (number - today.weekday()) % 7
        return one(today + timedelta(days=ahead if ahead or shift == 0 else 7))
    return one(week(today, shift)[0] + timedelta(days=number))


def month(today: date, shift: int) -> Range:
    """The calendar month so many months on."""
    first = today.replace(day=1) + relativedelta(months=shift)
    return first, first + relativedelta(months=1)


def month_of(today: date, number: int) -> Range:
    """The next month of that number, this one included."""
    return month(today, (number - today.month) % 12)


def months_later(today: date, months: int) -> Range:
    """From today for so many months."""
    return today, today + relativedelta(months=months)


def quarter(today: date, shift: int) -> Range:
    """The calendar quarter so many on."""
    first = today.replace(day=1, month=(today.month - 1) // 3 * 3 + 1) + relativedelta(months=3 * shift)
    return first, first + relativedelta(months=3)


def year(today: date) -> Range:
    """This calendar year."""
    return date(today.year, 1, 1), date(today.year + 1, 1, 1)


def date_of(today: date, *, day: int, month: int | None = None, year: int | None = None) -> Range | None:
    """The day of a month; what is not said is the next such day ahead. None where there is no such day."""
    try:
        if month is None:
            this = today.replace(day=day) if day <= month_days(today) else None
            return (
                one(this)
                if this is not None and this >= today
                else one((today.replace(day=1) + relativedelta(months=1)).replace(day=day))
            )
        found = date(year or today.year, month, day)
    except ValueError:
        return None
    if year is None and found < today - timedelta(days=90):
        found = found.replace(year=found.year + 1)
    return one(found)


def month_days(today: date) -> int:
    """Days of the month of a day."""
    return (month_after(today) - today.replace(day=1)).days


def month_after(today: date) -> date:
    """The first day of the month after."""
    return today.replace(day=1) + relativedelta(months=1)
