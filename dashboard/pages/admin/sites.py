"""Sites: a new empty one with its first administrator; the sample can be deleted."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard.auth import current_actor
from dashboard.components import notices
from dashboard.components.basics import Child, alert, button, tag
from dashboard.components.dialogs import dialog, ending, field
from dashboard.i18n import Words
from hospital.errors import CaretableError
from planning import commands as c
from planning.actors import Actor
from planning.app import Application
from planning.queries import Sites
from planning.views import SiteView

ZONES = (
    "Asia/Shanghai",
    "Asia/Urumqi",
    "Asia/Hong_Kong",
    "Asia/Singapore",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "UTC",
)


def site_name(site: SiteView, language: str) -> str:
    """The site's name in a language."""
    return site.name_zh if language == "zh" else site.name_en


def body(application: Application, actor: Actor) -> Child:
    """The list, and the form for a new one."""
    words = Words("admin", actor.language)
    rows = [_row(site, actor, words) for site in application.ask(actor, Sites())]
    return html.Div(
        [
            html.Section(
                [html.H2(words("sites_title")), html.P(words("sites_what"), className="quiet"), *rows], className="card"
            ),
            html.Section(_form(words), className="card"),
        ],
        className="cards-people",
    )


def _row(site: SiteView, actor: Actor, words: Words) -> html.Div:
    is_own = site.id == actor.site_id
    tags = [tag(words("site_sample"), kind="warn")] if site.is_sample else []
    tags += [tag(words("site_yours"), kind="accent")] if is_own else []
    delete = (
        [button(words("site_delete"), id={"type": "site-delete", "id": site.id}, kind="bad")]
        if is_own or site.is_sample
        else []
    )
    name = html.Span(
        [
            html.Strong(site_name(site, words.language)),
            " ",
            html.Span(f"{site.id} · {site.timezone}", className="quiet"),
        ]
    )
    return html.Div([html.Span([name, " ", *tags]), *delete], className="todo")


def _form(words: Words) -> list[Child]:
    return [
        html.H2(words("site_add")),
        field(words("site_name_zh"), dmc.TextInput(id="site-name-zh")),
        field(words("site_name_en"), dmc.TextInput(id="site-name-en")),
        field(
            words("site_timezone"),
            dmc.Select(data=list(ZONES), id="site-timezone", value=ZONES[0], searchable=True, allowDeselect=False),
        ),
        field(words("site_administrator"), dmc.TextInput(id="site-administrator")),
        field(words("password"), dmc.PasswordInput(id="site-password"), words("password_what")),
        html.Div(id="site-problem"),
        html.Div(button(words("site_add"), id="site-add", icon_name="plus", kind="primary"), className="form-end"),
    ]


def dialogs(words: Words) -> list[Child]:
    """The question before a site is deleted."""
    return [
        dialog(
            "site",
            html.Span(id="site-delete-title"),
            dcc.Store(id="site-doomed"),
            html.P(id="site-delete-what"),
            html.Div(dmc.TextInput(id="site-delete-name"), className="field"),
            *ending("site-delete", button(words("site_delete"), id="site-delete-go", kind="bad")),
        )
    ]


def register(app: Dash, application: Application) -> None:
    """Make one, delete one."""
    _register_making(app, application)
    _register_deleting(app, application)


def _register_making(app: Dash, application: Application) -> None:
    @app.callback(
        Output("admin-tick", "data", allow_duplicate=True),
        Output("site-problem", "children"),
        Input("site-add", "n_clicks"),
        *[State(f"site-{name}", "value") for name in ("name-en", "name-zh", "administrator", "password", "timezone")],
        State("admin-tick", "data"),
        prevent_initial_call=True,
    )
    def add(clicks: int, *values: Any) -> Any:
        if not clicks:
            return no_update, no_update
        *typed, tick = values
        name_en, name_zh, administrator, password, timezone = (str(value or "").strip() for value in typed)
        actor = current_actor()
        command = c.CreateSite(name_en or name_zh, name_zh or name_en, administrator, password, timezone)
        try:
            site: SiteView = application.execute(actor, command)
        except CaretableError as error:
            return no_update, alert(error.sentence(actor.language))
        made = Words("admin", actor.language)(
            "site_made", name=site_name(site, actor.language), administrator=administrator
        )
        notices.show(made)
        return tick + 1, None


def _register_deleting(app: Dash, application: Application) -> None:
    @app.callback(
        Output("site-dialog", "opened"),
        Output("site-doomed", "data"),
        Output("site-delete-title", "children"),
        Output("site-delete-what", "children"),
        Input({"type": "site-delete", "id": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def ask_first(_clicks: list[int]) -> Any:
        if not ctx.triggered or not ctx.triggered[0]["value"]:
            return (no_update,) * 4
        actor = current_actor()
        words, doomed = Words("admin", actor.language), ctx.triggered_id["id"]
        name = next(site_name(site, actor.language) for site in application.ask(actor, Sites()) if site.id == doomed)
        return (
            True,
            {"id": doomed, "name": name},
            words("site_delete_title", name=name),
            words("site_delete_what", name=name),
        )

    @app.callback(
        Output("site-dialog", "opened", allow_duplicate=True),
        Output("site-delete-problem", "children"),
        Output("admin-tick", "data", allow_duplicate=True),
        Input("site-delete-go", "n_clicks"),
        State("site-delete-name", "value"),
        State("site-doomed", "data"),
        State("admin-tick", "data"),
        prevent_initial_call=True,
    )
    def delete(clicks: int, typed: str | None, doomed: dict[str, str] | None, tick: int) -> Any:
        if not clicks or not doomed:
            return (no_update,) * 3
        actor = current_actor()
        words = Words("admin", actor.language)
        if (typed or "").strip() != doomed["name"]:
            problem = words("site_delete_wrong", expected=doomed["name"], found=typed or "")
            return no_update, alert(problem), no_update
        application.execute(actor, c.DeleteSite(doomed["id"]))
        notices.show(words("site_deleted", name=doomed["name"]))
        return False, None, tick + 1
