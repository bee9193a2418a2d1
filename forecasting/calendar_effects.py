"""What the calendar does to demand: working days of a month or week, holidays by name and nearness, the time of the year.

Effects are learnt from all series together (a single series sees Christmas once a year) and each series keeps as much of its
own as stands out of the noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from forecasting.calendar import Calendar
from forecasting.frequency import Frequency
from forecasting.panel import Floats, Truths

_HARMONICS = 8
_RECENT_YEARS = 3
_YEAR = 365.25
_LONGEST_HOLIDAY = 12
_SATURDAY = 5
_MOST_ELASTICITY = 1.2
_PENALTIES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)


def working_day_effect(
    values: Floats, dates: Sequence[date], frequency: Frequency, calendar: Calendar, season: int
) -> Floats:
    """[T + horizon] effect of each month's or week's working days on the log scale: elasticity times their log share.

    ``values``: [n, T]; ``dates``: those of the past and of the horizon. The elasticity is regressed over all series, each
    weighted by how little it scatters, on changes against the same month a year before; 0 where the past is too short.
    """
    share = np.log(np.maximum([calendar.num_working(day, frequency) for day in dates], 1.0))
    share = share - share.mean()
    num_dates = values.shape[1]
    if num_dates < 2 * season + 6:
        return np.zeros(len(dates))
    known = share[:num_dates]
    change = np.diff(known[season:] - known[:-season])
    changes = np.diff(values[:, season:] - values[:, :-season], axis=1)
    weights = 1 / np.maximum(changes.var(axis=1), 1e-9)
    common = weights @ (changes - changes.mean(axis=1, keepdims=True)) / weights.sum()
    change = change - change.mean()
    size = float(change @ change)
    elasticity = float(common @ change) / size if size > 1e-9 else 0.0
    return np.asarray(np.clip(elasticity, 0.0, _MOST_ELASTICITY) * share)


def day_effects(
    values: Floats, known: Truths, dates: Sequence[date], calendar: Calendar, *, season: int, reach: int
) -> Floats:
    """[n, T + horizon] effect of holidays and of the time of the year on each day, on the scale of ``values`` [n, T].

    ``reach``: days before and after a holiday that may differ from others.
    """
    num_dates = values.shape[1]
    features, groups = _features(dates, num_dates, calendar, reach)
    if features.shape[1] == 0:
        return np.zeros((len(values), len(dates)))
    target = _without_level(values, known, season)
    own_weights = known.astype(float)
    weights = 1 / np.maximum((target**2 * own_weights).sum(axis=1) / np.maximum(own_weights.sum(axis=1), 1), 1e-9)
    total = (weights[:, None] * own_weights).sum(axis=0)
    common = (weights[:, None] * own_weights * target).sum(axis=0) / np.maximum(total, 1e-12)
    past = features[:num_dates]
    is_seen = total > 0
    penalty = _best_penalty(past[is_seen], common[is_seen], groups)
    shared = _ridge(past[is_seen], common[is_seen][:, None], groups * penalty)[:, 0]
    base = features @ shared
    own = _own_part(target, own_weights, base[:num_dates])
    return np.asarray(own[:, None] * base[None])


def _own_part(target: Floats, weights: Floats, base: Floats) -> Floats:
    """[n]: how strongly each series follows the common effects; 1 where its own data do not say otherwise."""
    size = (weights * base**2).sum(axis=1)
    slope = (weights * base * target).sum(axis=1) / np.maximum(size, 1e-12)
    rest = (weights * (target - slope[:, None] * base) ** 2).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
    errors = rest / np.maximum(size, 1e-12)
    spread = max(float(np.median((slope - 1) ** 2 - errors)), 0.0)
    return np.asarray(1 + (slope - 1) * spread / (spread + errors + 1e-12))


def _features(dates: Sequence[date], num_past: int, calendar: Calendar, reach: int) -> tuple[Floats, Floats]:
    """Columns [T + horizon, p] and the relative penalty of each."""
    columns: list[Floats] = []
    penalties: list[float] = []
    if calendar.country or calendar.closures:
        for at in _near_holidays(dates, calendar, reach).values():
            column = np.zeros(len(dates))
            column[at] = 1.0
            if column[:num_past].any():
                columns.append(column)
                penalties.append(1.0)
    if (dates[num_past - 1] - dates[0]).days >= 2 * _YEAR - 2:
        angle = 2 * np.pi * np.array([day.timetuple().tm_yday for day in dates]) / _YEAR
        since = dates[num_past - 1] - timedelta(days=round(_RECENT_YEARS * _YEAR))
        spans = [np.ones(len(dates))]
        if dates[0] < since - timedelta(days=int(_YEAR)):  # the course of the year drifts: recent years may differ
            spans.append(np.array([float(day > since) for day in dates]))
        for span in spans:
            for harmonic in range(1, _HARMONICS + 1):
                columns += [span * np.sin(harmonic * angle), span * np.cos(harmonic * angle)]
                penalties += [float(harmonic)] * 2
    found = np.stack(columns, axis=1) if columns else np.zeros((len(dates), 0))
    return found, np.array(penalties)


def _near_holidays(dates: Sequence[date], calendar: Calendar, reach: int) -> dict[str, list[int]]:
    """Where each kind of day lies among the dates: days of a holiday by their number, days before and after the nearest one.

    A day belongs to one kind only, so that no two effects share it.
    """
    first, last = dates[0] - timedelta(days=reach + _LONGEST_HOLIDAY), dates[-1] + timedelta(days=reach)
    span = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    names = [calendar.holiday(day) for day in span]
    tags = [""] * len(span)
    for distance in range(reach, 0, -1):  # the nearest is written last
        for at, name in enumerate(names):
            if name and at >= distance and not names[at - distance]:
                tags[at - distance] = f"{distance} before {name}"
        for at, name in enumerate(names):
            if name and at + distance < len(span) and not names[at + distance]:
                tags[at + distance] = f"{distance} after {name}"
    number = 0
    for at, name in enumerate(names):
        number = number + 1 if at and name and names[at - 1] == name else 0
        if name:
            tags[at] = f"{number} {name}"
        elif span[at].weekday() >= _SATURDAY and calendar.is_working(span[at]):
            tags[at] = "make-up working day"
    place = {day: at for at, day in enumerate(dates)}
    found: dict[str, list[int]] = {}
    for day, tag in zip(span, tags, strict=True):
        if tag and day in place:
            found.setdefault(tag, []).append(place[day])
    return found


def _without_level(values: Floats, known: Truths, season: int) -> Floats:
    """Values less their slow level and weekly pattern, both of known days."""
    # a year's own waves belong to the effects: where years are seen, only what is slower than a year is taken off
    window = int(_YEAR) if values.shape[1] >= 2 * int(_YEAR) else 8 * season
    rest = np.where(known, values - _around(values, known, window), 0.0)
    weight = known.astype(float)
    for at in range(season):
        share = weight[:, at::season]
        rest[:, at::season] -= (rest[:, at::season].sum(axis=1) / np.maximum(share.sum(axis=1), 1.0))[:, None]
    return np.where(known, rest, 0.0)


def _around(values: Floats, known: Truths, window: int) -> Floats:
    """Mean of the known values within half a window of each date."""
    dates = values.shape[1]
    low = np.maximum(np.arange(dates) - window // 2, 0)
    high = np.minimum(np.arange(dates) + window // 2 + 1, dates)
    sums, counts = (
        np.cumsum(np.pad(cells, ((0, 0), (1, 0))), axis=1)
        for cells in (np.where(known, values, 0.0), known.astype(float))
    )
    return np.asarray((sums[:, high] - sums[:, low]) / np.maximum(counts[:, high] - counts[:, low], 1.0))


def _ridge(features: Floats, target: Floats, penalties: Floats) -> Floats:
    return np.asarray(np.linalg.solve(features.T @ features + np.diag(penalties), features.T @ target))


def _best_penalty(features: Floats, target: Floats, penalties: Floats) -> float:
    """The ridge penalty with the least generalised cross-validation error (Golub, Heath and Wahba, 1979)."""
    inner, cross = features.T @ features, features.T @ target

    def score(penalty: float) -> float:
        solved = np.linalg.solve(inner + np.diag(penalties * penalty), np.c_[inner, cross])
        freedom = float(np.trace(solved[:, :-1]))
        errors = target - features @ solved[:, -1]
        return float(errors @ errors) / max(len(target) - freedom, 1.0) ** 2

    return min(_PENALTIES, key=score)
