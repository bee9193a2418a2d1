"""Forecasts of models joined by how well each did at earlier origins of the same panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.candidates import Setting, candidates
from forecasting.history import Scale
from forecasting.panel import Floats, Truths

_SHARPNESS = 15.0
"""A model whose error is 5 % above the best one's gets about half its weight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """Points [n, h] on the models' scale, errors at earlier origins [n, origins, h] (NaN where unknown), weights of models."""

    points: Floats
    errors: Floats
    weights: Mapping[str, float]


def combined(
    values: Floats, known: Truths, horizon: int, setting: Setting, *, scale: Scale, origins: Sequence[int]
) -> Combined:
    """Join the candidates. ``values``: [n, T] on the models' scale without holes; ``origins``: numbers of dates to learn from.

    A model's weight at a step is its mean error at like steps relative to the best one's, to the power of -15; without origins
    all count alike.
    """
    tried = [candidates(values[:, :at], known[:, :at], horizon, setting) for at in origins]
    now = candidates(values, known, horizon, setting)
    names = [name for name in now if all(name in found for found in tried)]
    actual = [_actual(values, known, at, horizon) for at in origins]
    sizes = _naive_size(values, known, setting.season, scale)
    weights = np.full((len(names), horizon), 1.0 / len(names))
    if origins:
        missed = [
            np.stack([_errors(found[name], truth, scale, sizes) for name in names])
            for found, truth in zip(tried, actual, strict=True)
        ]
        weights = _weights(missed)
    errors = [truth - _joined(found, names, weights) for found, truth in zip(tried, actual, strict=True)]
    return Combined(
        points=_joined(now, names, weights),
        errors=np.stack(errors, axis=1) if errors else np.zeros((len(values), 0, horizon)),
        weights=dict(zip(names, weights.mean(axis=1).tolist(), strict=True)),
    )


def origins_of(num_dates: int, horizon: int, season: int, *, is_quick: bool) -> list[int]:
    """Earlier origins, the latest first: the last whole horizon, then half a season earlier each.

    With a short past the latest origin lies nearer than the horizon, so that only its first steps can be compared.
    """
    least = max(3, min(int(1.5 * season) if num_dates < 3 * season else 2 * season, num_dates - 2))
    if num_dates - 1 < least:
        return []
    step = max(season, horizon // 2 // season * season) if season <= 7 else max(1, season // 2)
    count = 1 if is_quick else (6 if season <= 7 else 3)
    latest = max(num_dates - horizon, least)
    return list(range(latest, least - 1, -step))[:count]


def _joined(found: Mapping[str, Floats], names: Sequence[str], weights: Floats) -> Floats:
    total = np.zeros_like(found[names[0]])
    for name, weight in zip(names, weights, strict=True):
        total += weight * found[name]
    return total


def _actual(values: Floats, known: Truths, origin: int, horizon: int) -> Floats:
    """What came after an origin [n, horizon], NaN where not known."""
    found = np.full((len(values), horizon), np.nan)
    length = min(horizon, values.shape[1] - origin)
    part = slice(origin, origin + length)
    found[:, :length] = np.where(known[:, part], values[:, part], np.nan)
    return found


def _naive_size(values: Floats, known: Truths, season: int, scale: Scale) -> Floats:
    """[n]: mean size of the seasonal naive forecast's error on the scale the values were counted on."""
    lag = season if values.shape[1] > season else 1
    counted = np.where(known, scale.back(values), np.nan)
    change = np.abs(counted[:, lag:] - counted[:, :-lag])
    count = np.maximum((~np.isnan(change)).sum(axis=1), 1)
    size = np.nansum(change, axis=1) / count
    typical = float(np.median(size[size > 0])) if (size > 0).any() else 1.0
    return np.asarray(np.maximum(size, 1e-3 * typical))


def _errors(points: Floats, truth: Floats, scale: Scale, sizes: Floats) -> Floats:
    """[h]: scaled absolute error at each step, summed over the series, NaN where nothing is known."""
    error = np.abs(scale.back(points) - scale.back(truth)) / sizes[:, None]
    known = ~np.isnan(error)
    return np.where(
        known.any(axis=0), np.where(known, error, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1), np.nan
    )


def _weights(missed: Sequence[Floats]) -> Floats:
    """[models, h] from errors [models, h] of each origin: each step learns from the steps between half and twice as far."""
    horizon = missed[0].shape[1]
    found = np.empty_like(missed[0])
    for step in range(horizon):
        near = slice(step // 2, 2 * step + 2)
        parts = [errors[:, near][:, ~np.isnan(errors[0, near])] for errors in missed]
        means = [part.mean(axis=1) for part in parts if part.shape[1]]
        ratios = [mean / max(float(mean.min()), 1e-12) for mean in means] or [np.ones(len(found))]
        found[:, step] = np.mean(ratios, axis=0) ** -_SHARPNESS
    return np.asarray(found / found.sum(axis=0))
