"""The models that are tried on every panel, and what each says of the dates to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

import numpy as np

from forecasting.calendar import Calendar
from forecasting.calendar_effects import day_effects, working_day_effect
from forecasting.frequency import Frequency
from forecasting.models import levels, seasons
from forecasting.models.fit import Model
from forecasting.panel import Floats, Truths
from forecasting.regressors import regressor_effect
from forecasting.seasonality import seasonal_effects

_WIDE, _NARROW = 8, 2
"""Days around a holiday."""
_LONGEST_LEVEL = 730
"""Dates of history that a level is learnt from: what lies further back only costs time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is the same for every origin: ``dates`` of past and horizon, ``season``, how many models are tried, and
    ``regressors``: [n or 1, T + horizon] each, as regressors.known_futures makes them."""

    dates: tuple[date, ...]
    frequency: Frequency
    season: int
    calendar: Calendar
    is_quick: bool
    regressors: tuple[Floats, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the calendar's effects: from how many dates of the past, and how many days around a holiday count."""

    name: str
    num_dates: int
    reach: int


def candidates(values: Floats, known: Truths, horizon: int, setting: Setting) -> Mapping[str, Floats]:
    """Model -> point forecasts [n, horizon] on the scale of ``values`` [n, T], which have no holes."""
    found: dict[str, Floats] = {}
    num_dates = values.shape[1]
    for reading in _readings(setting, num_dates):
        first = num_dates - reading.num_dates
        dates = setting.dates[first : num_dates + horizon]
        effect = _calendar_effect(values[:, first:], known[:, first:], dates, setting, reading)
        if setting.regressors:
            moving = [regressor[:, first : num_dates + horizon] for regressor in setting.regressors]
            plain = values[:, first:] - effect[:, : reading.num_dates]
            effect = effect + regressor_effect(plain, known[:, first:], moving, setting.season)
        _without_calendar(found, values[:, first:], known[:, first:], effect, setting, reading.name)
    return found


def _without_calendar(
    found: dict[str, Floats], values: Floats, known: Truths, effect: Floats, setting: Setting, reading: str
) -> None:
    """Add what each model says once the calendar's ``effect`` [n or 1, T + horizon] is taken off."""
    num_dates, season = values.shape[1], setting.season
    plain, coming = values - effect[:, :num_dates], effect[:, num_dates:]
    horizon = coming.shape[1]
    recent = slice(max(num_dates - _LONGEST_LEVEL, 0), num_dates)
    for name, memory in _memories(setting).items():
        effects = seasonal_effects(plain, known, season, memory=memory)
        pattern = effects[:, (num_dates + np.arange(horizon)) % season] + coming
        level = (plain - effects[:, np.arange(num_dates) % season])[:, recent]
        for label, model in _levels(setting).items():
            found[f"{label}{name}{reading}"] = model(level, known[:, recent], season).forecast(horizon) + pattern
        if not setting.is_quick and not setting.frequency.is_daily and season > 1:
            turned = np.roll(effects, -(recent.start % season), axis=1)
            fit = seasons.moving_season(plain[:, recent], known[:, recent], season, effects=turned)
            found[f"moving season{name}{reading}"] = fit.forecast(horizon) + coming
    if not setting.frequency.is_daily and num_dates >= 3 * season and season > 1:
        found["last seasons"] = seasons.last_seasons(plain, known, season).forecast(horizon) + coming


def _readings(setting: Setting, num_dates: int) -> list[Reading]:
    """Daily series are read twice: all of the past with a week around each holiday, and three years with two days around."""
    if not setting.frequency.is_daily:
        return [Reading("", num_dates, 0)]
    recent = 3 * 261 if setting.frequency is Frequency.BUSINESS_DAY else 3 * 365 + 1
    whole = Reading("", num_dates, _WIDE)
    return [whole] if setting.is_quick else [whole, Reading(", three years", min(num_dates, recent), _NARROW)]


def _calendar_effect(
    values: Floats, known: Truths, dates: Sequence[date], setting: Setting, reading: Reading
) -> Floats:
    """[n or 1, T + horizon]: what the calendar alone does to each date."""
    if setting.frequency.is_daily:
        return day_effects(values, known, dates, setting.calendar, season=setting.season, reach=reading.reach)
    yearly = setting.frequency.season
    return working_day_effect(values, dates, setting.frequency, setting.calendar, yearly)[None]


def _memories(setting: Setting) -> Mapping[str, float]:
    """How many seasons a seasonal effect remembers."""
    if setting.frequency.is_daily:
        return {"": 26.0}
    return {"": inf} if setting.is_quick else {"": inf, ", three seasons": 3.0, ", one season": 1.2}


def _levels(setting: Setting) -> Mapping[str, Model]:
    one, half = {Frequency.DAY: (56, 28), Frequency.BUSINESS_DAY: (40, 20), Frequency.WEEK: (26, 8)}.get(
        setting.frequency, (12, 6)
    )
    found: dict[str, Model] = {"smoothing": levels.smoothing, f"mean of {one}": levels.mean_of(one)}
    if setting.frequency.is_daily:
        return found | {"steady": levels.steady, f"mean of {half}": levels.mean_of(half)}
    if not setting.is_quick:
        found |= {"theta": levels.theta, "damped trend": levels.damped_trend, f"mean of {half}": levels.mean_of(half)}
    return found
