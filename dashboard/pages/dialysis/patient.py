"""One patient's weeks: every session where and when, what was moved, missed or has no place."""

from __future__ import annotations

from datetime import date, timedelta

from dash import html

from dashboard.components.basics import Child, data
from dashboard.i18n import Words, clock_text, weekday
from dashboard.pages.dialysis.shifts import day_of
from dashboard.pages.plan.here import PlanWords
from hospital.plans import AppointmentStatus
from planning.views import AppointmentView, PlanPage
from planning.views.dialysis import DialysisRequestView


def weeks(page: PlanPage, patient: str, language: str) -> list[Child]:
    """A row a week, a column a day; a session off its own day, shift or station says so."""
    words = PlanWords(language)
    there: dict[date, list[Child]] = {}
    for row in page.appointments:
        if row.about.request == patient:
            there.setdefault(day_of(row.start, page), []).append(
                _visit(row, clock_text(row.start, page.timezone), words)
            )
    for left in page.unplanned:
        about = left.about
        if about.request == patient and isinstance(about, DialysisRequestView) and about.due is not None:
            text = html.Span(words("no_place"), className="cell-state")
            there.setdefault(about.due, []).append(
                html.Button(text, className="cell-visit is-missed", **data(choose=about.task))
            )
    if not there:
        return []
    monday = page.first_day - timedelta(days=page.first_day.weekday())
    num = -(-(page.num_days + page.first_day.weekday()) // 7)
    today = day_of(page.now, page)
    head = html.Tr([html.Th(weekday(monday + timedelta(days=at), language)) for at in range(7)])
    body = [
        html.Tr([_day(monday + timedelta(weeks=week, days=at), there, today) for at in range(7)]) for week in range(num)
    ]
    table = html.Table(
        [html.Thead(head), html.Tbody(body)], className="course-calendar unit-weeks", **data(aria_label=words("weeks"))
    )
    return [html.Section([html.H3(words("weeks")), table], className="panel-section section-weeks")]


def _day(day: date, there: dict[date, list[Child]], today: date) -> html.Td:
    visits = there.get(day, [])
    names = [name for name, is_on in (("has-visit", bool(visits)), ("is-today", day == today)) if is_on]
    return html.Td([html.Span(str(day.day), className="cell-day"), *visits], className=" ".join(names))


def _visit(row: AppointmentView, clock: str, words: Words) -> html.Button:
    about = row.about
    state = (
        "missed"
        if row.status is AppointmentStatus.NO_SHOW
        else "moved"
        if row.is_moved
        else "given"
        if row.is_frozen
        else "promised"
    )
    own = isinstance(about, DialysisRequestView) and about.station == row.resource
    lines: list[Child] = [
        html.Span(row.resource if own else f"{row.resource}*", className="cell-session"),
        html.Span(clock),
    ]
    if state in ("missed", "moved"):
        lines.append(html.Span(words(f"state_{state}"), className="cell-state"))
    return html.Button(lines, className=f"cell-visit is-{state}", **data(choose=about.task))
