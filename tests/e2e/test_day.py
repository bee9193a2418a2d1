"""A day at the imaging desk, in a real browser: emergencies, refusals, marks, questions, paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import SLOW_MS, Open, choose, first_movable, put_in_force, solve_briefly, solved, tab, wait_for_plan
from tests.e2e.hospital import Hospital

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def todays(page: Page) -> list[str]:
    """Ids of today's promised appointments that have not begun, the next one first."""
    found = page.evaluate(
        """() => {
            const t = caretable.timeline, end = t.data.now + 12 * 3600000;
            const isFree = (i) => i.rclass && i.isPromised && !i.marks.includes("frozen") && i.start >= t.data.now && i.start < end;
            return t.items.get({ filter: isFree }).sort((a, b) => a.start - b.start).map((i) => i.id);
        }"""
    )
    return [str(name) for name in found]


def test_a_rejected_draft_tells_its_author_why(enter: Open) -> None:
    """The approver cannot reject without a reason; the scheduler, still looking at the draft, is told, and work goes on."""
    page = enter("scheduler")
    wait_for_plan(page)
    page.get_by_role("button", name="Send for approval").click()
    expect(page.locator(".version-left .tag")).to_have_text("Waiting for approval")
    boss = enter("approver", language="zh")
    wait_for_plan(boss)
    boss.get_by_role("button", name="退回").click()
    expect(boss.locator("#reason-go")).to_have_text("退回")
    boss.click("#reason-go")
    expect(boss.locator("#reason-problem")).to_contain_text("原因")
    boss.fill("#reason-text", "CT1 too full")
    boss.click("#reason-go")
    expect(boss.locator("#plan-notes")).to_contain_text("CT1 too full")
    expect(page.locator("#plan-notes")).to_contain_text("CT1 too full", timeout=SLOW_MS)
    solve_briefly(page)


def test_an_emergency_is_in_force_at_once_and_looked_at_later(enter: Open, hospital: Hospital) -> None:
    """One person records it, solves, and publishes with a reason; it stands on the approver's list until it was looked at."""
    put_in_force(hospital)
    page = enter("scheduler")
    wait_for_plan(page)
    page.click("#urgent-open")
    page.click("#urgent-record")
    expect(page.locator("#urgent-problem")).to_contain_text("Patient")
    page.fill("#urgent-who", "P-9901")
    page.click("#urgent-what")
    page.get_by_role("option", name="CT").click()
    expect(page.locator("#urgent-minutes")).not_to_have_value("")
    page.click("#urgent-solve")
    solved(page)
    card = page.locator(".change", has_text="P-9901")
    expect(card.locator(".case")).to_contain_text("CT")
    page.get_by_role("button", name="Publish today").click()
    page.click("#reason-go")
    expect(page.locator("#reason-problem")).to_contain_text("Say why")
    page.fill("#reason-text", "Bleeding, P-9901")
    page.click("#reason-go")
    expect(page.locator(".version-left .tag")).to_have_text("In force")
    expect(page.locator(".call", has=page.get_by_text("P-9901", exact=True))).to_be_visible()

    boss = enter("approver", path="/operations")
    line = boss.locator(".todo", has_text="Bleeding, P-9901")
    line.get_by_role("button").click()
    boss.wait_for_selector("#plan-timeline[data-ready]")
    boss.get_by_role("button", name="I have looked at it").click()
    expect(boss.get_by_role("button", name="I have looked at it")).to_have_count(0)
    boss.click(".rail a[href='/operations']")
    expect(boss.locator(".area").first).to_be_visible()
    expect(boss.locator(".todo", has_text="Bleeding, P-9901")).to_have_count(0)


def test_what_happened_on_the_day_is_one_click(enter: Open, hospital: Hospital) -> None:
    """Arrived, started, done, late and no-show are marked and can be taken back; no mark leads to an error."""
    put_in_force(hospital)
    page = enter("scheduler")
    wait_for_plan(page)
    first, second, third, *_ = todays(page)
    for name in ("Arrived", "Started", "Done"):
        choose(page, first)
        page.locator(".section-marks").get_by_role("button", name=name, exact=True).click()
        expect(page.locator(".panel-head ~ div .tag").first).to_have_text(name)
    choose(page, second)
    page.locator(".section-marks").get_by_role("button", name="Late", exact=True).click()
    page.locator(".menu-button", has_text="20 min").click()
    expect(page.locator(".tag", has_text="came 20 min late")).to_be_visible()
    choose(page, third)
    page.locator(".section-marks").get_by_role("button", name="No-show", exact=True).click()
    expect(page.locator(".tag", has_text="No-show").first).to_be_visible()
    page.locator(".section-marks").get_by_role("button", name="Take the mark back").click()
    expect(page.locator(".panel-head ~ div .tag", has_text="No-show")).to_have_count(0)
    expect(page.get_by_text("Not done")).to_have_count(0)
    choose(page, second)
    page.locator(".section-marks").get_by_role("button", name="Take the mark back").click()
    expect(page.locator(".tag", has_text="came 20 min late")).to_have_count(0)


