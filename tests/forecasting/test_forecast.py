"""The forecast of a panel: every series gets one, whatever it looks like, and the bands are honest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.calendar import calendar_of
from forecasting.forecast import forecast
from forecasting.forecasts import LEVELS
from forecasting.frequency import Frequency
from forecasting.measures import coverage, mase, naive_scale
from forecasting.panel import Floats, Panel, Regressor
from hospital.errors import BadInput
from tests.forecasting.conftest import Monthly


def test_a_season_all_products_share_is_found(monthly: Monthly, seasonal: Floats) -> None:
    """What every product sells more of in spring is forecast for each, and better than last year's figures again."""
    panel = monthly(seasonal)
    found = forecast(panel.until(60), 12)
    actual, scale = seasonal[:, 60:], naive_scale(seasonal[:, :60], 12)
    assert mase(found.at(0.5), actual, scale) < 0.82
    assert mase(seasonal[:, 48:60], actual, scale) > 0.9
    assert 68 < coverage(found, actual, 0.8) < 92


def test_a_bad_series_never_stops_a_batch(monthly: Monthly, seasonal: Floats) -> None:
    """A constant, an empty, an all-zero, a three-point, a huge and a gappy item each get a forecast that says what it is."""
    values = seasonal[:8].copy()
    values[0] = 17.0
    values[1] = np.nan
    values[2] = 0.0
    values[3, :69] = np.nan
    values[4] = seasonal[4] * 1e12
    values[5, 20:27] = np.nan
    found = forecast(monthly(values), 5)
    assert np.isfinite(found.quantiles).all()
    assert np.isfinite(found.mean).all()
    assert found.models[:4] == ("constant", "no value", "all zero", "new item")
    assert (found.mean[0] == 17).all()
    assert (found.mean[2] == 0).all()
    assert found.mean[4].min() > 1e12
    assert {note.kind for note in found.notes[5]} >= {"gaps"}


def test_a_new_item_borrows_from_its_class(monthly: Monthly, seasonal: Floats) -> None:
    """Three months of a new antibiotic: its forecast lies between its own months and what antibiotics usually use."""
    values = seasonal[:6].copy()
    values[0, :69] = np.nan
    values[0, 69:] = [4.0, 5.0, 3.0]
    classes = ("antibiotics",) * 3 + ("fluids",) * 3
    values[3:] *= 100
    found = forecast(monthly(values, keys={"class": classes}), 4)
    assert 4 < found.mean[0, 0] < np.median(values[1:3])


def test_nothing_below_zero_unless_there_were_returns(monthly: Monthly, seasonal: Floats) -> None:
    """Where packs have come back, a month below 0 is possible; where none ever did, it is not forecast."""
    values = seasonal[:4].copy()
    values[0] -= 40.0
    values[1] = np.maximum(values[1] - 45.0, 0.0)
    found = forecast(monthly(values), 12)
    assert found.is_floored.tolist() == [False, True, True, True]
    assert found.quantiles[1:].min() >= 0
    assert found.quantiles[0].min() < 0


def test_paths_have_the_bands_as_margins(monthly: Monthly, seasonal: Floats) -> None:
    """Of many drawn futures a tenth lies below the 10 % quantile of each month, and whole packs stay whole."""
    found = forecast(monthly(seasonal[20:23]), 6)
    paths = found.paths(4000, 3)
    assert paths.shape == (4000, 3, 6)
    assert (paths == np.rint(paths)).all()
    for level in (0.1, 0.5, 0.9):
        below = (paths < found.at(level)).mean(axis=0)
        assert np.abs(below - level).max() < 0.05
    assert np.array_equal(paths, found.paths(4000, 3))
    assert not np.array_equal(paths, found.paths(4000, 4))


def test_a_sum_over_the_horizon_is_wider_than_independent_months(monthly: Monthly) -> None:
    """A level that wanders is wrong in the same direction all year, so a year's total is less sure than twelve separate months."""
    dice = np.random.default_rng(3)
    walk = 200 + 8 * np.cumsum(dice.standard_normal((25, 84)), axis=1)
    found = forecast(monthly(np.rint(walk)), 12)
    paths = found.paths(2000, 1)
    total = paths.sum(axis=2).std(axis=0)
    separate = np.sqrt(paths.var(axis=0).sum(axis=1))
    assert np.median(total / separate) > 1.3


def test_seldom_demand_is_never_forecast_as_nothing(monthly: Monthly) -> None:
    """An item asked for in one month of four: the mean is above 0 and the high quantiles cover what usually comes."""
    dice = np.random.default_rng(5)
    values = np.where(dice.random((60, 60)) < 0.25, 1 + dice.poisson(2.0, (60, 60)), 0).astype(float)
    found = forecast(monthly(values[:, :48]), 12)
    assert set(found.models) == {"negative binomial"}
    assert found.mean.min() > 0.1
    assert abs(found.mean.mean() - values.mean()) < 0.25
    held = (values[:, 48:] <= found.at(0.95)).mean()
    assert 0.92 < held < 0.99


