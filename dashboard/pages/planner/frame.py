"""The panel that the box opens, and the page that lists what was asked."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.basics import Child, button, empty
from dashboard.i18n import Words, time_text
from dashboard.pages.planner.cards import card, key
from planning.actors import Actor
from planning.app import Application
from planning.asking.asked import Asked, UndoAsked
from planning.asking.views import AskedView
from planning.permissions import may

_EXAMPLES = ("box_example_1", "box_example_2", "box_example_3")


def stores() -> list[Any]:
    """The text whose cards the panel shows, and what redraws cards."""
    return [dcc.Store(id="planner-asked"), dcc.Store(id="planner-tick", data=0)]


def panel() -> dmc.Drawer:
    """The panel, closed; its words are put in when the language is known."""
    return dmc.Drawer(
        [
            html.P(id="planner-lead", className="quiet"),
            dmc.Textarea(id="planner-text", autosize=True, minRows=2, maxRows=8),
            html.Div(id="planner-below"),
            html.Div(id="planner-problem", className="form-problem", role="alert"),
            dcc.Loading(html.Div(id="planner-cards", className="planner-cards"), type="dot", delay_show=400),
        ],
        id="planner-panel",
        opened=False,
        keepMounted=True,
        position="right",
        size=560,
        overlayProps={"backgroundOpacity": 0.2},
    )


def below(words: Words) -> list[Child]:
    """The button that sends, and examples to begin with."""
    examples = [
        html.Button(words(name), id={"type": "planner-example", "name": name}, n_clicks=0, className="planner-example")
        for name in _EXAMPLES
    ]
    return [
        html.Div(button(words("send"), id="planner-send", icon_name="send", kind="primary"), className="form-end"),
        html.Details([html.Summary(words("examples")), *examples], className="planner-examples"),
    ]


def cards_of(view: AskedView, language: str, place: str, *, is_page: bool = False) -> list[Child]:
    """The cards of one text."""
    return [card(view, one, language, place, is_page=is_page) for one in view.cards]


def layout(application: Application, actor: Actor) -> Any:
    """The page for a person; raises NotAllowed where the role does not include it."""
    application.ask(actor, Asked(limit=1))
    return html.Div(html.Div(id="planner-list"), className="planner-page")


def listed(rows: tuple[AskedView, ...], actor: Actor) -> list[Child]:
    """The first line, the undo of all, and every text with its cards."""
    words = Words("asking", actor.language)
    num = sum(one.state == "waiting" and one.kind != "ask" for row in rows for one in row.cards)
    head: list[Child] = [
        html.H1(words("page_headline", num=num) if num else words("page_headline_none"), className="headline")
    ]
    if may(actor, UndoAsked) and any(one.state == "confirmed" and one.changes for row in rows for one in row.cards):
        undo = {"type": "planner-act", **key("page", "", 0), "act": "undo-all"}
        head.append(button(words("undo_all"), id=undo, icon_name="undo"))
    if not rows:
        return [html.Div(head, className="first-line"), empty(words("page_empty"), words("page_empty_what"))]
    return [html.Div(head, className="first-line"), *(_row(row, actor.language) for row in rows)]


def _row(row: AskedView, language: str) -> html.Section:
    words = Words("asking", language)
    by = words("read_by_model" if row.reader == "model" else "read_by_rules")
    return html.Section(
        [
            html.P(row.text, className="planner-text"),
            html.P(f"{time_text(row.at, row.timezone, language)} · {by}", className="quiet"),
            html.Div(cards_of(row, language, "page", is_page=True), className="planner-cards"),
        ],
        className="planner-row",
    )
