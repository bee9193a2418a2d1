"""Whom to call because of the plan in force: old, new, reason, a tick."""

from __future__ import annotations

from datetime import datetime

from dash import html

from dashboard.components.basics import Child, button, class_badge, data, empty, icon
from dashboard.i18n import Words, short_time_text
from dashboard.pages.plan.here import PlanWords
from dashboard.pages.plan.rows import title_of
from dashboard.pages.plan.versions import act, places_text
from hospital.texts import catalogue
from planning.views import CallRow, PlanPage

_SHOWN, _SHOWN_TOLD = 40, 10
"""More cards than a person calls in an hour make the page slow; the next ones move up as calls are done."""


def call_list(rows: tuple[CallRow, ...], page: PlanPage, language: str) -> list[Child]:
    """Those still to be told first."""
    words = PlanWords(language)
    if not rows or page.published is None:
        return [empty(words("calls_none_title"), words("calls_none_what"))]
    done = sum(1 for row in rows if row.is_done)
    head = html.P(words("calls_of", number=page.published, done=done, num=len(rows)), className="calls-head")
    export = html.A(
        [icon("export"), html.Span(words("calls_export"))],
        href=f"/api/export/calls.xlsx?version={page.published}",
        className="button button-plain",
        **data(calls="yes"),
    )
    still_open = sorted((row for row in rows if not row.is_done), key=lambda row: _when(row, page))
    told = sorted((row for row in rows if row.is_done), key=lambda row: row.done_at or page.now, reverse=True)
    num_more = len(still_open) - _SHOWN
    more = [html.P(words("cases_more", num=num_more), className="quiet")] if num_more > 0 else []
    progress = html.Progress(value=str(done), max=str(len(rows)), className="calls-progress")
    cards = [_card(row, page, words) for row in (*still_open[:_SHOWN], *told[:_SHOWN_TOLD])]
    return [head, progress, export, *cards, *more]


def _when(row: CallRow, page: PlanPage) -> datetime:
    place = row.new or row.old
    return place[0].start if place else page.now


def _card(row: CallRow, page: PlanPage, words: Words) -> html.Div:
    badge = [class_badge(row.about.rclass, words.language)] if row.about else []
    name = title_of(row.about, words.language) if row.about else ""
    head = html.Div(
        [*badge, html.Strong(row.patient), html.Span(f"{row.request} · {name}", className="case-name")],
        className="waiting-head",
    )
    move = html.Div(
        [
            html.Span(places_text(row.old, page, words), className="old"),
            html.Span("→"),
            html.Span(places_text(row.new, page, words), className="new"),
        ],
        className="call-move",
    )
    texts, known = catalogue(words.language), f"planning.cause_{row.cause}"
    cause = row.reason or texts.get(known, "")
    if row.is_done and row.done_at is not None:
        told = words(
            "call_done_by", name=row.done_by or "", time=short_time_text(row.done_at, page.timezone, words.language)
        )
        tick = html.Button(
            [icon("check"), html.Span(told)], id=act(f"untick-{row.request}"), n_clicks=0, className="tick is-done"
        )
    else:
        tick = button(words("call_told"), id=act(f"tick-{row.request}"), icon_name="phone", kind="small")
    foot = html.Div([html.Span(cause, className="quiet"), tick], className="change-line")
    return html.Div([head, move, foot], className="call is-done" if row.is_done else "call")
