"""Sums of series: classes, wards, the hospital. Points add exactly; bands come from the summed sample paths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from forecasting.forecasts import LEVELS, Dependence, Forecasts, Note
from forecasting.panel import Floats, Panel

_DRAWS, _PART = 2000, 100
TOTAL = "total"


def summed(found: Forecasts, groups: Mapping[str, Sequence[int]], *, seed: int = 0) -> Forecasts:
    """The forecast of each group: name -> rows of ``found``.

    The mean is the sum of the means to the last digit. Quantiles are those of the sums of joint paths, so that errors which
    series share do not cancel and those of their own do.
    """
    names, horizon = list(groups), found.horizon
    sums = np.empty((_DRAWS, len(names), horizon))
    for part in range(0, _DRAWS, _PART):
        paths = found.paths(_PART, seed + part)
        for row, rows in enumerate(groups.values()):
            sums[part : part + _PART, row] = paths[:, list(rows)].sum(axis=1)
    quantiles: Floats = np.moveaxis(np.quantile(sums, LEVELS, axis=0), 0, -1)
    return replace(
        found,
        names=tuple(names),
        mean=np.stack([found.mean[list(rows)].sum(axis=0) for rows in groups.values()]),
        quantiles=quantiles,
        models=("sum",) * len(names),
        notes=tuple((Note("sum", {"num": len(rows)}),) for rows in groups.values()),
        dependence=(Dependence(steps=_steps(sums)),),
        kinds=np.zeros(len(names), dtype=np.int64),
        is_whole=np.array([bool(found.is_whole[list(rows)].all()) for rows in groups.values()], dtype=bool),
        is_floored=np.array([bool(found.is_floored[list(rows)].all()) for rows in groups.values()], dtype=bool),
    )


def groups_of(panel: Panel, level: str) -> dict[str, list[int]]:
    """Rows of each class of a level of the panel's keys; TOTAL has all rows in one."""
    if level == TOTAL:
        return {TOTAL: list(range(panel.num))}
    found: dict[str, list[int]] = {}
    for row, name in enumerate(panel.keys[level]):
        found.setdefault(name, []).append(row)
    return found


def _steps(sums: Floats) -> Floats:
    """[h, h]: mean correlation of the groups' sums over the steps."""
    centred = sums - sums.mean(axis=0)
    spread = centred.std(axis=0)
    scaled = centred / np.where(spread > 0, spread, 1.0)
    together = np.einsum("dgh,dgk->hk", scaled, scaled) / (len(sums) * sums.shape[1])
    np.fill_diagonal(together, 1.0)
    return np.asarray(together)
