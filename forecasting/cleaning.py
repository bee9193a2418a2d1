"""What a history holds that is not demand as usual: single odd values, a level that broke, empty shelves, holes. All named."""

from __future__ import annotations

import numpy as np

from forecasting.forecasts import Note
from forecasting.models.levels import smoothing
from forecasting.panel import Floats, Panel, Truths
from forecasting.seasonality import seasonal_effects

_ODD = 8.0
"""Robust standard errors from which one value is odd."""
_BROKEN = 10.0


def without_outliers(values: Floats, known: Truths, season: int) -> tuple[Floats, Truths]:
    """Values [n, T] with each odd one replaced by what was expected of it, and where they were.

    A value is odd where it differs from both its neighbours' level by far more than the series scatters, and the next does
    not: a step to a new level is no outlier. What belongs to the season is taken off before.
    """
    effects = seasonal_effects(values, known, season, memory=np.inf)
    rest = values - effects[:, np.arange(values.shape[1]) % season]
    around = _neighbours(rest)
    gap = rest - around
    scatter = 1.4826 * np.median(np.abs(gap), axis=1, keepdims=True)
    general = float(np.median(scatter)) if len(scatter) else 0.0
    scatter = np.maximum(scatter, 0.25 * general + 1e-6)
    odd = known & (np.abs(gap) > _ODD * scatter)
    odd[:, -1] = False  # the last value may be the first of a new level
    return np.where(odd, values - gap, values), odd


def notes_of(panel: Panel, cleaned: Floats, odd: Truths, season: int) -> list[tuple[Note, ...]]:
    """What a reader should know of each series: holes, empty shelves, odd values, a broken level."""
    known = ~np.isnan(panel.values)
    breaks = _breaks(cleaned, season)
    found = []
    for row in range(panel.num):
        notes = []
        first = int(known[row].argmax())
        holes = int((~known[row, first:]).sum())
        if holes:
            notes.append(Note("gaps", {"num": holes}))
        if panel.stock_outs is not None and panel.stock_outs[row].any():
            notes.append(Note("stock_outs", {"num": int(panel.stock_outs[row].sum())}))
        if odd[row].any():
            last = int(np.flatnonzero(odd[row])[-1])
            notes.append(Note("outliers", {"num": int(odd[row].sum()), "date": panel.dates[last].isoformat()}))
        if breaks[row] >= 0:
            notes.append(Note("level_break", {"date": panel.dates[breaks[row]].isoformat()}))
        found.append(tuple(notes))
    return found


def _neighbours(values: Floats) -> Floats:
    """Median of the two values before and the two after, at each date."""
    padded = (
        np.pad(values, ((0, 0), (2, 2)), mode="reflect")
        if values.shape[1] > 2
        else np.pad(values, ((0, 0), (2, 2)), "edge")
    )
    num = values.shape[1]
    return np.asarray(np.median(np.stack([padded[:, at : at + num] for at in (0, 1, 3, 4)]), axis=0))


def _breaks(values: Floats, season: int) -> np.ndarray:
    """[n]: the latest date index from which the level differs for good from the season before, -1 without one."""
    num, dates = values.shape
    span = max(4, min(season, 14))
    found = np.full(num, -1)
    if dates < 3 * span:
        return found
    effects = seasonal_effects(values, np.ones_like(values, dtype=bool), season, memory=np.inf)
    rest = values - effects[:, np.arange(dates) % season]
    scatter = np.nanstd(smoothing(rest, np.ones_like(rest, dtype=bool), season).residuals, axis=1)
    sums = np.cumsum(np.pad(rest, ((0, 0), (1, 0))), axis=1)
    at = np.arange(span, dates - span + 1)
    after, before = (sums[:, at + span] - sums[:, at]) / span, (sums[:, at] - sums[:, at - span]) / span
    score = np.abs(after - before) / np.maximum(scatter[:, None] * np.sqrt(2 / span), 1e-9)
    best = score.argmax(axis=1)
    is_broken = score[np.arange(num), best] > _BROKEN
    return np.asarray(np.where(is_broken, at[best], -1))
