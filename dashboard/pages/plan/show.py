"""Fills the page from one reading of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard.auth import current_actor
from dashboard.components.basics import Child, alert, button, empty, icon
from dashboard.components.scripts import in_browser
from dashboard.pages.plan.faces import face_here
from dashboard.pages.plan.here import PlanWords, area_here
from dashboard.pages.plan.print_view import print_view
from dashboard.pages.plan.reading import plan_page, shown_number
from dashboard.pages.plan.timeline import shown_data, timeline_data
from dashboard.pages.plan.versions import version_bar
from hospital.plans import PlanStatus
from planning.app import Application
from planning.queries import Versions
from planning.views import PlanPage, VersionRow


def register(app: Dash, application: Application) -> None:
    """Draw on arrival, on another version, after every act."""

    @app.callback(
        Output("plan-headline", "children"),
        Output("plan-version-bar", "children"),
        Output("plan-notes", "children"),
        Output("plan-figures", "children"),
        Output("plan-timeline-data", "data"),
        Output("plan-empty", "children"),
        Output("plan-head", "data"),
        Output("plan-seen", "data"),
        Input("plan-version", "data"),
        Input("plan-tick", "data"),
    )
    def show_plan(version: int | None, tick: int) -> Any:
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick)
        language = actor.language
        rows = application.ask(actor, Versions(area_here()))
        return (
            face_here().headline(page, language),
            version_bar(page, language, actor_name=actor.name),
            notes(page, rows, language),
            face_here().tiles(page, language),
            timeline_data(page, language) if face_here().picture is None else shown_data(page),
            nothing_yet(page, language),
            page.head,
            states_of(rows, shown_number(page)),
        )

    in_browser(
        app,
        "plan",
        "draw",
        Output("plan-mark", "data"),
        Input("plan-timeline-data", "data"),
        State("plan-request", "data"),
    )
    in_browser(
        app,
        "plan",
        "mark",
        Output("plan-mark", "data", allow_duplicate=True),
        Input("plan-request", "data"),
        is_initial=False,
    )

    @app.callback(
        Output("plan-paper", "data"),
        Input("plan-print-day", "data"),
        State("plan-version", "data"),
        State("plan-tick", "data"),
        State("plan-board", "data"),
        prevent_initial_call=True,
    )
    def show_on_paper(wanted: dict[str, int] | None, version: int | None, tick: int, board: dict[str, Any]) -> Any:
        if not wanted:
            return no_update
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick)
        return print_view(page, _paper_day(page, wanted["day"], board["day"]), actor.language)

    in_browser(
        app, "waiting", "print", Output("plan-paper", "clear_data"), Input("plan-paper", "data"), is_initial=False
    )
    in_browser(app, "waiting", "draw", Output("waiting-data", "clear_data"), Input("waiting-data", "data"))

    @app.callback(
        Output("plan-version", "data", allow_duplicate=True),
        Input({"type": "show-version", "number": ALL}, "n_clicks"),
        State("plan-version", "data"),
        prevent_initial_call=True,
    )
    def show_version(_clicks: list[int], _now: int | None) -> Any:
        if not ctx.triggered or not ctx.triggered[0]["value"]:
            return no_update
        return ctx.triggered_id["number"]


def _paper_day(page: PlanPage, day: int | None, board_day: str | None) -> date:
    """The day on the screen: the timeline's, the board's, else today."""
    if day is not None:
        return page.first_day + timedelta(days=day)
    return date.fromisoformat(board_day) if board_day else page.now.astimezone(ZoneInfo(page.timezone)).date()


def notes(page: PlanPage, rows: Sequence[VersionRow], language: str) -> list[Child]:
    """What a person must know before touching this version; ``rows`` are all versions, newest first."""
    words = PlanWords(language)
    found: list[Child] = []
    newest = rows[0] if rows else None
    if newest is not None and newest.status is PlanStatus.REJECTED and newest.number > shown_number(page):
        text = words("newest_rejected", number=newest.number, reason=newest.reason)
        look = {"type": "show-version", "number": newest.number}
        found.append(_told(text, button(words("show_rejected"), id=look, kind="small"), kind="warn"))
    is_old = page.version is not None and page.version.number != page.head and page.head
    if is_old:
        found.append(alert(words("version_older", head=page.head), kind="warn"))
    version = page.version
    if version is not None and version.is_same_day and not version.is_reviewed:
        author = version.approver or version.author
        found.append(_told(words("same_day_reason", author=author, reason=version.reason), kind="info"))
    if page.pending:
        text = words("pending_one") if len(page.pending) == 1 else words("pending", num=len(page.pending))
        found.append(html.P([icon("alert"), html.Span(text)], className="alert alert-info", role="status"))
    return found


def _told(text: str, *acts: Child, kind: str) -> html.P:
    return html.P([icon("alert"), html.Span(text), *acts], className=f"alert alert-{kind}", role="status")


def states_of(rows: Sequence[VersionRow], shown: int) -> dict[str, Any]:
    """The state of the version on the screen and the number in force: what others may change meanwhile."""
    status = next((row.status.value for row in rows if row.number == shown), "")
    in_force = next((row.number for row in rows if row.status is PlanStatus.PUBLISHED), 0)
    return {"number": shown, "status": status, "in_force": in_force}


def nothing_yet(page: PlanPage, language: str) -> Child:
    """What to do first, where there is nothing to draw."""
    words = PlanWords(language)
    if not page.resources:
        return empty(
            words("empty_data_title"),
            words("empty_data_what"),
            dcc.Link(words("go_to_data"), href="/data", className="button button-accent"),
        )
    if page.version is None and not page.appointments:
        return empty(words("empty_plan_title"), words("empty_plan_what"))
    return None
