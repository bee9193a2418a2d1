"""Reads wards from a table or a folder of a person's own.

A table has ward,date,occupied and, if known, beds. A folder has stays.csv (ward,admitted,discharged and, if known, planned) or
occupancy.csv as the table, and may have wards.csv (ward,beds) and planned.csv (ward,date,admissions).
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from forecasting.bed_flow import Stay
from forecasting.beds import Wards
from forecasting.dates import read_dates
from forecasting.frequency import Frequency
from forecasting.panel import Panel
from forecasting.reading import numbers, panel_of_long, read_panel, read_table
from hospital.errors import BadInput

_NAMES = {
    "ward": ("ward", "unit", "病区", "科室"),
    "date": ("date", "day", "日期"),
    "occupied": ("occupied", "occupancy", "beds_occupied", "占用", "占用床位", "在院人数"),
    "beds": ("beds", "capacity", "open", "床位", "床位数", "开放床位"),
    "admitted": ("admitted", "admission", "admitted_at", "入院", "入院日期"),
    "discharged": ("discharged", "discharge", "discharged_at", "出院", "出院日期"),
    "planned": ("planned", "elective", "择期", "计划"),
    "admissions": ("admissions", "number", "num", "人数", "入院人数"),
}


def read_wards(place: Path) -> Wards:
    """The wards of a table or folder. Raises BadInput naming file, column and what was found."""
    if not place.is_dir():
        return _of_table(place)
    stays = _stays(place / "stays.csv") if (place / "stays.csv").is_file() else ()
    planned = _planned(place / "planned.csv") if (place / "planned.csv").is_file() else {}
    beds = _beds(place / "wards.csv") if (place / "wards.csv").is_file() else {}
    if (place / "occupancy.csv").is_file():
        table = _of_table(place / "occupancy.csv")
        return Wards(occupied=table.occupied, beds=beds or table.beds, stays=stays, planned=planned)
    if not stays:
        raise BadInput("no_tables", where=str(place), expected="stays.csv, occupancy.csv")
    return Wards(occupied=occupied_of(stays), beds=beds, stays=stays, planned=planned)


def occupied_of(stays: tuple[Stay, ...]) -> Panel:
    """Beds taken at the end of each day, as the stays have them, to the last day anything happened.

    From the first discharge on: before it, a list of stays that ends are seen in lacks those who had left already.
    """
    wards = tuple(sorted({stay.ward for stay in stays}))
    ends = [stay.discharged for stay in stays if stay.discharged is not None]
    starts = [stay.admitted for stay in stays]
    first = min(ends, default=min(starts))
    last = max(max(starts), max(ends, default=first), first + timedelta(days=1))
    dates = Frequency.DAY.between(first, last)
    moves = np.zeros((len(wards), len(dates) + 1))
    row = {ward: at for at, ward in enumerate(wards)}
    for stay in stays:
        moves[row[stay.ward], max((stay.admitted - first).days, 0)] += 1
        if stay.discharged is not None:
            moves[row[stay.ward], (stay.discharged - first).days] -= 1
    values = np.cumsum(moves[:, :-1], axis=1)
    return Panel(names=wards, dates=dates, values=values, frequency=Frequency.DAY)


def _of_table(path: Path) -> Wards:
    table = read_table(path)
    found = _columns(table, ("ward", "date", "occupied"), path.name, is_needed=False)
    if found is None:
        return Wards(occupied=read_panel(path))
    long = table.select(series=found["ward"], date=found["date"], value=found["occupied"])
    panel = panel_of_long(long, where=path.name, frequency=Frequency.DAY)
    known = _columns(table, ("ward", "beds"), path.name, is_needed=False)
    return Wards(occupied=panel, beds=_last_beds(table, known, path.name) if known else {})


def _last_beds(table: pl.DataFrame, names: dict[str, str], where: str) -> dict[str, int]:
    """The last number of beds that each ward's rows give."""
    beds = numbers(table[names["beds"]], where=where).to_list()
    wards = table[names["ward"]].cast(pl.String).str.strip_chars().to_list()
    return {ward: int(num) for ward, num in zip(wards, beds, strict=True) if num is not None}


def _beds(path: Path) -> dict[str, int]:
    table = read_table(path)
    names = _columns(table, ("ward", "beds"), path.name)
    return _last_beds(table, names, path.name) if names else {}


def _planned(path: Path) -> dict[tuple[str, date], int]:
    table = read_table(path)
    names = _columns(table, ("ward", "date", "admissions"), path.name) or {}
    wards = table[names["ward"]].cast(pl.String).str.strip_chars().to_list()
    days = read_dates(table[names["date"]], where=path.name).to_list()
    counts = numbers(table[names["admissions"]], where=path.name).fill_null(0).to_list()
    total: Counter[tuple[str, date]] = Counter()
    for ward, day, count in zip(wards, days, counts, strict=True):
        total[(ward, day)] += int(count)
    return dict(total)


def _stays(path: Path) -> tuple[Stay, ...]:
    table = read_table(path)
    names = _columns(table, ("ward", "admitted", "discharged"), path.name) or {}
    wards = table[names["ward"]].cast(pl.String).str.strip_chars().to_list()
    admitted = read_dates(table[names["admitted"]], where=path.name).to_list()
    column = table[names["discharged"]].cast(pl.String).str.strip_chars()
    is_out = (column.is_not_null() & (column != "")).to_list()
    left = iter(read_dates(column.filter(pl.Series(is_out)), where=path.name).to_list() if any(is_out) else [])
    discharged = [next(left) if out else None for out in is_out]
    flag = _columns(table, ("planned",), path.name, is_needed=False)
    planned = numbers(table[flag["planned"]], where=path.name).fill_null(0).to_list() if flag else [0] * table.height
    for row, (start, end) in enumerate(zip(admitted, discharged, strict=True)):
        if end is not None and end < start:
            raise BadInput("forecast_stay_backwards", where=path.name, row=row + 2)
    return tuple(
        Stay(ward=ward, admitted=start, discharged=end, is_planned=bool(flagged))
        for ward, start, end, flagged in zip(wards, admitted, discharged, planned, strict=True)
    )


def _columns(
    table: pl.DataFrame, wanted: tuple[str, ...], where: str, *, is_needed: bool = True
) -> dict[str, str] | None:
    """Wanted column -> the table's own name of it. Raises BadInput where one is missing and ``is_needed``."""
    known = {column.strip().lower(): column for column in table.columns}
    found = {name: next((known[word] for word in _NAMES[name] if word in known), "") for name in wanted}
    missing = [name for name, column in found.items() if not column]
    if missing and is_needed:
        raise BadInput("missing_columns", where=where, expected=", ".join(missing), found=", ".join(table.columns))
    return None if missing else found
