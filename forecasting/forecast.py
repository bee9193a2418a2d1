"""The forecast of a panel: what the command, the page and the order proposal all call."""

from __future__ import annotations

import numpy as np

from forecasting.forecasts import LEVELS, Dependence, Forecasts
from forecasting.panel import Panel


def forecast(
    panel: Panel,
    horizon: int,
    *,
    season: int | None = None,
    is_quick: bool = False,
    calendar: object = None,
    seed: int = 0,
) -> Forecasts:
    """First working form: mean and spread of the last two seasons."""
    length = 2 * (season or panel.frequency.season)
    tail = np.nan_to_num(panel.values[:, -length:])
    mean = np.repeat(tail.mean(axis=1)[:, None], horizon, axis=1)
    spread = np.quantile(tail, LEVELS, axis=1).T
    floored = np.array([not bool((row < 0).any()) for row in panel.values])
    whole = np.array([bool(np.all(np.mod(row[~np.isnan(row)], 1) == 0)) for row in panel.values])
    return Forecasts(
        names=panel.names, dates=panel.coming(horizon), frequency=panel.frequency, mean=mean,
        quantiles=np.repeat(spread[:, None, :], horizon, axis=1), models=("mean",) * panel.num, notes=((),) * panel.num,
        dependence=Dependence(steps=np.eye(horizon)), is_whole=whole, is_floored=floored,
    )  # fmt: skip
