"""What every model answers: fitted to a panel it forecasts, gives quantiles and shows its residuals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Protocol

import numpy as np

from forecasting.panel import Floats, Truths


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A model fitted to n series.

    ``ahead``: horizon -> point forecasts [n, horizon]. ``residuals``: [n, T] errors one date ahead, NaN where nothing was
    known. ``growth``: [n], how much of one error stays in the level (0..1): the spread grows with it.
    """

    ahead: Callable[[int], Floats]
    residuals: Floats
    growth: Floats

    def forecast(self, horizon: int) -> Floats:
        """Point forecasts [n, horizon]."""
        return self.ahead(horizon)

    def quantiles(self, horizon: int, levels: tuple[float, ...]) -> Floats:
        """Quantiles [n, horizon, len(levels)] of normal errors, as the model alone would have them."""
        spread = np.nanstd(self.residuals, axis=1)
        width = spread[:, None] * np.sqrt(1 + self.growth[:, None] ** 2 * np.arange(horizon))
        return np.asarray(
            self.ahead(horizon)[..., None]
            + width[..., None] * np.array([NormalDist().inv_cdf(level) for level in levels])
        )


class Model(Protocol):
    """A model: fit(values [n, T] without holes, known [n, T], season) -> Fit."""

    def __call__(self, values: Floats, known: Truths, season: int) -> Fit:
        """Fit to all series."""
        ...
