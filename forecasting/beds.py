"""Occupied beds of wards: who lies there now and how long such patients stay, who will come, and how the past moved.

Tomorrow is mostly known: those in bed today leave with the chance that patients of that ward and day of stay left before. The
days after depend on arrivals, forecast as any series, and on planned admissions, which are known. Beside this flow stands the
time-series forecast of occupancy; at each step both count by how well they did at earlier origins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from forecasting.bed_flow import Stay, flow_quantiles
from forecasting.calendar import Calendar
from forecasting.forecast import forecast
from forecasting.forecasts import LEVELS, Forecasts, Note
from forecasting.panel import Floats, Panel

RISK = 0.1
"""A ward whose risk of too few beds on a day is at least that is listed."""
_ORIGINS = 4
_PRIOR_ERROR = 1.0
_PATHS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Wards:
    """``occupied``: wards x days. ``beds``: ward -> staffed beds. ``stays``: past and present stays, where they are known.

    ``planned``: (ward, day) -> admissions of the elective plan after the last day.
    """

    occupied: Panel
    beds: Mapping[str, int] = field(default_factory=dict)
    stays: tuple[Stay, ...] = ()
    planned: Mapping[tuple[str, date], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shortage:
    """A ward and day on which beds may not suffice; ``risk`` is the chance that more are needed than the ``beds`` there are."""

    ward: str
    day: date
    beds: int
    risk: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BedForecasts:
    """The forecast of each ward and where it is likely to be short, the worst first."""

    forecasts: Forecasts
    shortages: tuple[Shortage, ...]


def forecast_beds(wards: Wards, horizon: int, *, calendar: Calendar | None = None, seed: int = 0) -> BedForecasts:
    """Forecast every ward over the ``horizon`` days after the last. Raises BadInput as forecast does."""
    series = forecast(wards.occupied, horizon, calendar=calendar, seed=seed)
    found = series if not wards.stays else _joined(wards, series, horizon, calendar, seed)
    return BedForecasts(forecasts=found, shortages=shortages(found, wards.beds, seed))


def shortages(found: Forecasts, beds: Mapping[str, int], seed: int) -> tuple[Shortage, ...]:
    """Wards and days with a risk of at least RISK, the highest first."""
    paths = found.paths(_PATHS, seed)
    listed = []
    for row, ward in enumerate(found.names):
        if ward not in beds:
            continue
        risks = (paths[:, row] > beds[ward]).mean(axis=0)
        listed += [
            Shortage(ward, day, beds[ward], float(risk))
            for day, risk in zip(found.dates, risks, strict=True)
            if risk >= RISK
        ]
    return tuple(sorted(listed, key=lambda short: (-short.risk, short.day, short.ward)))


def _joined(wards: Wards, series: Forecasts, horizon: int, calendar: Calendar | None, seed: int) -> Forecasts:
    """Quantiles of flow and series averaged; the flow's weight at each step comes from squared errors at earlier origins."""
    flow = flow_quantiles(wards.occupied, wards.stays, wards.planned, horizon, calendar=calendar, seed=seed)
    weight = _weight_of_flow(wards, horizon, calendar, seed)
    quantiles = weight[:, None] * flow + (1 - weight[:, None]) * series.quantiles
    share = np.array(
        [np.interp(np.linspace(0.005, 0.995, 100), LEVELS, row) for row in quantiles.reshape(-1, len(LEVELS))]
    )
    note = Note("flow", {"share": round(100 * float(weight[0]))})
    return replace(
        series,
        mean=share.mean(axis=1).reshape(series.mean.shape),
        quantiles=quantiles,
        models=tuple("flow and series" for _ in series.names),
        notes=tuple((*notes, note) for notes in series.notes),
    )


def _weight_of_flow(wards: Wards, horizon: int, calendar: Calendar | None, seed: int) -> Floats:
    """[h]: share of the flow at each step, by inverse squared errors; a half each where no origin can be tried."""
    panel, middle = wards.occupied, LEVELS.index(0.5)
    errors = np.full((2, horizon), _PRIOR_ERROR)
    for back in range(1, _ORIGINS + 1):
        origin = panel.num_dates - back * max(horizon // 2, 1)
        if origin < max(28, panel.num_dates // 3):
            break
        past, last = panel.until(origin), panel.dates[origin - 1]
        steps = min(horizon, panel.num_dates - origin)
        planned = _plan_as_it_came(wards.stays, last, horizon)
        then = tuple(stay.as_of(last) for stay in wards.stays if stay.admitted <= last)
        actual = panel.values[:, origin : origin + steps]
        flow = flow_quantiles(past, then, planned, horizon, calendar=calendar, seed=seed)[..., middle]
        series = forecast(past, horizon, calendar=calendar, is_quick=True, seed=seed).at(0.5)
        for place, points in enumerate((flow, series)):
            errors[place, :steps] += np.nanmean((points[:, :steps] - actual) ** 2, axis=0)
    return np.asarray(errors[1] / errors.sum(axis=0))


def _plan_as_it_came(stays: tuple[Stay, ...], last: date, horizon: int) -> dict[tuple[str, date], int]:
    """The planned admissions after a day, as the stays show them."""
    end = last + timedelta(days=horizon)
    found: dict[tuple[str, date], int] = {}
    for stay in stays:
        if stay.is_planned and last < stay.admitted <= end:
            found[(stay.ward, stay.admitted)] = found.get((stay.ward, stay.admitted), 0) + 1
    return found
