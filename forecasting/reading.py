"""Reads a panel from a table of a person's own: CSV, parquet or Excel, long or wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from forecasting.dates import read_dates
from forecasting.frequency import Frequency, frequency_of
from forecasting.panel import Floats, Panel, Regressor
from hospital.errors import BadInput

_SERIES = (
    "series",
    "name",
    "item",
    "drug",
    "code",
    "product",
    "ward",
    "unique_id",
    "item_id",
    "id",
    "序列",
    "药品",
    "编码",
)
_DATE = ("date", "day", "month", "week", "period", "time", "ds", "timestamp", "日期", "月份", "周", "时间")
_VALUE = ("value", "quantity", "qty", "units", "demand", "count", "y", "target", "数量", "数值", "用量", "消耗量")
_SHOWN = 12
MOST_VALUES = 20_000_000
"""More values than that are not read: the panel would not fit the memory promised."""


def read_panel(path: Path, *, frequency: Frequency | None = None) -> Panel:
    """The series of a file.

    Long: columns for the series, the date and the value, in any order, by their usual English or Chinese names. Wide: the
    first column holds the dates, every other column is a series. A date without a row is a gap (NaN).
    Raises BadInput that names the file, the column and what was found.
    """
    table = read_table(path)
    columns = _long_columns(table)
    if columns is not None:
        return panel_of_long(table.select(columns).rename(dict(zip(columns, ("series", "date", "value"), strict=True))),
                             where=path.name, frequency=frequency)  # fmt: skip
    return panel_of_wide(table, where=path.name, frequency=frequency)


def with_regressors(panel: Panel, path: Path, horizon: int) -> Panel:
    """The panel with the columns of a wide table as known quantities; dates the table lacks stay unknown (and are refused)."""
    table = read_table(path)
    known = {day: at for at, day in enumerate(read_dates(table[table.columns[0]], where=path.name).to_list())}
    dates = (*panel.dates, *panel.coming(horizon))
    rows = [known.get(day) for day in dates]
    found = []
    for column in table.columns[1:]:
        cells = numbers(table[column], where=path.name).to_numpy().astype(np.float64)
        found.append(Regressor(name=column, values=np.array([np.nan if row is None else cells[row] for row in rows])))
    return replace(panel, regressors=tuple(found))


def read_table(path: Path) -> pl.DataFrame:
    """The rows of a CSV (UTF-8 or GB18030), parquet or Excel file. Raises BadInput where it is none of these or is empty."""
    if not path.is_file():
        raise BadInput("no_such_place", where=str(path))
    try:
        table = _read(path)
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise BadInput("forecast_unreadable", where=path.name, found=str(error).splitlines()[0][:200]) from error
    if table.height == 0 or table.width < 2:
        raise BadInput("forecast_empty", where=path.name, found=", ".join(table.columns[:_SHOWN]) or "-")
    if table.height * table.width > MOST_VALUES:
        raise BadInput("forecast_too_large", where=path.name, found=table.height * table.width, expected=MOST_VALUES)
    return table


def panel_of_long(table: pl.DataFrame, *, where: str, frequency: Frequency | None = None) -> Panel:
    """The panel of a table with the columns series, date and value; each series and date at most once."""
    dates = read_dates(table["date"], where=where)
    frame = pl.DataFrame(
        {
            "series": table["series"].cast(pl.String).str.strip_chars(),
            "date": dates,
            "value": numbers(table["value"], where=where),
        }
    )
    twice = frame.group_by("series", "date").len().filter(pl.col("len") > 1).sort("series", "date")
    if twice.height:
        raise BadInput(
            "forecast_twice", where=where, id=twice["series"][0], date=twice["date"][0], found=twice["len"][0]
        )
    names = frame["series"].unique(maintain_order=True).to_list()
    wide = frame.pivot(on="series", index="date", values="value")
    return _panel(wide["date"], wide.select(names), where=where, frequency=frequency)


def panel_of_wide(table: pl.DataFrame, *, where: str, frequency: Frequency | None = None) -> Panel:
    """The panel of a table whose first column holds the dates."""
    dates = read_dates(table[table.columns[0]], where=where)
    if dates.n_unique() < len(dates):
        twice = dates.filter(dates.is_duplicated())[0]
        raise BadInput(
            "forecast_twice", where=where, id=table.columns[0], date=twice, found=int((dates == twice).sum())
        )
    values = pl.DataFrame({name: numbers(table[name], where=where) for name in table.columns[1:]})
    return _panel(dates, values, where=where, frequency=frequency)


def numbers(column: pl.Series, *, where: str) -> pl.Series:
    """A column as numbers; empty cells and the usual words for nothing are null. Raises BadInput at the first other text."""
    if column.dtype.is_numeric() or column.dtype == pl.Boolean:
        return column.cast(pl.Float64).fill_nan(None)
    text = column.cast(pl.String).str.strip_chars().str.replace_all(",", "")
    text = pl.select(
        pl.when(text.str.to_lowercase().is_in(["", "na", "n/a", "nan", "null", "none", "-"])).then(None).otherwise(text)
    ).to_series()
    found = text.cast(pl.Float64, strict=False)
    wrong = text.filter(text.is_not_null() & found.is_null())
    if len(wrong):
        row = int((text.is_not_null() & found.is_null()).arg_max() or 0) + 2
        raise BadInput("forecast_no_number", where=where, column=column.name, row=row, found=wrong[0])
    return found.fill_nan(None)


def _panel(dates: pl.Series, values: pl.DataFrame, *, where: str, frequency: Frequency | None) -> Panel:
    order = dates.arg_sort()
    known = dates.gather(order).to_list()
    found = frequency or frequency_of(known)
    grid = found.between(known[0], known[-1])
    at = {day: place for place, day in enumerate(grid)}
    strange = [day for day in known if day not in at]
    if strange:
        raise BadInput("forecast_off_grid", where=where, found=strange[0].isoformat(), expected=found.value)
    filled: Floats = np.full((values.width, len(grid)), np.nan)
    rows = values.to_numpy().astype(np.float64)[order.to_numpy()]
    filled[:, [at[day] for day in known]] = rows.T
    return Panel(names=tuple(values.columns), dates=grid, values=filled, frequency=found)


def _long_columns(table: pl.DataFrame) -> list[str] | None:
    """The columns for series, date and value, or None where the table is wide."""
    found = [_first(table.columns, names) for names in (_SERIES, _DATE, _VALUE)]
    if all(name is not None for name in found):
        return [name for name in found if name is not None]
    return None


def _first(columns: Sequence[str], names: Sequence[str]) -> str | None:
    known = {column.strip().lower(): column for column in columns}
    return next((known[name] for name in names if name in known), None)


def _read(path: Path) -> pl.DataFrame:
    kind = path.suffix.lower()
    if kind in (".parquet", ".pq"):
        return pl.read_parquet(path)
    if kind in (".xlsx", ".xlsm"):
        return _excel(path)
    raw = path.read_bytes()
    for code in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(code)
        except UnicodeDecodeError:
            continue
        mark = max(",;\t", key=text[: text.find("\n") + 1 or None].count)
        return pl.read_csv(text.encode(), separator=mark, infer_schema_length=None, null_values=["", "NA"])
    raise ValueError("UTF-8, GB18030")


def _excel(path: Path) -> pl.DataFrame:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    rows = [row for row in book.worksheets[0].iter_rows(values_only=True) if any(cell is not None for cell in row)]
    book.close()
    if not rows:
        return pl.DataFrame()
    head = [str(cell).strip() if cell is not None else f"column_{at + 1}" for at, cell in enumerate(rows[0])]
    columns = {name: [None if at >= len(row) else row[at] for row in rows[1:]] for at, name in enumerate(head)}
    return pl.DataFrame({name: _column(name, cells) for name, cells in columns.items()})


def _column(name: str, cells: Sequence[object]) -> pl.Series:
    """Cells of one kind keep it; mixed ones become text."""
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds <= {int, float} or len(kinds) == 1:
        return pl.Series(name, cells, strict=False)
    return pl.Series(name, [None if cell is None else str(cell) for cell in cells])
