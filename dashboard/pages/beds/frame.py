"""The fixed parts of the Beds page; acts.py fills them."""

from __future__ import annotations

import time
from typing import Any

from dash import dcc, html

from dashboard.components.basics import Child, button, icon
from dashboard.i18n import Words
from planning.actors import Actor
from planning.app import Application
from planning.beds.asked import BedsPage, UploadWards
from planning.permissions import may
from planning.pharmacy.asked import RequestForecast

IDLE_MS = 5000


def stores() -> list[Any]:
    """tick: counts what was done. ward: the one that is open."""
    return [dcc.Store(id="beds-tick", data=int(time.time())), dcc.Store(id="beds-ward")]


def layout(application: Application, actor: Actor) -> Any:
    """The page for a person; raises NotAllowed where the role does not include it."""
    application.ask(actor, BedsPage())
    words = Words("beds", actor.language)
    return html.Div(
        [
            dcc.Interval(id="beds-poll", interval=IDLE_MS),
            dcc.Store(id="beds-seen"),
            html.Div(
                [
                    html.H1(id="beds-headline", className="headline"),
                    html.Div(_buttons(words, actor), className="main-buttons"),
                ],
                className="first-line",
            ),
            html.Div(id="beds-notes", className="notes"),
            html.Div(id="beds-problem", className="notes"),
            html.Div(
                [
                    html.Section(id="beds-table", className="beds-table"),
                    html.Section(id="beds-panel", className="pharmacy-panel beds-panel"),
                ],
                className="beds-body",
            ),
        ],
        id="beds-root",
        className="pharmacy-page beds-page is-empty",
    )


def _buttons(words: Words, actor: Actor) -> list[Child]:
    found: list[Child] = []
    if may(actor, UploadWards):
        choose = html.Span([icon("data"), html.Span(words("upload"))], className="button button-plain")
        found.append(dcc.Upload(choose, id="beds-upload", multiple=True))
    if may(actor, RequestForecast):
        found.append(button(words("forecast"), id="beds-forecast", icon_name="play", kind="primary"))
    return found
