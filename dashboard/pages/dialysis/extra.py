"""One more session of a patient (a missed one made up among them), or a new patient: who, from which day, until when, how long."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import dash_mantine_components as dmc
from dash import html

from dashboard.components.basics import Child, button
from dashboard.components.dialogs import ABOVE, dialog, ending, field, opens
from dashboard.i18n import Words, day_text
from dashboard.pages.plan.here import OnArea
from dashboard.pages.plan.recording import records
from hospital.changes import AddRequest, When
from planning.app import Application
from planning.views import PlanPage

_FIELDS = ("extra-patient", "extra-from", "extra-until", "extra-minutes", "extra-sessions")


def extra_dialog(words: Words, page: PlanPage) -> Child:
    """The form; today and tomorrow unless said otherwise."""
    days = [page.first_day + timedelta(days=at) for at in range(page.num_days)]
    options = [{"value": day.isoformat(), "label": day_text(day, words.language)} for day in days]
    today = page.now.astimezone(ZoneInfo(page.timezone)).date()
    first = min(max(today, days[0]), days[-1]) if days else today
    last = min(first + timedelta(days=1), days[-1]) if days else today
    return dialog(
        "extra",
        words("extra_title"),
        field(words("extra_patient"), dmc.TextInput(id="extra-patient"), words("extra_patient_what")),
        field(
            words("extra_from"), dmc.Select(data=options, id="extra-from", value=first.isoformat(), comboboxProps=ABOVE)
        ),
        field(
            words("extra_until"),
            dmc.Select(data=options, id="extra-until", value=last.isoformat(), comboboxProps=ABOVE),
            words("extra_until_what"),
        ),
        field(words("extra_minutes"), dmc.NumberInput(id="extra-minutes", value=240, min=30, max=600, step=30)),
        field(
            words("extra_sessions"),
            dmc.NumberInput(id="extra-sessions", value=1, min=1, max=6),
            words("extra_sessions_what"),
        ),
        html.P(words("extra_hint"), className="quiet"),
        *ending(
            "extra",
            button(words("record_only"), id="extra-record"),
            button(words("record_and_solve"), id="extra-solve", icon_name="play", kind="primary"),
        ),
    )


def change_of(values: tuple[Any, ...], zone: str) -> AddRequest | None:
    """What the form says; None where something is missing."""
    patient, first, last, minutes, sessions = values
    if not (patient or "").strip() or not first or not last or last < first:
        return None
    start = datetime.combine(date.fromisoformat(first), time(0), ZoneInfo(zone))
    end = datetime.combine(date.fromisoformat(last) + timedelta(days=1), time(0), ZoneInfo(zone))
    return AddRequest(
        problem="dialysis",
        patient_ids=(str(patient).strip(),),
        when=When(start=start, end=end),
        duration_min=int(minutes or 240),
        sessions=int(sessions or 1),
    )


def register(app: OnArea, application: Application) -> None:
    """Open and record."""
    opens(app.app, "extra")
    records(app, application, "extra", fields=_FIELDS, read=_read, cleared=("extra-patient",))


def _read(values: tuple[Any, ...], page: PlanPage, words: Words) -> tuple[str, AddRequest | None]:
    change = change_of(values, page.timezone)
    return "" if change else words("extra_wrong"), change
