"""Intermittent demand: many dates without any. Levels stacked over earlier origins, negative binomial, recalibrated.

Points: non-negative least squares of several simple levels on what came after earlier origins, all series together, drawn
towards their plain mean as if by a few hundred further series. A forecast of nothing cannot win: squares are compared, not
sizes. Spread: a negative binomial with each series' dispersion drawn towards the panel's; its levels are then corrected by
where the outcomes of earlier origins fell (their randomised PIT).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.bands import dependence_of
from forecasting.forecasts import Dependence
from forecasting.panel import Floats, Truths

_PRIOR_SERIES = 300.0
_HALF_LIFE = 18.0
_GRID = np.linspace(0, 1, 401)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """A negative binomial a series and date.

    ``mean``: [n, h]. ``dispersion``: [n], variance over mean (above 1). ``corrected``: the level to ask for at each of an
    even grid of levels. ``dependence``: how errors go together.
    """

    mean: Floats
    dispersion: Floats
    corrected: Floats
    dependence: Dependence

    def quantiles(self, levels: Sequence[float]) -> Floats:
        """[n, h, len(levels)], whole numbers."""
        from scipy.stats import nbinom  # half a second that panels without such series do not pay

        asked = np.clip(np.interp(levels, _GRID, self.corrected), 0.0, 0.9999)
        size, chance = _shape(self.mean, self.dispersion[:, None])
        return np.asarray(nbinom.ppf(asked, size[..., None], chance[..., None]))

    def reached(self, values: Floats) -> tuple[Floats, Floats]:
        """P(Y < y) and P(Y <= y) of whole numbers [n, h]."""
        below, upto = _reached(values, self.mean, self.dispersion)
        return np.interp(below, self.corrected, _GRID), np.interp(upto, self.corrected, _GRID)


def forecast_counts(values: Floats, known: Truths, horizon: int, *, season: int, seed: int) -> Counts:
    """Forecast [n, T] demand, never negative. Unknown cells count as the series' mean."""
    filled = np.where(known, values, (np.where(known, values, 0).sum(1) / np.maximum(known.sum(1), 1))[:, None])
    step = max(1, season // 2)
    origins = list(range(filled.shape[1] - horizon, max(season, 6) - 1, -step))[:8]
    mean = _stacked(filled, horizon, origins)
    dispersion = _dispersion(filled)
    pits, dice = [], np.random.default_rng(seed)
    for origin in origins[:4]:
        earlier = [at - (filled.shape[1] - origin) for at in origins]
        earlier = [at for at in earlier if at >= max(season, 6)]
        if origin < 2 * season or not earlier:
            continue
        past = filled[:, :origin]
        means = np.repeat(_stacked(past, horizon, earlier)[:, None], horizon, axis=1)
        below, upto = _reached(np.rint(filled[:, origin : origin + horizon]), means, _dispersion(past))
        pits.append(below + dice.random(below.shape) * (upto - below))
    from scipy.special import ndtri

    scores = ndtri(np.clip(np.stack(pits, axis=1), 1e-4, 1 - 1e-4)) if pits else np.zeros((len(mean), 0, horizon))
    return Counts(
        mean=np.repeat(mean[:, None], horizon, axis=1),
        dispersion=dispersion,
        corrected=_corrected(pits),
        dependence=dependence_of(scores) if pits else Dependence(steps=np.eye(horizon)),
    )


def _corrected(pits: Sequence[Floats]) -> Floats:
    """Level to ask for so that the share of outcomes below is the level wanted; with few origins half believed."""
    if not pits:
        return _GRID
    share = len(pits) / (len(pits) + 0.5)
    return np.asarray(share * np.quantile(np.concatenate(pits, axis=None), _GRID) + (1 - share) * _GRID)


def _stacked(values: Floats, horizon: int, origins: Sequence[int]) -> Floats:
    """[n]: the level expected over the horizon."""
    from scipy.optimize import nnls

    now = _levels(values)
    rows, targets = [], []
    for origin in origins:
        variance = _weighted(values[:, :origin])[1]
        weight = 1 / np.sqrt(variance + 0.25 * np.median(variance) + 1e-9)
        rows.append(_levels(values[:, :origin]) * weight[:, None])
        targets.append(values[:, origin : origin + horizon].mean(axis=1) * weight)
    if not rows:
        return np.asarray(now.mean(axis=1))
    design, target, num = np.concatenate(rows), np.concatenate(targets), now.shape[1]
    size = float(np.sqrt((design**2).mean())) or 1.0
    prior = np.sqrt(_PRIOR_SERIES)
    weights, _ = nnls(
        np.concatenate([design / size, prior * np.eye(num)]), np.concatenate([target / size, np.full(num, prior / num)])
    )
    return np.asarray(now @ weights)


def _levels(values: Floats) -> Floats:
    """[n, levels]: exponential smoothing, means of recent dates, and demand times its chance (Teunter et al., 2011)."""
    smooth = [_smoothed(values, weight) for weight in (0.05, 0.1, 0.2, 0.4)]
    means = [values[:, -num:].mean(axis=1) for num in (3, 6, 12, 24)]
    return np.stack(smooth + means + [_chance_times_size(values, weight) for weight in (0.05, 0.1, 0.2)], axis=1)


def _smoothed(values: Floats, weight: float) -> Floats:
    level = values[:, :12].mean(axis=1)
    for at in range(values.shape[1]):
        level = level + weight * (values[:, at] - level)
    return np.asarray(level)


def _chance_times_size(values: Floats, weight: float) -> Floats:
    is_demand = values > 0
    first = is_demand & (np.cumsum(is_demand, axis=1) <= 3)
    size = np.where(first, values, 0).sum(axis=1) / np.maximum(first.sum(axis=1), 1)
    chance = is_demand[:, :12].mean(axis=1)
    for at in range(values.shape[1]):
        chance = chance + weight * (is_demand[:, at] - chance)
        size = np.where(is_demand[:, at], size + 0.2 * (values[:, at] - size), size)
    return np.asarray(chance * size)


def _weighted(values: Floats) -> tuple[Floats, Floats, float]:
    """Recent mean and variance [n] with a half-life, and how many dates they are worth."""
    weights = 0.5 ** ((values.shape[1] - 1 - np.arange(values.shape[1])) / _HALF_LIFE)
    weights /= weights.sum()
    mean = values @ weights
    return mean, ((values - mean[:, None]) ** 2) @ weights, float(1 / (weights**2).sum())


def _dispersion(values: Floats) -> Floats:
    """[n]: variance over mean, drawn towards the panel's median."""
    mean, variance, worth = _weighted(values)
    is_some = mean > 0
    ratio = np.log(np.clip(variance * worth / max(worth - 1, 1e-9) / np.maximum(mean, 1e-9), 0.3, None))
    general = float(np.median(ratio[is_some])) if is_some.any() else 0.0
    share = worth / (worth + 10)
    return np.asarray(np.maximum(np.exp(np.where(is_some, share * ratio + (1 - share) * general, general)), 1.02))


def _shape(mean: Floats, dispersion: Floats) -> tuple[Floats, Floats]:
    """Size and chance of the negative binomial with that mean and variance over mean."""
    positive = np.maximum(mean, 1e-3)
    return np.broadcast_arrays(positive / (dispersion - 1), 1 / dispersion)  # type: ignore[return-value]


def _reached(values: Floats, mean: Floats, dispersion: Floats) -> tuple[Floats, Floats]:
    from scipy.stats import nbinom

    size, chance = _shape(mean, dispersion[:, None])
    below = np.where(values > 0, nbinom.cdf(values - 1, size, chance), 0.0)
    return below, np.asarray(nbinom.cdf(values, size, chance))
