"""A new course: whose, by which protocol, from when. It then waits for one of its best starts, or for the next solve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import dash_mantine_components as dmc
from dash import Dash, html

from dashboard.components.basics import Child, button
from dashboard.components.dialogs import ABOVE, dialog, ending, field, opens
from dashboard.i18n import Words, day_text
from dashboard.pages.plan.recording import records
from hospital.changes import AddRequest, When
from planning.app import Application
from planning.views import PlanPage

_LONGEST_NAME = 64
_FIELDS = ("course-who", "course-what", "course-day")
_PRIORITY: Mapping[str, Any] = {"p1": "emergency", "p2": "urgent", "p3": "routine"}


@dataclass(frozen=True, slots=True)
class Way:
    """How courses of a protocol are given, as those on the page tell it: priority, sessions, minutes of a later one (of the only one)."""

    rclass: str
    sessions: int
    minutes: int


def course_dialog(words: Words, page: PlanPage) -> Child:
    """The form: patient, protocol, first possible day."""
    common = Words("dashboard", words.language)
    protocols = [
        {"value": name, "label": f"{name} · {words('sessions_of', num=way.sessions)} · {common(f'class_{way.rclass}')}"}
        for name, way in sorted(ways(page).items(), key=lambda item: (item[1].rclass, item[0]))
    ]
    days = [page.first_day.fromordinal(page.first_day.toordinal() + number) for number in range(page.num_days)]
    ahead = [day for day in days if day > page.now.astimezone(ZoneInfo(page.timezone)).date()]
    options = [{"value": day.isoformat(), "label": day_text(day, words.language)} for day in ahead]
    return dialog(
        "course",
        words("course_new_title"),
        field(words("course_who"), dmc.TextInput(id="course-who"), words("course_who_what")),
        field(words("course_what"), dmc.Select(data=protocols, id="course-what", searchable=True, comboboxProps=ABOVE)),
        field(
            words("course_day"),
            dmc.Select(data=options, id="course-day", clearable=True, placeholder="–", comboboxProps=ABOVE),
            words("course_day_what"),
        ),
        html.P(words("course_note"), className="quiet"),
        *ending(
            "course",
            button(words("record_only"), id="course-record"),
            button(words("record_and_solve"), id="course-solve", icon_name="play", kind="primary"),
        ),
    )


def ways(page: PlanPage) -> dict[str, Way]:
    """The protocols that courses on the page are given by."""
    found: dict[str, Way] = {}
    for about in [row.about for row in page.appointments] + [row.about for row in page.unplanned]:
        is_later = about.session > 1 or about.num_sessions == 1
        if is_later or about.title_en not in found:
            found[about.title_en] = Way(about.rclass, about.num_sessions, about.minutes)
    return found


def read_form(values: tuple[Any, ...], page: PlanPage, words: Words) -> tuple[str, AddRequest | None]:
    """What is missing (empty where nothing is), and the change. ``values``: patient, protocol, first day."""
    who, what, day = values
    way = ways(page).get(what or "")
    patient = (who or "").strip()[:_LONGEST_NAME]
    missing = next((name for name, value in (("course_who", patient), ("course_what", way)) if not value), None)
    if missing is not None or way is None:
        return words("field_needed", field=words(missing or "course_what")), None
    ready = datetime.combine(date.fromisoformat(day), time(0), ZoneInfo(page.timezone)) if day else None
    change = AddRequest(
        problem="radiotherapy",
        patient_ids=(patient,),
        priority=_PRIORITY[way.rclass],
        sessions=way.sessions,
        duration_min=way.minutes,
        when=When(start=ready) if ready else None,
    )
    return "", change


def register(app: Dash, application: Application) -> None:
    """Open, record."""
    opens(app, "course")
    cleared = ("course-who", "course-what")
    records(app, application, "course", fields=_FIELDS, read=read_form, cleared=cleared, shows="waiting")
