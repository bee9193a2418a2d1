"""A hospital and browsers in it. Every page is watched: no outside request, no script error, no refused script."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from scheduler.kernel.warm import warm
from tests.e2e.hospital import Hospital, open_hospital

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A busy machine is slow, not wrong: an expectation fails only when it is not met in the end.
expect.set_options(timeout=60_000)

VIEW = {"width": 1280, "height": 720}
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=chromium, args=ARGS)
        yield program
        program.close()


@pytest.fixture(scope="session")
def engine() -> None:
    """The engine's compiled functions, made once and not while somebody waits for a plan."""
    warm()


@pytest.fixture(scope="module")
def hospital(engine: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hospital]:
    """A small hospital for the tests of one file."""
    with open_hospital(tmp_path_factory.mktemp("hospital")) as place:
        yield place


@pytest.fixture
def enter(browser: Browser, hospital: Hospital) -> Iterator[Open]:
    """``enter("scheduler")`` logs that person in, in a browser of its own, and gives the page."""
    wrong: list[str] = []

    def open_page(role: str, *, language: str = "en", path: str = "/imaging") -> Page:
        context = browser.new_context(viewport=VIEW, accept_downloads=True)
        context.add_init_script("localStorage.setItem('caretable.tour', 'off')")
        page = context.new_page()
        watch(page, hospital.url, wrong)
        page.goto(hospital.url + "/login")
        page.fill("#name", role)
        page.fill("#password", hospital.passwords[role])
        page.click(".login-enter")
        page.wait_for_selector(".rail .place.is-here")
        page.wait_for_selector("#page > *")
        page.click(f".rail a[href='{path}']")
        page.wait_for_selector(f".rail a.is-here[href='{path}']")
        page.wait_for_selector(f"#language-{language}")
        if page.get_attribute(f"#language-{language}", "aria-pressed") != "true":
            page.click(f"#language-{language}")
            page.wait_for_selector(f"#language-{language}[aria-pressed=true]")
        return page

    yield open_page
    for context in browser.contexts:
        context.close()
    assert wrong == []


def watch(page: Page, url: str, wrong: list[str]) -> None:
    """Note every request to elsewhere, and every error of a script."""

    def note_request(address: str) -> None:
        if not address.startswith((url, "data:", "blob:")):
            wrong.append(f"outside request: {address}")

    page.on("request", lambda request: note_request(request.url))
    page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
    page.on(
        "console",
        lambda said: wrong.append(f"console: {said.text}") if said.type == "error" and "401" not in said.text else None,
    )
