"""The fixed parts of the Imaging page; show.py fills them."""

from __future__ import annotations

import time
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.basics import Child, button, class_badge, data, icon
from dashboard.i18n import Words
from dashboard.pages.imaging import solving
from dashboard.pages.imaging.downtime import down_dialog
from dashboard.pages.imaging.figures import CLASSES
from dashboard.pages.imaging.reasons import reason_dialog
from dashboard.pages.imaging.tour import tour
from dashboard.pages.imaging.urgent import urgent_dialog
from planning.actors import Actor
from planning.app import Application
from planning.permissions import allowed_commands
from planning.queries import PlanView


def stores() -> list[Any]:
    """What the page remembers through a change of language or a visit to another page.

    version: number on the screen, None = the newest. tick: counts what was done. request: the selection. side: what the side column shows.
    drop and key: what the timeline's script reports.
    """
    start: dict[str, Any] = {
        "version": None,
        "tick": int(time.time()),
        "request": None,
        "side": {"kind": "waiting"},
        "drop": None,
        "key": None,
        "trace": None,
        "print-day": None,
    }
    return [dcc.Store(id=f"imaging-{name}", data=value) for name, value in start.items()]


def layout(application: Application, actor: Actor) -> Any:
    """The page for a person; raises NotAllowed where the role does not include looking at plans."""
    words, allowed = Words("imaging", actor.language), allowed_commands(actor)
    page = application.ask(actor, PlanView())
    modalities = list(dict.fromkeys(scanner.modality for scanner in page.scanners))
    return html.Div(
        [
            dcc.Store(id="imaging-timeline-data"),
            dcc.Store(id="imaging-mark"),
            dcc.Store(id="imaging-head"),
            dcc.Store(id="imaging-seen"),
            dcc.Store(id="imaging-paper"),
            dcc.Interval(id="imaging-poll", interval=1500),
            html.Div(
                [
                    html.H1(id="imaging-headline", className="headline"),
                    html.Div(_main_buttons(words, allowed), className="main-buttons"),
                ],
                className="first-line",
            ),
            html.Div(id="imaging-version-bar", className="version-bar"),
            html.Div(
                [html.Div(id="imaging-notes"), html.Div(id="imaging-job"), html.Span(id="imaging-stop-told")],
                className="notes",
            ),
            html.Div(
                [
                    html.Section(id="imaging-figures", className="tiles"),
                    html.Div(_toolbar(words, modalities), className="toolbar"),
                    html.Div(
                        [html.Div(_timeline_host(words), className="timeline-fill"), html.Div(id="imaging-empty")],
                        className="timeline-box",
                    ),
                    html.Div(_legend(words), className="legend"),
                ],
                className="imaging-main",
            ),
            html.Aside(
                [
                    html.Div(id="imaging-side-tabs", className="tabs", role="tablist"),
                    html.Div(id="imaging-side-body", className="side-body", tabIndex=-1),
                ],
                className="side",
            ),
            html.Div(id="imaging-print", className="print-only"),
            tour(words, allowed),
            reason_dialog(words),
            down_dialog(words, page),
            urgent_dialog(words, page),
        ],
        className="imaging",
    )


def _timeline_host(words: Words) -> html.Div:
    return html.Div(
        id="imaging-timeline",
        className="timeline",
        tabIndex=0,
        role="application",
        **data(aria_label=words("timeline_label")),
    )


def _main_buttons(words: Words, allowed: frozenset[str]) -> list[Child]:
    buttons: list[Child] = []
    if "RecordChanges" in allowed:
        buttons.append(button(words("scanner_down"), id="down-open", icon_name="down"))
        buttons.append(button(words("emergency"), id="urgent-open", icon_name="siren"))
    buttons.append(_more(words))
    if "RequestSolve" in allowed:
        buttons.append(solving.solve_buttons(words))
    return buttons


def _more(words: Words) -> Child:
    def entry(text: str, icon_name: str, href: str) -> Child:
        return html.A([icon(icon_name), html.Span(text)], href=href, className="menu-button", **data(export="yes"))

    def button_entry(text: str, icon_name: str, **does: str) -> Child:
        return html.Button([icon(icon_name), html.Span(text)], className="menu-button", **data(**does))

    print_entry = button_entry(words("print_day"), "print", print="yes")
    target = html.Button(
        icon("menu"), className="button button-plain", title=words("more"), **data(aria_label=words("more"))
    )
    items = [
        entry(words("export_xlsx"), "export", "/api/export/plan.xlsx"),
        entry(words("export_csv"), "export", "/api/export/plan.csv"),
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
                id="imaging-find",
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
        for name in CLASSES
    ]
    marks = [
        html.Span([html.Span(className=f"swatch swatch-{name}"), words(f"legend_{name}")], className="legend-mark")
        for name in ("draft", "moved", "closed", "overtime", "reserved")
    ]
    locked = html.Span([icon("lock"), words("legend_locked")], className="legend-mark")
    return [*classes, html.Span(className="topbar-space"), locked, *marks]
