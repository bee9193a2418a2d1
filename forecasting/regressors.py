"""What is known of the dates to come and moves demand: how strongly, learnt on the past of each series and of all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecasting.panel import Floats, Panel, Truths
from hospital.errors import BadInput


def known_futures(panel: Panel, horizon: int) -> tuple[Floats, ...]:
    """Each regressor as [n or 1, T + horizon] in units of its own spread, on a log scale where it is never negative.

    Raises BadInput where one does not cover past and horizon: it is refused with the dates, never left out in silence.
    """
    num_dates = panel.num_dates
    dates = (*panel.dates, *panel.coming(horizon))
    found = []
    for regressor in panel.regressors:
        values = np.atleast_2d(np.asarray(regressor.values, dtype=np.float64))
        missing = [day for at, day in enumerate(dates) if at >= values.shape[1] or np.isnan(values[:, at]).any()]
        if missing:
            raise BadInput(
                "forecast_regressor_short",
                column=regressor.name,
                first=dates[0].isoformat(),
                last=dates[-1].isoformat(),
                found=missing[0].isoformat(),
            )
        values = values[:, : num_dates + horizon]
        scaled = np.log1p(values) if (values >= 0).all() else values
        spread = scaled[:, :num_dates].std(axis=1, keepdims=True)
        centred = scaled - scaled[:, :num_dates].mean(axis=1, keepdims=True)
        found.append(np.asarray(centred / np.where(spread > 1e-9, spread, 1.0)))
    return tuple(found)


def regressor_effect(values: Floats, known: Truths, regressors: Sequence[Floats], season: int) -> Floats:
    """[n, T + horizon]: what the regressors do, on the scale of ``values`` [n, T].

    Both sides lose their level and season first, so that a common trend is no effect. A series' own coefficient is drawn
    towards the panel's as far as it is noise, and 0 where the past shows none.
    """
    num, dates = values.shape
    effect = np.zeros((num, regressors[0].shape[1]))
    target = _quick_part(values, season)
    for regressor in regressors:
        moves = np.broadcast_to(_quick_part(regressor[:, :dates], season), values.shape)
        weight = known.astype(float)
        size = np.maximum((weight * moves**2).sum(axis=1), 1e-9)
        slope = (weight * moves * target).sum(axis=1) / size
        rest = target - slope[:, None] * moves
        error = (weight * rest**2).sum(axis=1) / np.maximum(weight.sum(axis=1) - 1, 1) / size
        general = float((slope / error).sum() / (1 / error).sum()) if num > 1 else 0.0
        spread = max(float(np.mean((slope - general) ** 2 - error)), 0.0) if num > 1 else float(slope[0] ** 2)
        own = general + (slope - general) * spread / (spread + error)
        own = np.where(np.abs(own) > 2 * np.sqrt(error), own, 0.0)
        effect += own[:, None] * regressor
        target = target - own[:, None] * moves
    return effect


def _quick_part(values: Floats, season: int) -> Floats:
    """Values less their moving level over two seasons and the mean of each place in the season."""
    dates = values.shape[1]
    window = min(2 * season + 1, dates)
    low = np.maximum(np.arange(dates) - window // 2, 0)
    high = np.minimum(np.arange(dates) + window // 2 + 1, dates)
    sums = np.cumsum(np.pad(values, ((0, 0), (1, 0))), axis=1)
    rest = values - (sums[:, high] - sums[:, low]) / (high - low)
    for place in range(season):
        rest[:, place::season] -= rest[:, place::season].mean(axis=1, keepdims=True) if dates > place else 0.0
    return np.asarray(rest)
