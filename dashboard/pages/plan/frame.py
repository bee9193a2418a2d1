"""The fixed parts of the Imaging page; show.py fills them."""

from __future__ import annotations

import time
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.basics import Child, button, class_badge, data, icon
from dashboard.i18n import Words
from dashboard.pages.plan import solving
from dashboard.pages.plan.downtime import down_dialog
from dashboard.pages.plan.faces import face_here
from dashboard.pages.plan.here import PlanWords, area_here
from dashboard.pages.plan.reasons import reason_dialog
from dashboard.pages.plan.tour import tour
from planning.actors import Actor
from planning.app import Application
from planning.commands import IMAGING
from planning.permissions import allowed_commands
from planning.queries import PlanView
from planning.views import PlanPage

AFRESH: dict[str, Any] = {
    "version": None,
    "request": None,
    "side": {"kind": "waiting"},
    "board": {"day": None, "view": "day"},
}
"""What begins anew where a person turns to another area's plan."""


def stores() -> list[Any]:
    """What the page remembers through a change of language or a visit to another page.

    area: whose plan it is. version: number on the screen, None = the newest. tick: counts what was done. request: the selection. side: what
    the side column shows. drop and key: what the timeline's script reports. board: the day and view of an area's own picture.
    """
    start: dict[str, Any] = {
        **AFRESH,
        "area": IMAGING,
        "tick": int(time.time()),
        "drop": None,
        "key": None,
        "trace": None,
        "print-day": None,
    }
    return [dcc.Store(id=f"plan-{name}", data=value) for name, value in start.items()]


def layout(application: Application, actor: Actor) -> Any:
    """The page for a person; raises NotAllowed where the role does not include looking at plans."""
    words, allowed = PlanWords(actor.language), allowed_commands(actor)
    page = application.ask(actor, PlanView(area_here()))
    return html.Div(
        [
            dcc.Store(id="plan-timeline-data"),
            dcc.Store(id="plan-mark"),
            dcc.Store(id="plan-head"),
            dcc.Store(id="plan-seen"),
            dcc.Store(id="plan-paper"),
            dcc.Interval(id="plan-poll", interval=1500),
            html.Div(
                [
                    html.H1(id="plan-headline", className="headline"),
                    html.Div(_main_buttons(words, allowed), className="main-buttons"),
                ],
                className="first-line",
            ),
            html.Div(id="plan-version-bar", className="version-bar"),
            html.Div(
                [html.Div(id="plan-notes"), html.Div(id="plan-job"), html.Span(id="plan-stop-told")],
                className="notes",
            ),
            html.Div(
                [html.Section(id="plan-figures", className="tiles"), *_picture(words, page)], className="plan-main"
            ),
            html.Aside(
                [
                    html.Div(id="plan-side-tabs", className="tabs", role="tablist"),
                    html.Div(id="plan-side-body", className="side-body", tabIndex=-1),
                ],
                className="side",
            ),
            html.Div(id="plan-print", className="print-only"),
            tour(words, allowed),
            reason_dialog(words),
            down_dialog(words, page),
            *face_here().dialogs(words, page),
        ],
        className=f"plan-page plan-of-{area_here()}",
    )


def _picture(words: Words, page: PlanPage) -> list[Child]:
    """The area's own picture, else the timeline with its tools and legend."""
    own, nothing_yet = face_here().picture, html.Div(id="plan-empty")
    if own is not None:
        return [html.Div([own(page, words), nothing_yet], className="timeline-box")]
    groups = list(dict.fromkeys(resource.group for resource in page.resources))
    return [
        html.Div(_toolbar(words, groups), className="toolbar"),
        html.Div([html.Div(_timeline_host(words), className="timeline-fill"), nothing_yet], className="timeline-box"),
        html.Div(_legend(words), className="legend"),
    ]


def _timeline_host(words: Words) -> html.Div:
    return html.Div(
        id="plan-timeline",
        className="timeline",
        tabIndex=0,
        role="application",
        **data(aria_label=words("timeline_label")),
    )


def _main_buttons(words: Words, allowed: frozenset[str]) -> list[Child]:
    buttons: list[Child] = []
    if "RecordChanges" in allowed:
        buttons.append(button(words("scanner_down"), id="down-open", icon_name="down"))
        buttons += face_here().buttons(words)
    buttons.append(_more(words))
    if "RequestSolve" in allowed:
        buttons.append(solving.solve_buttons(words))
    return buttons


def _more(words: Words) -> Child:
    def entry(text: str, icon_name: str, what: str) -> Child:
        href = f"/api/export/{what}?area={area_here()}"
        return html.A([icon(icon_name), html.Span(text)], href=href, className="menu-button", **data(export="yes"))

    def button_entry(text: str, icon_name: str, **does: str) -> Child:
        return html.Button([icon(icon_name), html.Span(text)], className="menu-button", **data(**does))

    print_entry = button_entry(words("print_day"), "print", print="yes")
    target = html.Button(
        icon("menu"), className="button button-plain", title=words("more"), **data(aria_label=words("more"))
    )
    items = [
        entry(words("export_xlsx"), "export", "plan.xlsx"),
        entry(words("export_csv"), "export", "plan.csv"),
        print_entry,
        button_entry(words("picture_svg"), "export", picture="svg"),
        button_entry(words("picture_png"), "export", picture="png"),
        button_entry(words("tour_again"), "why", tour_again="yes"),
    ]
    return dmc.Menu([dmc.MenuTarget(target), dmc.MenuDropdown(items)], position="bottom-end", width=250)


def _toolbar(words: Words, modalities: list[str]) -> list[Child]:
    def step(name: str, icon_name: str, text: str) -> Child:
        return html.Button(icon(icon_name), className="icon-button", title=text, **data(timeline=name, aria_label=text))

    days = html.Div(
        [
            step("previous", "left", words("previous_day")),
            html.Span(id="timeline-day", className="timeline-day"),
            step("next", "right", words("next_day")),
        ],
        className="stepper",
    )
    now = html.Button(words("today"), className="button button-plain", **data(timeline="now"))
    scale = html.Div(
        [
            html.Button(words("day_view"), className="is-on", **data(timeline="day")),
            html.Button(words("week_view"), **data(timeline="week")),
        ],
        className="switch",
        role="group",
    )
    chips = html.Div(
        [html.Button(name, className="chip", **data(modality=name)) for name in modalities], className="chips"
    )
    find = html.Label(
        [
            icon("search"),
            dcc.Input(
                id="plan-find",
                type="search",
                placeholder=words("find"),
                debounce=True,
                persistence=True,
                persistence_type="session",
            ),
            html.Span(id="find-count", className="find-count", role="status"),
        ],
        className="find",
    )
    return [days, now, scale, chips, find]


def _legend(words: Words) -> list[Child]:
    classes = [
        html.Button(
            class_badge(name, words.language, is_long=True),
            className="legend-class",
            **data(hide_class=name, aria_pressed="true"),
        )
        for name in face_here().classes
    ]
    marks = [
        html.Span([html.Span(className=f"swatch swatch-{name}"), words(f"legend_{name}")], className="legend-mark")
        for name in ("draft", "moved", "closed", "overtime", "reserved")
        if name != "reserved" or "emergency" in face_here().classes
    ]
    locked = html.Span([icon("lock"), words("legend_locked")], className="legend-mark")
    return [*classes, html.Span(className="topbar-space"), locked, *marks]
