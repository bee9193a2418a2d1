"""Tables of a person's own: long or wide, English or Chinese, or refused with the place and the reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from openpyxl import Workbook

from forecasting.frequency import Frequency
from forecasting.reading import read_panel, with_regressors
from hospital.errors import BadInput

LONG = "series,date,value\nA,2024-01,5\nB,2024-01,7\nA,2024-03,6\nB,2024-02,8\nA,2024-02,\n"


def written(folder: Path, text: str, *, code: str = "utf-8") -> Path:
    """A table as a file."""
    path = folder / "table.csv"
    path.write_bytes(text.encode(code))
    return path


def test_long_and_wide_give_the_same_panel(tmp_path: Path) -> None:
    """The same months as rows or as columns are the same history, in any order; what is missing stays missing."""
    long = read_panel(written(tmp_path, LONG))
    wide = read_panel(written(tmp_path, "month,A,B\n2024-01,5,7\n2024-02,,8\n2024-03,6,\n"))
    assert long.frequency is Frequency.MONTH
    assert (long.names, long.dates) == (wide.names, wide.dates)
    assert np.array_equal(long.values, wide.values, equal_nan=True)
    assert np.isnan(long.values).sum() == 2


def test_a_chinese_export_is_read(tmp_path: Path) -> None:
    """A pharmacy's export in GB18030 with Chinese heads is understood."""
    text = "药品,日期,数量\n头孢曲松,2024/3/4,12\n头孢曲松,2024/3/5,9\n头孢曲松,2024/3/7,11\n"
    panel = read_panel(written(tmp_path, text, code="gb18030"))
    assert panel.names == ("头孢曲松",)
    assert panel.dates[0] == date(2024, 3, 4)
    assert np.array_equal(panel.values[0], [12, 9, np.nan, 11], equal_nan=True)


def test_excel_and_parquet_are_read_alike(tmp_path: Path) -> None:
    """A workbook with date cells and a parquet file hold the same weeks."""
    days = [date(2024, 1, 1), date(2024, 1, 8), date(2024, 1, 15)]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["week", "gauze"])
    for day, units in zip(days, (3, 4, 8), strict=True):
        sheet.append([day, units])
    book.save(tmp_path / "weeks.xlsx")
    pl.DataFrame({"week": days, "gauze": [3, 4, 8]}).write_parquet(tmp_path / "weeks.parquet")
    first, second = read_panel(tmp_path / "weeks.xlsx"), read_panel(tmp_path / "weeks.parquet")
    assert first.frequency is second.frequency is Frequency.WEEK
    assert first.values.tolist() == second.values.tolist() == [[3, 4, 8]]


@pytest.mark.parametrize(
    ("text", "text_id"),
    [
        ("series,date,value\nA,2024-01,5\nA,2024-01,6\nA,2024-02,6\n", "forecast_twice"),
        ("series,date,value\nA,2024-01,five\nA,2024-02,6\n", "forecast_no_number"),
        ("series,date,value\nA,soon,5\nA,2024-02,6\n", "forecast_no_date"),
        ("date,A\n2024-01-01,5\n2024-01-04,6\n2024-01-06,6\n", "forecast_uneven"),
        ("date,A\n2024-01-01,5\n", "forecast_one_date"),
        ("just one column\n1\n", "forecast_empty"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(tmp_path: Path, text: str, text_id: str) -> None:
    """A doubled row, a word for a number, a word for a date, uneven dates: each is told by name, in both languages."""
    with pytest.raises(BadInput) as refused:
        read_panel(written(tmp_path, text))
    assert refused.value.text_id == text_id
    assert refused.value.sentence("zh") != refused.value.sentence("en")


def test_working_days_and_all_days_are_told_apart(tmp_path: Path) -> None:
    """A file without any weekend is of business days; one Saturday in it makes it daily."""
    monday = "date,A\n" + "".join(f"2024-03-{day:02d},{day}\n" for day in (4, 5, 6, 7, 8, 11, 12))
    assert read_panel(written(tmp_path, monday)).frequency is Frequency.BUSINESS_DAY
    assert read_panel(written(tmp_path, monday + "2024-03-16,1\n")).frequency is Frequency.DAY


def test_known_quantities_are_placed_by_date(tmp_path: Path) -> None:
    """A table of booked operations is matched by date, not by row; a date it lacks stays unknown."""
    panel = read_panel(written(tmp_path, "month,A\n2024-01,5\n2024-02,6\n2024-03,8\n"))
    other = tmp_path / "known.csv"
    other.write_text("month,operations\n2024-04,40\n2024-02,20\n2024-01,10\n2024-03,30\n", encoding="utf-8")
    (known,) = with_regressors(panel, other, 2).regressors
    assert known.name == "operations"
    assert np.array_equal(known.values, [10, 20, 30, 40, np.nan], equal_nan=True)
