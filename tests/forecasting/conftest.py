"""Small series with known truth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from forecasting.frequency import Frequency
from forecasting.panel import Floats, Panel

Monthly = Callable[..., Panel]


@pytest.fixture
def monthly() -> Monthly:
    """A panel of monthly values [n, T], from January 2018."""

    def made(values: Floats, **more: object) -> Panel:
        rows = np.atleast_2d(np.asarray(values, dtype=float))
        first = date(2018, 1, 1)
        dates = tuple(Frequency.MONTH.following(first, step) for step in range(rows.shape[1]))
        names = tuple(f"item {row}" for row in range(len(rows)))
        return Panel(names=names, dates=dates, values=rows, frequency=Frequency.MONTH, **more)  # type: ignore[arg-type]

    return made


@pytest.fixture
def seasonal() -> Floats:
    """Thirty products over six years: levels from 30 to 320, a common year of 12 months, noise of a tenth."""
    dice = np.random.default_rng(7)
    level = np.linspace(30, 320, 30)[:, None]
    year = 1 + 0.3 * np.sin(2 * np.pi * np.arange(72) / 12)
    return np.rint(level * year * np.exp(0.1 * dice.standard_normal((30, 72))))
