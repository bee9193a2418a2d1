"""Recorded changes as cards with an undo."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components.basics import Child, button, empty, tag
from dashboard.i18n import Words, short_time_text
from dashboard.pages.imaging.versions import act
from planning.views import ChangeRow, PlanPage

_SAID = ("resource_downtime", "resource_restore", "insert_urgent", "add_request", "cancel_request", "lock", "unlock")


def cards(rows: tuple[ChangeRow, ...], page: PlanPage, language: str, *, may_undo: bool) -> list[Child]:
    """Newest first; undone ones stay readable."""
    words = Words("imaging", language)
    if not rows:
        return [empty(words("changes_none_title"), words("changes_none_what"))]
    pending = {row.id for row in page.pending}
    return [_card(row, page, words, is_pending=row.id in pending, may_undo=may_undo) for row in rows[:100]]


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
    lines.append(html.P([html.Span(by, className="quiet"), *tags], className="change-line"))
    return html.Div(lines, className="change" if row.is_active else "change is-undone")


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
