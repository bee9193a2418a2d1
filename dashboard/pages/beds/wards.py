"""All wards in one table: now, tonight, the risk of each of the next 14 days, yesterday's forecast beside what came."""

from __future__ import annotations

from datetime import date

from dash import html

from dashboard.components.basics import Child, data, plain_id, tag
from dashboard.i18n import Words, weekday
from dashboard.pages.beds.wording import LIKELY, POSSIBLE
from planning.beds.views import BedsView, WardView


def table(view: BedsView, chosen: str | None, words: Words) -> html.Table:
    """A row a ward; its name is the button that opens it."""
    heads = ["ward", "beds", "now", "tonight", "free"]
    head = [html.Th(words(f"column_{name}"), className=f"beds-{name}") for name in heads]
    head += [html.Th(_day(day, words.language), className="beds-day") for day in view.days]
    head.append(html.Th(words("column_yesterday")))
    return html.Table(
        [html.Thead(html.Tr(head)), html.Tbody([_row(ward, ward.ward == chosen, words) for ward in view.wards])],
        className="beds-grid",
        **data(aria_label=words("table_label")),
    )


def _row(ward: WardView, is_open: bool, words: Words) -> html.Tr:
    low, high = (side[0] for side in ward.bands["0.8"])
    name = html.Button(
        ward.ward, id={"type": "beds-open", "ward": plain_id(ward.ward)}, n_clicks=0, className="beds-name",
        **data(aria_pressed="true" if is_open else "false"),
    )  # fmt: skip
    free = "–" if ward.beds is None else f"{ward.beds - ward.mean[0]:.0f}"
    cells: list[Child] = [
        html.Td(name),
        html.Td("–" if ward.beds is None else str(ward.beds), className="is-number"),
        html.Td(f"{ward.now:.0f}", className="is-number"),
        html.Td(words("tonight_range", mean=f"{ward.mean[0]:.0f}", low=f"{low:.0f}", high=f"{high:.0f}")),
        html.Td(free, className="is-number"),
        *[_risk(risk) for risk in ward.risk],
        html.Td(_yesterday(ward, words)),
    ]
    return html.Tr(cells, className="is-open" if is_open else "")


def _risk(risk: float) -> html.Td:
    """A day's risk in words and pattern: empty below 1 %, hatched where beds are likely short."""
    kind = "is-likely" if risk >= LIKELY else "is-possible" if risk >= POSSIBLE else ""
    return html.Td(f"{100 * risk:.0f}" if risk >= 0.01 else "·", className=f"beds-risk {kind}")


def _yesterday(ward: WardView, words: Words) -> Child:
    told = ward.yesterday
    if told is None:
        return "–"
    text = words("yesterday_cell", expected=f"{told.expected:.0f}", came=f"{told.came:.0f}")
    return tag(text, kind="good" if told.is_within else "warn", icon_name="check" if told.is_within else "alert")


def _day(day: date, language: str) -> list[Child]:
    return [html.Span(weekday(day, language)), html.Br(), html.Span(f"{day.day}")]
