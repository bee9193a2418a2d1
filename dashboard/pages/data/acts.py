"""Apply, discard, cancel what is missing, and draw anew."""

from __future__ import annotations

from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update

from dashboard.auth import current_actor
from dashboard.components import notices
from dashboard.components.basics import alert
from dashboard.components.scripts import in_browser
from dashboard.i18n import Words
from dashboard.pages.data.frame import area_tabs, draw, templates, upload_form
from planning import commands as c
from planning.app import Application
from planning.views import UploadView


def register(app: Dash, application: Application) -> None:
    """All of the page's callbacks."""
    _register_drawing(app, application)
    _register_script(app)
    _register_upload(app, application)
    _register_missing(app, application)


def _register_drawing(app: Dash, application: Application) -> None:
    @app.callback(
        Output("data-headline", "children"),
        Output("data-history", "children"),
        Output("data-preview", "children"),
        Output("data-quarantine", "children"),
        Input("data-shown", "data"),
        Input("data-tick", "data"),
        Input("data-area", "data"),
    )
    def show(shown: str | None, _tick: int, area: str) -> Any:
        return draw(application, current_actor(), shown, area)

    @app.callback(
        Output("data-areas", "children"),
        Output("data-form", "children"),
        Output("data-templates", "children"),
        Input("data-area", "data"),
    )
    def show_forms(area: str) -> Any:
        words = Words("data", current_actor().language)
        return area_tabs(area, words.language), upload_form(area, words), templates(area, words)

    @app.callback(
        Output("data-area", "data"),
        Output("data-shown", "data", allow_duplicate=True),
        Input({"type": "data-turn", "area": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def turn(_clicks: list[int]) -> Any:
        if not ctx.triggered or not ctx.triggered[0]["value"]:
            return no_update, no_update
        return ctx.triggered_id["area"], None

    @app.callback(
        Output("data-shown", "data", allow_duplicate=True),
        Input({"type": "show-upload", "id": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def choose(_clicks: list[int]) -> Any:
        return ctx.triggered_id["id"] if ctx.triggered and ctx.triggered[0]["value"] else no_update


def _register_script(app: Dash) -> None:
    in_browser(
        app,
        "upload",
        "keep",
        Output("upload-drop", "title"),
        Input("upload-kind", "value"),
        Input("upload-source", "value"),
        Input("data-area", "data"),
    )
    in_browser(
        app,
        "upload",
        "again",
        Output("map-again", "title"),
        Input("map-again", "n_clicks"),
        State({"type": "map", "column": ALL}, "value"),
        State({"type": "map", "column": ALL}, "id"),
        is_initial=False,
    )


def _register_upload(app: Dash, application: Application) -> None:
    @app.callback(
        Output("data-tick", "data", allow_duplicate=True),
        Output("data-shown", "data", allow_duplicate=True),
        Input({"type": "upload-act", "name": ALL}, "n_clicks"),
        State("data-shown", "data"),
        State("data-tick", "data"),
        prevent_initial_call=True,
    )
    def finish(_clicks: list[int], shown: str | None, tick: int) -> Any:
        if not ctx.triggered or not ctx.triggered[0]["value"] or shown is None:
            return no_update, no_update
        actor = current_actor()
        words = Words("data", actor.language)
        if ctx.triggered_id["name"] == "discard":
            application.execute(actor, c.DiscardUpload(shown))
            notices.show(words("discarded"))
            return tick + 1, None
        view: UploadView = application.execute(actor, c.ApplyUpload(shown))
        counts = {"new": view.num_new, "changed": view.num_changed, "unchanged": view.num_unchanged}
        notices.show(words("applied", refused=len(view.refused), **counts))
        return tick + 1, no_update


def _register_missing(app: Dash, application: Application) -> None:
    @app.callback(
        Output("missing-problem", "children"),
        Output("data-tick", "data", allow_duplicate=True),
        Input("missing-cancel", "n_clicks"),
        State("missing-chosen", "value"),
        State("missing-reason", "value"),
        State("data-area", "data"),
        State("data-tick", "data"),
        prevent_initial_call=True,
    )
    def cancel(clicks: int, chosen: list[str], reason: str | None, area: str, tick: int) -> Any:
        if not clicks:
            return no_update, no_update
        actor = current_actor()
        words = Words("data", actor.language)
        if not chosen:
            return alert(words("missing_choose")), no_update
        if not (reason or "").strip():
            return alert(Words("imaging", actor.language)("reason_needed")), no_update
        num = application.execute(actor, c.CancelRequests(tuple(chosen), str(reason).strip()[:500], area=area))
        notices.show(words("cancelled", num=num))
        return None, tick + 1
