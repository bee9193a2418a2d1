"""Bands that held: the spread around the points comes from the errors made at earlier origins, at the step asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.forecasts import LEVELS, SCORES, Dependence
from forecasting.panel import Floats

_PRIOR_ERRORS = 36.0
"""A series' own spread counts half where it has that many errors."""
_PRIOR_SERIES = 10.0
"""What a few series share by chance is not believed: half with that many."""
_PRIOR_SHAPE = 200.0
"""The panel's own shape of errors counts half, beside the normal one, where it has that many errors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """``widths``: [n, h], one standard error. ``scores``: [len(LEVELS)], quantiles of errors in that unit, 0 at the median."""

    widths: Floats
    scores: Floats
    dependence: Dependence

    def quantiles(self, points: Floats) -> Floats:
        """[n, h, len(LEVELS)] around the points [n, h], all on the models' scale."""
        return np.asarray(points[..., None] + self.widths[..., None] * self.scores)


def spread_of(errors: Floats, sizes: Floats, *, fallback: Floats) -> Spread:
    """Learn it from errors [n, origins, h] on the models' scale (NaN where unknown).

    ``sizes``: [n] mean of each series on that scale; series of like size lend one another their spread. ``fallback``: [n]
    a standard error to use where there are no errors at all.
    """
    horizon = errors.shape[2]
    known = ~np.isnan(errors)
    if not known.any():
        growth = np.sqrt(1 + 0.1 * np.arange(horizon))
        return Spread(
            widths=fallback[:, None] * growth,
            scores=SCORES,
            dependence=Dependence(steps=_steps(0.3, 0.5, horizon)),
        )
    own = _own_spread(errors, known, sizes, fallback)
    scaled = errors / own[:, None, None]
    growth = _growth(scaled, known, horizon)
    scaled = scaled / growth
    scores = _shape(scaled[known])
    return Spread(widths=own[:, None] * growth, scores=scores, dependence=dependence_of(scaled))


def _own_spread(errors: Floats, known: np.ndarray, sizes: Floats, fallback: Floats) -> Floats:
    """[n]: root mean square error, shrunk towards what series of that size have."""
    count = known.sum(axis=(1, 2))
    square = np.where(known, errors, 0.0) ** 2
    variance = np.where(count > 0, square.sum(axis=(1, 2)) / np.maximum(count, 1), fallback**2)
    logged = np.log(variance + 1e-4 * max(float(np.median(variance)), 1e-12) + 1e-12)
    if len(sizes) >= 20:
        design = np.stack([np.ones_like(sizes), sizes, sizes**2], axis=1)
        general = design @ np.linalg.lstsq(design, logged, rcond=None)[0]
    else:
        general = np.full_like(logged, logged.mean())
    share = count / (count + _PRIOR_ERRORS)
    return np.asarray(np.exp((general + share * (logged - general)) / 2))


def _growth(scaled: Floats, known: np.ndarray, horizon: int) -> Floats:
    """[h]: spread by step, a power of the step fitted to all series' errors."""
    steps = np.arange(1, horizon + 1)
    count = known.sum(axis=(0, 1))
    seen = count > 0
    root = np.sqrt((np.where(known, scaled, 0.0) ** 2).sum(axis=(0, 1))[seen] / count[seen])
    if seen.sum() < 2:
        return np.full(horizon, float(root[0]))
    weights = np.sqrt(count[seen])
    slope, start = np.polyfit(np.log(steps[seen]), np.log(np.maximum(root, 1e-9)), 1, w=weights)
    return np.asarray(np.exp(start + np.clip(slope, 0.0, 0.7) * np.log(steps) + min(slope, 0.0) * np.log(steps)))


def _shape(scaled: Floats) -> Floats:
    """Quantiles of the scaled errors at LEVELS, eased towards the normal ones where there are few, 0 at the median."""
    levels = np.array(LEVELS)
    root = float(np.sqrt((scaled**2).mean()))
    share = len(scaled) / (len(scaled) + _PRIOR_SHAPE)
    found = share * np.quantile(scaled, levels) + (1 - share) * root * SCORES
    return np.asarray(found - found[LEVELS.index(0.5)])


def dependence_of(scaled: Floats) -> Dependence:
    """How scaled errors [n, origins, h] go together: over the steps c + (1 - c) r^lag, and between series."""
    horizon = scaled.shape[2]
    filled = np.nan_to_num(scaled)
    together = np.einsum("noh,nok->hk", filled, filled)
    counts = np.einsum("noh,nok->hk", ~np.isnan(scaled) * 1.0, ~np.isnan(scaled) * 1.0)
    size = np.sqrt(np.maximum(np.diag(together), 1e-12))
    pairs = counts > 0
    correlation = np.where(pairs, together / np.outer(size, size), np.nan)
    level, decay = min(
        ((level, decay) for level in (0.0, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8) for decay in (0.0, 0.2, 0.4, 0.6, 0.8, 0.9)),
        key=lambda pair: float(np.nansum((correlation - _steps(pair[0], pair[1], horizon)) ** 2)),
    )
    return Dependence(steps=_steps(level, decay, horizon), between=_between(scaled))


def _between(scaled: Floats) -> float:
    """Correlation of two series' errors on one date, 0 to 0.9."""
    known = ~np.isnan(scaled)
    count = known.sum(axis=0)
    full = count >= max(2, scaled.shape[0] // 2)
    if scaled.shape[0] < 2 or not full.any():
        return 0.0
    mean = np.nansum(scaled, axis=0)[full] / count[full]
    spread = np.nansum(scaled**2, axis=0)[full] / count[full]
    num = float(count[full].mean())
    ratio = float((mean**2).sum() / max(spread.sum(), 1e-12))
    return float(np.clip((num * ratio - 1) / (num - 1), 0.0, 0.9)) * num / (num + _PRIOR_SERIES)


def _steps(level: float, decay: float, horizon: int) -> Floats:
    lag = np.abs(np.subtract.outer(np.arange(horizon), np.arange(horizon)))
    return np.asarray(level + (1 - level) * np.where(lag == 0, 1.0, float(decay) ** lag))
