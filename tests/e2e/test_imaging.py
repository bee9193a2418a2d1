"""The imaging desk in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.desk import SLOW_MS, Open, choose, first_movable, wait_for_plan

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_solve_can_be_watched_and_stopped(enter: Open) -> None:
    """Whoever solves sees cost and seconds and can stop; the best plan so far becomes the draft."""
    page = enter("scheduler")
    wait_for_plan(page)
    before = page.locator(".version-left strong").inner_text()
    page.click("#solve")
    expect(page.locator(".job")).to_be_visible()
    expect(page.locator(".job-figure").first).to_be_visible(timeout=SLOW_MS)
    page.click("#plan-stop")
    expect(page.locator(".version-left strong")).not_to_have_text(before, timeout=SLOW_MS)


def test_scanner_down_is_recorded_and_undone(enter: Open) -> None:
    """A scanner reported down stands as a card until it is undone; a form without a scanner keeps what was typed."""
    page = enter("scheduler")
    wait_for_plan(page)
    page.click("#down-open")
    page.click("#down-record")
    expect(page.locator("#down-problem")).to_contain_text("Scanner")
    page.click("#down-scanner")
    page.get_by_role("option", name="CT", exact=False).first.click()
    expect(page.locator("#down-hits")).to_contain_text("appointments")
    page.click("#down-record")
    card = page.locator(".change").first
    expect(card).to_contain_text("down")
    expect(page.locator(".alert-info")).to_be_visible()
    card.get_by_role("button", name="Undo").click()
    expect(page.locator(".change.is-undone")).to_have_count(1)


def test_drag_says_the_rule_or_the_price(enter: Open) -> None:
    """While a bar is dragged its price or the broken rule is said; a refused drop springs back, an allowed one makes a draft."""
    page = enter("scheduler")
    wait_for_plan(page)
    before = page.locator(".version-left strong").inner_text()
    request = first_movable(page)
    choose(page, request)
    page.evaluate("() => caretable.beginMove()")
    bubble = page.locator("#move-bubble")
    expect(bubble).to_be_visible()
    for _ in range(40):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(250)
        if "is-allowed" in (bubble.get_attribute("class") or ""):
            break
    assert bubble.inner_text()
    if "is-allowed" not in (bubble.get_attribute("class") or ""):
        page.keyboard.press("Escape")
        expect(bubble).to_be_hidden()
        expect(page.locator(".version-left strong")).to_have_text(before)
        return
    page.keyboard.press("Enter")
    expect(page.locator(".version-left strong")).not_to_have_text(before, timeout=SLOW_MS)


def test_best_places_come_with_prices(enter: Open) -> None:
    """For one request the best places stand with their prices, each one click away."""
    page = enter("scheduler")
    wait_for_plan(page)
    choose(page, first_movable(page))
    expect(page.locator("#plan-slots .slot, #plan-slots .quiet").first).to_be_visible(timeout=SLOW_MS)


def test_language_changes_without_losing_the_place(enter: Open) -> None:
    """Switching to Chinese keeps the selected appointment, the panel and the view of the week."""
    page = enter("scheduler")
    wait_for_plan(page)
    request = first_movable(page)
    choose(page, request)
    page.click("[data-timeline=week]")
    window = page.evaluate("() => +caretable.timeline.vis.getWindow().start")
    page.click("#language-zh")
    page.wait_for_selector("#language-zh[aria-pressed=true]")
    expect(page.locator(".panel-head")).to_contain_text(request)
    page.wait_for_selector("#plan-timeline[data-ready]")
    expect(page.locator(".tab.is-on")).to_contain_text("所选")
    assert page.evaluate("() => +caretable.timeline.vis.getWindow().start") == window


def test_export_carries_the_version_on_the_screen(enter: Open) -> None:
    """The Excel file is of the version that is looked at."""
    page = enter("scheduler")
    wait_for_plan(page)
    page.get_by_role("button", name="More").click()
    with page.expect_download() as waiting:
        page.get_by_text("Export to Excel").click()
    assert waiting.value.suggested_filename.endswith(".xlsx")


def test_nothing_runs_off_the_screen(enter: Open) -> None:
    """At 1280 by 720 every page fits the width, and the timeline shows every scanner."""
    page = enter("scheduler")
    wait_for_plan(page)
    for path in ("/imaging", "/operations", "/data"):
        page.click(f".rail a[href='{path}']")
        page.wait_for_timeout(1500)
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"), path
