"""A day at the dialysis desk: who is where, a station that fails, one more session, a new pattern, and the roster in force."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from hospital.texts import say
from planning.actors import NOBODY
from planning.commands import LogIn
from planning.queries import PlanView
from planning.views import PlanPage
from tests.e2e.desk import Open, tab
from tests.e2e.hospital import Hospital, open_hospital

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
SLOW_MS = 180_000


@pytest.fixture(scope="module")
def hospital(engine: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hospital]:
    """The sample unit, its first roster being made."""
    with open_hospital(tmp_path_factory.mktemp("unit"), areas=("dialysis",)) as place:
        yield place


def at_the_board(enter: Open, role: str, language: str) -> Page:
    """The dialysis page once its roster is drawn."""
    page = enter(role, language=language, path="/dialysis")
    expect(page.locator(".version-left strong")).to_be_visible(timeout=SLOW_MS)
    page.wait_for_selector(".board .chip-patient")
    return page


def plan_of(hospital: Hospital) -> PlanPage:
    """The newest roster as planning has it."""
    token = hospital.application.execute(NOBODY, LogIn("scheduler", hospital.passwords["scheduler"], "test"))
    actor = hospital.application.actor_of(token)
    assert actor is not None
    found: PlanPage = hospital.application.ask(actor, PlanView("dialysis"))
    return found


def solved(page: Page, number: int) -> None:
    """Wait until another version than ``number`` is on the screen."""
    is_old = re.compile(rf"\b{number}\b")
    expect(page.locator(".version-left strong")).not_to_have_text(is_old, timeout=SLOW_MS)
    assert shown(page) > number


def shown(page: Page) -> int:
    """The number of the version on the screen."""
    return int("".join(char for char in page.locator(".version-left strong").inner_text() if char.isdigit()))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_board_says_who_is_where(enter: Open, hospital: Hospital, language: str) -> None:
    """The first line counts today's sessions; stations stand by zone, nurses needed beside those on duty; a patient's weeks are a click
    away, the week's patterns another."""
    page = at_the_board(enter, "scheduler", language)
    plan = plan_of(hospital)
    assert any(char.isdigit() for char in page.locator(".headline").inner_text())
    zone = say("planning.zone_HBV", language)
    expect(page.locator(".board-zone", has_text=zone)).to_have_count(1)
    expect(page.locator(".board-nurses").first).to_be_visible()
    expect(page.locator(".board tbody th[scope=row]")).to_have_count(len(plan.resources))
    chip = page.locator(".chip-patient:not(.is-frozen)").first
    patient = chip.locator(".chip-name").inner_text()
    chip.click()
    expect(page.locator(".panel-head")).to_contain_text(patient)
    expect(page.locator(".unit-weeks .cell-visit").first).to_be_visible()
    page.click("#board-view-week")
    expect(page.locator(".board-pattern")).to_have_count(2)
    page.click("#board-view-day")
    page.click("#board-next")
    page.fill("#board-find", patient)
    page.keyboard.press("Enter")
    expect(page.locator("#board-found")).to_have_text(patient)


def test_a_session_is_moved_to_a_free_place(enter: Open, hospital: Hospital) -> None:
    """With a session chosen a free place shows its price or the rule in its way; taken, there is a new draft with the session there."""
    page = at_the_board(enter, "scheduler", "en")
    page.click("#board-next")
    page.click("#board-next")
    page.locator(".chip-patient:not(.is-frozen)").first.click()
    expect(page.locator(".panel-head")).to_be_visible()
    number = shown(page)
    answer, told = page.locator(".board-price .answer"), ""
    for place in range(min(page.locator(".board-free:enabled").count(), 8)):
        page.locator(".board-free:enabled").nth(place).click()
        expect(answer).not_to_have_text(told or "-")
        told = answer.inner_text()
        if page.locator(".board-price .answer.is-allowed").count():
            break
    page.locator(".board-price .button").click()
    solved(page, number)
    assert plan_of(hospital).head > number


def test_a_station_is_down_today(enter: Open, hospital: Hospital) -> None:
    """A station is reported down: the new draft leaves it empty from then on, hatched, and nearly everybody stays."""
    page = at_the_board(enter, "scheduler", "en")
    before, number = plan_of(hospital), shown(page)
    page.click("#down-open")
    page.click("#down-scanner")
    page.get_by_role("option", name="S40", exact=False).first.click()
    page.click("#down-solve")
    solved(page, number)
    after = plan_of(hospital)
    late = [row for row in after.appointments if row.resource == "S40" and row.start > after.now]
    assert late == []
    places = {row.about.task: (row.resource, row.start) for row in before.appointments}
    moved = sum(places.get(row.about.task) != (row.resource, row.start) for row in after.appointments)
    assert 0 < moved < len(after.appointments) * 0.2
    expect(page.locator(".board-closed").first).to_be_visible()
    tab(page, "changes")
    expect(page.locator(".change").first).to_contain_text("S40")


def test_one_more_session_and_a_pattern(enter: Open, hospital: Hospital) -> None:
    """A new patient is taken in from the form; the best patterns are told with prices, and one is taken."""
    page = at_the_board(enter, "scheduler", "en")
    number = shown(page)
    page.click("#extra-open")
    page.fill("#extra-patient", "P901")
    page.fill("#extra-sessions", "3")
    page.click("#extra-solve")
    solved(page, number)
    rows = [row for row in plan_of(hospital).appointments if row.about.patient == "P901"]
    assert rows
    number = shown(page)
    page.fill("#board-find", "P901")
    page.keyboard.press("Enter")
    expect(page.locator(".panel-head")).to_contain_text("P901")
    page.click("#patterns-ask")
    expect(page.locator("#patterns .slot")).to_have_count(3)
    page.locator("#patterns .slot .button").first.click()
    solved(page, number)
    tab(page, "changes")
    expect(page.locator(".change").first).to_contain_text("P901")


def test_the_roster_is_published_and_people_are_told(enter: Open, hospital: Hospital) -> None:
    """The draft is sent, approved by a second person and in force; the list of whom to call has one row a patient."""
    page = at_the_board(enter, "scheduler", "zh")
    page.get_by_role("button", name=say("imaging.submit", "zh")).click()
    expect(page.locator(".version-left .tag")).to_have_text(say("dashboard.plan_submitted", "zh"))
    boss = at_the_board(enter, "approver", "zh")
    boss.get_by_role("button", name=say("imaging.approve", "zh")).click()
    expect(boss.locator(".version-left .tag")).to_have_text(say("dashboard.plan_published", "zh"))
    tab(boss, "calls")
    expect(boss.locator(".call").first).to_be_visible()
    names = boss.locator(".call .waiting-head strong").all_inner_texts()
    assert len(names) == len(set(names))
