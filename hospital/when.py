"""A stretch of time as people say it, and the minutes of a horizon it stands for."""

from __future__ import annotations

from datetime import date, datetime
from math import ceil
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from hospital.clock import Clock, Span, localise, merge

Weekday = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
WEEKDAYS: tuple[Weekday, ...] = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WallTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


class When(BaseModel):
    """One-off or recurring, half open.

    One-off: aware ``start`` and ``end``, either may be absent (open); an instant is ``start`` alone, a deadline ``end``
    alone. Recurring: on ``days`` (none = every day) from ``from_time`` to ``to_time`` (an earlier ``to_time`` is
    on the next day), from ``from_date`` to ``until_date``, both included. Where both are given, they hold together.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: datetime | None = None
    end: datetime | None = None
    days: tuple[Weekday, ...] = ()
    from_time: WallTime | None = None
    to_time: WallTime | None = None
    from_date: date | None = None
    until_date: date | None = None

    @field_validator("start", "end")
    @classmethod
    def _aware(cls, moment: datetime | None, info: ValidationInfo) -> datetime | None:
        if moment is None or moment.tzinfo is not None:
            return moment
        timezone = (info.context or {}).get("timezone")
        if timezone is None:
            raise PydanticCustomError("naive_time", "a time needs an offset")
        return localise(moment, timezone)

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise PydanticCustomError("end_before_start", "the end lies before the start")
        if self.from_date is not None and self.until_date is not None and self.until_date < self.from_date:
            raise PydanticCustomError("end_before_start", "the end lies before the start")
        return self

    @property
    def is_recurring(self) -> bool:
        """True where days, hours of the day or dates are named."""
        return bool(self.days or self.from_time or self.to_time or self.from_date or self.until_date)

    @property
    def is_instant(self) -> bool:
        """True for a single moment: a start and nothing else."""
        return self.start is not None and self.end is None and not self.is_recurring

    def spans(self, clock: Clock) -> tuple[Span, ...]:
        """The minutes of the horizon it covers, sorted and disjoint; an open side reaches to the horizon's edge.

        Yesterday's night shift that ends on the first day counts too.
        """
        low = clock.minute(self.start) if self.start is not None else 0
        high = _minute_up(clock, self.end) if self.end is not None else clock.end
        if not self.is_recurring:
            return _within([(low, high)], 0, clock.end)
        daily = [span for day in range(-1, clock.num_days) if (span := self._on(clock, day)) is not None]
        return _within(daily, max(low, 0), min(high, clock.end))

    def _on(self, clock: Clock, day: int) -> Span | None:
        """The span that begins on day ``day`` of the horizon (-1 is the day before it), if any."""
        on = date.fromordinal(clock.first_day.toordinal() + day)
        if self.days and WEEKDAYS[on.weekday()] not in self.days:
            return None
        if (self.from_date is not None and on < self.from_date) or (
            self.until_date is not None and on > self.until_date
        ):
            return None
        first = minute_of_day(self.from_time) if self.from_time is not None else 0
        last = minute_of_day(self.to_time) if self.to_time is not None else 1440
        return clock.minute_on(day, first), clock.minute_on(day if last > first else day + 1, last)


def minute_of_day(wall: str) -> int:
    """Minutes since midnight of HH:MM."""
    hours, minutes = wall.split(":")
    return int(hours) * 60 + int(minutes)


def _minute_up(clock: Clock, moment: datetime) -> int:
    return ceil((moment - clock.origin).total_seconds() / 60)


def _within(spans: list[Span], low: int, high: int) -> tuple[Span, ...]:
    return merge([(max(start, low), min(end, high)) for start, end in spans])
