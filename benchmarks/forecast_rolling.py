"""Rolling origins: ambulances a day, occupied beds a winter, a pharmacy's weeks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.forecast_data import ambulances, pharmacy_weeks, winters
from benchmarks.report import Row
from forecasting.calendar import calendar_of
from forecasting.forecast import forecast
from forecasting.measures import coverage, mape, mase, naive_scale
from forecasting.panel import Panel

AMBULANCE_AIMS = {7: 0.66, 28: 0.665, 56: 0.68, 84: 0.70}
_FOLDS, _STEP = 41, 7
_FIRST_BED_DAY, _BED_HORIZON, _BED_SHOWN = 56, 14, 7
BED_AIMS = {"2019/20": 2.45}
BED_BAND = (76.0, 86.0)
_LAST_WEEKS = 52


def ambulance_rows(folder: Path) -> list[Row]:
    """MASE by horizon over the 41 folds of the test year, and of the two years before on every fourth fold."""
    panel = ambulances(folder)
    years = sorted({day.year for day in panel.dates})[-3:]
    published = _published(folder / "published_ensemble_by_region_horizon.csv")
    rows: list[Row] = []
    for back, year in enumerate(reversed(years)):
        rows += _year_of_folds(panel, year, back, published)
    return rows


def _year_of_folds(panel: Panel, year: int, back: int, published: dict[int, float]) -> list[Row]:
    first, calendar = panel.dates.index(date(year, 1, 1)), calendar_of("GB-ENG")
    scale = naive_scale(panel.values[:, :first], 7)
    longest = max(AMBULANCE_AIMS)
    ours: dict[int, list[float]] = {horizon: [] for horizon in AMBULANCE_AIMS}
    naive: dict[int, list[float]] = {horizon: [] for horizon in AMBULANCE_AIMS}
    held: list[tuple[float, float]] = []
    for fold in range(0, _FOLDS, 1 if back == 0 else 4):
        origin = first + _STEP * fold
        found = forecast(panel.until(origin), longest, calendar=calendar)
        actual = panel.values[:, origin : origin + longest]
        last = np.tile(panel.values[:, origin - 7 : origin], longest // 7)
        for horizon in AMBULANCE_AIMS:
            ours[horizon].append(mase(found.at(0.5)[:, :horizon], actual[:, :horizon], scale))
            naive[horizon].append(mase(last[:, :horizon], actual[:, :horizon], scale))
        cut = np.where(np.arange(longest) < 28, actual, np.nan)
        held.append((coverage(found, cut, 0.8), coverage(found, cut, 0.95)))
    suffix = f"_{back}" if back else ""
    rows = [
        Row(
            name=f"ambulance_mase{horizon}{suffix}",
            unit="",
            ours=float(np.mean(ours[horizon])),
            target=aim if not back else None,
            peers={
                "seasonal naive": float(np.mean(naive[horizon])),
                **({} if back else {"Prophet + regression (published)": published.get(horizon)}),
            },
            noise=0.005,
        )
        for horizon, aim in AMBULANCE_AIMS.items()
    ]
    shares = np.mean(held, axis=0)
    return [
        *rows,
        Row(name=f"ambulance_cover80{suffix}", unit="%", ours=float(shares[0]), better="higher", slack=2.0),
        Row(name=f"ambulance_cover95{suffix}", unit="%", ours=float(shares[1]), better="higher", slack=2.0),
    ]


def _published(path: Path) -> dict[int, float]:
    """Horizon -> mean MASE over the areas, as the authors' files have it."""
    if not path.is_file():
        return {}
    table = pl.read_csv(path).filter((pl.col("metric") == "mase") & (pl.col("region") != "Trust"))
    means = table.group_by("horizon").agg(pl.col("value").mean())
    return dict(zip(means["horizon"].to_list(), means["value"].to_list(), strict=True))


def bed_rows(folder: Path) -> list[Row]:
    """Seven days ahead, each winter that has one before it: 14 days are forecast every week from day 56 on."""
    rows: list[Row] = []
    for winter in winters(folder):
        panel, first = winter.panel, winter.num_before
        errors, scaled, held, naive = [], [], [], []
        for origin in range(first + _FIRST_BED_DAY, panel.num_dates - _BED_HORIZON + 1, _STEP):
            found = forecast(panel.until(origin), _BED_HORIZON, calendar=calendar_of("GB-ENG"))
            actual = panel.values[:, origin : origin + _BED_SHOWN]
            points = found.at(0.5)[:, :_BED_SHOWN]
            last = panel.values[:, origin - 7 : origin]
            errors.append(mape(points, actual))
            naive.append(mape(last, actual))
            scaled.append(mase(points, actual, naive_scale(panel.values[:, first:origin], 7)))
            cut = np.pad(actual, ((0, 0), (0, _BED_HORIZON - _BED_SHOWN)), constant_values=np.nan)
            held.append((coverage(found, cut, 0.8), coverage(found, cut, 0.95)))
        shares = np.mean(held, axis=0)
        tag = "beds_" + winter.name.replace("/", "_")
        aim = BED_AIMS.get(winter.name)
        rows += [
            Row(
                name=f"{tag}_mape",
                unit="%",
                ours=float(np.mean(errors)),
                target=aim,
                peers={"seasonal naive": float(np.mean(naive))},
            ),
            Row(name=f"{tag}_mase", unit="", ours=float(np.mean(scaled))),
            Row(name=f"{tag}_cover80", unit="%", ours=float(shares[0]), better="higher", slack=2.0),
            Row(
                name=f"{tag}_cover80_off",
                unit="points",
                ours=float(max(BED_BAND[0] - shares[0], shares[0] - BED_BAND[1], 0.0)),
                target=0.0 if aim else None,
                slack=1.0,
            ),
            Row(name=f"{tag}_cover95", unit="%", ours=float(shares[1]), better="higher", slack=2.0),
        ]
    return rows


def pharmacy_rows(folder: Path) -> list[Row]:
    """One and four weeks ahead over the last 52 whole weeks, every fourth origin."""
    panel = pharmacy_weeks(folder)
    scaled: dict[int, list[float]] = {1: [], 4: []}
    for origin in range(panel.num_dates - _LAST_WEEKS, panel.num_dates - 3, 4):
        found = forecast(panel.until(origin), 4)
        scale = naive_scale(panel.values[:, :origin], 1)
        for horizon, kept in scaled.items():
            actual = panel.values[:, origin : origin + horizon]
            kept.append(mase(found.at(0.5)[:, :horizon], actual, scale))
    return [Row(name=f"pharmacy_mase{horizon}", unit="", ours=float(np.mean(kept))) for horizon, kept in scaled.items()]
