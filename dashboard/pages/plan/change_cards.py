"""Recorded changes as cards with an undo."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components.basics import Child, button, empty, tag
from dashboard.i18n import Words, short_time_text
from dashboard.pages.plan.here import PlanWords
from dashboard.pages.plan.rows import case_row
from dashboard.pages.plan.versions import act
from planning.views import ChangeRow, PlanPage

_PLACED = ("insert_urgent", "add_request", "lock")
_MOST_PLACES, _MOST_CARDS = 5, 40
_SAID = ("resource_downtime", "resource_restore", "insert_urgent", "add_request", "cancel_request", "lock", "unlock")


def cards(rows: tuple[ChangeRow, ...], page: PlanPage, language: str, *, may_undo: bool) -> list[Child]:
    """Newest first; undone ones stay readable."""
    words = PlanWords(language)
    if not rows:
        return [empty(words("changes_none_title"), words("changes_none_what"))]
    pending = {row.id for row in page.pending}
    shown = [_card(row, page, words, is_pending=row.id in pending, may_undo=may_undo) for row in rows[:_MOST_CARDS]]
    num_more = len(rows) - len(shown)
    return [*shown, *([html.P(words("cases_more", num=num_more), className="quiet")] if num_more else [])]


def _card(row: ChangeRow, page: PlanPage, words: Words, *, is_pending: bool, may_undo: bool) -> html.Div:
    by = words("change_by", author=row.author, time=short_time_text(row.at, page.timezone, words.language))
    tags = (
        [tag(words("change_undone"))]
        if not row.is_active
        else [tag(words("change_pending"), kind="warn")]
        if is_pending
        else []
    )
    undo = (
        [button(words("change_undo"), id=act(f"undo-change-{row.id}"), icon_name="undo", kind="small")]
        if row.is_active and may_undo
        else []
    )
    lines: list[Child] = [
        html.Div([html.Span(change_text(row, page, words), className="change-text"), *undo], className="change-line")
    ]
    if row.reason:
        lines.append(html.P(row.reason))
    if row.is_active and row.intent in _PLACED:
        lines += _whereabouts(row, page, words)
    lines.append(html.P([html.Span(by, className="quiet"), *tags], className="change-line"))
    return html.Div(lines, className="change" if row.is_active else "change is-undone")


def _whereabouts(row: ChangeRow, page: PlanPage, words: Words) -> list[Child]:
    """Where those whom the change names are in this version, each one click from being looked at."""
    change: Any = row.change
    named = set(getattr(change, "patient_ids", ()))
    made = [view for view in page.appointments if {view.about.patient, view.about.request} & named]
    left = [view for view in page.unplanned if {view.about.patient, view.about.request} & named]
    urgent = [view for view in made if row.intent != "insert_urgent" or view.about.rclass == "emergency"]
    found: list[Child] = [
        case_row(
            view.about, f"{view.resource} {short_time_text(view.start, page.timezone, words.language)}", words.language
        )
        for view in urgent[:_MOST_PLACES]
    ]
    return found + [case_row(view.about, words("no_place"), words.language) for view in left[:_MOST_PLACES]]


def change_text(row: ChangeRow, page: PlanPage, words: Words) -> str:
    """The change in one sentence."""
    change: Any = row.change
    key = row.intent if row.intent in _SAID else "other"
    patients, resources = getattr(change, "patient_ids", ()), getattr(change, "resource_ids", ())
    what = " ".join(str(part) for part in (getattr(change, "service", None), *patients) if part)
    return words(
        f"intent_{key}",
        intent=row.intent,
        patients=", ".join(patients),
        resources=", ".join(resources),
        what=what,
        when=_when_text(getattr(change, "when", None), page, words),
    ).strip()


def _when_text(when: Any, page: PlanPage, words: Words) -> str:
    start, end = getattr(when, "start", None), getattr(when, "end", None)
    said = {
        name: short_time_text(value, page.timezone, words.language)
        for name, value in (("start", start), ("end", end))
        if value is not None
    }
    if len(said) == 2:
        return words("when_from_until", **said)
    if start is not None:
        return f"{words('when_from', **said)}, {words('when_open')}"
    return words("when_until", **said) if end is not None else words("when_now")
