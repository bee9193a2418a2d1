"""Dates as people write them in tables."""

from __future__ import annotations

import polars as pl

from hospital.errors import BadInput

_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d.%m.%Y", "%d/%m/%Y", "%Y年%m月%d日")
_MONTHS = ("%Y-%m-%d", "%Y/%m-%d", "%Y%m-%d", "%Y年%m月-%d", "%b %Y-%d", "%b-%Y-%d")


def read_dates(column: pl.Series, *, where: str) -> pl.Series:
    """A column as dates; a month alone is its first day, a time of day is dropped.

    Every cell must follow the same pattern, so that 03/04 is never read in two ways. Raises BadInput with the first cell
    that does not.
    """
    if column.null_count():
        row = int(column.is_null().arg_max() or 0) + 2
        raise BadInput("forecast_no_date", where=where, column=column.name, row=row, found="")
    if column.dtype == pl.Date:
        return column
    if column.dtype == pl.Datetime:
        return column.dt.date()
    text = column.cast(pl.String).str.strip_chars().str.replace(r"[T ]\d{1,2}:\d{2}.*$", "")
    patterns = [(text, pattern) for pattern in _FORMATS] + [(text + "-01", pattern) for pattern in _MONTHS]
    tried = [cells.str.to_date(pattern, strict=False) for cells, pattern in patterns]
    best = min(tried, key=lambda dates: dates.null_count())
    if best.null_count():
        row = int(best.is_null().arg_max() or 0)
        raise BadInput("forecast_no_date", where=where, column=column.name, row=row + 2, found=text[row])
    return best
