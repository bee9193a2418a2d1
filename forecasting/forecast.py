"""The forecast of a panel: what the command, the page and the order proposal all call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from forecasting.bands import Spread, spread_of
from forecasting.calendar import Calendar
from forecasting.candidates import Setting
from forecasting.cleaning import notes_of, without_outliers
from forecasting.combination import combined, origins_of
from forecasting.counts import forecast_counts, places_of
from forecasting.fallback import forecast_short
from forecasting.forecasts import LEVELS, Dependence, Forecasts, Note
from forecasting.history import filled, scale_of, seen
from forecasting.panel import Floats, Panel, Truths
from forecasting.regressors import known_futures
from hospital.errors import BadInput

LONGEST = 730
"""Dates ahead at most."""
_REGULAR = 0.9
"""A series with demand on at least that share of its dates is regular, any other intermittent."""
_LEAST_DATES = 8
_MEAN_AT = (np.arange(200) + 0.5) / 200


def forecast(
    panel: Panel,
    horizon: int,
    *,
    season: int | None = None,
    is_quick: bool = False,
    calendar: Calendar | None = None,
    seed: int = 0,
) -> Forecasts:
    """Forecast every series of the panel over the ``horizon`` dates after its last.

    ``season``: dates until the season repeats, the frequency's own where not given. ``is_quick``: fewer models, one origin.
    ``calendar``: whose holidays and closures count; weekends alone where not given. ``seed``: of what is drawn.
    No series stops the others: one that no model fits gets a simple forecast, named in ``models`` and ``notes``.
    Raises BadInput for a horizon below 1 or above LONGEST, and for regressors that do not cover the horizon.
    """
    if not 1 <= horizon <= LONGEST:
        raise BadInput("forecast_bad_horizon", expected=LONGEST, found=horizon)
    setting = Setting(
        dates=(*panel.dates, *panel.coming(horizon)),
        frequency=panel.frequency,
        season=season or panel.frequency.season,
        calendar=calendar or Calendar(),
        is_quick=is_quick,
        regressors=known_futures(panel, horizon),
    )
    known = seen(panel)
    kinds = _kinds(panel.values, known)
    made = _Made(panel, horizon)
    for kind in ("regular", "count", "short"):
        rows = np.flatnonzero(kinds == kind)
        if rows.size:
            _MAKERS[kind](made, rows, known[rows], setting, seed)
    return made.forecasts()


class _Made:
    """The forecasts as they are filled in, one kind of series after the other."""

    def __init__(self, panel: Panel, horizon: int) -> None:
        self.panel, self.horizon = panel, horizon
        self.quantiles = np.zeros((panel.num, horizon, len(LEVELS)))
        self.models = [""] * panel.num
        self.notes: list[tuple[Note, ...]] = [()] * panel.num
        self.means = np.full((panel.num, horizon), np.nan)
        self.dependence: list[Dependence] = []
        self.kinds = np.zeros(panel.num, dtype=np.int64)
        values = panel.values
        self.is_floored: Truths = np.array([not bool((row < 0).any()) for row in values], dtype=bool)
        self.is_whole: Truths = np.array(
            [bool(np.all(np.mod(row[~np.isnan(row)], 1) == 0)) for row in values], dtype=bool
        )

    def take(
        self,
        rows: np.ndarray,
        quantiles: Floats,
        models: Sequence[str],
        *,
        dependence: Dependence,
        means: Floats | None = None,
    ) -> None:
        """Quantiles [rows, h, levels] of some series, the models' names, how their errors go together."""
        self.kinds[rows] = len(self.dependence)
        self.dependence.append(dependence)
        self.quantiles[rows] = np.where(self.is_floored[rows, None, None], np.maximum(quantiles, 0.0), quantiles)
        if means is not None:
            self.means[rows] = means
        for row, model in zip(rows, models, strict=True):
            self.models[row] = model

    def forecasts(self) -> Forecasts:
        """All of it, checked once more: finite, not falling over the levels."""
        panel = self.panel
        quantiles = np.maximum.accumulate(self.quantiles, axis=2)
        found = Forecasts(
            names=panel.names,
            dates=panel.coming(self.horizon),
            frequency=panel.frequency,
            mean=np.zeros((panel.num, self.horizon)),
            quantiles=quantiles,
            models=tuple(self.models),
            notes=tuple(self.notes),
            dependence=tuple(self.dependence),
            kinds=self.kinds,
            is_whole=self.is_whole,
            is_floored=self.is_floored,
        )
        missing = np.isnan(self.means)
        if missing.any():
            self.means[missing] = _means(found)[missing]
        return replace(found, mean=self.means)


