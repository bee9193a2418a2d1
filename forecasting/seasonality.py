"""Seasonal effects of many short series: each shrunk towards the few patterns that all of them share.

A series' own effects are means of its detrended values. Divided by their standard error they form a matrix of signal plus
unit noise, whose singular values are shrunk as Gavish and Donoho (2017) derive for that case; what remains of a series' own
is kept as far as it is larger than its noise.
"""

from __future__ import annotations

import numpy as np

from forecasting.panel import Floats, Truths


def seasonal_effects(values: Floats, known: Truths, season: int, *, memory: float) -> Floats:
    """Effects [n, season] of date index modulo ``season``; they add up to 0.

    ``values``: [n, T] without holes; only ``known`` cells count. ``memory``: seasons after which a value counts 1/e
    (infinite: all count alike). Below one and a half seasons there is nothing to learn: all 0.
    """
    num, dates = values.shape
    if season < 2 or dates < 1.5 * season:
        return np.zeros((num, season))
    residuals, is_inside = _detrended(values, season)
    weights = np.exp(-(dates - 1 - np.arange(dates)) / (season * memory)) * is_inside
    weights = np.where(known, weights, 0.0)
    effects, errors = _means(residuals, weights, season)
    return shrunk(effects, errors)


def shrunk(effects: Floats, errors: Floats) -> Floats:
    """Rows of effects [n, m] with their squared standard errors [n], shrunk to shared patterns."""
    num, width = effects.shape
    noise = np.sqrt(errors + 1e-3 * np.median(errors) + 1e-12)
    left, size, right = np.linalg.svd(effects / noise[:, None], full_matrices=False)
    ratio = size / np.sqrt(num)
    share = (width - 1) / num
    is_signal = ratio > 1 + np.sqrt(share)
    kept = np.sqrt(np.maximum((ratio**2 - share - 1) ** 2 - 4 * share, 0.0)) / np.maximum(ratio, 1e-9)
    common = (left * (np.where(is_signal, kept, 0.0) * np.sqrt(num))) @ right * noise[:, None]
    own = effects - common
    surplus = np.maximum((own**2).sum(axis=1) / max(width - 1, 1) / np.maximum(errors, 1e-12) - 1, 0.0)
    worth = 0.5 * (surplus + np.median(surplus))
    return np.asarray(common + (worth / (1 + worth))[:, None] * own)


def _detrended(values: Floats, season: int) -> tuple[Floats, Truths]:
    """Values less their centred moving average over a season; the ends, where there is none, are outside."""
    dates = values.shape[1]
    kernel = np.r_[0.5, np.ones(season - 1), 0.5] / season if season % 2 == 0 else np.ones(season) / season
    half = len(kernel) // 2
    level = np.empty_like(values)
    inside = np.lib.stride_tricks.sliding_window_view(values, len(kernel), axis=1) @ kernel
    level[:, half : dates - half] = inside
    level[:, :half] = inside[:, :1]
    level[:, dates - half :] = inside[:, -1:]
    is_inside = (np.arange(dates) >= half) & (np.arange(dates) < dates - half)
    if dates < 3 * season:  # too short to give the ends away
        is_inside[:] = True
    return values - level, is_inside


def _means(residuals: Floats, weights: Floats, season: int) -> tuple[Floats, Floats]:
    """Weighted mean at each place of the season, centred, and its mean squared standard error per series."""
    num = len(residuals)
    effects, spread, counts = np.zeros((num, season)), np.zeros((num, season)), np.zeros((num, season))
    for place in range(season):
        weight, values = weights[:, place::season], residuals[:, place::season]
        total = np.maximum(weight.sum(axis=1), 1e-12)
        effects[:, place] = (weight * values).sum(axis=1) / total
        counts[:, place] = total**2 / np.maximum((weight**2).sum(axis=1), 1e-12)
        variance = (weight * (values - effects[:, [place]]) ** 2).sum(axis=1) / total
        spread[:, place] = variance / np.maximum(1 - 1 / np.maximum(counts[:, place], 1.0), 0.3)
    effects -= effects.mean(axis=1, keepdims=True)
    general = (residuals**2).mean(axis=1)
    seasons = np.maximum(counts.mean(axis=1), 1e-6)
    is_single = seasons < 1.5
    errors = np.where(is_single, general, spread.mean(axis=1)) / seasons
    return effects, np.maximum(errors, 1e-10)
