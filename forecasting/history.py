"""A panel's past made ready for models: on a scale where effects add, without holes, with what was mended named."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.panel import Floats, Panel, Truths


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The scale the models work on: log(1 + y) where a series is never negative, else asinh(y / unit).

    ``is_log``: [n]. ``units``: [n], the median size of a series' values, used where ``is_log`` is False.
    """

    is_log: Truths
    units: Floats

    def there(self, values: Floats) -> Floats:
        """Values [n, ...] on the models' scale."""
        is_log, units = self._like(values)
        logged = np.log1p(np.where(is_log, np.maximum(values, 0.0), 0.0))
        return np.asarray(np.where(is_log, np.where(np.isnan(values), np.nan, logged), np.arcsinh(values / units)))

    def back(self, values: Floats) -> Floats:
        """Values [n, ...] of the models' scale as they were counted."""
        is_log, units = self._like(values)
        safe = np.minimum(values, 45.0)
        return np.asarray(np.where(is_log, np.maximum(np.expm1(safe), 0.0), np.sinh(safe) * units))

    def _like(self, values: Floats) -> tuple[Truths, Floats]:
        shape = (-1, *(1,) * (values.ndim - 1))
        return self.is_log.reshape(shape), self.units.reshape(shape)


def scale_of(values: Floats) -> Scale:
    """The scale of each series of [n, T]."""
    size = np.nanmedian(np.where(np.isnan(values).all(axis=1, keepdims=True), 1.0, np.abs(values)), axis=1)
    return Scale(is_log=np.asarray(~(np.nan_to_num(values) < 0).any(axis=1)), units=np.where(size > 0, size, 1.0))


def seen(panel: Panel) -> Truths:
    """[n, T]: where demand was known and not cut off by an empty shelf."""
    known = ~np.isnan(panel.values)
    return known if panel.stock_outs is None else known & ~panel.stock_outs


def filled(values: Floats, known: Truths, season: int) -> Floats:
    """[n, T] without holes: a hole takes the line between its neighbours plus the series' seasonal difference.

    Before the first and after the last known value the line is flat at the mean of the nearest season. A series without any
    value is 0.
    """
    num_dates = values.shape[1]
    found = np.where(known, values, np.nan)
    if known.all():
        return values
    for row in np.flatnonzero(~known.all(axis=1)):
        at = np.flatnonzero(known[row])
        if at.size == 0:
            found[row] = 0.0
            continue
        ends = (found[row, at[:season]].mean(), found[row, at[-season:]].mean())
        line = np.interp(np.arange(num_dates), at, found[row, at], left=float(ends[0]), right=float(ends[1]))
        found[row] = np.where(known[row], found[row], line + _pattern(found[row], at, season, num_dates))
    return found


def _pattern(series: Floats, at: np.ndarray, season: int, num_dates: int) -> Floats:
    """Mean difference of each place in the season from the series' mean, 0 with fewer than three seasons."""
    if at.size < 3 * season:
        return np.zeros(num_dates)
    places = np.bincount(at % season, weights=series[at] - series[at].mean(), minlength=season)
    counts = np.maximum(np.bincount(at % season, minlength=season), 1)
    return np.asarray((places / counts)[np.arange(num_dates) % season])
