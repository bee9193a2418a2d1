"""The wards' next 14 days: occupancy with bands, where beds will be short, what the plan adds, and how yesterday's forecast did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from forecasting.beds import Wards, forecast_beds
from forecasting.calendar import calendar_of
from forecasting.forecasts import Forecasts
from forecasting.panel import Floats
from planning.beds.views import WardView, Yesterday

HORIZON = 14
SHARES = (0.5, 0.8, 0.95)
SHOWN_HISTORY = 28
NUM_PATHS = 1000
COUNTRY = "CN"
LEAST_HISTORY = 60
"""Days of record below which no forecast of yesterday is tried."""


@dataclass(frozen=True, kw_only=True)
class BedOutlook:
    """The forecast and what is made of it, those likeliest to be short first."""

    forecasts: Forecasts
    wards: tuple[WardView, ...]


def bed_outlook(wards: Wards, *, seed: int = 1) -> BedOutlook:
    """Forecast every ward. Raises BadInput for data that do not suffice."""
    calendar = calendar_of(COUNTRY)
    forecasts = forecast_beds(wards, HORIZON, calendar=calendar, seed=seed).forecasts
    bare = forecasts
    if wards.planned:
        bare = forecast_beds(replace(wards, planned={}), HORIZON, calendar=calendar, seed=seed).forecasts
    before = _yesterday(wards, seed)
    risks = _risks(forecasts, wards, seed)
    effect = forecasts.mean - bare.mean
    views = [
        _view(wards, forecasts, row, risk=risks[row], effect=effect[row], before=before)
        for row in range(len(forecasts.names))
    ]
    return BedOutlook(forecasts=forecasts, wards=tuple(sorted(views, key=_likeliest)))


def as_known(wards: Wards, last: date) -> Wards:
    """The wards as they were known at the end of a day: later stays not yet there, later discharges open, the plan of later days as
    the stays show it."""
    num = wards.occupied.dates.index(last) + 1
    plan = Counter((stay.ward, stay.admitted) for stay in wards.stays if stay.is_planned and stay.admitted > last)
    return replace(
        wards,
        occupied=wards.occupied.until(num),
        stays=tuple(stay.as_of(last) for stay in wards.stays if stay.admitted <= last),
        planned={**plan, **wards.planned},
    )


def _yesterday(wards: Wards, seed: int) -> Forecasts | None:
    """The forecast that would have been made a day before the last."""
    if wards.occupied.num_dates < LEAST_HISTORY:
        return None
    past = as_known(wards, wards.occupied.dates[-2])
    return forecast_beds(past, 1, calendar=calendar_of(COUNTRY), seed=seed).forecasts


def _risks(forecasts: Forecasts, wards: Wards, seed: int) -> Floats:
    """[wards, days]: chance that more beds are needed than there are; 0 where nobody said how many there are."""
    beds = np.array([wards.beds.get(ward, np.inf) for ward in forecasts.names])
    return np.asarray((forecasts.paths(NUM_PATHS, seed) > beds[None, :, None]).mean(axis=0))


def _view(
    wards: Wards, forecasts: Forecasts, row: int, *, risk: Floats, effect: Floats, before: Forecasts | None
) -> WardView:
    ward = forecasts.names[row]
    seen = wards.occupied.values[row]
    known = seen[~np.isnan(seen)]
    bands = {
        f"{share:g}": (_rounded(low[row]), _rounded(high[row]))
        for share, (low, high) in ((share, forecasts.band(share)) for share in SHARES)
    }
    return WardView(
        ward=ward,
        beds=wards.beds.get(ward),
        now=float(known[-1]) if known.size else 0.0,
        history=tuple(None if np.isnan(v) else float(v) for v in seen[-SHOWN_HISTORY:]),
        mean=_rounded(forecasts.mean[row]),
        bands=bands,
        risk=_rounded(risk, 4),
        planned=tuple(wards.planned.get((ward, day), 0) for day in forecasts.dates),
        plan_effect=_rounded(effect),
        yesterday=_beside(before, row, float(seen[-1])),
        model=forecasts.models[row],
        notes=tuple((note.kind, _plain(dict(note.values))) for note in forecasts.notes[row]),
    )


def _beside(before: Forecasts | None, row: int, came: float) -> Yesterday | None:
    if before is None or np.isnan(came):
        return None
    low, high = before.band(0.8)
    return Yesterday(
        expected=round(float(before.mean[row, 0]), 1),
        low=round(float(low[row, 0]), 1),
        high=round(float(high[row, 0]), 1),
        came=came,
    )


def _likeliest(view: WardView) -> tuple[float, float, str]:
    return (-view.risk[0], -max(view.risk), view.ward)


def _rounded(values: Floats, digits: int = 2) -> tuple[float, ...]:
    return tuple(round(float(value), digits) for value in values)


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
