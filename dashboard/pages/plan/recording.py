"""What the forms for changes share: record one, and solve with it if asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from dash import Dash, Input, Output, State, ctx, no_update, set_props

from dashboard.auth import current_actor
from dashboard.components import notices
from dashboard.components.basics import Child, alert
from dashboard.components.when import moment
from dashboard.i18n import Words
from dashboard.pages.plan.here import PlanWords, area_here
from dashboard.pages.plan.reading import next_tick, plan_page
from hospital.changes import Change
from hospital.errors import CaretableError
from planning import commands as c
from planning.app import Application
from planning.views import PlanPage

GENTLE_S = 20.0
"""Seconds of a solve that only takes a disruption in; moves as few as possible."""


Read = Callable[[tuple[Any, ...], PlanPage, Words], tuple[str, Change | None]]
"""What a form says: what is missing or wrong (empty where nothing is), and the change."""


class Registering(Protocol):
    """What callbacks are registered with: the application, or the application on an area's page."""

    def callback(self, *dependencies: Any, **how: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """As ``Dash.callback``."""


def records(
    app: Registering,
    application: Application,
    key: str,
    *,
    fields: Sequence[str],
    read: Read,
    cleared: tuple[str, ...],
    shows: str = "changes",
) -> None:
    """The two buttons of the form ``key``: record what its fields say, and solve with it if asked. Recorded only, the side column turns to
    ``shows``."""

    @app.callback(
        Output(f"{key}-dialog", "opened", allow_duplicate=True),
        Output(f"{key}-problem", "children"),
        Output("plan-tick", "data", allow_duplicate=True),
        Output("plan-side", "data", allow_duplicate=True),
        Input(f"{key}-record", "n_clicks"),
        Input(f"{key}-solve", "n_clicks"),
        State("plan-version", "data"),
        State("plan-tick", "data"),
        *[State(name, "value") for name in fields],
        prevent_initial_call=True,
    )
    def record(_one: int, _two: int, version: int | None, tick: int, *values: Any) -> Any:
        if not is_pressed():
            return (no_update,) * 4
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick)
        problem, change = read(values, page, PlanWords(actor.language))
        is_solving = ctx.triggered_id == f"{key}-solve"
        return _answer(
            application,
            page,
            tick,
            change=change,
            problem=problem,
            is_solving=is_solving,
            cleared=cleared,
            side={"kind": "changes" if is_solving else shows},
        )


def _answer(
    application: Application,
    page: PlanPage,
    tick: int,
    *,
    change: Change | None,
    problem: str,
    is_solving: bool,
    cleared: tuple[str, ...],
    side: dict[str, str],
) -> tuple[Any, Child, Any, Any]:
    """Values for: dialog open, problem, tick, side column. A problem keeps the dialog and what was typed; once recorded the
    fields of ``cleared`` are empty for the next report."""
    actor = current_actor()
    if problem or change is None:
        return no_update, alert(problem), no_update, no_update
    try:
        application.execute(actor, c.RecordChanges(area_here(), (change,)))
    except CaretableError as error:
        return no_update, alert(notices.sentence_of(error, actor.language)), no_update, no_update
    if is_solving:
        solve = c.RequestSolve(area_here(), GENTLE_S, base_version=page.head or None, min_changes=True)
        application.execute(actor, solve)
    else:
        notices.show(PlanWords(actor.language)("recorded"))
    for name in cleared:
        set_props(name, {"value": None if name.endswith("what") else ""})
    return False, None, next_tick(tick), side


def keep_ahead(app: Dash, application: Application, key: str, *, lead: timedelta) -> None:
    """A form opened again hours later: fields ``<key>-until`` that have passed meanwhile are set to ``lead`` from now."""

    @app.callback(
        Output(f"{key}-until-day", "value"),
        Output(f"{key}-until-time", "value"),
        Input(f"{key}-open", "n_clicks"),
        State(f"{key}-until-day", "value"),
        State(f"{key}-until-time", "value"),
        State("plan-version", "data"),
        State("plan-tick", "data"),
        prevent_initial_call=True,
    )
    def refresh(clicks: int, day: str | None, clock: str | None, version: int | None, tick: int) -> Any:
        page = plan_page(application, current_actor(), version=version, tick=tick)
        typed = moment(day, clock, page.timezone)
        if not clicks or (typed is not None and typed > page.now):
            return no_update, no_update
        ahead = next_five(page.now + lead).astimezone(ZoneInfo(page.timezone))
        return ahead.date().isoformat(), f"{ahead:%H:%M}:00"


def is_pressed() -> bool:
    """True where a click, not the drawing of a button, called."""
    return bool(ctx.triggered and ctx.triggered[0]["value"])


def next_five(when: datetime) -> datetime:
    """The five-minute mark at or before ``when``."""
    return when - timedelta(minutes=when.minute % 5, seconds=when.second, microseconds=when.microsecond)
