"""Models of a level that moves: exponential smoothing with weights learnt over the panel, Theta, damped trend, plain means.

They are fitted over a grid of smoothing weights, all series at once; holes leave the level where it is.
"""

from __future__ import annotations

import numpy as np

from forecasting.models.fit import Fit
from forecasting.panel import Floats, Truths

_WEIGHTS = np.r_[0.01, np.linspace(0.02, 0.98, 25)]
_STEADY = (0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2, 0.3)
_LEAST_VARIANCE = 1e-12


def smoothing(values: Floats, known: Truths, season: int) -> Fit:
    """Simple exponential smoothing. Each series averages over the weights by their likelihood times how often they suit the panel."""
    del season
    level, weight, residuals = _smoothed(values, known)
    return Fit(ahead=lambda horizon: np.repeat(level[:, None], horizon, axis=1), residuals=residuals, growth=weight)


def steady(values: Floats, known: Truths, season: int) -> Fit:
    """A level so slow that it serves the dates after next, and what is left of today's distance from it.

    The weight is the one with which the panel's forecasts 1, 2 .. 4 seasons ahead would have missed least; the distance
    fades by the panel's own correlation of one date with the next.
    """
    dates = values.shape[1]
    errors = {weight: _errors(values, known, weight) for weight in _STEADY}

    def missed(weight: float) -> float:
        level = values - errors[weight]
        gaps = [
            values[:, lag:] - level[:, : dates - lag] for lag in range(season, min(4 * season, dates - 1) + 1, season)
        ]
        return float(np.mean([np.mean(np.abs(gap)) for gap in gaps])) if gaps else 0.0

    weight = min(_STEADY, key=missed)
    error = np.where(known, errors[weight], 0.0)
    fades = float((error[:, 1:] * error[:, :-1]).sum() / max(float((error**2).sum()), 1e-12))
    level = values[:, -1] - errors[weight][:, -1] + weight * error[:, -1]
    rest = error[:, -1] * (1 - weight)
    return Fit(
        ahead=lambda horizon: level[:, None] + rest[:, None] * np.clip(fades, 0.0, 0.95) ** np.arange(1, horizon + 1),
        residuals=np.where(known, error, np.nan),
        growth=np.full(len(values), weight),
    )


def theta(values: Floats, known: Truths, season: int) -> Fit:
    """The Theta method as Hyndman and Billah (2003) show it: smoothing with half the slope of the series' straight line."""
    del season
    level, weight, residuals = _smoothed(values, known)
    dates = values.shape[1]
    time = np.arange(dates) - (dates - 1) / 2
    half = values @ time / max(float(time @ time), 1e-9) / 2
    lag = (1 - (1 - weight) ** dates) / np.maximum(weight, 0.01)
    return Fit(
        ahead=lambda horizon: level[:, None] + half[:, None] * (np.arange(horizon) + lag[:, None]),
        residuals=residuals,
        growth=weight,
    )


def damped_trend(values: Floats, known: Truths, season: int) -> Fit:
    """Holt's method with a damped trend, the best of a grid by its squared errors."""
    first = min(values.shape[1], max(season, 6))
    grids = np.meshgrid(np.linspace(0.05, 0.9, 10), (0.0, 0.02, 0.05, 0.1, 0.2), (0.8, 0.9, 0.95, 0.98), indexing="ij")
    alpha, beta, phi = (grid.ravel()[:, None] for grid in grids)
    _, _, errors = _damped(values, known, first, (alpha, beta, phi), keeps_errors=False)
    best = errors[0].argmin(axis=0)
    chosen = (alpha[best].T, beta[best].T, phi[best].T)
    level, trend, errors = _damped(values, known, first, chosen, keeps_errors=True)
    damping = chosen[2][0]
    return Fit(
        ahead=lambda horizon: (
            level[0][:, None] + trend[0][:, None] * np.cumsum(damping[:, None] ** np.arange(1, horizon + 1), axis=1)
        ),
        residuals=np.where(known, errors[:, 0].T, np.nan),
        growth=chosen[0][0],
    )


