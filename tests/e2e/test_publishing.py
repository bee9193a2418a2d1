"""From a draft to the last call, by two people, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from hospital.texts import say
from tests.e2e.desk import Open, choose, first_movable, wait_for_plan
from tests.e2e.hospital import Hospital, open_hospital

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def hospital(engine: None, tmp_path: Path) -> Iterator[Hospital]:
    """A hospital of its own for each language: nothing is published there yet."""
    with open_hospital(tmp_path) as place:
        yield place


@pytest.mark.parametrize("language", ["en", "zh"])
def test_from_draft_to_calls(enter: Open, language: str) -> None:
    """A scheduler locks, moves and sends a draft; another person approves and publishes it; then the calls are made."""

    def words(key: str, **values: object) -> str:
        return say(f"imaging.{key}", language, **values)

    page = enter("scheduler", language=language)
    wait_for_plan(page)
    assert page.locator(".headline").inner_text()
    request = first_movable(page)
    choose(page, request)
    page.keyboard.press("l")
    expect(page.locator(".tag", has_text=words("is_locked"))).to_be_visible()
    page.keyboard.press("z")
    expect(page.locator(".panel-head")).to_contain_text(request)
    expect(page.locator(".tag", has_text=words("is_locked"))).to_have_count(0)
    page.get_by_role("button", name=words("submit")).click()
    expect(page.locator(".version-left .tag")).to_have_text(say("dashboard.plan_submitted", language))
    expect(page.get_by_role("button", name=words("approve"))).to_have_count(0)

    boss = enter("approver", language=language)
    wait_for_plan(boss)
    boss.get_by_role("button", name=words("approve")).click()
    expect(boss.locator(".version-left .tag")).to_have_text(say("dashboard.plan_published", language))
    expect(boss.locator(".call").first).to_be_visible()
    boss.locator(".call .button").first.click()
    expect(boss.locator(".call.is-done")).to_have_count(1)