def test_a_version_can_be_compared_and_taken_back(enter: Open, hospital: Hospital) -> None:
    """A move by hand makes a version; beside the former one stand who is touched and what it costs; taken back it is gone."""
    before = put_in_force(hospital)
    page = enter("scheduler")
    wait_for_plan(page)
    solve_briefly(page)
    tab(page, "versions")
    page.locator(".version-row", has_text=f"Version {before}").locator(".icon-button").click()
    expect(page.locator(".side-body h2")).to_contain_text("against")
    expect(page.locator(".plain-table").first).to_contain_text("Overtime")
    expect(page.locator(".plain-table").nth(1)).to_contain_text("Cost")
    shown = page.locator(".version-left strong").inner_text()
    page.get_by_title("Take this version back").click()
    page.fill("#reason-text", "not needed")
    page.click("#reason-go")
    expect(page.locator(".version-left strong")).not_to_have_text(shown)


@pytest.mark.parametrize(("language", "possible"), [("en", "ossible"), ("zh", "可行")])
def test_why_not_is_answered_with_a_price_or_a_rule(enter: Open, language: str, possible: str) -> None:
    """The forced alternative is solved again: a price in points, or who and which rules are in the way, and no raw id."""
    page = enter("scheduler", language=language)
    wait_for_plan(page)
    choose(page, first_movable(page))
    page.click("#why-not-scanner")
    page.get_by_role("option").first.click()
    page.click("#why-not-ask")
    answer = page.locator("#plan-why-not")
    expect(answer.locator(".answer")).to_contain_text(possible, timeout=SLOW_MS)
    expect(answer).to_contain_text(page.evaluate("() => caretable.timeline.vis.getSelection()[0]"))
    assert "_" not in answer.inner_text()


def test_paper_and_pictures_say_what_state_they_are_of(enter: Open, tmp_path: Path) -> None:
    """The printed day has a table a scanner with heads; chart and paper name version and state."""
    page = enter("scheduler")
    wait_for_plan(page)
    shown = page.locator(".version-left strong").inner_text()
    page.evaluate("() => { window.print = () => { window.isPrinted = true; }; }")
    page.get_by_role("button", name="More").click()
    page.click("[data-print]")
    page.wait_for_function("() => window.isPrinted")
    page.emulate_media(media="print")
    expect(page.locator("#plan-print h1")).to_contain_text(shown)
    expect(page.locator(".print-scanner th").first).to_have_text("Time")
    expect(page.locator(".rail")).to_be_hidden()
    page.emulate_media(media="screen")
    for kind, start in (("svg", b"<svg"), ("png", b"\x89PNG")):
        page.get_by_role("button", name="More").click()
        with page.expect_download() as waiting:
            page.click(f"[data-picture={kind}]")
        path = tmp_path / f"chart.{kind}"
        waiting.value.save_as(path)
        assert path.read_bytes().startswith(start)
    assert shown in (tmp_path / "chart.svg").read_text(encoding="utf-8")


def test_search_counts_and_goes_to_the_next(enter: Open) -> None:
    """Whoever types a patient sees how many there are on all days; Enter selects one after the other."""
    page = enter("scheduler")
    wait_for_plan(page)
    wanted = first_movable(page)
    page.keyboard.press("/")
    expect(page.locator("#plan-find")).to_be_focused()
    page.fill("#plan-find", wanted)
    expect(page.locator("#find-count")).to_contain_text("1 found")
    page.keyboard.press("Enter")
    expect(page.locator(".panel-head")).to_contain_text(wanted)
    page.fill("#plan-find", "nobody of that name")
    expect(page.locator("#find-count")).to_have_text("nothing found")


def test_the_first_visit_is_a_short_tour(enter: Open) -> None:
    """Three notes by keyboard, in the language of the moment, once; the menu shows them again."""
    page = enter("scheduler")
    page.add_init_script("localStorage.removeItem('caretable.tour')")
    page.reload()
    note = page.locator(".tour")
    expect(note).to_contain_text("1 / 3")
    page.keyboard.press("Enter")
    expect(note).to_contain_text("2 / 3")
    page.keyboard.press("Escape")
    expect(note).to_have_count(0)
    page.reload()
    wait_for_plan(page)
    expect(note).to_have_count(0)
    page.get_by_role("button", name="More").click()
    page.click("[data-tour-again]")
    expect(note).to_contain_text("1 / 3")
