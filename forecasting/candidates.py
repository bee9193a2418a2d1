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
from forecasting.seasonality import seasonal_effects

_LONGEST_LEVEL = 730
"""Dates of history that a level is learnt from: what lies further back only costs time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is the same for every origin: ``dates`` of past and horizon, ``season``, and how many models are tried."""

    dates: tuple[date, ...]
    frequency: Frequency
    season: int
    calendar: Calendar
    is_quick: bool


def candidates(values: Floats, known: Truths, horizon: int, setting: Setting) -> Mapping[str, Floats]:
    """Model -> point forecasts [n, horizon] on the scale of ``values`` [n, T], which have no holes."""
    num_dates, season = values.shape[1], setting.season
    effect = calendar_effect(values, known, setting.dates[: num_dates + horizon], setting)
    plain = values - effect[:, :num_dates]
    coming = effect[:, num_dates:]
    found: dict[str, Floats] = {}
    for name, memory in _memories(setting).items():
        effects = seasonal_effects(plain, known, season, memory=memory)
        pattern = effects[:, (num_dates + np.arange(horizon)) % season] + coming
        level = (plain - effects[:, np.arange(num_dates) % season])[:, -_LONGEST_LEVEL:]
        for label, model in _levels(setting).items():
            found[f"{label}{name}"] = model(level, known[:, -_LONGEST_LEVEL:], season).forecast(horizon) + pattern
        if not setting.is_quick and season > 1:
            start = (num_dates - min(num_dates, _LONGEST_LEVEL)) % season
            turned = np.roll(effects, -start, axis=1)
            fit = seasons.moving_season(plain[:, -_LONGEST_LEVEL:], known[:, -_LONGEST_LEVEL:], season, effects=turned)
            found[f"moving season{name}"] = fit.forecast(horizon) + coming
    if not setting.frequency.is_daily and num_dates >= 3 * season and season > 1:
        found["last seasons"] = seasons.last_seasons(plain, known, season).forecast(horizon) + coming
    return found


def calendar_effect(values: Floats, known: Truths, dates: Sequence[date], setting: Setting) -> Floats:
    """[n or 1, T + horizon]: what the calendar alone does to each date."""
    if setting.frequency.is_daily:
        return day_effects(values, known, dates, setting.calendar, setting.season)
    yearly = setting.frequency.season
    return working_day_effect(values, dates, setting.frequency, setting.calendar, yearly)[None]


def _memories(setting: Setting) -> Mapping[str, float]:
    """How many seasons a seasonal effect remembers."""
    if setting.is_quick:
        return {"": inf}
    long, short = (26.0, 8.0) if setting.frequency.is_daily else (3.0, 1.2)
    return {"": inf, ", long memory": long, ", short memory": short}


def _levels(setting: Setting) -> Mapping[str, Model]:
    one, half = {Frequency.DAY: (56, 28), Frequency.BUSINESS_DAY: (40, 20), Frequency.WEEK: (26, 8)}.get(
        setting.frequency, (12, 6)
    )
    found: dict[str, Model] = {"smoothing": levels.smoothing, f"mean of {one}": levels.mean_of(one)}
    if not setting.is_quick:
        found |= {"theta": levels.theta, "damped trend": levels.damped_trend, f"mean of {half}": levels.mean_of(half)}
    return found
