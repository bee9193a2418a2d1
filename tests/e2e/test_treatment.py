"""A day at the radiotherapy desk: who is where, a course over its weeks, a new course with its best starts, a linac down."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from hospital.texts import say
from tests.e2e.desk import SLOW_MS, Open, tab, wait_for_plan
from tests.e2e.hospital import Hospital, open_hospital

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
_AHEAD = """() => {
    const t = caretable.timeline;
    const rows = t.items.get({ filter: (i) => i.rclass && i.start > t.data.now });
    rows.sort((a, b) => a.start - b.start);
    return rows[Math.floor(rows.length / 2)].id;
}"""


@pytest.fixture(scope="module")
def hospital(engine: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hospital]:
    """The sample department, its first plan being made."""
    with open_hospital(tmp_path_factory.mktemp("department"), areas=("radiotherapy",)) as place:
        yield place


def at_the_desk(enter: Open, language: str) -> Page:
    """The page once its plan is drawn."""
    page = enter("scheduler", language=language, path="/radiotherapy")
    wait_for_plan(page)
    return page


def words(key: str, language: str) -> str:
    """A text of the page."""
    return say(f"treatment.{key}", language)


def version(page: Page) -> int:
    """The number of the version on the screen."""
    return int(re.sub(r"\D", "", page.locator(".version-left strong").inner_text()))


def newer(page: Page, number: int) -> None:
    """Wait until a version after ``number`` is on the screen."""
    page.wait_for_function(
        "(old) => Number((document.querySelector('.version-left strong') || { innerText: '' }).innerText.replace(/\\D/g, '')) > old",
        arg=number,
        timeout=SLOW_MS,
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_line_answers_and_a_course_is_seen_over_its_weeks(enter: Open, language: str) -> None:
    """Sessions on linacs in words, priorities in the legend, and for a session the calendar of its whole course."""
    page = at_the_desk(enter, language)
    headline = page.locator("h1").first.inner_text()
    assert {"en": "sessions on 4 linacs", "zh": "4 台加速器"}[language] in headline
    chosen = page.evaluate(_AHEAD)
    page.evaluate("(id) => caretable.choose(id)", chosen)
    expect(page.locator(".panel-head")).to_contain_text(chosen.split("/")[0])
    calendar = page.locator(".course-calendar")
    expect(calendar).to_be_visible()
    num = calendar.locator(".cell-visit").count()
    assert num >= 1
    if num > 1:
        other = calendar.locator("button.cell-visit").last
        number = other.locator(".cell-session").inner_text().strip()
        other.click()
        expect(page.locator(".panel-head")).to_contain_text(f"{chosen.split('/')[0]}/{number}")
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_a_new_course_is_offered_its_best_starts_and_takes_one(enter: Open) -> None:
    """Recorded, it waits; opened, its starts stand with their prices; one taken is a new draft in which it has its days."""
    page = at_the_desk(enter, "en")
    before = version(page)
    page.click("#course-open")
    page.click("#course-record")
    expect(page.locator("#course-problem")).to_contain_text(words("course_who", "en"))
    page.fill("#course-who", "P-9901")
    page.click("#course-what")
    page.get_by_role("option").first.click()
    page.click("#course-record")
    row = page.locator(".side button", has_text="N-").first
    expect(row).to_be_visible(timeout=SLOW_MS)
    row.click()
    slots = page.locator("#plan-slots .slot")
    expect(slots.first).to_be_visible(timeout=SLOW_MS)
    assert 1 <= slots.count() <= 3
    expect(slots.first).to_contain_text("points")
    slots.first.get_by_role("button").click()
    newer(page, before)
    expect(page.locator(".course-calendar")).to_be_visible(timeout=SLOW_MS)


def test_a_linac_down_says_whom_it_hits_and_is_planned_around(enter: Open) -> None:
    """The sessions in its time are counted before it is recorded; the next plan has none of them there."""
    page = at_the_desk(enter, "en")
    before = version(page)
    page.click("#down-open")
    page.click("#down-scanner")
    page.get_by_role("option").first.click()
    expect(page.locator("#down-hits")).to_contain_text("sessions lie in this time")
    page.click("#down-record")
    expect(page.locator("h1").first).to_contain_text("Rules are broken", timeout=SLOW_MS)
    page.click("#solve")
    newer(page, before)
    expect(page.locator("h1").first).not_to_contain_text("Rules are broken")
    tab(page, "changes")
    expect(page.locator(".change").first).to_contain_text("down")
