"""A pharmacy's folder or workbook: issues long or wide, Chinese headings, and what cannot be read set aside by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from hospital.errors import BadInput, BadSettings
from hospital.pharmacy import Criticality, Pharmacy, Step, following, step_of
from intake.export import write_site
from intake.pharmacy import read_settings, settings_toml
from intake.usage import read_pharmacy, wide_csv
from simulations.pharmacy.sample import pharmacy


def small() -> Pharmacy:
    return pharmacy(num_items=7, num_days=200, seed=3)


def written(place: Path, site: Pharmacy) -> Path:
    write_site(place, site, "orders")
    (place / "issues.csv").write_text(wide_csv(site.usage), encoding="utf-8")
    return place


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """A pharmacy that is exported and uploaded is the same pharmacy, returns from the wards too."""
    site = small()
    site.usage.units[2, 5] = -14.0
    batch = read_pharmacy(written(tmp_path, site))
    assert batch.refused == ()
    assert replace(batch.value, table=None) == replace(site, table=None)
    assert batch.value.usage.items == site.usage.items
    assert batch.value.usage.first_day == site.usage.first_day
    assert np.array_equal(batch.value.usage.units, site.usage.units)


CHINESE = {
    "供应商.csv": "供应商编码,供应商名称,接单日,起送额\nG1,国药,周一 周四,350\n",
    "药品目录.csv": "药品编码,药品名称,供应商,包装量,进价,VED\nY1,肾上腺素 1ml,G1,10,38.5,急救\nY2,维生素C,G1,50,6,一般\n",
    "库存.csv": "药品编码,批号,现存量,有效期至\nY1,240311,17,2027-03-31\nY2,240999,80,2026-04-15\n",
    "发药.csv": "日期,药品编码,数量,科室\n2026-03-02,Y1,3,急诊科\n2026-03-02,Y1,4,ICU\n2026-03-04,Y2,-5,内科\n2026-03-05,Y9,1,内科\n",
}


def test_chinese_files_row_by_row_are_read(tmp_path: Path) -> None:
    """A pharmacy's own export in Chinese: two wards of one day are added up, a return counts below nothing, an unknown drug is named."""
    for name, text in CHINESE.items():
        (tmp_path / name).write_bytes(text.encode("gb18030"))
    batch = read_pharmacy(tmp_path)
    usage = batch.value.usage
    assert usage.step is Step.DAY
    assert dict(zip(usage.items, usage.units.tolist(), strict=True)) == {"Y1": [7, 0, 0], "Y2": [0, 0, -5]}
    assert batch.value.items[0].criticality is Criticality.VITAL
    assert batch.value.suppliers[0].order_days == (0, 3)
    assert [(row.row, row.found) for row in batch.refused] == [(5, "Y9")]
    assert "Y9" in batch.refused[0].sentence("zh")


def test_a_workbook_with_a_wide_sheet_of_weeks(tmp_path: Path) -> None:
    """One workbook with a sheet a table and a column an item, a row a week; a missing week counts as nothing issued."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, text in CHINESE.items():
        if not name.startswith("发药"):
            sheet = book.create_sheet(name.removesuffix(".csv"))
            for line in text.splitlines():
                sheet.append(line.split(","))
    sheet = book.create_sheet("消耗")
    for row in (
        ["周", "Y1", "Y2", "合计"],
        [date(2026, 2, 2), 21, None, 21],
        [date(2026, 2, 9), 13, 6, 19],
        [date(2026, 2, 23), 8, 2, 10],
    ):
        sheet.append(row)
    book.save(tmp_path / "药房.xlsx")
    batch = read_pharmacy(tmp_path / "药房.xlsx")
    usage = batch.value.usage
    assert (usage.step, usage.first_day) == (Step.WEEK, date(2026, 2, 2))
    assert usage.units.tolist() == [[21, 13, 0, 8], [0, 6, 0, 2]]
    assert any("合计" in warning.sentence("zh") for warning in batch.warnings)


def test_a_cell_that_is_no_number_sets_its_row_aside(tmp_path: Path) -> None:
    """One unreadable cell of a wide table costs its row and is named; the other days go on."""
    site = small()
    text = wide_csv(site.usage).splitlines()
    text[3] = text[3].rsplit(",", 1)[0] + ",ten"
    folder = written(tmp_path, site)
    (folder / "issues.csv").write_text("\n".join(text), encoding="utf-8")
    batch = read_pharmacy(folder)
    assert [(row.row, row.field, row.found) for row in batch.refused] == [(4, "units", "ten")]
    assert batch.value.usage.units[:, 2].tolist() == [0.0] * 7


def test_a_layout_nobody_knows_says_what_is_missing_and_what_was_found(tmp_path: Path) -> None:
    """Whoever uploads a table without items is told which columns are needed and which were there."""
    folder = written(tmp_path, small())
    (folder / "issues.csv").write_text("when,who\n2026-01-01,Zhang\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_pharmacy(folder)
    assert "who" in caught.value.sentence("zh")


def test_settings_come_back_and_wrong_ones_are_named() -> None:
    """The settings file is read as it was written; an unknown key or a year of two days is refused by name."""
    settings = replace(small().settings, closed=("2026-05-04",), weights={"line": 3.5})
    assert read_settings(settings_toml(settings).encode()) == settings
    for wrong in (b"colour = 1", b"num_days = 2", b"closed = ['soon']", b'timezone = "Mars"'):
        with pytest.raises(BadSettings):
            read_settings(wrong)


def test_days_weeks_and_months_are_told_apart() -> None:
    """Firsts of months are months, equal weekdays are weeks, anything else is days."""
    assert step_of([date(2026, 1, 1), date(2026, 2, 1), date(2026, 4, 1)]) is Step.MONTH
    assert step_of([date(2026, 1, 5), date(2026, 1, 12), date(2026, 2, 2)]) is Step.WEEK
    assert step_of([date(2026, 1, 5), date(2026, 1, 12), date(2026, 2, 3)]) is Step.DAY
    assert following(date(2026, 12, 1), Step.MONTH) == date(2027, 1, 1)
