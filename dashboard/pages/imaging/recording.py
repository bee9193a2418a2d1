"""What the forms for changes share: record one, and solve with it if asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from dash import ctx, no_update

from dashboard.auth import current_actor
from dashboard.components import notices
from dashboard.components.basics import Child, alert
from dashboard.i18n import Words
from hospital.changes import Change
from planning import commands as c
from planning.app import Application
from planning.commands import IMAGING
from planning.views import PlanPage

GENTLE_S = 20.0
"""Seconds of a solve that only takes a disruption in; moves as few as possible."""


def answer_form(
    application: Application, page: PlanPage, tick: int, *, change: Change | None, problem: str, is_solving: bool
) -> tuple[Any, Child, Any, Any]:
    """Values for: dialog open, problem, tick, side column. A problem keeps the dialog and what was typed."""
    actor = current_actor()
    if problem or change is None:
        return no_update, alert(problem), no_update, no_update
    application.execute(actor, c.RecordChanges(IMAGING, (change,)))
    if is_solving:
        solve = c.RequestSolve(IMAGING, GENTLE_S, base_version=page.head or None, min_changes=True)
        application.execute(actor, solve)
    else:
        notices.show(Words("imaging", actor.language)("recorded"))
    return False, None, tick + 1, {"kind": "changes"}


def is_pressed() -> bool:
    """True where a click, not the drawing of a button, called."""
    return bool(ctx.triggered and ctx.triggered[0]["value"])


def next_five(when: datetime) -> datetime:
    """The five-minute mark at or before ``when``."""
    return when - timedelta(minutes=when.minute % 5, seconds=when.second, microseconds=when.microsecond)
