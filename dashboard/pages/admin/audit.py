"""The audit log: who did what, when, with which outcome; and whether it is whole."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components.basics import Child, alert
from dashboard.components.tables import table
from dashboard.i18n import Words, number_text, time_text
from hospital.texts import catalogue, say
from planning.actors import Actor
from planning.app import Application
from planning.queries import AuditCheck, AuditLog, Sites
from planning.views import AuditRow, ChainCheck

_SHOWN = 500
_SHARES = {"number": 1, "at": 2, "who": 2, "role": 2, "command": 2, "details": 4, "reason": 2, "result": 2}


def body(application: Application, actor: Actor) -> Child:
    """The newest rows, and the check of the chain."""
    words = Words("admin", actor.language)
    zone = next((site.timezone for site in application.ask(actor, Sites()) if site.id == actor.site_id), "UTC")
    rows = [audit_values(row, zone, words) for row in application.ask(actor, AuditLog(limit=_SHOWN))]
    columns = [(name, words(f"audit_{name}"), share) for name, share in _SHARES.items()]
    return html.Section(
        [
            html.H2(words("audit_title")),
            chain_line(application.ask(actor, AuditCheck()), words),
            *table("audit", columns, rows, find=words("audit_find"), empty=words("audit_none"), most=16),
        ],
        className="card",
    )


def chain_line(check: ChainCheck, words: Words) -> Child:
    """Whether each row fits the one before."""
    if check.is_whole:
        return html.P(words("audit_whole", num=number_text(check.num_rows)), className="quiet")
    return alert(words("audit_broken", row=check.broken_at))


def audit_values(row: AuditRow, zone: str, words: Words) -> dict[str, Any]:
    """One row of the table, in words."""
    result = words("audit_refused", why=_why(row, words.language)) if row.is_refused else words("audit_done")
    command = words(f"command_{row.command}") if words.known(f"command_{row.command}") else row.command
    details = ", ".join(
        f"{_detail(name, words)}: {_value(value, words)}"
        for name, value in row.details.items()
        if value not in (None, "", [], {})
    )
    return {
        "number": row.number,
        "at": time_text(row.at, zone, words.language),
        "who": row.name,
        "role": say(f"dashboard.role_{row.role}", words.language),
        "command": command,
        "details": details[:300],
        "reason": row.reason,
        "result": result,
    }


def _detail(name: str, words: Words) -> str:
    return words(f"detail_{name}") if words.known(f"detail_{name}") else name


def _value(value: object, words: Words) -> object:
    """Ids and numbers as they are; yes, no and areas in words."""
    texts = catalogue(words.language)
    if isinstance(value, bool):
        return texts["planning.yes" if value else "planning.no"]
    known = (
        f"operations.area_{value}",
        f"dashboard.role_{value}",
        f"dashboard.status_{value}",
        f"admin.language_{value}",
    )
    return next((texts[text_id] for text_id in known if text_id in texts), value)


def _why(row: AuditRow, language: str) -> str:
    template = catalogue(language).get(f"errors.{row.refusal}", row.refusal)
    return template.split("{", maxsplit=1)[0].strip(" ,:，：") or row.refusal
