"""The one place where aware datetimes become integer minutes of a planning horizon, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from hospital.errors import BadInput


@dataclass(frozen=True)
class Clock:
    """A horizon of whole local days.

    Minutes are elapsed minutes since local midnight of ``first_day``: a night with a clock change is 23 or 25 hours long, and
    ``day_starts`` says so.
    """

    timezone: str
    first_day: date
    num_days: int
    grid_min: int = 5

    @cached_property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.timezone)

    @cached_property
    def origin(self) -> datetime:
        """Minute 0 in UTC."""
        return datetime.combine(self.first_day, time(0), self.zone).astimezone(UTC)

    @cached_property
    def day_starts(self) -> tuple[int, ...]:
        """Minute at which each day starts; one entry more than days, the last is the horizon's end."""
        midnights = (
            datetime.combine(self.first_day + timedelta(days=day), time(0), self.zone)
            for day in range(self.num_days + 1)
        )
        return tuple(self.minute(midnight) for midnight in midnights)

    @property
    def end(self) -> int:
        """First minute after the horizon."""
        return self.day_starts[-1]

    @property
    def num_slots(self) -> int:
        """Grid slots in the horizon."""
        return self.end // self.grid_min

    def minute(self, when: datetime) -> int:
        """Elapsed minutes from the horizon's start (negative before it), rounded down.

        Raises BadInput for a naive datetime.
        """
        if when.tzinfo is None:
            raise BadInput("naive_time", found=when.isoformat())
        return int((when - self.origin).total_seconds() // 60)

    def moment(self, minute: int) -> datetime:
        """The aware local datetime of a minute."""
        return (self.origin + timedelta(minutes=minute)).astimezone(self.zone)

    def minute_on(self, day: int, minute_of_day: int) -> int:
        """Minute of the horizon at a wall-clock time of day ``day`` (0 = first)."""
        local = datetime.combine(self.first_day + timedelta(days=day), time(0), self.zone)
        wall = local.replace(hour=0, minute=0) + timedelta(minutes=minute_of_day)  # wall-clock arithmetic, zone kept
        return self.minute(wall)

    def day_of(self, minute: int) -> int:
        """Index of the local day a minute falls on (clamped to the horizon)."""
        day = min(max(minute // 1440, 0), self.num_days - 1)
        while day > 0 and minute < self.day_starts[day]:
            day -= 1
        while day < self.num_days - 1 and minute >= self.day_starts[day + 1]:
            day += 1
        return day

    def time_of_day(self, minute: int) -> int:
        """Elapsed minutes since the midnight of the minute's local day."""
        return minute - self.day_starts[self.day_of(minute)]

    def date_of(self, minute: int) -> date:
        """Local date of a minute, also outside the horizon."""
        return self.moment(minute).date()

    def round_up(self, minutes: int) -> int:
        """Minutes rounded up to the grid."""
        return -(-minutes // self.grid_min) * self.grid_min


def localise(when: datetime, zone_name: str) -> datetime:
    """A naive datetime read as the site's local time; an aware one unchanged."""
    return when if when.tzinfo is not None else when.replace(tzinfo=ZoneInfo(zone_name))


Span = tuple[int, int]
"""Half-open [start, end) in minutes."""


def merge(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Union of spans, sorted, touching ones joined, empty ones dropped."""
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def subtract(spans: Sequence[Span], holes: Sequence[Span]) -> tuple[Span, ...]:
    """Spans without the holes."""
    rest = list(merge(spans))
    for low, high in merge(holes):
        rest = [
            part
            for start, end in rest
            for part in ((start, min(end, low)), (max(start, high), end))
            if part[0] < part[1]
        ]
    return tuple(rest)


def overlap_min(span: Span, spans: Sequence[Span]) -> int:
    """Minutes of ``span`` covered by ``spans`` (which do not overlap each other)."""
    return sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in spans)
