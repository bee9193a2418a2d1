"""The Dash application: frame, pages, protection. ``create_app`` is a function of the planning application alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import dash_ag_grid  # noqa: F401  # component libraries must be known before the first callback
import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, callback_context, ctx, dcc, html, no_update
from flask import Flask
from plotly.graph_objects import Figure  # noqa: F401

from dashboard.auth import current_actor, install_auth
from dashboard.components import notices
from dashboard.components.basics import alert
from dashboard.components.frame import rail, topbar
from dashboard.components.scripts import in_browser
from dashboard.i18n import COOKIE
from dashboard.pages import AREAS, PAGES, first_path, page_at, plan, planner
from dashboard.pages.plan.here import STORE
from dashboard.security import protect
from hospital.errors import CaretableError
from hospital.sites import SiteSettings
from hospital.texts import say
from planning.actors import NOBODY, Actor
from planning.app import Application
from planning.commands import SetLanguage
from planning.queries import SettingsView, Sites
from planning.views import SiteView

_ACCENT = ["#eef7f9", "#d9edf1", "#b3dbe2", "#86c4cf", "#57abb9", "#2f8fa0", "#0b6477", "#0a5868", "#084c5b", "#063c48"]
_INDEX = """<!DOCTYPE html>
<html>
<head>
{%metas%}<title>{%title%}</title><link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">{%css%}
</head>
<body>{%app_entry%}<footer>{%config%}{%scripts%}{%renderer%}</footer></body>
</html>"""


def create_app(application: Application, *, is_https: bool = False, upload_max_mb: int = 25) -> Dash:
    """The whole dashboard over one planning application."""
    server: Any = Flask("dashboard", template_folder="templates")
    app = Dash(
        "dashboard",
        server=server,
        title="Caretable",
        update_title="",
        index_string=_INDEX,
        serve_locally=True,
        suppress_callback_exceptions=True,
        on_error=notices.on_error,
        add_log_handler=False,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.layout = lambda: _layout(application)
    _register_frame(app, application)
    for page in PAGES:
        page.register(app, application)
    protect(server, script_hashes=app.csp_hashes(), upload_max_mb=upload_max_mb, is_https=is_https)
    install_auth(server, application, is_https=is_https)
    return app


def _layout(application: Application) -> Any:
    actor = current_actor()
    site = _own_site(application, actor)
    return dmc.MantineProvider(
        [
            dcc.Location(id="url"),
            dcc.Store(id="language", data=actor.language),
            dcc.Store(id="drawn"),
            *(store for page in PAGES for store in page.stores()),
            html.Div(
                [
                    html.Nav(rail("", actor), id="rail", className="rail"),
                    html.Header(topbar(actor, site), id="topbar", className="topbar"),
                    html.Main(id="page", className="page"),
                ],
                className="frame",
            ),
            planner.panel(),
            dmc.NotificationContainer(id=notices.CONTAINER, position="bottom-right", limit=4),
        ],
        theme={
            "primaryColor": "care",
            "colors": {"care": _ACCENT},
            "defaultRadius": 7,
            "primaryShade": {"light": 6, "dark": 4},
        },
        defaultColorScheme="auto",
    )


def _register_frame(app: Dash, application: Application) -> None:
    @app.callback(
        Output("language", "data"),
        Input("language-zh", "n_clicks"),
        Input("language-en", "n_clicks"),
        prevent_initial_call=True,
    )
    def switch_language(in_chinese: int, in_english: int) -> Any:
        if not (in_chinese or in_english):
            return no_update
        language = "zh" if ctx.triggered_id == "language-zh" else "en"
        application.execute(current_actor(), SetLanguage(language))
        callback_context.response.set_cookie(COOKIE, language, max_age=31536000, samesite="Strict", httponly=True)
        return language

    @app.callback(
        Output(STORE, "data"),
        *(Output(f"plan-{name}", "data", allow_duplicate=True) for name in plan.AFRESH),
        Output("page", "children"),
        Output("rail", "children"),
        Output("topbar", "children"),
        Output("url", "pathname"),
        Input("url", "pathname"),
        Input("language", "data"),
        State(STORE, "data"),
        prevent_initial_call="initial_duplicate",
    )
    def show_page(pathname: str, _language: str, area: str) -> Any:
        actor = current_actor()
        page = page_at(pathname) or page_at(first_path(actor))
        assert page is not None
        moved = no_update if pathname == page.path else page.path
        try:
            content = page.layout(application, actor)
        except CaretableError as error:
            content = html.Div(alert(error.sentence(actor.language), kind="warn"), className="page-refused")
        return (
            *_turned(page.key, area),
            content,
            rail(page.path, actor),
            topbar(actor, _own_site(application, actor), now=_own_clock(application, actor)),
            moved,
        )

    in_browser(app, "frame", "speak", Output("drawn", "data"), Input("language", "data"))


def _turned(key: str, area: str) -> tuple[Any, ...]:
    """The area whose plan is looked at from now on, and what its page begins with where it is another one than before."""
    if key not in AREAS or key == area:
        return no_update, *(no_update for _ in plan.AFRESH)
    return key, *plan.AFRESH.values()


def _own_site(application: Application, actor: Actor) -> SiteView:
    sites: tuple[SiteView, ...] = () if actor is NOBODY else application.ask(actor, Sites())
    found = next((site for site in sites if site.id == actor.site_id), None)
    return found or SiteView(
        id="",
        name_en=say("dashboard.no_site", "en"),
        name_zh=say("dashboard.no_site", "zh"),
        timezone="UTC",
        is_sample=False,
    )


def _own_clock(application: Application, actor: Actor) -> datetime | None:
    """The time at a site that names its own (a sample), else None."""
    try:
        settings: SiteSettings = application.ask(actor, SettingsView())
    except CaretableError:
        return None
    return settings.now
