"""What the Beds page does: draw, open a ward, upload, forecast."""

from __future__ import annotations

import base64
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, html, no_update

from dashboard.auth import current_actor
from dashboard.components import notices
from dashboard.components.basics import Child, alert, empty, named
from dashboard.i18n import Words, day_text, time_text
from dashboard.pages.beds.frame import IDLE_MS
from dashboard.pages.beds.panel import panel
from dashboard.pages.beds.wards import table
from dashboard.pages.beds.wording import headline
from hospital.errors import CaretableError
from hospital.texts import catalogue, say
from planning.app import Application
from planning.beds.asked import BedsPage, UploadWards
from planning.beds.views import BedsView
from planning.permissions import may
from planning.pharmacy.asked import RequestForecast

BUSY_MS = 700


def register(app: Dash, application: Application) -> None:
    """All callbacks of the page."""
    _drawing(app, application)
    _doing(app, application)


def _drawing(app: Dash, application: Application) -> None:
    @app.callback(
        Output("beds-headline", "children"),
        Output("beds-notes", "children"),
        Output("beds-table", "children"),
        Output("beds-panel", "children"),
        Output("beds-seen", "data"),
        Output("beds-poll", "interval"),
        Output("beds-root", "className"),
        Input("beds-tick", "data"),
        Input("beds-ward", "data"),
    )
    def draw(_tick: int, ward: str | None) -> Any:
        actor = current_actor()
        view: BedsView = application.ask(actor, BedsPage())
        words = Words("beds", actor.language)
        return (
            headline(view, actor.language),
            _notes(view, words),
            _body(view, ward, words),
            panel(view, ward, words) if view.number is not None else [],
            _state(view),
            BUSY_MS if view.is_running else IDLE_MS,
            "pharmacy-page beds-page" + (" is-empty" if view.number is None else ""),
        )

    @app.callback(
        Output("beds-tick", "data", allow_duplicate=True),
        Input("beds-poll", "n_intervals"),
        State("beds-seen", "data"),
        State("beds-tick", "data"),
        prevent_initial_call=True,
    )
    def watch(_count: int, seen: Any, tick: int) -> Any:
        return tick + 1 if _state(application.ask(current_actor(), BedsPage())) != seen else no_update

    @app.callback(
        Output("beds-ward", "data"), Input({"type": "beds-open", "ward": ALL}, "n_clicks"), prevent_initial_call=True
    )
    def open_ward(_clicks: list[int]) -> Any:
        return named(ctx.triggered_id["ward"]) if ctx.triggered and ctx.triggered[0]["value"] else no_update


def _doing(app: Dash, application: Application) -> None:
    @app.callback(
        Output("beds-tick", "data", allow_duplicate=True),
        Input("beds-forecast", "n_clicks"),
        State("beds-tick", "data"),
        prevent_initial_call=True,
    )
    def forecast(clicks: int, tick: int) -> Any:
        if not clicks:
            return no_update
        application.execute(current_actor(), RequestForecast("beds"))
        return tick + 1

    @app.callback(
        Output("beds-problem", "children"),
        Output("beds-tick", "data", allow_duplicate=True),
        Input("beds-upload", "contents"),
        State("beds-upload", "filename"),
        State("beds-tick", "data"),
        prevent_initial_call=True,
    )
    def upload(contents: list[str] | None, names: list[str], tick: int) -> Any:
        if not contents:
            return no_update, no_update
        actor = current_actor()
        files = {name: base64.b64decode(text.split(",", 1)[-1]) for name, text in zip(names, contents, strict=True)}
        try:
            num = application.execute(actor, UploadWards(files))
            if may(actor, RequestForecast):
                application.execute(actor, RequestForecast("beds"))
        except CaretableError as error:
            return alert(notices.sentence_of(error, actor.language)), tick + 1
        notices.show(Words("beds", actor.language)("uploaded", num=num))
        return None, tick + 1


def _body(view: BedsView, ward: str | None, words: Words) -> Child:
    if not view.num_wards:
        return empty(words("empty_title"), words("empty_what"))
    if view.number is None:
        return empty(words("first_title"), words("first_what"))
    opened = ward or view.wards[0].ward
    return [table(view, opened, words), html.P(words("table_what"), className="quiet")]


def _state(view: BedsView) -> list[Any]:
    return [view.number, view.is_running, view.is_old, view.error, view.num_wards]


def _notes(view: BedsView, words: Words) -> list[Child]:
    found: list[Child] = []
    if view.is_running:
        found.append(html.P(words("running"), className="quiet", role="status"))
    elif view.error:
        key = f"errors.{view.error}"
        known = key in catalogue(words.language)
        reason = say(key, words.language, **view.error_values) if known else view.error
        found.append(alert(words("failed", reason=reason)))
    if view.is_old and not view.is_running:
        found.append(alert(words("is_old"), kind="warn"))
    if view.made is not None and view.last is not None:
        when, last = time_text(view.made, view.timezone, words.language), day_text(view.last, words.language)
        told = words("made", number=view.number, time=when, author=view.author, last=last)
        found.append(html.P(told, className="quiet"))
    return found
