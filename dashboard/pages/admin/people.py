"""People and roles: add, change, lock out, new password."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update

from dashboard.auth import current_actor
from dashboard.components import notices
from dashboard.components.basics import Child, alert, button, tag
from dashboard.components.dialogs import field
from dashboard.i18n import Words, time_text
from hospital.errors import CaretableError
from hospital.texts import say
from planning import commands as c
from planning.actors import PERSON_ROLES, Actor, Role
from planning.app import Application
from planning.queries import Accounts, Sites
from planning.views import AccountRow


def body(application: Application, actor: Actor) -> Child:
    """The list, and the form for one more."""
    words = Words("admin", actor.language)
    zone = next((site.timezone for site in application.ask(actor, Sites()) if site.id == actor.site_id), "UTC")
    rows = [_row(row, actor, zone, words) for row in application.ask(actor, Accounts())]
    heads = [words("name"), words("role"), words("last_login"), words("new_password"), ""]
    grid = html.Table(
        [html.Thead(html.Tr([html.Th(head) for head in heads])), html.Tbody(rows)], className="plain-table people"
    )
    return html.Div(
        [
            html.Section([html.H2(words("people_title")), grid], className="card"),
            html.Section(_form(words), className="card"),
        ],
        className="cards-people",
    )


def _roles(words: Words) -> list[dict[str, str]]:
    return [
        {
            "value": role.value,
            "label": f"{say(f'dashboard.role_{role.value}', words.language)} · {words(f'role_what_{role.value}')}",
        }
        for role in PERSON_ROLES
    ]


def _row(row: AccountRow, actor: Actor, zone: str, words: Words) -> html.Tr:
    is_self = row.id == actor.account_id
    login = time_text(row.last_login, zone, words.language) if row.last_login else words("never")
    role = dmc.Select(
        data=_roles(words),
        value=row.role.value,
        id={"type": "person-role", "id": row.id},
        size="xs",
        allowDeselect=False,
        disabled=is_self,
        w=220,
    )
    password = html.Div(
        [
            dmc.PasswordInput(id={"type": "person-password", "id": row.id}, size="xs", w=130),
            button(words("set_password"), id={"type": "person-act", "id": row.id, "name": "password"}, kind="small"),
        ],
        className="button-row",
    )
    name = "enable" if row.is_disabled else "disable"
    lock = [] if is_self else [button(words(name), id={"type": "person-act", "id": row.id, "name": name}, kind="small")]
    state = [tag(words("disabled"), kind="bad")] if row.is_disabled else []
    return html.Tr(
        [html.Td([html.Strong(row.name), " ", *state]), html.Td(role), html.Td(login), html.Td(password), html.Td(lock)]
    )


def _form(words: Words) -> list[Child]:
    languages = [{"value": code, "label": words(f"language_{code}")} for code in ("zh", "en")]
    return [
        html.H2(words("person_add")),
        field(words("name"), dmc.TextInput(id="person-name")),
        field(
            words("role"), dmc.Select(data=_roles(words), id="person-new-role", value="scheduler", allowDeselect=False)
        ),
        field(
            words("language"),
            dmc.Select(data=languages, id="person-language", value=words.language, allowDeselect=False),
        ),
        field(words("password"), dmc.PasswordInput(id="person-new-password"), words("password_what")),
        html.Div(id="person-problem"),
        html.Div(button(words("person_add"), id="person-add", icon_name="plus", kind="primary"), className="form-end"),
    ]


def register(app: Dash, application: Application) -> None:
    """Add, set role, lock out, password."""
    _register_adding(app, application)
    _register_changing(app, application)


def _register_adding(app: Dash, application: Application) -> None:
    @app.callback(
        Output("admin-tick", "data", allow_duplicate=True),
        Output("person-problem", "children"),
        Input("person-add", "n_clicks"),
        State("person-name", "value"),
        State("person-new-role", "value"),
        State("person-language", "value"),
        State("person-new-password", "value"),
        State("admin-tick", "data"),
        prevent_initial_call=True,
    )
    def add(clicks: int, name: str | None, role: str, language: str, password: str | None, tick: int) -> Any:
        if not clicks:
            return no_update, no_update
        actor = current_actor()
        try:
            application.execute(actor, c.CreateAccount((name or "").strip(), Role(role), password or "", language))
        except CaretableError as error:
            return no_update, alert(error.sentence(actor.language))
        notices.show(Words("admin", actor.language)("added", name=name))
        return tick + 1, None


def _register_changing(app: Dash, application: Application) -> None:
    @app.callback(
        Output("admin-tick", "data", allow_duplicate=True),
        Input({"type": "person-role", "id": ALL}, "value"),
        State("admin-tick", "data"),
        prevent_initial_call=True,
    )
    def set_role(_values: list[str], tick: int) -> Any:
        actor = current_actor()
        if not isinstance(ctx.triggered_id, dict) or len(ctx.triggered) != 1:
            return no_update
        there = {row.id: row.role.value for row in application.ask(actor, Accounts())}
        account, wanted = ctx.triggered_id["id"], ctx.triggered[0]["value"]
        if wanted is None or there.get(account) == wanted:
            return no_update
        application.execute(actor, c.SetRole(account, Role(wanted)))
        notices.show(Words("admin", actor.language)("role_set"))
        return tick + 1

    @app.callback(
        Output("admin-tick", "data", allow_duplicate=True),
        Input({"type": "person-act", "id": ALL, "name": ALL}, "n_clicks"),
        State({"type": "person-password", "id": ALL}, "value"),
        State({"type": "person-password", "id": ALL}, "id"),
        State("admin-tick", "data"),
        prevent_initial_call=True,
    )
    def act(_clicks: list[int], passwords: list[str | None], ids: list[dict[str, str]], tick: int) -> Any:
        if not ctx.triggered or not ctx.triggered[0]["value"]:
            return no_update
        actor = current_actor()
        words = Words("admin", actor.language)
        account, name = ctx.triggered_id["id"], ctx.triggered_id["name"]
        if name == "password":
            typed = {key["id"]: value or "" for key, value in zip(ids, passwords, strict=True)}
            application.execute(actor, c.SetPassword(account, typed.get(account, "")))
            notices.show(words("password_set"))
            return tick + 1
        who = next((row.name for row in application.ask(actor, Accounts()) if row.id == account), account)
        application.execute(actor, c.DisableAccount(account, is_disabled=name == "disable"))
        notices.show(words("was_disabled" if name == "disable" else "was_enabled", name=who))
        return tick + 1
