"""The frame around every page: left the places, on top the hospital, the date, language, person."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.basics import Child, data, icon
from dashboard.i18n import Words, day_text
from dashboard.pages import places
from planning.actors import Actor
from planning.asking.asked import AskPlanner
from planning.permissions import may
from planning.views import SiteView


def rail(pathname: str, actor: Actor) -> list[Child]:
    """The places, each an icon with its word."""
    words = Words("dashboard", actor.language)
    links: list[Child] = [html.Span(className="brand-mark", title="Caretable", **data(aria_hidden="true"))]
    for page in places(actor):
        is_here = pathname == page.path
        content = [icon(page.key), html.Span(words(f"place_{page.key}"))]
        links.append(dcc.Link(content, href=page.path, className="place is-here" if is_here else "place"))
    return links


def topbar(actor: Actor, site: SiteView, *, now: datetime | None = None) -> list[Child]:
    """Hospital, date, then language, light or dark, person. ``now`` is the clock of a site that names its own."""
    words = Words("dashboard", actor.language)
    name = site.name_zh if actor.language == "zh" else site.name_en
    today = (now or datetime.now(UTC)).astimezone(ZoneInfo(site.timezone))
    sample = [html.Span(words("sample_site"), className="tag tag-warn")] if site.is_sample else []
    return [
        html.Div([html.Strong(name), *sample], className="topbar-site"),
        html.Div(
            [day_text(today.date(), actor.language), html.Span(f"{today:%H:%M}", id="topbar-clock")],
            className="topbar-date",
        ),
        _planner_box(actor) if may(actor, AskPlanner) else html.Div(className="topbar-space"),
        _language_switch(actor.language),
        dmc.ColorSchemeToggle(
            lightIcon=icon("sun"),
            darkIcon=icon("moon"),
            variant="subtle",
            color="gray",
            size="lg",
            **data(aria_label=words("light_or_dark")),
        ),
        _person_menu(actor, words),
    ]


def _planner_box(actor: Actor) -> html.Button:
    """Opens the planner's panel."""
    words = Words("asking", actor.language)
    content = [icon("planner"), html.Span(words("box")), html.Kbd(words("box_key"))]
    return html.Button(content, id="planner-open", n_clicks=0, className="planner-open")


def _language_switch(language: str) -> html.Div:
    def choice(code: str, text: str) -> html.Button:
        is_on = code == language
        state = data(aria_pressed="true" if is_on else "false")
        return html.Button(
            text, id=f"language-{code}", n_clicks=0, lang=code, className="is-on" if is_on else "", **state
        )

    return html.Div([choice("zh", "中文"), choice("en", "English")], className="switch", role="group")


def _person_menu(actor: Actor, words: Words) -> dmc.Menu:
    role = words(f"role_{actor.role.value}")
    target = html.Button(
        [icon("person"), html.Span(actor.name), html.Span(role, className="topbar-role")], className="topbar-person"
    )
    leave = html.Form(
        html.Button([icon("logout"), html.Span(words("log_out"))], type="submit", className="menu-button"),
        action="/logout",
        method="POST",
    )
    return dmc.Menu(
        [dmc.MenuTarget(target), dmc.MenuDropdown([dmc.MenuLabel(f"{actor.name} · {role}"), leave])],
        position="bottom-end",
        width=200,
    )
