"""The flow of patients through wards: chances to leave by ward and day of stay, arrivals, and the plan, drawn many times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from forecasting.calendar import Calendar
from forecasting.forecast import forecast
from forecasting.forecasts import LEVELS
from forecasting.panel import Floats, Panel

LONGEST_STAY = 60
"""Days of stay told apart; whoever is there longer leaves with the chance of that day."""
_PRIOR_PATIENTS = 25.0
"""A ward's own chance of a day counts half where that many patients of it were at risk."""
_DRAWS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One patient's stay in one ward; ``discharged`` None = still there. The day of discharge is no longer a bed day."""

    ward: str
    admitted: date
    discharged: date | None = None
    is_planned: bool = False

    def as_of(self, day: date) -> Stay:
        """What was known of the stay at the end of that day."""
        return self if self.discharged is None or self.discharged <= day else replace(self, discharged=None)


def flow_quantiles(
    occupied: Panel,
    stays: Sequence[Stay],
    planned: Mapping[tuple[str, date], int],
    horizon: int,
    *,
    calendar: Calendar | None,
    seed: int,
) -> Floats:
    """Quantiles [wards, horizon, levels] of the beds taken at the end of each coming day."""
    wards, today = occupied.names, occupied.dates[-1]
    dice = np.random.default_rng(seed)
    leaving = chances(stays, wards, today)
    weekday = weekday_factors(stays, leaving, wards, today)
    arrivals = _arrival_paths(occupied, stays, horizon, calendar, seed)
    coming = occupied.coming(horizon)
    elective = np.array([[planned.get((ward, day), 0) for day in coming] for ward in wards])
    state = np.repeat(_lying_there(stays, occupied)[None], _DRAWS, axis=0)
    taken = np.empty((_DRAWS, len(wards), horizon))
    for step, day in enumerate(coming):
        chance = np.clip(leaving * weekday[day.weekday()], 0.0, 0.98)
        older = np.roll(state, 1, axis=2)
        older[..., -1] += state[..., -1]
        older[..., 0] = np.rint(arrivals[:, :, step]).astype(np.int64) + elective[:, step]
        state = older - dice.binomial(older, chance[None])
        taken[:, :, step] = state.sum(axis=2)
    return np.moveaxis(np.quantile(taken, LEVELS, axis=0), 0, -1)


def chances(stays: Sequence[Stay], wards: Sequence[str], today: date) -> Floats:
    """[wards, LONGEST_STAY + 1]: chance to leave on a day of stay, of those still there the day before.

    A ward's own share is drawn towards that of all wards; day 0 is leaving on the day of admission.
    """
    left, at_risk = np.zeros((len(wards), LONGEST_STAY + 1)), np.zeros((len(wards), LONGEST_STAY + 1))
    row = {ward: place for place, ward in enumerate(wards)}
    for stay in stays:
        end = stay.discharged or today
        days = min((end - stay.admitted).days, LONGEST_STAY)
        if stay.ward not in row or days < 0:
            continue
        at_risk[row[stay.ward], : days + 1] += 1
        if stay.discharged is not None:
            left[row[stay.ward], days] += 1
    general = (left.sum(axis=0) + 0.5) / (at_risk.sum(axis=0) + 3.0)
    return np.asarray((left + _PRIOR_PATIENTS * general) / (at_risk + _PRIOR_PATIENTS))


def weekday_factors(stays: Sequence[Stay], leaving: Floats, wards: Sequence[str], today: date) -> Floats:
    """[7]: discharges on each weekday over what the chances alone would have, Monday first, drawn towards 1."""
    row = {ward: place for place, ward in enumerate(wards)}
    expected, seen = np.full(7, 20.0), np.full(7, 20.0)
    for stay in stays:
        if stay.ward not in row:
            continue
        end = stay.discharged or today
        length = min((end - stay.admitted).days, LONGEST_STAY)
        first = stay.admitted.weekday()
        for day in range(length + 1):
            expected[(first + day) % 7] += leaving[row[stay.ward], day]
        if stay.discharged is not None:
            seen[(first + length) % 7] += 1
    return np.asarray(seen / expected)


def _lying_there(stays: Sequence[Stay], occupied: Panel) -> np.ndarray:
    """[wards, LONGEST_STAY + 1]: patients in bed at the end of the last day by their days of stay.

    Where the count of occupied beds differs from the stays, the stays are believed.
    """
    today = occupied.dates[-1]
    row = {ward: place for place, ward in enumerate(occupied.names)}
    found = np.zeros((occupied.num, LONGEST_STAY + 1), dtype=np.int64)
    for stay in stays:
        if stay.discharged is None and stay.ward in row and stay.admitted <= today:
            found[row[stay.ward], min((today - stay.admitted).days, LONGEST_STAY)] += 1
    return found


def _arrival_paths(
    occupied: Panel, stays: Sequence[Stay], horizon: int, calendar: Calendar | None, seed: int
) -> Floats:
    """[draws, wards, horizon] unplanned admissions."""
    days = {day: at for at, day in enumerate(occupied.dates)}
    row = {ward: place for place, ward in enumerate(occupied.names)}
    counts = np.zeros((occupied.num, occupied.num_dates))
    for stay in stays:
        if not stay.is_planned and stay.ward in row and stay.admitted in days:
            counts[row[stay.ward], days[stay.admitted]] += 1
    first = min((stay.admitted for stay in stays), default=occupied.dates[-1] - timedelta(days=1))
    start = min(days.get(first, 0), occupied.num_dates - 2)
    panel = replace(occupied, dates=occupied.dates[start:], values=counts[:, start:], regressors=(), stock_outs=None)
    return forecast(panel, horizon, calendar=calendar, is_quick=True, seed=seed).paths(_DRAWS, seed)