def test_an_empty_shelf_is_not_taken_for_no_demand(monthly: Monthly, seasonal: Floats) -> None:
    """Half a year without stock: told of it, the forecast stays at the demand before; not told, it falls."""
    values = seasonal[10:22].copy()
    values[0, 60:68] = 3.0
    mask = np.zeros(values.shape, dtype=bool)
    mask[0, 60:68] = True
    told = forecast(monthly(values, stock_outs=mask), 6)
    untold = forecast(monthly(values), 6)
    truth = forecast(monthly(seasonal[10:22]), 6).mean[0].mean()
    assert abs(told.mean[0].mean() - truth) < abs(untold.mean[0].mean() - truth)
    assert "stock_outs" in {note.kind for note in told.notes[0]}


def test_a_single_odd_month_and_a_new_level_are_told_apart(monthly: Monthly, seasonal: Floats) -> None:
    """One month of tenfold use changes nothing; use that doubles for good is followed and said."""
    values = seasonal[:12].copy()
    values[0, 55] *= 10
    values[1, 40:] *= 4
    found, plain = forecast(monthly(values), 6), forecast(monthly(seasonal[:12]), 6)
    assert abs(found.mean[0] / plain.mean[0] - 1).max() < 0.2
    assert (found.mean[1] / plain.mean[1]).min() > 2.5
    assert "outliers" in {note.kind for note in found.notes[0]}
    (note,) = (note for note in found.notes[1] if note.kind == "level_break")
    assert "2021-03" <= note.values["date"][:7] <= "2021-07"


def test_what_is_known_of_the_future_is_used_or_refused(monthly: Monthly, seasonal: Floats) -> None:
    """Planned sessions that doubled use before double it again; a plan that ends too early is refused with the missing month."""
    dice = np.random.default_rng(2)
    sessions = np.where(dice.random(78) < 0.3, 90.0, 30.0)
    sessions[72:] = [90, 30, 90, 30, 30, 90]
    values = seasonal[:10] * np.sqrt(sessions[:72] / 30)
    known = Regressor(name="sessions", values=sessions)
    found = forecast(monthly(values, regressors=(known,)), 6)
    plain = forecast(monthly(values), 6)
    busy, quiet = (found.mean / plain.mean)[:, [0, 2, 5]].mean(), (found.mean / plain.mean)[:, [1, 3, 4]].mean()
    assert busy / quiet > 1.4
    assert all("regressor_used" in {note.kind for note in notes} for notes in found.notes)
    short = replace(known, values=sessions[:75])
    with pytest.raises(BadInput) as refused:
        forecast(monthly(values, regressors=(short,)), 6)
    assert refused.value.text_id == "forecast_regressor_short"
    assert refused.value.values["found"] == "2024-04-01"


def test_a_daily_clinic_is_closed_at_spring_festival() -> None:
    """A clinic that has stood empty at two Spring Festivals is not expected to be full at the third."""
    dates = Frequency.DAY.between(date(2022, 1, 3), date(2025, 1, 20))
    calendar, dice = calendar_of("CN"), np.random.default_rng(1)
    works = np.array([calendar.is_working(day) for day in dates])
    values = np.rint(np.where(works, 80, 25) * np.exp(0.08 * dice.standard_normal((3, len(dates)))))
    panel = Panel(names=("a", "b", "c"), dates=dates, values=values, frequency=Frequency.DAY)
    found = forecast(panel, 21, calendar=calendar)
    day = {when: at for at, when in enumerate(found.dates)}
    assert found.mean[:, day[date(2025, 1, 30)]].max() < 45
    assert found.mean[:, day[date(2025, 1, 23)]].min() > 60
    assert forecast(panel, 21).mean[:, day[date(2025, 1, 30)]].max() > 55


@pytest.mark.parametrize("horizon", [0, 731])
def test_a_horizon_out_of_range_is_refused(monthly: Monthly, seasonal: Floats, horizon: int) -> None:
    """Nobody gets a forecast of nothing, or of ten years of days."""
    with pytest.raises(BadInput):
        forecast(monthly(seasonal[:1]), horizon)


@settings(max_examples=25, deadline=None)
@given(
    rows=st.lists(
        st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9), st.integers(0, 5)), min_size=20, max_size=20),
        min_size=1,
        max_size=4,
    ),
    is_quick=st.booleans(),
)
def test_any_table_of_numbers_gives_a_sound_forecast(rows: list[list[float | None]], is_quick: bool) -> None:
    """Whatever stands in the file: finite numbers, quantiles in order, nothing below 0 where nothing was."""
    values = np.array([[np.nan if cell is None else float(cell) for cell in row] for row in rows])
    first = date(2020, 3, 1)
    dates = tuple(Frequency.MONTH.following(first, step) for step in range(20))
    names = tuple(str(row) for row in range(len(rows)))
    found = forecast(Panel(names=names, dates=dates, values=values, frequency=Frequency.MONTH), 4, is_quick=is_quick)
    assert np.isfinite(found.mean).all()
    assert np.isfinite(found.quantiles).all()
    assert (np.diff(found.quantiles, axis=2) >= 0).all()
    assert found.quantiles[found.is_floored].min(initial=0.0) >= 0
    assert found.quantiles.shape[2] == len(LEVELS)
