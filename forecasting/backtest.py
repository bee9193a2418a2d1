"""How forecasts of a panel would have done: made again at earlier origins, set beside what came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from forecasting.calendar import Calendar
from forecasting.combination import origins_of
from forecasting.forecast import forecast
from forecasting.measures import coverage, mase, naive_scale, wql
from forecasting.panel import Panel
from hospital.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One origin: the last date known then, and what the forecast was worth. ``naive`` is the seasonal naive one's MASE.

    ``covered_80``, ``covered_95``: per cent of values inside the bands.
    """

    last: date
    mase: float
    naive: float
    wql: float
    covered_80: float
    covered_95: float


def backtest(
    panel: Panel,
    horizon: int,
    *,
    season: int | None = None,
    is_quick: bool = False,
    calendar: Calendar | None = None,
    most: int = 3,
) -> tuple[Origin, ...]:
    """The latest origins whose whole horizon is known, the latest first, each forecast from what was known then alone.

    Raises BadInput where the history is too short for even one.
    """
    length = season or panel.frequency.season
    origins = [
        at for at in origins_of(panel.num_dates, horizon, length, is_quick=False) if at + horizon <= panel.num_dates
    ]
    if not origins:
        raise BadInput("forecast_no_backtest", found=panel.num_dates, expected=2 * length + horizon)
    return tuple(_at(panel, origin, horizon, length, is_quick, calendar) for origin in origins[:most])


def _at(panel: Panel, origin: int, horizon: int, season: int, is_quick: bool, calendar: Calendar | None) -> Origin:
    past = panel.until(origin)
    found = forecast(past, horizon, season=season, is_quick=is_quick, calendar=calendar)
    actual = panel.values[:, origin : origin + horizon]
    lag = season if origin > season else 1
    scale = np.nan_to_num(naive_scale(past.values, lag))
    naive = past.values[:, -lag:][:, np.arange(horizon) % lag]
    return Origin(
        last=past.dates[-1],
        mase=mase(found.at(0.5), actual, scale),
        naive=mase(naive, actual, scale),
        wql=wql(found, actual),
        covered_80=coverage(found, actual, 0.8),
        covered_95=coverage(found, actual, 0.95),
    )
