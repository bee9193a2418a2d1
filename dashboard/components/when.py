"""A day of the plan and a time of day: two small fields that mean one moment."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import dash_mantine_components as dmc
from dash import html

from dashboard.i18n import Words, day_text
from planning.views import PlanPage


def when_fields(
    id_prefix: str, label: str, page: PlanPage, words: Words, *, default: datetime | None = None, hint: str = ""
) -> html.Div:
    """Fields ``<prefix>-day`` and ``<prefix>-time``."""
    days = [page.first_day + timedelta(days=number) for number in range(page.num_days)]
    local = default.astimezone(ZoneInfo(page.timezone)) if default else None
    options = [{"value": day.isoformat(), "label": day_text(day, words.language)} for day in days]
    picked = local.date().isoformat() if local and local.date() in days else None
    day_field = dmc.Select(
        data=options,
        id=f"{id_prefix}-day",
        value=picked,
        placeholder="–",
        clearable=default is None,
        className="when-day",
        comboboxProps={"zIndex": 500},
    )
    time_field = dmc.TimePicker(
        id=f"{id_prefix}-time",
        value=f"{local:%H:%M}:00" if local else "",
        format="24h",
        clearable=default is None,
        className="when-time",
    )
    lines: list[Any] = [html.Label(label, className="field-label"), html.Div([day_field, time_field], className="when")]
    if hint:
        lines.append(html.P(hint, className="quiet"))
    return html.Div(lines, className="field")


def moment(day: str | None, clock: str | None, zone: str) -> datetime | None:
    """The moment two fields name; None while either is empty."""
    if not day or not clock:
        return None
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), ZoneInfo(zone))
