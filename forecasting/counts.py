"""Intermittent demand: many dates without any. A negative binomial a date, its levels corrected by what came of earlier ones.

The spread around a date's mean is that of the series, drawn towards the panel's and widened by what forecasts at earlier origins
missed. What is still wrong with the shape is corrected by where outcomes fell in their distributions (their randomised PIT).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from forecasting.bands import dependence_of
from forecasting.calendar import Calendar
from forecasting.count_levels import Demand, dispersion, expected, seasonal_factors
from forecasting.forecasts import Dependence
from forecasting.frequency import Frequency
from forecasting.panel import Floats, Truths

_GRID = np.linspace(0, 1, 401)
_LEAST = 1.02
_SUNDAY = 6
_MOST_ORIGINS, _MOST_PITS = 8, 4


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


def forecast_counts(
    values: Floats, known: Truths, places: np.ndarray, horizon: int, *, season: int, seed: int
) -> Counts:
    """Forecast [n, T] demand, never negative. Unknown cells count as the series' mean. ``places``: [T + horizon]."""
    mean_known = np.where(known, values, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    demand = Demand(values=np.where(known, values, mean_known[:, None]), places=places, season=season)
    least = max(season, 6)
    step = max(1, season // 2) if season > 7 else max(season, horizon // 2)
    origins = list(range(values.shape[1] - horizon, least - 1, -step))[:_MOST_ORIGINS]
    tried = [
        _tried(demand, at, horizon, [o - (values.shape[1] - at) for o in origins], least) for at in origins[:_MOST_PITS]
    ]
    tried = [found for found in tried if found is not None]
    widened = _widened(tried)
    dice = np.random.default_rng(seed)
    pits = [_pit(found, widened, dice) for found in tried if found is not None]
    pattern = seasonal_factors(demand)
    return Counts(
        mean=expected(demand, horizon, origins),
        dispersion=np.maximum(dispersion(demand, pattern) * widened, _LEAST),
        corrected=_corrected(pits),
        dependence=_dependence(pits, horizon),
    )


def places_of(dates: Sequence[date], frequency: Frequency, calendar: Calendar, season: int) -> np.ndarray:
    """[T + horizon] place of each date in the season; a weekday nobody works is a Sunday, a weekend day all work a Friday."""
    if frequency is not Frequency.DAY or season != 7:
        return np.arange(len(dates)) % season
    found = np.array([day.weekday() for day in dates])
    works = np.array([calendar.is_working(day) for day in dates])
    is_weekend = found >= 5
    return np.where(~is_weekend & ~works, _SUNDAY, np.where(is_weekend & works, 4, found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    """A forecast made at an earlier origin and what came: [n, h] each, and the dispersion [n] seen then."""

    mean: Floats
    dispersion: Floats
    actual: Floats


def _tried(demand: Demand, origin: int, horizon: int, earlier: Sequence[int], least: int) -> _Tried | None:
    usable = [at for at in earlier if at >= least]
    if origin < 1.5 * least or not usable:
        return None
    past = demand.until(origin)
    return _Tried(
        mean=expected(past, horizon, usable),
        dispersion=dispersion(past, seasonal_factors(past)),
        actual=np.rint(demand.values[:, origin : origin + horizon]),
    )


def _widened(tried: Sequence[_Tried | None]) -> float:
    """Squared misses over what the dispersion foresaw, over all series and origins; at least 1."""
    found = [one for one in tried if one is not None]
    if not found:
        return 1.0
    missed = sum(float(((one.actual - one.mean) ** 2 / one.dispersion[:, None]).sum()) for one in found)
    foreseen = sum(float(one.mean.sum()) for one in found)
    return float(np.clip(missed / max(foreseen, 1e-9), 1.0, 4.0))


def _pit(one: _Tried, widened: float, dice: np.random.Generator) -> Floats:
    """[n, h]: where each outcome fell, ties drawn at random."""
    from scipy.stats import nbinom

    size, chance = _shape(one.mean, np.maximum(one.dispersion * widened, _LEAST)[:, None])
    below = np.where(one.actual > 0, nbinom.cdf(one.actual - 1, size, chance), 0.0)
    upto = nbinom.cdf(one.actual, size, chance)
    return np.asarray(below + dice.random(below.shape) * (upto - below))


def _corrected(pits: Sequence[Floats]) -> Floats:
    """Level to ask for so that the share of outcomes below is the level wanted; with few origins half believed."""
    if not pits:
        return _GRID
    num = sum(pit.size for pit in pits)
    share = len(pits) / (len(pits) + 0.5) * num / (num + 2000)
    return np.asarray(share * np.quantile(np.concatenate(pits, axis=None), _GRID) + (1 - share) * _GRID)


def _dependence(pits: Sequence[Floats], horizon: int) -> Dependence:
    if not pits:
        return Dependence(steps=np.eye(horizon))
    from scipy.special import ndtri

    return dependence_of(ndtri(np.clip(np.stack(pits, axis=1), 1e-4, 1 - 1e-4)))


def _shape(mean: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """Size and chance of the negative binomial with that mean and variance over mean."""
    positive = np.maximum(mean, 1e-3)
    return np.broadcast_arrays(positive / (spread - 1), 1 / spread)  # type: ignore[return-value]
