"""A buyer's and a bed manager's morning in the browser, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from planning.actors import SYSTEM
from planning.beds.asked import BedsPage
from planning.pharmacy.asked import PharmacyPage
from tests.e2e.conftest import Open
from tests.e2e.hospital import Hospital, open_hospital

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def hospital(engine: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hospital]:
    """The sample hospital with its pharmacy and its wards."""
    with open_hospital(tmp_path_factory.mktemp("hospital"), areas=("imaging", "orders", "beds")) as place:
        yield place


def wait_for_lines(page: Page) -> None:
    """Until the first proposal is on the screen."""
    expect(page.locator("#pharmacy-grid .ag-center-cols-container .ag-row").first).to_be_visible(timeout=120_000)


def open_first(page: Page) -> None:
    """Open the first line that is to be ordered."""
    page.locator("#pharmacy-views button").nth(1).click()
    wait_for_lines(page)
    page.wait_for_timeout(600)
    page.locator("#pharmacy-grid .ag-center-cols-container .ag-row").first.click()
    expect(page.locator("#pharmacy-reason")).to_be_visible()
    expect(page.locator("#pharmacy-picture .main-svg").first).to_be_visible()


def test_buyer_orders(enter: Open, hospital: Hospital, tmp_path: Path) -> None:
    """The first line says what to order; a line opens to its picture; no packs, and the risk rises; the order is exported and accepted."""
    page = enter("scheduler", path="/pharmacy")
    wait_for_lines(page)
    expect(page.locator("#pharmacy-headline")).to_contain_text(re.compile(r"Order \d+ items today"))
    open_first(page)
    expect(page.locator("#pharmacy-reason")).to_contain_text("packs")
    before = page.locator("#pharmacy-risk").inner_text()
    page.locator(".pharmacy-quantity input").fill("0")
    expect(page.locator("#pharmacy-risk")).not_to_have_text(before)
    risks = [int(text) for text in re.findall(r"(\d+) %", page.locator("#pharmacy-risk").inner_text())]
    assert risks[0] == risks[-1]
    page.locator(".pharmacy-quantity button", has_text="advised").click()
    expect(page.locator("#pharmacy-risk")).to_have_text(before)
    with page.expect_download() as waiting:
        page.evaluate("() => { const a = document.createElement('a'); a.href = '/api/export/order.csv'; a.click() }")
    waiting.value.save_as(tmp_path / "order.csv")
    assert "Packs" in (tmp_path / "order.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    page.click("#pharmacy-accept-open")
    expect(page.locator("#pharmacy-accept-what")).to_contain_text("items for")
    page.click("#pharmacy-accept")
    expect(page.locator("#pharmacy-headline")).to_contain_text("accepted by scheduler")
    view = hospital.application.ask(SYSTEM.in_site("sample"), PharmacyPage())
    assert view.accepted is not None
    assert sum(line.under_way for line in view.lines) >= 0


def test_buyer_in_chinese(enter: Open) -> None:
    """The headline, the reason and the heads of the table are Chinese."""
    page = enter("viewer", language="zh", path="/pharmacy")
    wait_for_lines(page)
    expect(page.locator("#pharmacy-headline")).to_contain_text("个品种")
    open_first(page)
    expect(page.locator("#pharmacy-reason")).to_contain_text("库存")
    assert page.locator("#pharmacy-accept-open").count() == 0
    heads = page.locator("#pharmacy-grid .ag-header-cell-text").all_inner_texts()
    assert not [head for head in heads if re.search("[A-Za-z]{2,}", head)]
    page.click("#language-en")
    page.wait_for_selector("#language-en[aria-pressed=true]")


def test_bed_manager(enter: Open, hospital: Hospital) -> None:
    """Tonight comes first, every ward has its 14 days, a click opens its picture; a wrong file says which column is missing."""
    page = enter("scheduler", path="/beds")
    expect(page.locator(".beds-grid tbody tr").first).to_be_visible(timeout=120_000)
    expect(page.locator("#beds-headline")).to_contain_text("onight")
    view = hospital.application.ask(SYSTEM.in_site("sample"), BedsPage())
    assert page.locator(".beds-grid tbody tr").count() == len(view.wards)
    assert page.locator(".beds-grid tbody tr").first.locator(".beds-risk").count() == 14
    last = view.wards[-1].ward
    page.locator(".beds-name", has_text=last).click()
    expect(page.locator("#beds-panel h2")).to_have_text(last)
    expect(page.locator("#beds-panel .main-svg").first).to_be_visible()
    wrong = {"name": "stays.csv", "mimeType": "text/csv", "buffer": b"ward,from,until\nICU,2026-01-01,2026-01-04\n"}
    page.set_input_files("#beds-upload input[type=file]", [wrong])
    expect(page.locator("#beds-problem")).to_contain_text("admitted")
    page.click("#language-zh")
    page.wait_for_selector("#language-zh[aria-pressed=true]")
    expect(page.locator("#beds-headline")).to_contain_text("今晚")
    page.click("#language-en")
    page.wait_for_selector("#language-en[aria-pressed=true]")
