"""Levels of intermittent demand: simple ones stacked over earlier origins, and the pattern of the week or year they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.panel import Floats

_PRIOR_SERIES = 300.0
"""The plain mean of the levels counts as much as that many series seen at one origin."""
_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Demand [n, T] without holes, never negative; ``places``: [T + horizon], each date's place in the season."""

    values: Floats
    places: np.ndarray
    season: int

    def until(self, num_dates: int) -> Demand:
        """As it stood after that many dates."""
        return Demand(values=self.values[:, :num_dates], places=self.places, season=self.season)


def expected(demand: Demand, horizon: int, origins: Sequence[int]) -> Floats:
    """[n, horizon]: mean demand on each coming date."""
    first = demand.values.shape[1]
    pattern = seasonal_factors(demand)
    return np.asarray(stacked(demand, horizon, origins)[:, None] * pattern[:, demand.places[first : first + horizon]])


def stacked(demand: Demand, horizon: int, origins: Sequence[int]) -> Floats:
    """[n]: the level expected over the horizon, per date.

    Non-negative least squares of the levels on what came after earlier origins, all series together, each weighted by how
    little it scatters and drawn towards the levels' plain mean. A forecast of nothing cannot win: squares are compared.
    """
    from scipy.optimize import nnls

    now = levels(demand)
    rows, targets = [], []
    for origin in origins:
        past = demand.until(origin)
        variance = recent(past.values, half_life(past.season))[1]
        weight = 1 / np.sqrt(variance + 0.25 * np.median(variance) + 1e-9)
        rows.append(levels(past) * weight[:, None])
        targets.append(demand.values[:, origin : origin + horizon].mean(axis=1) * weight)
    if not rows:
        return np.asarray(now.mean(axis=1))
    design, target, num = np.concatenate(rows), np.concatenate(targets), now.shape[1]
    size, prior = float(np.sqrt((design**2).mean())) or 1.0, np.sqrt(_PRIOR_SERIES)
    weights, _ = nnls(
        np.concatenate([design / size, prior * np.eye(num)]), np.concatenate([target / size, np.full(num, prior / num)])
    )
    return np.asarray(now @ weights)


def levels(demand: Demand) -> Floats:
    """[n, levels]: exponential smoothing, means of recent dates, and demand times its chance (Teunter et al., 2011).

    Days are read as weeks: a level must not depend on the weekday it is asked on.
    """
    values = _weeks(demand.values, demand.season) if demand.season <= _WEEK else demand.values
    smooth = [_smoothed(values, weight) for weight in (0.05, 0.1, 0.2, 0.4)]
    means = [values[:, -num:].mean(axis=1) for num in (3, 6, 12, 24)]
    return np.stack(smooth + means + [_chance_times_size(values, weight) for weight in (0.05, 0.1, 0.2)], axis=1)


def seasonal_factors(demand: Demand) -> Floats:
    """[n, season]: demand at each place of the season over the series' mean.

    All series' common factor, and as much of a series' own as is more than chance (gamma-Poisson, moments over the panel).
    """
    values, season = demand.values, demand.season
    places = demand.places[: values.shape[1]]
    if season < 2 or values.shape[1] < 2 * season:
        return np.ones((len(values), season))
    at = np.eye(season)[places]
    seen, general = values @ at, values.mean(axis=1, keepdims=True) * at.sum(axis=0)
    share = dispersion(demand, np.ones((len(values), season)))[:, None]
    common = (seen / share).sum(axis=0) / np.maximum((general / share).sum(axis=0), 1e-12)
    chance = share * general * np.maximum(common, 0.02)
    surplus = float(((seen - general * common) ** 2 - chance).sum() / max(float((general**2).sum()), 1e-12))
    prior = share / max(surplus, 1e-9) * np.maximum(common, 0.02)
    own = (seen + prior * common) / (general + prior)
    counts = at.sum(axis=0)
    return np.asarray(own * counts.sum() / np.maximum((own * counts).sum(axis=1, keepdims=True), 1e-12))


def dispersion(demand: Demand, pattern: Floats) -> Floats:
    """[n]: variance over mean around level times pattern, recent dates counting more, drawn towards the panel's median."""
    factor = pattern[:, demand.places[: demand.values.shape[1]]]
    weights = _weights(demand.values.shape[1], half_life(demand.season))
    mean = demand.values @ weights
    worth = float(1 / (weights**2).sum())
    variance = ((demand.values - mean[:, None] * factor) ** 2) @ weights * worth / max(worth - 1, 1e-9)
    is_some = mean > 0
    ratio = np.log(np.clip(variance / np.maximum(mean, 1e-9), 0.3, None))
    general = float(np.median(ratio[is_some])) if is_some.any() else 0.0
    share = worth / (worth + 10)
    return np.asarray(np.exp(np.where(is_some, share * ratio + (1 - share) * general, general)))


def half_life(season: int) -> float:
    """Dates after which one counts half: a year and a half of months, eighteen weeks of days."""
    return 18.0 * (season if season <= _WEEK else 1)


def recent(values: Floats, half: float) -> tuple[Floats, Floats]:
    """Recent mean and variance [n]."""
    weights = _weights(values.shape[1], half)
    mean = values @ weights
    return mean, ((values - mean[:, None]) ** 2) @ weights


def _weights(num_dates: int, half: float) -> Floats:
    weights = 0.5 ** ((num_dates - 1 - np.arange(num_dates)) / half)
    return np.asarray(weights / weights.sum())


def _weeks(values: Floats, season: int) -> Floats:
    """Means of whole seasons, the last one ending with the last date."""
    num = max(values.shape[1] // season, 1)
    kept = values[:, -num * season :]
    return np.asarray(kept.reshape(len(values), num, -1).mean(axis=2))


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
