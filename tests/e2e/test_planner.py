"""Whoever types a sentence sees what was understood, confirms it, sees it on the timeline, and takes it back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import SLOW_MS, Open, wait_for_plan

DOWN = "() => caretable.timeline.data.spans.filter((span) => span.why === 'downtime').length"
pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def type_in(page: Page, text: str) -> None:
    """Open the box with the keyboard, type, send."""
    page.keyboard.press("Control+k")
    expect(page.locator("#planner-text")).to_be_visible()
    page.fill("#planner-text", text)
    page.click("#planner-send")


def num_down(page: Page) -> int:
    """Downtimes that the timeline draws."""
    return int(page.evaluate(DOWN))


@pytest.mark.parametrize(
    ("language", "text", "confirm", "undo"),
    [
        ("zh", "1号CT今天下午停机维护", "确认", "撤回"),
        ("en", "MR1 is down this afternoon for maintenance", "Confirm", "Undo"),
    ],
)
def test_a_downtime_from_sentence_to_timeline_and_back(
    enter: Open, language: str, text: str, confirm: str, undo: str
) -> None:
    """A card with the machine and absolute hours; nothing changes before it is confirmed; then the timeline shows it; undone it is gone."""
    page = enter("scheduler", language=language)
    wait_for_plan(page)
    before = num_down(page)
    type_in(page, text)
    card = page.locator("#planner-cards .planner-card").first
    expect(card).to_contain_text("CT1" if language == "zh" else "MR1")
    expect(card).to_contain_text("12:00")
    expect(card.locator(".planner-more").first).not_to_have_text("", timeout=SLOW_MS)
    assert num_down(page) == before
    card.get_by_role("button", name=confirm, exact=True).click()
    expect(page.locator("#planner-cards .planner-card.is-confirmed")).to_have_count(1)
    page.wait_for_function(f"(n) => ({DOWN})() > n", arg=before)
    page.locator("#planner-cards").get_by_role("button", name=undo, exact=True).click()
    expect(page.locator("#planner-cards .planner-card.is-undone")).to_have_count(1)
    page.wait_for_function(f"(n) => ({DOWN})() === n", arg=before)


def test_markup_in_a_sentence_stays_text(enter: Open) -> None:
    """A tag typed into the box is shown as it was typed and is no element of the page."""
    page = enter("scheduler")
    wait_for_plan(page)
    type_in(page, "<img src=x onerror=alert(1)> CT1 down tomorrow")
    expect(page.locator("#planner-cards .planner-card").first).to_be_visible()
    assert page.locator("#planner-cards img").count() == 0


def test_the_page_lists_what_was_asked(enter: Open) -> None:
    """A clinical question is refused with whom to ask, offers nothing to confirm, and stands on the Planner page."""
    page = enter("scheduler")
    type_in(page, "What dose of aspirin should P-0003 get?")
    refused = page.locator("#planner-cards .planner-card.is-refused")
    expect(refused).to_contain_text("physician")
    expect(refused.get_by_role("button", name="Confirm")).to_have_count(0)
    page.keyboard.press("Escape")
    page.click(".rail a[href='/planner']")
    expect(page.locator(".planner-row").first).to_contain_text("aspirin")


def test_a_viewer_may_ask_but_not_confirm(enter: Open) -> None:
    """Whoever only looks gets the card without its Confirm."""
    page = enter("viewer")
    type_in(page, "MR1 is down this afternoon for maintenance")
    card = page.locator("#planner-cards .planner-card").first
    expect(card).to_contain_text("MR1")
    expect(card.get_by_role("button", name="Dismiss")).to_be_visible()
    expect(card.get_by_role("button", name="Confirm")).to_have_count(0)
