"""From a pharmacy's issues to a forecast of every item, and from a forecast to possible demands day by day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from forecasting.calendar import Calendar, calendar_of
from forecasting.forecast import forecast
from forecasting.forecasts import Forecasts
from forecasting.frequency import Frequency
from forecasting.panel import Floats, Panel
from hospital.errors import BadInput
from hospital.pharmacy import Pharmacy, Step
from planning.kept_forecasts import only

NUM_PATHS = 300
"""Possible futures that are looked at for each item."""


_FREQUENCIES: Mapping[Step, Frequency] = {
    Step.DAY: Frequency.DAY,
    Step.WEEK: Frequency.WEEK,
    Step.MONTH: Frequency.MONTH,
}


def calendar_of_site(site: Pharmacy) -> Calendar:
    """Holidays of the pharmacy's country and its own closures."""
    return calendar_of(site.settings.country, closures=(date.fromisoformat(day) for day in site.settings.closed))


def panel_of_usage(site: Pharmacy) -> Panel:
    """The issues as series: an item's steps before its first issue are not known, later steps without one are 0.

    Raises BadInput where there are no issues at all.
    """
    usage = site.usage
    if not usage.items or not usage.units.size:
        raise BadInput("pharmacy_no_issues")
    values = usage.units.astype(np.float64)
    begins = np.cumsum(values != 0, axis=1) > 0
    values = np.where(begins | ~begins.any(axis=1, keepdims=True), values, np.nan)
    groups = {item.id: item.group for item in site.items}
    return Panel(
        names=usage.items,
        dates=usage.days,
        values=values,
        frequency=_FREQUENCIES[usage.step],
        keys={"group": tuple(groups.get(name, "") for name in usage.items)},
    )


def forecast_items(site: Pharmacy, today: date, *, seed: int) -> Forecasts:
    """A forecast of every item from the end of its record until the horizon seen from today."""
    panel = panel_of_usage(site)
    end = today + timedelta(days=site.settings.num_days)
    steps = len(panel.frequency.between(panel.dates[-1], max(end, panel.dates[-1]))) - 1
    return forecast(panel, max(steps, 1), calendar=calendar_of_site(site), seed=seed)


def demand_paths(forecasts: Forecasts, row: int, today: date, num_days: int, *, seed: int) -> Floats:
    """Possible demands of one item, [NUM_PATHS, num_days] from today on, the same whenever they are asked for."""
    drawn = only(forecasts, row).paths(NUM_PATHS, seed + 7919 * row)[:, 0, :]
    days = [today + timedelta(days=at) for at in range(num_days)]
    return spread(drawn, forecasts.dates, forecasts.frequency, days)


def spread(values: Floats, dates: Sequence[date], frequency: Frequency, days: Iterable[date]) -> Floats:
    """Values of ``dates`` [.., h] on single days: a week's or month's evenly over its days; a day no date speaks of has none."""
    shares: dict[date, tuple[int, float]] = {}
    for at, first in enumerate(dates):
        length = 1 if frequency.is_daily else (frequency.following(first) - first).days
        for step in range(length):
            shares[first + timedelta(days=step)] = (at, 1.0 / length)
    columns = [shares.get(day) for day in days]
    empty = np.zeros(values.shape[:-1])
    return np.stack([empty if c is None else values[..., c[0]] * c[1] for c in columns], axis=-1)
