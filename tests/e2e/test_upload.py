"""A file into the hospital's data, in a real browser."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from playwright.sync_api import Page, expect

from intake.export import table_csv, table_rows
from intake.schema import TABLES
from planning.site_data import site_of
from tests.e2e.desk import Open
from tests.e2e.hospital import Hospital

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def upload(page: Page, content: bytes) -> None:
    """Choose the file and wait for what it would do."""
    with page.expect_file_chooser() as waiting:
        page.click("[data-upload-choose]")
    waiting.value.set_files({"name": "申请.csv", "mimeType": "text/csv", "buffer": content})
    expect(page.locator(".preview")).to_be_visible()


def counts(page: Page) -> list[str]:
    """New, changed, unchanged, refused, missing."""
    return [text.strip() for text in page.locator(".count-cell .tile-number").all_inner_texts()]


def changed_requests(hospital: Hospital) -> bytes:
    """The hospital's requests as GB18030: one new, one changed, one not readable, one left out."""
    with hospital.application._store.reading() as work:
        (site,) = [row for row in work.sites.all() if row.is_sample]
        rows = work.records.all(site.id, "imaging")
    table = table_csv(TABLES["requests"].names, table_rows("requests", site_of("imaging", rows).requests))
    lines = list(csv.DictReader(StringIO(table)))
    lines.append(dict(lines[5], id="R-9001", patient="P-9001"))
    lines[1]["ward"] = "康复科"
    lines[2]["class"] = "VIP"
    del lines[3]
    out = StringIO()
    writer = csv.DictWriter(out, list(lines[0]))
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode("gb18030")


def test_an_upload_is_looked_at_then_applied(enter: Open, hospital: Hospital) -> None:
    """New, changed, unchanged, refused and missing are counted before anything is stored; a refused row is set aside with its
    place; the same file again changes nothing."""
    page = enter("steward", language="zh", path="/data")
    content = changed_requests(hospital)
    upload(page, content)
    assert counts(page) == ["1", "1", "57", "1", "1"]
    expect(page.locator(".preview")).to_contain_text("VIP")
    page.get_by_role("button", name="应用").click()
    expect(page.locator(".preview .tag").first).to_have_text("已应用")
    upload(page, content)
    expect(page.locator(".preview .tag").first).to_have_text("未应用")
    assert counts(page) == ["0", "0", "59", "1", "1"]
    page.click("#language-en")
    page.wait_for_selector("#language-en[aria-pressed=true]")
    page.reload()
    expect(page.locator("#page")).to_contain_text("VIP")
    expect(page.locator(".headline")).to_contain_text("not applied")