def _means(found: Forecasts) -> Floats:
    """Mean of each date's distribution, over levels evenly spread."""
    total = np.zeros(found.mean.shape)
    for level in _MEAN_AT:
        total += found.at(float(level))
    return total / len(_MEAN_AT)


def _kinds(values: Floats, known: Truths) -> np.ndarray:
    """[n]: "regular", "count" (never negative, many dates without demand) or "short" (too few or all the same values)."""
    counted = known.sum(axis=1)
    some = np.where(known, np.nan_to_num(values), 0.0)
    share = (some != 0).sum(axis=1) / np.maximum(counted, 1)
    is_floored = (some >= 0).all(axis=1)
    top = np.where(known, values, -np.inf).max(axis=1)
    bottom = np.where(known, values, np.inf).min(axis=1)
    kinds = np.where(is_floored & (share < _REGULAR), "count", "regular")
    return np.where((counted < _LEAST_DATES) | (top <= bottom), "short", kinds)


def _regular(made: _Made, rows: np.ndarray, known: Truths, setting: Setting, seed: int) -> None:
    del seed
    panel, horizon = made.panel.only(rows.tolist()), made.horizon
    own = tuple(moves if len(moves) == 1 else moves[rows] for moves in setting.regressors)
    setting = replace(setting, regressors=own)
    scale = scale_of(panel.values)
    values = filled(scale.there(panel.values), known, setting.season)
    cleaned, odd = without_outliers(values, known, setting.season)
    origins = origins_of(panel.num_dates, horizon, setting.season, is_quick=setting.is_quick)
    joined = combined(cleaned, known & ~odd, horizon, setting, scale=scale, origins=origins)
    spread: Spread = spread_of(
        joined.errors, cleaned.mean(axis=1), fallback=np.maximum(np.diff(cleaned, axis=1).std(axis=1), 1e-6)
    )
    quantiles = scale.back(spread.quantiles(joined.points))
    made.take(rows, quantiles, ["combination"] * len(rows), dependence=spread.dependence)
    for row, notes in zip(rows, notes_of(panel, cleaned, odd, setting.season), strict=True):
        made.notes[row] = (*notes, *(() if origins else (Note("too_short"),)), *_regressor_notes(panel, "used"))


def _counted(made: _Made, rows: np.ndarray, known: Truths, setting: Setting, seed: int) -> None:
    panel = made.panel.only(rows.tolist())
    places = places_of(setting.dates, setting.frequency, setting.calendar, setting.season)
    counts = forecast_counts(panel.values, known, places, made.horizon, season=setting.season, seed=seed)
    made.take(
        rows,
        counts.quantiles(LEVELS),
        ["negative binomial"] * len(rows),
        dependence=counts.dependence,
        means=counts.mean,
    )
    for row in rows:
        made.notes[row] = (Note("intermittent"), *_regressor_notes(panel, "not_used"))


def _short(made: _Made, rows: np.ndarray, known: Truths, setting: Setting, seed: int) -> None:
    del setting, seed
    quantiles, models, notes = forecast_short(made.panel, rows, known, made.horizon)
    made.take(rows, quantiles, models, dependence=Dependence(steps=np.eye(made.horizon)))
    for row, note in zip(rows, notes, strict=True):
        made.notes[row] = (*note, *_regressor_notes(made.panel, "not_used"))


def _regressor_notes(panel: Panel, kind: str) -> tuple[Note, ...]:
    """A known quantity is never left out in silence: what it was used for, or that this kind of series has no use for it."""
    return tuple(Note(f"regressor_{kind}", {"column": regressor.name}) for regressor in panel.regressors)


_MAKERS = {"regular": _regular, "count": _counted, "short": _short}
