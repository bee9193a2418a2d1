"""Insert an emergency: who, on what kind of machine, how long, by when."""

from __future__ import annotations

from datetime import timedelta
from statistics import median
from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, html, no_update

from dashboard.auth import current_actor
from dashboard.components.basics import Child, button
from dashboard.components.dialogs import ABOVE, dialog, ending, field, opens
from dashboard.components.when import moment, when_fields
from dashboard.i18n import Words, time_text
from dashboard.pages.plan.here import PlanWords
from dashboard.pages.plan.reading import plan_page, request_of
from dashboard.pages.plan.recording import keep_ahead, next_five, records
from dashboard.pages.plan.rows import title_of
from hospital.changes import InsertUrgent, When
from planning.app import Application
from planning.views import PlanPage, RequestView

_SOON = timedelta(hours=2)
_LONGEST_NAME = 64
_LONGEST_MIN = 480
_FIELDS = ("urgent-who", "urgent-what", "urgent-minutes", "urgent-until-day", "urgent-until-time")


def urgent_dialog(words: Words, page: PlanPage) -> Child:
    """The form. A request that is known already keeps its own examination; for anybody new the machine and the minutes are asked."""
    machines = list(dict.fromkeys(scanner.group for scanner in page.resources))
    minutes = dmc.NumberInput(id="urgent-minutes", min=page.grid_min, max=_LONGEST_MIN, step=page.grid_min)
    return dialog(
        "urgent",
        words("urgent_title"),
        field(words("urgent_who"), dmc.TextInput(id="urgent-who"), words("urgent_who_what")),
        html.P(id="urgent-known", className="form-hits"),
        html.Div(
            [
                field(words("urgent_what"), dmc.Select(data=machines, id="urgent-what", comboboxProps=ABOVE)),
                field(words("urgent_minutes"), minutes),
            ],
            className="field-pair",
        ),
        when_fields("urgent-until", words("urgent_until"), page, words, default=next_five(page.now + _SOON)),
        html.P(words("urgent_note"), className="quiet"),
        *ending(
            "urgent",
            button(words("record_only"), id="urgent-record"),
            button(words("record_and_solve"), id="urgent-solve", icon_name="play", kind="primary"),
        ),
    )


def usual_min(page: PlanPage, modality: str) -> int | None:
    """Median planned minutes of an emergency on that kind of machine, of any request where there is no emergency."""
    all_abouts = [row.about for row in page.appointments] + [row.about for row in page.unplanned]
    abouts = [about for about in all_abouts if about.group == modality]
    urgent = [about.minutes for about in abouts if about.rclass == "emergency"]
    lengths = urgent or [about.minutes for about in abouts]
    return -(-round(median(lengths)) // page.grid_min) * page.grid_min if lengths else None


def known_text(about: RequestView | None, words: Words) -> str:
    """What it means that a request's number was typed; empty for anybody new."""
    if about is None:
        return ""
    rclass = Words("dashboard", words.language)(f"class_{about.rclass}")
    return words("urgent_known", request=about.request, name=title_of(about, words.language), rclass=rclass)


def register(app: Dash, application: Application) -> None:
    """Open, help to fill in, record."""
    opens(app, "urgent")
    keep_ahead(app, application, "urgent", lead=_SOON)
    _register_help(app, application)
    cleared = ("urgent-who", "urgent-what", "urgent-minutes")
    records(app, application, "urgent", fields=_FIELDS, read=read_form, cleared=cleared)


def _register_help(app: Dash, application: Application) -> None:
    states = [State("plan-version", "data"), State("plan-tick", "data")]

    @app.callback(
        Output("urgent-known", "children"),
        Output("urgent-what", "disabled"),
        Output("urgent-minutes", "disabled"),
        Input("urgent-who", "value"),
        *states,
        prevent_initial_call=True,
    )
    def recognise(who: str | None, version: int | None, tick: int) -> Any:
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick)
        about = request_of(page, _name(who))
        return known_text(about, PlanWords(actor.language)), about is not None, about is not None

    @app.callback(Output("urgent-minutes", "value"), Input("urgent-what", "value"), *states, prevent_initial_call=True)
    def suggest(modality: str | None, version: int | None, tick: int) -> Any:
        if not modality:
            return no_update
        page = plan_page(application, current_actor(), version=version, tick=tick)
        return usual_min(page, modality) or no_update


def _name(who: str | None) -> str:
    return (who or "").strip()[:_LONGEST_NAME]


def read_form(values: tuple[Any, ...], page: PlanPage, words: Words) -> tuple[str, InsertUrgent | None]:
    """What is missing or wrong (empty where nothing is), and the change. ``values``: who, modality, minutes, day, time."""
    who, modality, minutes, day, clock = values
    about = request_of(page, _name(who))
    wanted = [("urgent_who", _name(who))]
    wanted += [] if about else [("urgent_what", modality), ("urgent_minutes", minutes)]
    missing = next((name for name, value in wanted if not value), None)
    if missing is not None:
        return words("field_needed", field=words(missing)), None
    until = moment(day, clock, page.timezone)
    if until is not None and until <= page.now:
        first, last = (time_text(when, page.timezone, words.language) for when in (page.now, until))
        return words("field_order", field=words("urgent_until"), expected=first, found=last), None
    change = InsertUrgent(
        problem="imaging",
        service=None if about else modality,
        patient_ids=(_name(who),),
        duration_min=None if about else int(minutes),
        when=When(end=until) if until else None,
    )
    return "", change
