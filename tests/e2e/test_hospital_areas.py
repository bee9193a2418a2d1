"""A hospital with all its areas: one row each on Operations, each its own files and settings, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from planning.areas import AREAS
from tests.e2e.desk import Open
from tests.e2e.hospital import Hospital, open_hospital
from tests.e2e.test_pages import latin_words

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

LINACS = "编号,名称,院区,技术\nQ1,一号机,main,IMRT\nQ2,二号机,main,\n"
SLOW_MS = 120_000


@pytest.fixture(scope="module")
def hospital(engine: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hospital]:
    """The sample hospital with every area."""
    with open_hospital(tmp_path_factory.mktemp("areas"), areas=AREAS) as place:
        yield place


def test_operations_has_a_row_for_each_area(enter: Open) -> None:
    """Whoever opens the Operations page sees each area's load, figures and what waits, and comes to its plan by its name."""
    page = enter("scheduler", path="/operations")
    expect(page.locator(".card.area")).to_have_count(len(AREAS), timeout=SLOW_MS)
    expect(page.locator(".card.area").nth(1)).to_contain_text("Radiotherapy")
    page.click("a.area-name[href='/dialysis']")
    page.wait_for_selector(".rail a.is-here[href='/dialysis']")


@pytest.mark.parametrize("area", AREAS)
def test_each_areas_plan_is_chinese(enter: Open, area: str) -> None:
    """Whoever reads only Chinese meets no foreign word on any area's plan."""
    page = enter("scheduler", language="zh", path=f"/{area}")
    expect(page.locator(".version-left strong")).to_be_visible(timeout=SLOW_MS)
    page.wait_for_timeout(2000)
    assert latin_words(page) - KNOWN_NAMES == set()
    leave_english(page)


KNOWN_NAMES = {"HBV", "HCV", "HD", "HDF", "QA"}


def test_operations_and_data_are_chinese(enter: Open) -> None:
    """The rows, the files of each area and their templates are Chinese too."""
    page = enter("scheduler", language="zh", path="/operations")
    expect(page.locator(".card.area")).to_have_count(len(AREAS), timeout=SLOW_MS)
    assert latin_words(page) == set()
    page.click(".rail a[href='/data']")
    for place in range(len(AREAS)):
        page.locator("#data-areas .tab").nth(place).click()
        expect(page.locator("#data-areas .tab").nth(place)).to_have_class("tab is-on")
        page.wait_for_timeout(700)
        assert latin_words(page) == set()
    leave_english(page)


def test_an_areas_file_is_read_as_that_areas(enter: Open) -> None:
    """A list of linacs goes to radiotherapy: recognised by its headings there, and imaging's data stay as they are."""
    page = enter("steward", path="/data")
    page.locator("#data-areas .tab", has_text="Radiotherapy").click()
    expect(page.locator("#data-templates")).to_contain_text("Linacs")
    with page.expect_file_chooser() as chooser:
        page.click("[data-upload-choose]")
    chooser.value.set_files({"name": "linacs.csv", "mimeType": "text/csv", "buffer": LINACS.encode()})
    expect(page.locator(".preview-title")).to_contain_text("Linacs", timeout=SLOW_MS)
    expect(page.locator(".count-cell", has_text="New")).to_contain_text("2")
    page.get_by_role("button", name="Discard").click()
    with page.expect_download() as template:
        page.locator("#data-templates a.file-link").first.click()
    assert template.value.suggested_filename.endswith(".xlsx")


def test_settings_are_an_areas_own(enter: Open, hospital: Hospital) -> None:
    """The administrator changes how many patients a dialysis nurse has; imaging's settings do not speak of it."""
    page = enter("administrator", path="/admin")
    page.locator("#admin-tabs .tab", has_text="Settings").click()
    page.locator(".cards-settings").wait_for()
    page.locator(".card .tab", has_text="Dialysis").click()
    nurses = page.locator('input[id*=\'"name":"ratio"\']')
    nurses.fill("5")
    page.click("#settings-save")
    expect(page.locator(".mantine-Notification-root")).to_be_visible()
    expect(nurses).to_have_value("5")
    page.locator(".card .tab", has_text="Imaging").click()
    expect(nurses).to_have_count(0)


def leave_english(page: Page) -> None:
    """The next person finds English."""
    page.click("#language-en")
    page.wait_for_selector("#language-en[aria-pressed=true]")
