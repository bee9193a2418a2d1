"""Measures of a forecast against what came. Each is defined once; a mean over series unless it says otherwise."""

from __future__ import annotations

import numpy as np

from forecasting.forecasts import Forecasts
from forecasting.panel import Floats


def naive_scale(past: Floats, season: int) -> Floats:
    """[n]: mean |y[t] - y[t - season]| over the past [n, T], what the seasonal naive forecast would have missed."""
    return np.asarray(np.nanmean(np.abs(past[:, season:] - past[:, : past.shape[1] - season]), axis=1))


def mase_by_series(points: Floats, actual: Floats, scale: Floats) -> Floats:
    """[n]: mean absolute error over the scale; NaN where the scale is 0 (Hyndman and Koehler, 2006)."""
    error = np.nanmean(np.abs(points - actual), axis=1)
    return np.where(scale > 0, error / np.where(scale > 0, scale, 1.0), np.nan)


def mase(points: Floats, actual: Floats, scale: Floats) -> float:
    """Mean over the series that have a scale."""
    return float(np.nanmean(mase_by_series(points, actual, scale)))


def smape(points: Floats, actual: Floats) -> float:
    """Per cent: 2 |f - y| / (|f| + |y|), 0 where both are 0."""
    total = np.abs(points) + np.abs(actual)
    share = 2 * np.abs(points - actual) / np.where(total > 0, total, 1.0)
    return float(100 * np.nanmean(np.nanmean(share, axis=1)))


def mape(points: Floats, actual: Floats) -> float:
    """Per cent of what came; values of 0 are left out."""
    positive = np.where(actual == 0, np.nan, np.abs(actual))
    return float(100 * np.nanmean(np.abs(points - actual) / positive))


def rmse(points: Floats, actual: Floats) -> float:
    """Root mean square error of each series, then the mean."""
    return float(np.nanmean(np.sqrt(np.nanmean((points - actual) ** 2, axis=1))))


def pinball(quantile: Floats, actual: Floats, level: float) -> Floats:
    """[n, h]: the quantile loss at one level."""
    error = actual - quantile
    return np.asarray(np.maximum(level * error, (level - 1) * error))


def wql(forecasts: Forecasts, actual: Floats) -> float:
    """Mean over the levels 0.1 .. 0.9 of twice the summed quantile loss over the sum of what came."""
    losses = [2 * np.nansum(pinball(forecasts.at(k / 10), actual, k / 10)) for k in range(1, 10)]
    return float(np.mean(losses) / max(float(np.nansum(np.abs(actual))), 1e-12))


def coverage(forecasts: Forecasts, actual: Floats, share: float) -> float:
    """Per cent of values inside the middle band that should hold ``share`` of them."""
    low, high = forecasts.band(share)
    known = ~np.isnan(actual)
    return float(100 * ((actual >= low) & (actual <= high))[known].mean())


def randomised_pit(forecasts: Forecasts, actual: Floats, *, num: int, seed: int) -> Floats:
    """[n, h]: where each value fell in its distribution, ties drawn at random, from ``num`` sample paths.

    Even over 0..1 where the distributions are right, also for counts (Czado, Gneiting and Held, 2009).
    """
    dice = np.random.default_rng(seed)
    below, upto = np.zeros(actual.shape), np.zeros(actual.shape)
    for part in range(num // 50):
        paths = forecasts.paths(50, seed + part)
        below += (paths < actual).sum(axis=0)
        upto += (paths <= actual).sum(axis=0)
    drawn = num // 50 * 50
    return np.asarray((below + dice.random(actual.shape) * (upto - below)) / drawn)
