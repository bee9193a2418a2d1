"""One reading of the plan for all parts of the page that are drawn from it."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from dashboard.pages.plan.here import area_here
from planning.actors import Actor
from planning.app import Application
from planning.queries import PlanView
from planning.views import AppointmentView, PlanPage, RequestView, UnplannedView

_KEPT = 24
_FRESH_S = 20.0
_pages: OrderedDict[tuple[str, str, str, int | None, int], tuple[float, PlanPage]] = OrderedDict()
_lock = threading.Lock()


def next_tick(tick: int) -> int:
    """A new tick, never the same for two acts that began from the same one: each draws what is there after it."""
    return max(tick + 1, time.time_ns() // 1_000_000)


def plan_page(application: Application, actor: Actor, *, version: int | None, tick: int) -> PlanPage:
    """The page of a version. ``tick`` is the browser's count of what it has done or noticed: a new one reads anew, the parts drawn for the
    same one share a reading of at most 20 s."""
    key = (str(id(application)), f"{actor.account_id}/{actor.role}/{actor.site_id}", area_here(), version, tick)
    now = time.monotonic()
    with _lock:
        kept = _pages.get(key)
        if kept is not None and now - kept[0] < _FRESH_S:
            return kept[1]
    page: PlanPage = application.ask(actor, PlanView(area_here(), version))
    with _lock:
        _pages[key] = (now, page)
        while len(_pages) > _KEPT:
            _pages.popitem(last=False)
    return page


def appointment_of(page: PlanPage, request_id: str) -> AppointmentView | None:
    """The visit of that name in this version; of a request with several visits that waits no more, its first."""
    found = next((row for row in page.appointments if row.about.task == request_id), None)
    if found is None and unplanned_of(page, request_id) is None:
        found = next((row for row in page.appointments if row.about.request == request_id), None)
    return found


def unplanned_of(page: PlanPage, request_id: str) -> UnplannedView | None:
    """The request among those without a place."""
    return next((row for row in page.unplanned if row.about.task == request_id), None)


def request_of(page: PlanPage, request_id: str) -> RequestView | None:
    """What is known of the request, wherever it is."""
    row = appointment_of(page, request_id) or unplanned_of(page, request_id)
    return row.about if row else None


def shown_number(page: PlanPage) -> int:
    """The version on the screen, 0 before the first plan."""
    return page.version.number if page.version else 0
