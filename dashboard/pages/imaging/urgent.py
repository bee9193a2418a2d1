"""Insert an emergency: what, who, by when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, ctx, html, no_update

from dashboard.auth import current_actor
from dashboard.components.basics import Child, button
from dashboard.components.dialogs import ABOVE, dialog, ending, field, opens
from dashboard.components.when import moment, when_fields
from dashboard.i18n import Words
from dashboard.pages.imaging.reading import plan_page
from dashboard.pages.imaging.recording import answer_form, is_pressed, next_five
from dashboard.pages.imaging.timeline import examination_name
from hospital.changes import InsertUrgent, When
from planning.app import Application
from planning.views import PlanPage

_SOON = timedelta(hours=2)
_LONGEST_NAME = 64


def urgent_dialog(words: Words, page: PlanPage) -> Child:
    """The form; examinations are those of the plan on the screen, each with its planned minutes."""
    return dialog(
        "urgent",
        words("urgent_title"),
        field(
            words("urgent_what"),
            dmc.Select(data=examinations(page, words.language), id="urgent-what", searchable=True, comboboxProps=ABOVE),
        ),
        field(words("urgent_who"), dmc.TextInput(id="urgent-who")),
        when_fields("urgent-until", words("urgent_until"), page, words, default=next_five(page.now + _SOON)),
        html.P(words("urgent_note"), className="quiet"),
        *ending(
            "urgent",
            button(words("record_only"), id="urgent-record"),
            button(words("record_and_solve"), id="urgent-solve", icon_name="play", kind="primary"),
        ),
    )


def examinations(page: PlanPage, language: str) -> list[dict[str, str]]:
    """Options whose value is modality|minutes|examination."""
    abouts = [row.about for row in page.appointments] + [row.about for row in page.unplanned]
    common = Words("dashboard", language)
    kinds = {
        f"{about.modality}|{about.minutes}|{about.examination}": (
            f"{examination_name(about, language)} · {about.modality} · {common('minutes', num=about.minutes)}"
        )
        for about in abouts
    }
    return [{"value": value, "label": label} for value, label in sorted(kinds.items())]


def register(app: Dash, application: Application) -> None:
    """Open and record."""
    opens(app, "urgent")

    @app.callback(
        Output("urgent-dialog", "opened", allow_duplicate=True),
        Output("urgent-problem", "children"),
        Output("imaging-tick", "data", allow_duplicate=True),
        Output("imaging-side", "data", allow_duplicate=True),
        Input("urgent-record", "n_clicks"),
        Input("urgent-solve", "n_clicks"),
        State("imaging-version", "data"),
        State("imaging-tick", "data"),
        *[State(f"urgent-{name}", "value") for name in ("what", "who", "until-day", "until-time")],
        prevent_initial_call=True,
    )
    def record(_one: int, _two: int, version: int | None, tick: int, *values: str | None) -> Any:
        if not is_pressed():
            return (no_update,) * 4
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick)
        problem, change = read_form(values, page, Words("imaging", actor.language))
        solving = ctx.triggered_id == "urgent-solve"
        return answer_form(application, page, tick, change=change, problem=problem, is_solving=solving)


def read_form(values: tuple[str | None, ...], page: PlanPage, words: Words) -> tuple[str, InsertUrgent | None]:
    """What is missing (empty where nothing is), and the change."""
    what, who, day, clock = values
    if not what:
        return words("field_needed", field=words("urgent_what")), None
    if not (who or "").strip():
        return words("field_needed", field=words("urgent_who")), None
    modality, minutes, _ = what.split("|", 2)
    service: Any = modality
    until = moment(day, clock, page.timezone)
    change = InsertUrgent(
        problem="imaging",
        service=service,
        patient_ids=(str(who).strip()[:_LONGEST_NAME],),
        duration_min=int(minutes),
        when=When(end=until) if until else None,
    )
    return "", change
