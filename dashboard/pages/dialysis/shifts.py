"""The shifts of a day and what is needed in them, read from a plan page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from zoneinfo import ZoneInfo

from planning.areas.dialysis_views import shift_name
from planning.views import AppointmentView, PlanPage

CLOSED = ("maintenance", "downtime", "holiday")


@dataclass(frozen=True, slots=True)
class ShiftView:
    """One shift of a day: nurses ``needed`` by ratio and ``on_duty`` (None where no roster says)."""

    name: str
    start: datetime
    end: datetime
    needed: float = 0.0
    on_duty: float | None = None

    @property
    def nurses(self) -> tuple[int, int]:
        """Whole nurses needed and on duty."""
        return ceil(self.needed - 1e-9), int(self.on_duty or 0)

    @property
    def is_short(self) -> bool:
        """True where more nurses are needed than are there."""
        return self.on_duty is not None and self.needed > self.on_duty

    def title(self, language: str) -> str:
        """The shift in words."""
        return shift_name(self.name, language)


def day_of(when: datetime, page: PlanPage) -> date:
    """The local day of a moment."""
    return when.astimezone(ZoneInfo(page.timezone)).date()


def all_shifts(page: PlanPage) -> tuple[ShiftView, ...]:
    """Every shift of the horizon, in order."""
    needed: Mapping[str, float] = page.figures.get("nurses_by_shift", {})
    on_duty: Mapping[str, float] = page.figures.get("on_duty_by_shift", {})
    if not page.resources:
        return ()
    found = []
    for span in page.resources[0].spans:
        if span.kind == "open":
            key = span.start.isoformat()
            found.append(ShiftView(span.reason, span.start, span.end, needed.get(key, 0.0), on_duty.get(key)))
    return tuple(sorted(found, key=lambda shift: shift.start))


def shifts_on(page: PlanPage, day: date) -> tuple[ShiftView, ...]:
    """The shifts of one day."""
    return tuple(shift for shift in all_shifts(page) if day_of(shift.start, page) == day)


def shift_of(row: AppointmentView, shifts: tuple[ShiftView, ...]) -> ShiftView | None:
    """The shift in which an appointment begins."""
    return next((shift for shift in shifts if shift.start <= row.start < shift.end), None)
