"""When patients are sent and when they can come. Minutes are wall-clock minutes from Monday 00:00, negative before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hospital.clock import Span
from hospital.requests import RequestClass
from hospital.resources import Modality
from hospital.sites import ImagingSite
from simulations.dice import Dice
from simulations.imaging.load import clock_of, open_spans

DAY_MIN = 1440
_STEP_MIN = 5
_BACKLOG = {RequestClass.INPATIENT: 0.18, RequestClass.OUTPATIENT: 0.42, RequestClass.CHECK_UP: 0.2}
"""Share of a week's patients who are there when it begins."""
_BY_DAY: Mapping[RequestClass, tuple[float, ...]] = {
    RequestClass.EMERGENCY: (18, 17, 17, 17, 17, 14),
    RequestClass.INPATIENT: (18, 18, 18, 18, 18, 8),
    RequestClass.OUTPATIENT: (22, 21, 20, 18, 14, 5),
    RequestClass.CHECK_UP: (20, 20, 20, 18, 16, 6),
}
_BY_HOUR = (0, 0, 0, 0, 0, 0, 2, 4, 6, 7, 7, 6, 5, 5, 6, 6, 6, 6, 6, 5, 3, 0, 0, 0)
"""How many emergencies come in each hour of a day. Those of the night are examined on call, outside the plan."""
_BEFORE_CLOSING = {RequestClass.EMERGENCY: 90, RequestClass.INPATIENT: 240}
"""So many minutes before the sample closes nobody new comes: there would be no time left to examine them."""
_MORNING: Span = (7 * 60 + 30, 12 * 60)
_AFTERNOON: Span = (13 * 60, 21 * 60)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """When a patient was asked for, can come first, should have come, is gone; and the spans in which he or she is free."""

    requested: int
    earliest: int
    target: int | None = None
    latest: int | None = None
    windows: tuple[Span, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Season:
    """The open days of a sample, and the minute of the last one at which its CTs or its MRs are all closed."""

    num_days: int
    closing: int

    def last_min(self, rclass: RequestClass) -> int:
        """Minute of the last day after which nobody of a class comes."""
        return self.closing - _BEFORE_CLOSING[rclass]


def season(site: ImagingSite) -> Season:
    """The season of a site's horizon."""
    clock, spans = clock_of(site), open_spans(site)
    ends: dict[Modality, list[int]] = {Modality.CT: [], Modality.MR: []}
    for scanner in site.scanners:
        if scanner.modality in ends:
            ends[scanner.modality] += [end for _, end in spans[scanner.id]]
    last = min(max(rows) for rows in ends.values())
    day = clock.day_of(last)
    return Season(num_days=day + 1, closing=last - clock.day_starts[day])


def draw_arrival(rclass: RequestClass, *, season: Season, is_spaced: bool, is_fasting: bool, dice: Dice) -> Arrival:
    """Times as the class has them. ``is_spaced`` patients come early in the week and stay."""
    days = season.num_days
    if rclass is RequestClass.EMERGENCY:
        return _emergency(season, dice)
    day = _day(rclass, 1 if is_spaced else days, dice)
    if rclass is RequestClass.INPATIENT:
        return _inpatient(day, season, is_spaced=is_spaced, is_fasting=is_fasting, dice=dice)
    if rclass is RequestClass.CHECK_UP:
        return _check_up(day, days, is_spaced=is_spaced, dice=dice)
    return _outpatient(day, days, is_spaced=is_spaced, is_fasting=is_fasting, dice=dice)


def _day(rclass: RequestClass, days: int, dice: Dice) -> int:
    """Day of the earliest time; -1 for those who are there when the week begins."""
    if dice.chance(_BACKLOG[rclass]):
        return -1
    return dice.pick(range(days), _BY_DAY[rclass][:days])


def _between(low: int, high: int, dice: Dice) -> int:
    return low + _STEP_MIN * dice.whole(0, (high - low) // _STEP_MIN)


def _emergency(season: Season, dice: Dice) -> Arrival:
    days = season.num_days
    while True:
        day = dice.pick(range(days), _BY_DAY[RequestClass.EMERGENCY][:days])
        minute = dice.pick(range(24), _BY_HOUR) * 60 + _STEP_MIN * dice.whole(0, 11)
        if day < days - 1 or minute <= season.last_min(RequestClass.EMERGENCY):
            break
    earliest = day * DAY_MIN + minute
    return Arrival(requested=earliest - dice.whole(1, 15), earliest=earliest, latest=earliest + DAY_MIN)


def _inpatient(day: int, season: Season, *, is_spaced: bool, is_fasting: bool, dice: Dice) -> Arrival:
    last = 17 * 60
    if day == season.num_days - 1:  # the fasting ones need the last morning
        last = 9 * 60 if is_fasting else season.last_min(RequestClass.INPATIENT)
    hours = (-4 * 60, 7 * 60) if day < 0 else (7 * 60, last)
    earliest = max(day, 0) * DAY_MIN + _between(*hours, dice)
    latest = None
    if not is_spaced and dice.chance(0.35):  # discharged in the evening of that day
        latest = (max(day, 0) + dice.whole(2, 4)) * DAY_MIN + 20 * 60
    return Arrival(requested=earliest - _between(30, 20 * 60, dice), earliest=earliest, latest=latest)


def _outpatient(day: int, days: int, *, is_spaced: bool, is_fasting: bool, dice: Dice) -> Arrival:
    first = max(day, 0)
    is_early = is_fasting or day in (-1, days - 1)
    earliest = first * DAY_MIN + (8 * 60 if is_early or dice.chance(0.6) else 13 * 60)
    requested = earliest - dice.whole(2, 9) * DAY_MIN + _between(0, 8 * 60, dice)
    if is_spaced or dice.chance(0.55):
        return Arrival(requested=requested, earliest=earliest)
    if dice.chance(0.15):  # fast track: seen again by the clinic within two days
        return Arrival(requested=requested, earliest=earliest, target=earliest + 2 * DAY_MIN)
    if dice.chance(0.2):
        return Arrival(requested=requested, earliest=earliest, latest=(first + dice.whole(3, 5)) * DAY_MIN + 18 * 60)
    is_noon = earliest % DAY_MIN > 8 * 60
    hours = _MORNING if is_fasting or (not is_noon and dice.chance(0.45)) else _AFTERNOON
    free = [other for other in range(first, days) if dice.chance(0.75)] or [first]
    return Arrival(requested=requested, earliest=earliest, windows=_on(free, hours))


def _check_up(day: int, days: int, *, is_spaced: bool, dice: Dice) -> Arrival:
    first = max(day, 0)
    earliest = first * DAY_MIN + 7 * 60 + 30
    requested = earliest - dice.whole(3, 14) * DAY_MIN + _between(0, 8 * 60, dice)
    if is_spaced or dice.chance(0.6):
        return Arrival(requested=requested, earliest=earliest)
    if dice.chance(0.5):
        return Arrival(requested=requested, earliest=earliest, latest=(first + dice.whole(3, 5)) * DAY_MIN + 18 * 60)
    return Arrival(requested=requested, earliest=earliest, windows=_on(range(first, days), _MORNING))


def _on(days: range | list[int], hours: Span) -> tuple[Span, ...]:
    return tuple((day * DAY_MIN + hours[0], day * DAY_MIN + hours[1]) for day in days)
