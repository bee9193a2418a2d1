"""Stays of a year in six wards, drawn from a seed: unplanned patients every day, planned ones on working days, few at Spring Festival."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from forecasting.bed_flow import Stay
from forecasting.calendar import Calendar, calendar_of
from simulations.dice import Dice

LAST_DAY = date(2026, 3, 22)
NUM_DAYS = 420
_PLANNED_DAYS = 14
_WARM_UP = 60


@dataclass(frozen=True, slots=True)
class SampleWard:
    """``unplanned`` and ``planned`` admissions on a usual day; stays of ``short`` or, with chance ``is_long``, ``long`` days on average."""

    name: str
    beds: int
    unplanned: float
    planned: float
    short: float
    long: float
    is_long: float


WARDS = (
    SampleWard("呼吸内科", 42, 4.6, 0.8, 5.5, 13.0, 0.25),
    SampleWard("心血管内科", 46, 4.1, 2.2, 4.5, 11.0, 0.25),
    SampleWard("神经内科", 40, 3.3, 0.9, 6.5, 16.0, 0.3),
    SampleWard("普通外科", 48, 3.0, 4.2, 4.0, 9.0, 0.35),
    SampleWard("骨科", 44, 2.1, 3.4, 5.0, 12.0, 0.3),
    SampleWard("重症医学科", 18, 1.9, 0.5, 3.5, 12.0, 0.3),
)


@dataclass(frozen=True, slots=True)
class SampleBeds:
    """The ``stays`` known on the evening of LAST_DAY, and the ``planned`` admissions after it: (ward, day, number)."""

    stays: tuple[Stay, ...]
    planned: tuple[tuple[str, date, int], ...]


def wards(seed: int = 1, *, num_days: int = NUM_DAYS) -> SampleBeds:
    """The sample of that seed."""
    dice, calendar = Dice(seed), calendar_of("CN")
    first = LAST_DAY - timedelta(days=num_days - 1)
    stays: list[Stay] = []
    planned: list[tuple[str, date, int]] = []
    for ward in WARDS:
        for back in range(num_days + _WARM_UP + _PLANNED_DAYS):
            day = first - timedelta(days=_WARM_UP) + timedelta(days=back)
            if day > LAST_DAY:
                num = _drawn(dice, ward.planned * _open(calendar, day))
                planned += [(ward.name, day, num)] if num else []
                continue
            stays += [s for s in _admitted(dice, ward, day, calendar) if s.discharged is None or s.discharged > first]
    return SampleBeds(
        tuple(sorted(stays, key=lambda s: (s.admitted, s.ward, s.discharged or date.max))), tuple(planned)
    )


def _admitted(dice: Dice, ward: SampleWard, day: date, calendar: Calendar) -> Iterator[Stay]:
    winter = 1.15 if day.month in (12, 1, 2) else 1.0
    festival = 0.7 if calendar.holiday(day) else 1.0
    for is_planned, rate in ((False, ward.unplanned * winter * festival), (True, ward.planned * _open(calendar, day))):
        for _ in range(_drawn(dice, rate)):
            mean = ward.long if dice.chance(ward.is_long) else ward.short
            out = _leaves(dice, day, mean, calendar)
            yield Stay(ward=ward.name, admitted=day, discharged=out if out <= LAST_DAY else None, is_planned=is_planned)


def _open(calendar: Calendar, day: date) -> float:
    """Share of a usual day's planned admissions: none on holidays, few at weekends."""
    if calendar.is_working(day):
        return 1.3
    return 0.0 if calendar.holiday(day) else 0.2


def _leaves(dice: Dice, day: date, mean: float, calendar: Calendar) -> date:
    """Each day from the first one on with the same chance, half of it on days nobody works, more before a long holiday."""
    chance = 1 / mean
    for step in range(1, 120):
        today = day + timedelta(days=step)
        is_eve = bool(calendar.holiday(today + timedelta(days=2))) and not calendar.holiday(today)
        factor = 1.6 if is_eve else 1.15 if calendar.is_working(today) else 0.55
        if dice.chance(min(chance * factor, 0.95)):
            return today
    return day + timedelta(days=120)


def _drawn(dice: Dice, rate: float) -> int:
    """How many come: forty chances of a fortieth of the rate each."""
    return sum(dice.chance(rate / 40) for _ in range(40))
