"""Fills the page from one reading of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard.auth import current_actor
from dashboard.components.basics import Child, alert, button, empty, icon
from dashboard.components.scripts import in_browser
from dashboard.i18n import Words
from dashboard.pages.imaging.figures import tiles
from dashboard.pages.imaging.headline import headline
from dashboard.pages.imaging.print_view import print_view
from dashboard.pages.imaging.reading import plan_page, shown_number
from dashboard.pages.imaging.timeline import timeline_data
from dashboard.pages.imaging.versions import version_bar
from hospital.plans import PlanStatus
from planning.app import Application
from planning.queries import Versions
from planning.views import PlanPage, VersionRow


def register(app: Dash, application: Application) -> None:
    """Draw on arrival, on another version, after every act."""

    @app.callback(
        Output("imaging-headline", "children"),
        Output("imaging-version-bar", "children"),
        Output("imaging-notes", "children"),
        Output("imaging-figures", "children"),
        Output("imaging-timeline-data", "data"),
        Output("imaging-empty", "children"),
        Output("imaging-head", "data"),
        Output("imaging-seen", "data"),
        Input("imaging-version", "data"),
        Input("imaging-tick", "data"),
    )
    def show_plan(version: int | None, tick: int) -> Any:
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick)
        language = actor.language
        rows = application.ask(actor, Versions())
        return (
            headline(page, language),
            version_bar(page, language, actor_name=actor.name),
            notes(page, rows, language),
            tiles(page, language),
            timeline_data(page, language),
            nothing_yet(page, language),
            page.head,
            states_of(rows, shown_number(page)),
        )

    in_browser(
        app,
        "imaging",
        "draw",
        Output("imaging-mark", "data"),
        Input("imaging-timeline-data", "data"),
        State("imaging-request", "data"),
    )
    in_browser(
        app,
        "imaging",
        "mark",
        Output("imaging-mark", "data", allow_duplicate=True),
        Input("imaging-request", "data"),
        is_initial=False,
    )

    @app.callback(
        Output("imaging-paper", "data"),
        Input("imaging-print-day", "data"),
        State("imaging-version", "data"),
        State("imaging-tick", "data"),
        prevent_initial_call=True,
    )
    def show_on_paper(wanted: dict[str, int] | None, version: int | None, tick: int) -> Any:
        if not wanted:
            return no_update
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick)
        return print_view(page, page.first_day + timedelta(days=wanted["day"]), actor.language)

    in_browser(
        app, "waiting", "print", Output("imaging-paper", "clear_data"), Input("imaging-paper", "data"), is_initial=False
    )
    in_browser(app, "waiting", "draw", Output("waiting-data", "clear_data"), Input("waiting-data", "data"))

    @app.callback(
        Output("imaging-version", "data", allow_duplicate=True),
        Input({"type": "show-version", "number": ALL}, "n_clicks"),
        State("imaging-version", "data"),
        prevent_initial_call=True,
    )
    def show_version(_clicks: list[int], _now: int | None) -> Any:
        if not ctx.triggered or not ctx.triggered[0]["value"]:
            return no_update
        return ctx.triggered_id["number"]


def notes(page: PlanPage, rows: Sequence[VersionRow], language: str) -> list[Child]:
    """What a person must know before touching this version; ``rows`` are all versions, newest first."""
    words = Words("imaging", language)
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
    words = Words("imaging", language)
    if not page.scanners:
        return empty(
            words("empty_data_title"),
            words("empty_data_what"),
            dcc.Link(words("go_to_data"), href="/data", className="button button-accent"),
        )
    if page.version is None and not page.appointments:
        return empty(words("empty_plan_title"), words("empty_plan_what"))
    return None
