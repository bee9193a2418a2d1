"""What holds on weekdays or dates, as days and minutes of a horizon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Protocol

from hospital.clock import Clock, Span


class Timed(Protocol):
    """Holds from ``from_min`` to ``to_min`` (minutes of the day) on a weekday (0 = Monday), or on one date."""

    @property
    def weekday(self) -> int | None:
        """The weekday, None where a date is named."""

    @property
    def day(self) -> date | None:
        """The date, None where a weekday is named."""

    @property
    def from_min(self) -> int:
        """First minute of the day."""

    @property
    def to_min(self) -> int:
        """The minute after the last."""


def on_days(timed: Timed, clock: Clock) -> Iterator[tuple[int, Span]]:
    """The days of the horizon on which it holds, each with its span."""
    for day in range(clock.num_days):
        on = clock.first_day + timedelta(days=day)
        holds = on == timed.day if timed.day is not None else on.weekday() == timed.weekday
        if holds and timed.from_min < timed.to_min:
            yield day, (clock.minute_on(day, timed.from_min), clock.minute_on(day, timed.to_min))
