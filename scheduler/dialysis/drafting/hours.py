"""Shifts, stations and nurses of the horizon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from hospital.clock import Clock, Span, merge
from scheduler.dialysis.drafting.draft import Draft
from scheduler.dialysis.problem import Nurses, Release, Shift, Station


def shifts(draft: Draft) -> Iterator[Shift]:
    """The shifts of each day in order: those of its date where there are any, else of its weekday, on holidays only the named ones."""
    site, clock = draft.site, draft.clock
    holidays = {holiday.day: holiday.shifts for holiday in site.holidays}
    for day in range(clock.num_days):
        when = clock.first_day + timedelta(days=day)
        rows = [hours for hours in site.shifts if hours.day == when]
        if not rows:
            rows = [hours for hours in site.shifts if hours.day is None and hours.weekday == when.weekday()]
        for hours in sorted(rows, key=lambda row: row.from_min):
            if hours.name in holidays.get(when, (hours.name,)) and (day, hours.name) not in draft.no_shift:
                start, end = clock.minute_on(day, hours.from_min), clock.minute_on(day, hours.to_min)
                yield Shift(name=hours.name, day=day, start=start, end=end, every=hours.every_min)


def stations(draft: Draft) -> Iterator[Station]:
    """Every station with its closures (its own, its loop's, and downtime) and releases."""
    site, clock = draft.site, draft.clock
    for station in site.stations:
        names = {station.id, station.loop} - {""}
        closed = [_span(clock, entry.start, entry.end) for entry in site.closures if entry.resource in names]
        closed += [span for name in sorted(names) for span in draft.downtime.get(name, ())]
        releases = tuple(
            Release(entry.zone, *_span(clock, entry.start, entry.end), entry.by)
            for entry in site.releases
            if entry.station == station.id
        )
        yield Station(
            id=station.id,
            zone=station.zone,
            is_hdf=station.is_hdf,
            has_bed=station.has_bed,
            closed=merge(closed),
            releases=tuple(release for release in releases if release.start < release.end),
        )


def nurses(draft: Draft, of: Sequence[Shift]) -> Iterator[Nurses]:
    """Nurses of every shift that takes place, by its weekday's roster, more or fewer as changes say; never less than none."""
    site, clock = draft.site, draft.clock
    for shift in of:
        weekday = (clock.first_day + timedelta(days=shift.day)).weekday()
        on_duty, on_call = Counter[str](), Counter[str]()
        for duty in site.nurses:
            if duty.weekday == weekday and duty.shift == shift.name:
                on_duty[duty.skill] += duty.on_duty
                on_call[duty.skill] += duty.on_call
        for skill, start, end, more in draft.nurses:
            if start <= shift.start < end:
                on_duty[skill] += more
        for skill, count in on_duty.items():
            yield Nurses(skill=skill, start=shift.start, end=shift.end, on_duty=max(count, 0), on_call=on_call[skill])


def _span(clock: Clock, start: datetime, end: datetime) -> Span:
    return max(clock.minute(start), 0), min(clock.minute(end), clock.end)
