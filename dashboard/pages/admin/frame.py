"""The Admin page's frame: first line, tabs, and what stands under them."""

from __future__ import annotations

from typing import Any

from dash import ALL, Dash, Input, Output, ctx, dcc, html, no_update

from dashboard.auth import current_actor
from dashboard.components.basics import Child, data
from dashboard.i18n import Words
from dashboard.pages.admin import audit, people, settings_form, sites
from planning.actors import Actor
from planning.app import Application
from planning.areas import AREAS
from planning.permissions import may
from planning.queries import Accounts, AuditLog

KINDS = ("people", "sites", "settings", "audit")


def stores() -> list[Any]:
    """tab: what is shown. tick: counts what was done. settings-area: whose settings."""
    return [
        dcc.Store(id="admin-tab", data=None),
        dcc.Store(id="admin-tick", data=0),
        dcc.Store(id="settings-area", data=AREAS[0]),
    ]


def layout(application: Application, actor: Actor) -> Any:
    """The page for a person; raises NotAllowed where the role includes none of it."""
    words = Words("admin", actor.language)
    return html.Div(
        [
            html.H1(headline(application, actor, words), className="headline"),
            html.Div(id="admin-tabs", className="tabs page-tabs", role="tablist"),
            html.Div(id="admin-body"),
            *(sites.dialogs(words) if may(actor, Accounts) else []),
        ],
        className="plain-page",
    )


def headline(application: Application, actor: Actor, words: Words) -> str:
    """How many may log in, and how much was refused lately."""
    rows = application.ask(actor, AuditLog())
    refused = sum(1 for row in rows if row.is_refused)
    if not may(actor, Accounts):
        return words("headline_audit", refused=refused, num=len(rows))
    people_there = [row for row in application.ask(actor, Accounts()) if not row.is_disabled]
    return words("headline", people=len(people_there), refused=refused, num=len(rows))


def shown_kinds(actor: Actor) -> tuple[str, ...]:
    """An approver sees the audit log alone."""
    return KINDS if may(actor, Accounts) else ("audit",)


def register(app: Dash, application: Application) -> None:
    """Tabs and their bodies."""

    @app.callback(
        Output("admin-tabs", "children"),
        Output("admin-body", "children"),
        Input("admin-tab", "data"),
        Input("admin-tick", "data"),
        Input("settings-area", "data"),
    )
    def show(tab: str | None, _tick: int, area: str) -> Any:
        actor = current_actor()
        kinds = shown_kinds(actor)
        kind = tab if tab in kinds else kinds[0]
        return _tabs(kind, kinds, Words("admin", actor.language)), _body(application, actor, kind, area)

    @app.callback(
        Output("admin-tab", "data"), Input({"type": "admin-turn", "kind": ALL}, "n_clicks"), prevent_initial_call=True
    )
    def turn(_clicks: list[int]) -> Any:
        return ctx.triggered_id["kind"] if ctx.triggered and ctx.triggered[0]["value"] else no_update


def _tabs(kind: str, kinds: tuple[str, ...], words: Words) -> list[Child]:
    return [
        html.Button(
            words(f"tab_{name}"),
            id={"type": "admin-turn", "kind": name},
            n_clicks=0,
            className="tab is-on" if name == kind else "tab",
            role="tab",
            **data(aria_selected="true" if name == kind else "false"),
        )
        for name in kinds
    ]


def _body(application: Application, actor: Actor, kind: str, area: str) -> Child:
    if kind == "settings":
        return settings_form.body(application, actor, area)
    bodies = {"people": people.body, "sites": sites.body, "audit": audit.body}
    return bodies[kind](application, actor)
