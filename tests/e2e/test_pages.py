"""Every page, in Chinese, by every role, and with hostile names in it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Open, wait_for_plan
from tests.e2e.hospital import Hospital

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PATHS = {
    "scheduler": ("/imaging", "/operations", "/planner", "/data"),
    "approver": ("/imaging", "/operations", "/data", "/admin"),
    "steward": ("/data", "/imaging"),
    "administrator": ("/admin", "/operations"),
    "viewer": ("/imaging", "/operations"),
}
# Ids, medical abbreviations in capitals, file endings, keys, the names of people and the other language's own name.
KNOWN = re.compile(
    r"R-\d+|P-\d+|[0-9a-f]{12,}|PETCT\d*|[A-Z]{2,5}\d*|127\.0\.0\.1|xlsx|csv|English|Ctrl|"
    r"administrator|approver|scheduler|steward|viewer|system|Asia/Shanghai|sample|[LMZ]"
)


def latin_words(page: Page) -> set[str]:
    """Latin words that a person sees on the page and that are neither id nor unit."""
    # A message shown just before the language was switched stays in the old one for its few seconds.
    expect(page.locator(".mantine-Notification-root")).to_have_count(0)
    text = page.evaluate("() => document.body.innerText")
    return set(re.findall(r"[A-Za-z]{2,}", KNOWN.sub(" ", text)))


@pytest.mark.parametrize("role", PATHS)
def test_every_page_is_chinese(enter: Open, role: str) -> None:
    """Whoever reads only Chinese meets no foreign word on any page of the own role."""
    first, *others = PATHS[role]
    page = enter(role, language="zh", path=first)
    if first == "/imaging":
        wait_for_plan(page)
    assert latin_words(page) == set(), first
    for path in others:
        page.click(f".rail a[href='{path}']")
        page.wait_for_selector(f".rail a.is-here[href='{path}']")
        page.wait_for_timeout(1500)
        assert latin_words(page) == set(), path
    page.click("#language-en")
    page.wait_for_selector("#language-en[aria-pressed=true]")


def test_side_column_is_chinese(enter: Open) -> None:
    """Each tab of the side column and each figure's meaning is Chinese too."""
    page = enter("scheduler", language="zh")
    wait_for_plan(page)
    for place in range(page.locator(".side .tab").count()):
        page.locator(".side .tab").nth(place).click()
        page.wait_for_timeout(700)
        assert latin_words(page) == set()
    for place in range(page.locator(".tile-help").count()):
        page.locator(".tile-help").nth(place).click()
        expect(page.locator(".definition")).to_be_visible()
        assert latin_words(page) == set()
    page.click("#language-en")
    page.wait_for_selector("#language-en[aria-pressed=true]")


def test_uploaded_names_cannot_run(enter: Open, hospital: Hospital) -> None:
    """A ward whose name is a piece of script is shown as text in every table, and never run."""
    evil = "<img src=x onerror=window.hacked=1>"
    page = enter("steward", path="/data")
    rows = f"id,patient,examination,class,ward,requested,earliest\nR-0001,P-1,{evil},outpatient,{evil},2026-01-01 08:00,x{evil}\n"
    with page.expect_file_chooser() as waiting:
        page.click("[data-upload-choose]")
    waiting.value.set_files({"name": f"requests {evil}.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    expect(page.locator(".preview")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(1500)
    assert page.evaluate("() => window.hacked") is None
    assert page.locator("img[src=x]").count() == 0
    expect(page.locator(".map-table")).to_contain_text("<img")
