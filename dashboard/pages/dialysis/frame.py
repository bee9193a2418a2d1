"""The board's place on the page: the day or the week, and what a free place would cost the chosen session."""

from __future__ import annotations

from dash import dcc, html

from dashboard.components.basics import Child, button, data, icon
from dashboard.i18n import Words
from dashboard.pages.dialysis.extra import extra_dialog
from planning.views import PlanPage


def picture(page: PlanPage, words: Words) -> Child:
    """Tools above, the board below, the price of a free place between them."""
    del page

    def step(name: str, icon_name: str, text: str) -> Child:
        return html.Button(
            icon(icon_name),
            id=f"board-{name}",
            n_clicks=0,
            className="icon-button",
            title=text,
            **data(aria_label=text),
        )

    days = html.Div(
        [
            step("previous", "left", words("previous_day")),
            html.Span(id="board-day", className="timeline-day"),
            step("next", "right", words("next_day")),
        ],
        className="stepper",
    )
    views = html.Div(
        [
            html.Button(words("board_day"), id="board-view-day", n_clicks=0),
            html.Button(words("board_week"), id="board-view-week", n_clicks=0),
        ],
        className="switch",
        role="group",
    )
    find = html.Label(
        [
            icon("search"),
            dcc.Input(id="board-find", type="search", placeholder=words("board_find"), debounce=True),
            html.Span(id="board-found", className="find-count", role="status"),
        ],
        className="find",
    )
    today = html.Button(words("today"), id="board-today", n_clicks=0, className="button button-plain")
    legend = html.Div(
        [
            html.Span([html.Span("HDF", className="chip-kind"), words("legend_hdf")], className="legend-mark"),
            html.Span([icon("moved"), words("legend_moved")], className="legend-mark"),
            html.Span([icon("lock"), words("legend_locked")], className="legend-mark"),
            html.Span([html.Span(className="swatch swatch-closed"), words("legend_closed")], className="legend-mark"),
            html.Span(words("legend_star"), className="legend-mark"),
        ],
        className="legend",
    )
    return html.Div(
        [
            html.Div([days, today, views, find], className="toolbar"),
            dcc.Store(id="board-target"),
            html.Div(id="board-preview", className="board-preview", role="status"),
            html.Div(id="board-host", className="board-host", tabIndex=0),
            legend,
        ],
        className="board-fill",
    )


def buttons(words: Words) -> list[Child]:
    """One more session, or a new patient."""
    return [button(words("extra"), id="extra-open", icon_name="plus")]


def dialogs(words: Words, page: PlanPage) -> list[Child]:
    """The form for it."""
    return [extra_dialog(words, page)]
