"""What a forecast is: a mean, quantiles, the paths they stand for, and what was noticed on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecasting.frequency import Frequency
from forecasting.panel import Floats

LEVELS: tuple[float, ...] = (
    *(0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5),
    *(0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.975, 0.99, 0.995),
)
"""The quantiles every forecast carries."""
SCORES: Floats = np.array([NormalDist().inv_cdf(level) for level in LEVELS])
"""LEVELS on the normal scale."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader should know of one series: ``kind`` has a text ``forecast.note_<kind>``, ``values`` fill it."""

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """How forecast errors go together.

    ``steps``: [h, h] correlation of one series' errors over the horizon. ``between``: correlation of two series' errors on
    the same date (0..1), the part of an error that all series share.
    """

    steps: Floats
    between: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecasts:
    """Forecasts of n series over h dates.

    ``mean``: [n, h]. ``quantiles``: [n, h, len(LEVELS)], not falling along the last axis. ``models``: what made each series'
    forecast. ``notes``: what was noticed of each. ``dependence``: of each
    kind of series, ``kinds``: [n], which one a series follows. ``is_whole``: [n], True where values are whole numbers.
    ``is_floored``: [n], True where the history is never negative, so nothing below 0 is forecast.
    """

    names: tuple[str, ...]
    dates: tuple[date, ...]
    frequency: Frequency
    mean: Floats
    quantiles: Floats
    models: tuple[str, ...]
    notes: tuple[tuple[Note, ...], ...]
    dependence: tuple[Dependence, ...]
    kinds: NDArray[np.int64]
    is_whole: NDArray[np.bool_]
    is_floored: NDArray[np.bool_]

    @property
    def horizon(self) -> int:
        """How many dates ahead."""
        return len(self.dates)

    def at(self, level: float) -> Floats:
        """The quantile of any level between 0 and 1: [n, h], between two kept levels interpolated on the normal scale."""
        return self._inverse(np.full(self.mean.shape, NormalDist().inv_cdf(level)))

    def band(self, share: float) -> tuple[Floats, Floats]:
        """Lower and upper end of the middle band that holds that share (0.8: from the 10 % to the 90 % quantile)."""
        return self.at((1 - share) / 2), self.at((1 + share) / 2)

    def paths(self, num: int, seed: int) -> Floats:
        """Joint sample paths [num, n, h]: each date's values follow its quantiles, errors go together as ``dependence`` says."""
        dice = np.random.default_rng(seed)
        shared = dice.standard_normal((num, 1, self.horizon))
        scores = dice.standard_normal((num, len(self.names), self.horizon))
        for kind, dependence in enumerate(self.dependence):
            rows = np.flatnonzero(self.kinds == kind)
            steps = np.linalg.cholesky(dependence.steps + 1e-9 * np.eye(self.horizon))
            part = dependence.between
            scores[:, rows] = (np.sqrt(part) * shared + np.sqrt(1 - part) * scores[:, rows]) @ steps.T
        return self._inverse(scores, is_sample=True)

    def _inverse(self, scores: Floats, *, is_sample: bool = False) -> Floats:
        """Values at normal scores [..., n, h]; beyond the outermost levels the line through the last two goes on."""
        above = np.clip(np.searchsorted(SCORES, scores), 1, len(LEVELS) - 1)
        low, high = (np.take_along_axis(self._spread(scores), at[..., None], -1)[..., 0] for at in (above - 1, above))
        share = (scores - SCORES[above - 1]) / (SCORES[above] - SCORES[above - 1])
        found = low + share * (high - low)
        if is_sample:
            found = np.where(self.is_whole[:, None], np.rint(found), found)
            found = np.where(self.is_floored[:, None], np.maximum(found, 0.0), found)
        return np.asarray(found)

    def _spread(self, scores: Floats) -> Floats:
        return np.broadcast_to(self.quantiles, (*scores.shape, len(LEVELS)))
