"""The fixed parts of the Pharmacy page; acts.py fills them."""

from __future__ import annotations

import time
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.basics import Child, button, data, icon
from dashboard.components.dialogs import dialog, ending, field
from dashboard.i18n import Words
from planning.actors import Actor
from planning.app import Application
from planning.permissions import may
from planning.pharmacy.asked import AcceptOrder, PharmacyPage, RequestForecast

IDLE_MS = 5000


def stores() -> list[Any]:
    """What the page remembers through a change of language or a visit elsewhere.

    tick: counts what was done. packs: quantities set by hand, by item, for the forecast ``number``. item: the line that is open. view:
    which lines are shown.
    """
    start: dict[str, Any] = {"tick": int(time.time()), "packs": None, "item": None, "view": "alarms"}
    return [dcc.Store(id=f"pharmacy-{name}", data=value) for name, value in start.items()]


def layout(application: Application, actor: Actor) -> Any:
    """The page for a person; raises NotAllowed where the role does not include it."""
    application.ask(actor, PharmacyPage())
    words = Words("pharmacy", actor.language)
    return html.Div(
        [
            dcc.Interval(id="pharmacy-poll", interval=IDLE_MS),
            dcc.Store(id="pharmacy-seen"),
            html.Div(
                [
                    html.H1(id="pharmacy-headline", className="headline"),
                    html.Div(_buttons(words, actor), className="main-buttons"),
                ],
                className="first-line",
            ),
            html.Div(id="pharmacy-notes", className="notes"),
            html.Div(
                [
                    html.Div(id="pharmacy-views", className="switch pharmacy-views", role="group"),
                    html.Label(
                        [icon("search"), dcc.Input(id="pharmacy-find", type="search", placeholder=words("find"))],
                        className="find table-find",
                    ),
                    html.Span(id="pharmacy-total", className="quiet"),
                ],
                className="toolbar pharmacy-toolbar",
            ),
            html.Div(
                [
                    html.Div(id="pharmacy-table", className="pharmacy-table"),
                    html.Section(id="pharmacy-panel", className="pharmacy-panel"),
                ],
                className="pharmacy-body",
            ),
            _accept_dialog(words),
        ],
        id="pharmacy-root",
        className="pharmacy-page is-empty",
    )


def _buttons(words: Words, actor: Actor) -> list[Child]:
    found: list[Child] = []
    if may(actor, RequestForecast):
        found.append(button(words("forecast_again"), id="pharmacy-forecast", icon_name="play"))
    target = html.Button(
        icon("export"), className="button button-plain", title=words("export_xlsx"),
        **data(aria_label=words("export_xlsx")),
    )  # fmt: skip
    files = [
        html.A([icon("export"), html.Span(words(f"export_{kind}"))], href=f"/api/export/order.{kind}",
               className="menu-button", id=f"pharmacy-{kind}", **data(export="yes"))
        for kind in ("xlsx", "csv")
    ]  # fmt: skip
    files += [
        html.A([icon("print"), html.Span(words(f"report_{kind}"))], href=f"/api/export/pharmacy-month.{kind}",
               className="menu-button", **data(export="yes"))
        for kind in ("pdf", "xlsx", "html")
    ]  # fmt: skip
    found.append(dmc.Menu([dmc.MenuTarget(target), dmc.MenuDropdown(files)], position="bottom-end", width=250))
    if may(actor, AcceptOrder):
        found.append(button(words("accept"), id="pharmacy-accept-open", icon_name="check", kind="primary"))
    return found


def _accept_dialog(words: Words) -> Child:
    return dialog(
        "pharmacy-accept",
        words("accept_title"),
        html.P(id="pharmacy-accept-what"),
        field(words("accept_reason"), dmc.Textarea(id="pharmacy-accept-reason", autosize=True, minRows=2)),
        *ending(
            "pharmacy-accept",
            button(words("cancel"), id="pharmacy-accept-cancel"),
            button(words("accept"), id="pharmacy-accept", kind="primary"),
        ),
    )
