"""Fills the page from one reading of the plan."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard.auth import current_actor
from dashboard.components.basics import Child, alert, empty, icon
from dashboard.components.scripts import in_browser
from dashboard.i18n import Words
from dashboard.pages.imaging.figures import tiles
from dashboard.pages.imaging.headline import headline
from dashboard.pages.imaging.print_view import print_view
from dashboard.pages.imaging.reading import plan_page
from dashboard.pages.imaging.timeline import timeline_data
from dashboard.pages.imaging.versions import version_bar
from planning.app import Application
from planning.views import PlanPage


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
        Input("imaging-version", "data"),
        Input("imaging-tick", "data"),
    )
    def show_plan(version: int | None, tick: int) -> Any:
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick)
        language = actor.language
        return (
            headline(page, language),
            version_bar(page, language, actor_name=actor.name),
            notes(page, language),
            tiles(page, language),
            timeline_data(page, language),
            nothing_yet(page, language),
            page.head,
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


def notes(page: PlanPage, language: str) -> list[Child]:
    """What a person must know before touching this version."""
    words = Words("imaging", language)
    found: list[Child] = []
    if page.version is not None and page.version.number != page.head:
        found.append(alert(words("version_older", head=page.head), kind="warn"))
    if page.pending:
        text = words("pending_one") if len(page.pending) == 1 else words("pending", num=len(page.pending))
        found.append(html.P([icon("alert"), html.Span(text)], className="alert alert-info", role="status"))
    return found


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
