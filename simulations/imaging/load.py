"""How much is asked of the scanners: planned minutes over opening minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from hospital.clock import Clock, Span, merge, overlap_min, subtract
from hospital.requests import Examination
from hospital.resources import Modality, OpeningWindow, Scanner
from hospital.sites import ImagingSite


def clock_of(site: ImagingSite) -> Clock:
    """The horizon a sample's settings name."""
    settings = site.settings
    return Clock(settings.timezone, date.fromisoformat(settings.first_day), settings.num_days, settings.grid_min)


def open_spans(site: ImagingSite) -> Mapping[str, tuple[Span, ...]]:
    """For each scanner its opening windows without closures, in minutes of the horizon."""
    clock = clock_of(site)
    return {
        scanner.id: subtract(_windows(site.opening, scanner, clock), _closed(site, scanner, clock))
        for scanner in site.scanners
    }


def _windows(opening: Iterable[OpeningWindow], scanner: Scanner, clock: Clock) -> tuple[Span, ...]:
    own = [window for window in opening if window.scanner == scanner.id]
    spans = []
    for day in range(clock.num_days):
        today = clock.first_day + timedelta(days=day)
        dated = [window for window in own if window.day == today]
        usual = [window for window in own if window.weekday == today.weekday()]
        rows = dated if any(not window.is_extra for window in dated) else [*usual, *dated]
        spans += [(clock.minute_on(day, row.from_min), clock.minute_on(day, row.to_min)) for row in rows]
    return merge(spans)


def _closed(site: ImagingSite, scanner: Scanner, clock: Clock) -> list[Span]:
    return [
        (clock.minute(closure.start), clock.minute(closure.end) if closure.end else clock.end)
        for closure in site.closures
        if closure.scanner == scanner.id
    ]


def open_minutes(site: ImagingSite) -> Mapping[Modality, int]:
    """Opening minutes of each modality in the horizon, closures taken off."""
    spans = open_spans(site)
    whole = (0, clock_of(site).end)
    minutes: Counter[Modality] = Counter()
    for scanner in site.scanners:
        minutes[scanner.modality] += overlap_min(whole, spans[scanner.id])
    return minutes


def planned_min(examination: Examination, site: ImagingSite) -> int:
    """Minutes an examination takes from a scanner: its median on the grid and the room turnover after it."""
    grid = site.settings.grid_min
    turnover = min(scanner.turnover_min for scanner in site.scanners if scanner.modality is examination.modality)
    return -(-examination.median_min // grid) * grid + turnover


def load(site: ImagingSite) -> Mapping[Modality, float]:
    """Planned minutes of all requests over opening minutes, for each modality. Changeovers and cleaning come on top."""
    examinations = {examination.id: examination for examination in site.examinations}
    asked: Counter[Modality] = Counter()
    for request in site.requests:
        examination = examinations[request.examination]
        asked[examination.modality] += planned_min(examination, site)
    return {modality: asked[modality] / minutes for modality, minutes in open_minutes(site).items()}
