"""The public series that forecasts are measured on, read as their READMEs say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from forecasting.calendar import Calendar, calendar_of
from forecasting.frequency import Frequency
from forecasting.panel import Panel
from forecasting.reading import panel_of_long, read_panel


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A panel and its protocol: the last ``horizon`` dates are the test; ``calendar`` is the country's the data come from."""

    name: str
    panel: Panel
    horizon: int = 12
    season: int = 12
    calendar: Calendar


def monthly_cases(name: str, data: Path) -> tuple[Case, ...]:
    """The cases of one data set. ``name``: one of READERS."""
    return READERS[name](data / name)


def hospital(folder: Path) -> tuple[Case, ...]:
    """767 monthly counts."""
    return (Case(name="hospital", panel=read_panel(folder / "hospital.csv"), calendar=calendar_of()),)


def scripts(folder: Path) -> tuple[Case, ...]:
    """Scripts by concession, type and ATC group: the complete series without a zero in the last 36 months."""
    table = pl.read_parquet(folder / "pbs.parquet")
    parts = ["concession", "type", "atc2"]
    long = table.select(series=pl.concat_str(parts, separator=" / "), date="month", value="scripts")
    panel = panel_of_long(long, where="pbs.parquet", frequency=Frequency.MONTH)
    values = panel.values
    kept = np.flatnonzero(~np.isnan(values).any(axis=1) & (np.nan_to_num(values[:, -36:]) > 0).all(axis=1))
    return (Case(name="pbs", panel=panel.only(kept.tolist()), calendar=calendar_of("AU")),)


def antibiotics(folder: Path) -> tuple[Case, ...]:
    """Purchases by hospital and drug, months without one are 0: the regular series and the intermittent ones."""
    table = pl.read_parquet(folder / "purchases.parquet")
    long = table.select(series=pl.concat_str(["hospital", "atc"], separator=" / "), date="month", value="ddd")
    panel = panel_of_long(long, where="purchases.parquet", frequency=Frequency.MONTH)
    panel = replace(panel, values=np.nan_to_num(panel.values))
    bought = (panel.values[:, :-12] > 0).sum(axis=1)
    is_regular = bought >= 0.9 * (panel.num_dates - 12)
    groups = {"dk_regular": (bought >= 24) & is_regular, "dk_intermittent": (bought >= 24) & ~is_regular}
    return tuple(
        Case(name=name, panel=panel.only(np.flatnonzero(rows).tolist()), calendar=calendar_of("DK"))
        for name, rows in groups.items()
    )


def carparts(folder: Path) -> tuple[Case, ...]:
    """Monthly sales of car parts, gaps as 0."""
    panel = read_panel(folder / "carparts.csv")
    return (Case(name="carparts", panel=replace(panel, values=np.nan_to_num(panel.values)), calendar=calendar_of()),)


def emergencies(folder: Path) -> tuple[Case, ...]:
    """Attendances by provider of type 1 with every month."""
    table = pl.read_parquet(folder / "ae.parquet").filter(pl.col("type") == "1")
    long = table.select(series="org_code", date="period", value="attendances")
    panel = panel_of_long(long, where="ae.parquet", frequency=Frequency.MONTH)
    complete = np.flatnonzero(~np.isnan(panel.values).any(axis=1))
    return (Case(name="ae", panel=panel.only(complete.tolist()), calendar=calendar_of("GB-ENG")),)


READERS: Mapping[str, Callable[[Path], tuple[Case, ...]]] = {
    "hospital-monash": hospital,
    "pbs-scripts": scripts,
    "dk-hospital-antibiotics": antibiotics,
    "carparts-monash": carparts,
    "nhs-ae-monthly": emergencies,
}
"""Folder -> its reader."""


def ambulances(folder: Path) -> Panel:
    """Responses a day by area, without the trust's total."""
    panel = read_panel(folder / "daily.csv")
    return panel.only([row for row, name in enumerate(panel.names) if name != "Trust"])


def pharmacy_weeks(folder: Path) -> Panel:
    """Whole weeks of sales by ATC group."""
    panel = read_panel(folder / "weekly.csv")
    whole = panel.until(panel.num_dates - 1)
    return replace(whole, dates=whole.dates[1:], values=whole.values[:, 1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Winter:
    """Occupied beds of the trusts that reported a whole winter; the panel holds the winters before as well."""

    name: str
    panel: Panel
    num_before: int
    """Dates of the panel before this winter."""


def winters(folder: Path) -> tuple[Winter, ...]:
    """Every winter that has one before it in the data."""
    table = pl.read_parquet(folder / "beds.parquet")
    names = table["winter"].unique().sort().to_list()
    return tuple(_winter(table, name) for name in names[1:])


def _winter(table: pl.DataFrame, name: str) -> Winter:
    own = table.filter(pl.col("winter") == name)
    panel = _occupied(own)
    values = panel.values
    complete = ~np.isnan(values).any(axis=1)
    moves = np.abs(values[:, 7:] - values[:, :-7]).mean(axis=1)
    kept = complete & (np.nan_to_num(values) > 50).all(axis=1) & (np.nan_to_num(moves) > 1)
    trusts = [trust for trust, is_kept in zip(panel.names, kept, strict=True) if is_kept]
    upto = table.filter((pl.col("winter") <= name) & pl.col("code").is_in(trusts))
    whole = _occupied(upto)
    first: date = panel.dates[0]
    return Winter(name=name, panel=whole, num_before=whole.dates.index(first))


def _occupied(table: pl.DataFrame) -> Panel:
    long = table.select(series="code", date="date", value="ga_occupied")
    return panel_of_long(long, where="beds.parquet", frequency=Frequency.DAY)