def _damped(
    values: Floats, known: Truths, first: int, weights: tuple[Floats, Floats, Floats], *, keeps_errors: bool
) -> tuple[Floats, Floats, Floats]:
    """Level and trend [grid, n] and errors: [T, grid, n], or their squares' sum [1, grid, n]."""
    (num, dates), (alpha, beta, phi) = values.shape, weights
    time = np.arange(first) - (first - 1) / 2
    slope = values[:, :first] @ time / max(float(time @ time), 1e-9) / 2
    level = np.repeat((values[:, :first].mean(axis=1) - slope * (first + 1) / 2)[None], len(alpha), axis=0)
    trend = np.repeat(slope[None], len(alpha), axis=0)
    errors = np.zeros((dates if keeps_errors else 1, len(alpha), num))
    for at in range(dates):
        expected = level + phi * trend
        error = np.where(known[:, at], values[:, at] - expected, 0.0)
        if keeps_errors:
            errors[at] = error
        else:
            errors[0] += error**2
        trend = phi * trend + alpha * beta * error
        level = expected + alpha * error
    return level, trend, errors


def mean_of(num_dates: int) -> _Mean:
    """The mean of the last that many known values."""
    return _Mean(num_dates)


class _Mean:
    """A plain mean: slow where smoothing is quick, and never wrong by a single odd month."""

    def __init__(self, num_dates: int) -> None:
        self._num = num_dates

    def __call__(self, values: Floats, known: Truths, season: int) -> Fit:
        """Fit to all series."""
        del season
        is_recent = known & (np.cumsum(known[:, ::-1], axis=1)[:, ::-1] <= self._num)
        count = np.maximum(is_recent.sum(axis=1), 1)
        level = np.where(is_recent, values, 0.0).sum(axis=1) / count
        residuals = np.where(known, values - level[:, None], np.nan)
        return Fit(
            ahead=lambda horizon: np.repeat(level[:, None], horizon, axis=1),
            residuals=residuals,
            growth=np.full(len(values), 1.0 / self._num),
        )


def _smoothed(values: Floats, known: Truths) -> tuple[Floats, Floats, Floats]:
    """Level at the end [n], mean weight [n], errors one date ahead [n, T] of smoothing with that weight."""
    num, dates = values.shape
    weights, begin = _WEIGHTS[:, None], _first_mean(values, known, min(dates, 6))
    level, squared = np.repeat(begin[None], len(weights), axis=0), np.zeros((len(weights), num))
    for at in range(dates):
        error = np.where(known[:, at], values[:, at] - level, 0.0)
        if at >= min(3, dates - 1):
            squared += error**2
        level = level + weights * error
    share = _posterior(squared, np.maximum(known.sum(axis=1), 1))
    weight = (share * weights).sum(axis=0)
    residuals = _errors(values, known, weight)
    return np.asarray((share * level).sum(axis=0)), weight, np.where(known, residuals, np.nan)


def _errors(values: Floats, known: Truths, weight: Floats | float) -> Floats:
    """Errors one date ahead [n, T] of smoothing with that weight; values less them are the levels."""
    found, level = np.empty_like(values), _first_mean(values, known, min(values.shape[1], 6))
    for at in range(values.shape[1]):
        found[:, at] = values[:, at] - level
        level = level + np.where(known[:, at], weight * found[:, at], 0.0)
    return found


def _first_mean(values: Floats, known: Truths, count: int) -> Floats:
    """Mean of the first known values of each series."""
    is_first = known & (np.cumsum(known, axis=1) <= count)
    return np.asarray(np.where(is_first, values, 0.0).sum(axis=1) / np.maximum(is_first.sum(axis=1), 1))


def _posterior(squared: Floats, counts: Floats) -> Floats:
    """Share of each weight [grid, n]: normal likelihood times a prior that is the panel's own mean share (ten rounds)."""
    fit = np.log(squared / counts + _LEAST_VARIANCE) * counts / 2
    likelihood = np.exp(-(fit - fit.min(axis=0)))
    prior = np.full((len(squared), 1), 1.0 / len(squared))
    share = likelihood
    for _ in range(11):
        share = likelihood * prior
        share = share / share.sum(axis=0)
        prior = share.mean(axis=1, keepdims=True)
    return np.asarray(share)
