"""The requests without a place: why, at what price, ready to be dragged in."""

from __future__ import annotations

from dash import html

from dashboard.components.basics import Child, class_badge, data, empty
from dashboard.i18n import Words, number_text
from dashboard.pages.imaging.headline import rule_name
from dashboard.pages.imaging.timeline import examination_name
from planning.views import PlanPage, UnplannedView

_SHOWN = 300


def waiting_list(page: PlanPage, language: str) -> list[Child]:
    """Dearest first. Rows carry what assets/timeline.js filters by and drags."""
    words = Words("imaging", language)
    if not page.unplanned:
        return [empty(words("waiting_none_title"), words("waiting_none_what"))]
    rows = sorted(page.unplanned, key=lambda row: (-row.price, row.about.request))
    more = (
        [html.P(words("cases_more", num=number_text(len(rows) - _SHOWN)), className="quiet")]
        if len(rows) > _SHOWN
        else []
    )
    return [html.P(words("waiting_hint"), className="quiet"), *(_row(row, words) for row in rows[:_SHOWN]), *more]


def _row(row: UnplannedView, words: Words) -> html.Button:
    about = row.about
    name = examination_name(about, words.language)
    rules = [rule for rule in row.rules if rule != "unplanned"]
    why = (
        words("waiting_because", rules=", ".join(rule_name(rule, words.language) for rule in rules))
        if rules
        else words("waiting_unknown")
    )
    head = [
        class_badge(about.rclass, words.language),
        html.Span(about.request, className="case-id"),
        html.Span(name, className="case-name"),
        html.Span(Words("dashboard", words.language)("minutes", num=about.minutes), className="case-note"),
    ]
    attributes = data(
        choose=about.request,
        request=about.request,
        drag=about.request,
        minutes=str(about.minutes),
        name=name,
        find=f"{about.request} {about.patient} {name} {about.ward}".lower(),
    )
    foot = html.Div(
        [
            html.Span(why, className="waiting-why"),
            html.Span(words("waiting_price", price=number_text(row.price)), className="waiting-price"),
        ],
        className="waiting-foot",
    )
    return html.Button(
        [html.Div(head, className="waiting-head"), foot], className="waiting-row", draggable="true", **attributes
    )
