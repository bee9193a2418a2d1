"""Models whose season moves: additive Holt-Winters from pooled first effects, and last year's pattern with half its growth."""

from __future__ import annotations

import numpy as np

from forecasting.models.fit import Fit
from forecasting.panel import Floats, Truths

_ALPHAS = np.linspace(0.05, 0.95, 10)
_GAMMAS = (0.0, 0.05, 0.1, 0.2, 0.35, 0.5)


def moving_season(values: Floats, known: Truths, season: int, *, effects: Floats) -> Fit:
    """ETS (A,N,A), the best of a grid by squared errors; the season starts at ``effects`` [n, season]."""
    dates = values.shape[1]
    alpha, gamma = (grid.ravel()[:, None] for grid in np.meshgrid(_ALPHAS, _GAMMAS, indexing="ij"))
    _, _, errors = _run(values, known, season, effects, (alpha, gamma), keeps_errors=False)
    best = errors[0].argmin(axis=0)
    chosen = (alpha[best].T, gamma[best].T)
    level, pattern, errors = _run(values, known, season, effects, chosen, keeps_errors=True)
    return Fit(
        ahead=lambda horizon: np.stack([level[0] + pattern[(dates + step) % season, 0] for step in range(horizon)], 1),
        residuals=np.where(known, errors[:, 0].T, np.nan),
        growth=chosen[0][0],
    )


def _run(
    values: Floats, known: Truths, season: int, effects: Floats, weights: tuple[Floats, Floats], *, keeps_errors: bool
) -> tuple[Floats, Floats, Floats]:
    """Level [grid, n], pattern [season, grid, n] and errors: [T, grid, n], or their squares' sum [1, grid, n]."""
    (num, dates), (alpha, gamma) = values.shape, weights
    first = min(season, dates)
    level = np.repeat((values[:, :first] - effects[:, :first]).mean(axis=1)[None], len(alpha), axis=0)
    pattern = np.repeat(effects.T[:, None], len(alpha), axis=1)
    errors = np.zeros((dates if keeps_errors else 1, len(alpha), num))
    for at in range(dates):
        place = at % season
        error = np.where(known[:, at], values[:, at] - level - pattern[place], 0.0)
        if keeps_errors:
            errors[at] = error
        else:
            errors[0] += error**2
        level = level + alpha * error
        pattern[place] += gamma * (1 - alpha) * error
    return level, pattern, errors


def last_seasons(values: Floats, known: Truths, season: int) -> Fit:
    """Seven parts of the last season and three of the one before, each moved by the growth between them, half of it believed."""
    del known
    dates = values.shape[1]
    last, before = values[:, -season:], values[:, -2 * season : -season]
    growth = np.clip((last - before).mean(axis=1, keepdims=True), -0.5, 0.5)
    pattern = 0.7 * (last + 0.5 * growth) + 0.3 * (before + 1.5 * growth)
    errors = np.full_like(values, np.nan)
    errors[:, season:] = values[:, season:] - values[:, : dates - season]
    return Fit(
        ahead=lambda horizon: pattern[:, np.arange(horizon) % season],
        residuals=errors,
        growth=np.full(len(values), 1.0 / season),
    )
