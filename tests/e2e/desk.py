"""What a person does again and again at the imaging desk."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from hospital.plans import PlanStatus
from planning.actors import NOBODY
from planning.commands import ApproveDraft, LogIn, SubmitDraft
from planning.queries import PlanView
from tests.e2e.hospital import Hospital

Open = Callable[..., Page]
SLOW_MS = 90_000


def wait_for_plan(page: Page) -> None:
    """The first plan is made while the person watches."""
    expect(page.locator(".version-left strong")).to_be_visible(timeout=SLOW_MS)
    page.wait_for_selector("#plan-timeline[data-ready]")
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


def tab(page: Page, kind: str) -> None:
    """Turn the side column."""
    page.locator(".side .tab").nth(("waiting", "request", "changes", "versions", "calls").index(kind)).click()


def solved(page: Page) -> None:
    """Wait until a running solve has ended and its draft is drawn."""
    expect(page.locator(".job")).to_have_count(0, timeout=SLOW_MS)
    expect(page.locator(".version-left .tag")).to_have_text("Draft", timeout=SLOW_MS)


def solve_briefly(page: Page) -> None:
    """Solve, and stop as soon as there is something to keep."""
    page.click("#solve")
    expect(page.locator(".job-figure").first).to_be_visible(timeout=SLOW_MS)
    page.click("#plan-stop")
    solved(page)


def put_in_force(hospital: Hospital) -> int:
    """The newest draft, sent by the scheduler and approved by the approver; its number."""
    people = {}
    for role in ("scheduler", "approver"):
        token = hospital.application.execute(NOBODY, LogIn(role, hospital.passwords[role]))
        people[role] = hospital.application.actor_of(token)
    deadline = time.monotonic() + SLOW_MS / 1000
    while (shown := hospital.application.ask(people["scheduler"], PlanView()).version) is None:
        assert time.monotonic() < deadline, "no first plan"
        time.sleep(0.5)
    if shown.status is PlanStatus.DRAFT:
        hospital.application.execute(people["scheduler"], SubmitDraft(shown.number))
        hospital.application.execute(people["approver"], ApproveDraft(shown.number))
    return int(shown.number)
