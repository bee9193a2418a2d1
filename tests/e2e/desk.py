"""What a person does again and again at the imaging desk."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

Open = Callable[..., Page]
SLOW_MS = 90_000


def wait_for_plan(page: Page) -> None:
    """The first plan is made while the person watches."""
    expect(page.locator(".version-left strong")).to_be_visible(timeout=SLOW_MS)
    page.wait_for_selector("#imaging-timeline[data-ready]")
    page.wait_for_selector(".vis-item.appt")


def first_movable(page: Page) -> str:
    """Id of an appointment that is no history and lies well inside the window."""
    found = page.evaluate(
        """() => {
            const t = caretable.timeline, shown = t.vis.getWindow();
            const free = t.items.get({ filter: (i) => i.rclass && i.isPromised && !i.marks.includes("frozen") && !i.marks.includes("locked")
                && i.start > t.data.now && i.start > +shown.start && i.end < +shown.end - 3600000 });
            free.sort((a, b) => b.start - a.start);
            return free[0].id;
        }"""
    )
    return str(found)


def choose(page: Page, request: str) -> None:
    """Select an appointment as a click on its bar does."""
    page.evaluate("(id) => caretable.choose(id)", request)
    expect(page.locator(".panel-head")).to_contain_text(request)
