"""Report a scanner down: which, from when, until when, why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, html

from dashboard.auth import current_actor
from dashboard.components.basics import Child, button
from dashboard.components.dialogs import ABOVE, dialog, ending, field, opens
from dashboard.components.when import moment, when_fields
from dashboard.i18n import Words, time_text
from dashboard.pages.plan.here import PlanWords
from dashboard.pages.plan.reading import plan_page
from dashboard.pages.plan.recording import next_five, records
from dashboard.pages.plan.timeline import scanner_label
from hospital.changes import ResourceDowntime, When
from planning.app import Application
from planning.views import PlanPage

CAUSES = ("breakdown", "maintenance", "qa", "cleaning", "power", "staffing", "other")
_FIELDS = ("down-scanner", "down-from-day", "down-from-time", "down-until-day", "down-until-time")


def down_dialog(words: Words, page: PlanPage) -> Child:
    """The form; from now, and open-ended, unless said otherwise."""
    scanners = [{"value": s.id, "label": scanner_label(s, words.language)} for s in page.resources]
    causes = [{"value": cause, "label": words(f"reason_{cause}")} for cause in CAUSES]
    return dialog(
        "down",
        words("down_title"),
        field(words("down_which"), dmc.Select(data=scanners, id="down-scanner", searchable=True, comboboxProps=ABOVE)),
        when_fields("down-from", words("down_from"), page, words, default=next_five(page.now)),
        when_fields("down-until", words("down_until"), page, words, hint=words("down_until_what")),
        field(words("down_why"), dmc.Select(data=causes, id="down-cause", value="breakdown", comboboxProps=ABOVE)),
        html.P(id="down-hits", className="form-hits"),
        *ending(
            "down",
            button(words("record_only"), id="down-record"),
            button(words("record_and_solve"), id="down-solve", icon_name="play", kind="primary"),
        ),
    )


def down_problem(
    scanner: str | None, start: datetime | None, end: datetime | None, page: PlanPage, language: str
) -> str:
    """What is missing or wrong in the form; empty where nothing is."""
    words = PlanWords(language)
    if not scanner:
        return words("field_needed", field=words("down_which"))
    if start is None:
        return words("field_needed", field=words("down_from"))
    if end is not None and end <= start:
        first, last = (time_text(when, page.timezone, language) for when in (start, end))
        return words("field_order", field=words("down_until"), expected=first, found=last)
    return ""


def register(app: Dash, application: Application) -> None:
    """Open, count whom it hits, record."""
    opens(app, "down")
    states = [State("plan-version", "data"), State("plan-tick", "data")]
    fields = ("down-cause", *_FIELDS)
    records(app, application, "down", fields=fields, read=_read, cleared=("down-scanner",))

    @app.callback(
        Output("down-hits", "children"),
        *[Input(name, "value") for name in _FIELDS],
        *states,
        prevent_initial_call=True,
    )
    def count_hits(*values: Any) -> Any:
        *fields, version, tick = values
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick)
        scanner, start, end = read_fields(tuple(fields), page)
        if scanner is None or start is None:
            return ""
        num = sum(
            1
            for row in page.appointments
            if row.resource == scanner and row.end > start and (end is None or row.start < end)
        )
        return PlanWords(actor.language)("down_hits", num=num)


def _read(values: tuple[Any, ...], page: PlanPage, words: Words) -> tuple[str, ResourceDowntime | None]:
    cause, *where = values
    scanner, start, end = read_fields(tuple(where), page)
    problem = down_problem(scanner, start, end, page, words.language)
    if problem:
        return problem, None
    return "", ResourceDowntime(resource_ids=(str(scanner),), when=When(start=start, end=end), reason=cause)


def read_fields(values: tuple[str | None, ...], page: PlanPage) -> tuple[str | None, datetime | None, datetime | None]:
    """Scanner, start and end as the five fields give them."""
    scanner, from_day, from_time, until_day, until_time = values
    return scanner, moment(from_day, from_time, page.timezone), moment(until_day, until_time, page.timezone)
