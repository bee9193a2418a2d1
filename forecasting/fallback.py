"""Series that no model fits: empty, constant or of a handful of values. Each gets a simple forecast that says what it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecasting.forecasts import LEVELS, Note
from forecasting.panel import Floats, Panel, Truths

_NEW = 8.0
"""Values after which a new item's own mean counts as much as its class's."""


def forecast_short(
    panel: Panel, rows: np.ndarray, known: Truths, horizon: int
) -> tuple[Floats, list[str], list[tuple[Note, ...]]]:
    """Quantiles [rows, horizon, levels], models' names and notes.

    A constant series stays as it is. A new one has its own values, drawn towards the spread of its class (the first level of
    the panel's keys, else the whole panel) scaled to its own mean.
    """
    found = np.zeros((len(rows), horizon, len(LEVELS)))
    models: list[str] = []
    notes: list[tuple[Note, ...]] = []
    for place, row in enumerate(rows):
        values = panel.values[row][known[place]]
        model, levels = _one(panel, int(row), values)
        found[place] = levels
        models.append(model)
        notes.append((Note(model.replace(" ", "_"), {"num": int(values.size)}),))
    return found, models, notes


def _one(panel: Panel, row: int, values: Floats) -> tuple[str, Floats]:
    if values.size == 0:
        return "no value", _like_class(panel, row, None)
    if values.size >= _NEW:
        return ("all zero" if values[0] == 0 else "constant"), np.full(len(LEVELS), values[0])
    return "new item", _like_class(panel, row, values)


def _like_class(panel: Panel, row: int, values: Floats | None) -> Floats:
    """Quantiles of the class's values relative to each series' mean, times this series' mean."""
    relative, means = _class_values(panel, row)
    general = float(np.median(means)) if means.size else 0.0
    shape = np.quantile(relative, LEVELS) if relative.size else np.ones(len(LEVELS))
    if values is None:
        return np.asarray(general * shape)
    share = values.size / (values.size + _NEW)
    own = float(values.mean())
    mean = own if not means.size or own <= 0 else np.exp(share * np.log(own) + (1 - share) * np.log(max(general, 1e-9)))
    spread = np.quantile(values, LEVELS)
    return np.asarray(np.maximum.accumulate(share * spread + (1 - share) * mean * shape))


def _class_values(panel: Panel, row: int) -> tuple[Floats, Floats]:
    """Values over their series' mean, pooled over the class's other series, and those means."""
    relative, means = [], []
    for other in _class_of(panel, row):
        values = panel.values[other][~np.isnan(panel.values[other])]
        mean = float(values.mean()) if values.size else 0.0
        if values.size >= _NEW and mean > 0:
            relative.append(values / mean)
            means.append(mean)
    return (np.concatenate(relative) if relative else np.zeros(0)), np.array(means)


def _class_of(panel: Panel, row: int) -> Sequence[int]:
    """The other series of the same class."""
    belongs = next(iter(panel.keys.values()), None)
    return [at for at in range(panel.num) if at != row and (belongs is None or belongs[at] == belongs[row])]
