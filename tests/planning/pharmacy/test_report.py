"""The month's report: the same figures on paper, in the workbook and on the page, in both languages."""

from __future__ import annotations

import io
from datetime import date
from html import escape

import openpyxl
import pytest

from hospital.pharmacy import Pharmacy
from hospital.texts import LANGUAGES
from planning.pharmacy.build import Shelf
from planning.pharmacy.proposal import PharmacyForecast, forecast_pharmacy
from planning.pharmacy.report import WRITERS
from planning.pharmacy.report.content import Content
from planning.pharmacy.report.month import month_report
from simulations.pharmacy.sample import TODAY, pharmacy


@pytest.fixture(scope="module")
def made() -> tuple[Pharmacy, PharmacyForecast]:
    site = pharmacy(num_items=14, num_days=430, seed=11)
    return site, forecast_pharmacy(site, TODAY)


def content(made: tuple[Pharmacy, PharmacyForecast], language: str) -> Content:
    site, found = made
    return month_report(Shelf(site, found.forecasts, TODAY, 1), found.lines, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_of_the_last_whole_month(made: tuple[Pharmacy, PharmacyForecast], language: str) -> None:
    """On the 9th of March the report is February's, and what was issued in it is counted once."""
    site, _ = made
    of = content(made, language)
    assert "2026-02-01" in of.period
    assert "2026-02-28" in of.period
    days = site.usage.days
    prices = {item.id: item.price / item.pack_units for item in site.items}
    used = sum(
        prices[name] * float(units)
        for name, row in zip(site.usage.items, site.usage.units, strict=True)
        for day, units in zip(days, row, strict=True)
        if date(2026, 2, 1) <= day < date(2026, 3, 1)
    )
    assert f"{used:,.0f}" in of.tiles[0][1]
    assert of.bars.values[-1] == pytest.approx(used)


def test_every_ordered_line_is_printed_with_its_reason(made: tuple[Pharmacy, PharmacyForecast]) -> None:
    """What is to be ordered stands in the report with packs, day and reason, and the total is their sum."""
    _, found = made
    order = next(table for table in content(made, "zh").tables if table.name == "order")
    ordered = [line for line in found.lines if line.packs]
    assert [row[0] for row in order.rows] == [line.item for line in ordered]
    assert [row[3] for row in order.rows] == [line.packs for line in ordered]
    assert all(row[-1] for row in order.rows)
    assert f"{sum(line.value for line in ordered):,.2f}" in order.remark


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_workbook_and_page_open(made: tuple[Pharmacy, PharmacyForecast], language: str) -> None:
    """The three files are what they say, and the workbook and the page hold every cell of every table."""
    of = content(made, language)
    files = {ending: write(of) for ending, write in WRITERS.items()}
    assert files["pdf"].startswith(b"%PDF")
    page = files["html"].decode("utf-8")
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    assert len(book.sheetnames) == 1 + len(of.tables)
    for table, name in zip(of.tables, book.sheetnames[1:], strict=True):
        sheet = book[name]
        for number, row in enumerate(table.rows, 2):
            for at, cell in enumerate(row, 1):
                found = sheet.cell(number, at).value
                assert found == cell or found == table.columns[at - 1].text(cell) or (found is None and cell == "")
        assert all(escape(str(cell)) in page for row in table.rows for cell in row if isinstance(cell, str))


def test_the_page_asks_nobody_and_trusts_no_name(made: tuple[Pharmacy, PharmacyForecast]) -> None:
    """The page loads nothing from outside, and an item named like a piece of a page is only a name."""
    of = content(made, "en")
    page = WRITERS["html"](of).decode("utf-8")
    assert "http" not in page.replace("http://www.w3.org", "")
    assert "<script" not in page
    from dataclasses import replace

    wild = replace(of, hospital="<script>alert(1)</script>=1+1")
    assert "<script>" not in WRITERS["html"](wild).decode("utf-8")
    book = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](wild)))
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
