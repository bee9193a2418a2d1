"""The board: stations by zone down, the shifts of a day across; and the week's patterns, Monday Wednesday Friday beside Tuesday Thursday
Saturday."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from dash import html

from dashboard.components.basics import Child, data, icon
from dashboard.i18n import Words, clock_text, day_text, weekday
from dashboard.pages.dialysis.shifts import CLOSED, ShiftView, all_shifts, day_of, shift_of, shifts_on
from hospital.plans import AppointmentStatus
from planning.areas.dialysis_views import shift_name, zone_name
from planning.views import AppointmentView, PlanPage, RequestView, ResourceView
from planning.views.dialysis import DialysisRequestView

ODD, EVEN = frozenset({0, 2, 4}), frozenset({1, 3, 5})
"""Weekdays of the two usual patterns."""


def shown_day(page: PlanPage, wanted: str | None) -> date:
    """The day on the board: the one wanted, else today, inside what is planned."""
    first, last = page.first_day, page.first_day + timedelta(days=page.num_days - 1)
    return min(max(date.fromisoformat(wanted) if wanted else day_of(page.now, page), first), last)


def day_board(page: PlanPage, day: date, chosen: str | None, words: Words) -> Child:
    """One day: a row a station, a column a shift; the heads say the nurses needed and on duty."""
    shifts = shifts_on(page, day)
    if not shifts:
        return html.P(words("board_no_shift", day=day_text(day, words.language)), className="empty")
    there: dict[tuple[str, datetime], AppointmentView] = {}
    for row in page.appointments:
        shift = shift_of(row, shifts)
        if shift is not None:
            there[row.resource, shift.start] = row
    head = html.Tr([html.Th(words("board_station")), *(_shift_head(shift, page, words) for shift in shifts)])
    body: list[Child] = []
    for zone, stations in _zones(page.resources):
        body.append(_zone_row(zone, stations, len(shifts) + 1, words))
        body += [
            html.Tr(
                [
                    _station_head(station, words),
                    *(
                        _cell(station, shift, there.get((station.id, shift.start)), chosen, page, words)
                        for shift in shifts
                    ),
                ]
            )
            for station in stations
        ]
    return html.Table([html.Thead(head), html.Tbody(body)], className="board", **data(aria_label=words("board_label")))


def _zones(resources: Iterable[ResourceView]) -> list[tuple[str, list[ResourceView]]]:
    found: dict[str, list[ResourceView]] = {}
    for station in resources:
        found.setdefault(station.group, []).append(station)
    return sorted(found.items(), key=lambda item: (item[0] == "clean", item[0]))


def _zone_row(zone: str, stations: list[ResourceView], width: int, words: Words) -> html.Tr:
    text = f"{zone_name(zone, words.language)} · {words('board_stations', num=len(stations))}"
    return html.Tr(html.Th(text, colSpan=width, className="board-zone"))


def _shift_head(shift: ShiftView, page: PlanPage, words: Words) -> html.Th:
    hours = f"{clock_text(shift.start, page.timezone)}–{clock_text(shift.end, page.timezone)}"
    lines: list[Child] = [
        html.Span(shift.title(words.language), className="board-shift"),
        html.Span(hours, className="quiet"),
    ]
    if shift.on_duty is not None:
        text = words("board_nurses", needed=shift.nurses[0], on_duty=shift.nurses[1])
        mark = [icon("alert")] if shift.is_short else []
        lines.append(html.Span([*mark, text], className="board-nurses is-short" if shift.is_short else "board-nurses"))
    return html.Th(lines)


def _station_head(station: ResourceView, words: Words) -> html.Th:
    kinds = [words(f"station_{name}") for name in station.features]
    loop = [words("board_loop", loop=station.site)] if station.site else []
    return html.Th([html.Strong(station.id), html.Span(" ".join([*kinds, *loop]), className="quiet")], scope="row")


def _cell(
    station: ResourceView,
    shift: ShiftView,
    row: AppointmentView | None,
    chosen: str | None,
    page: PlanPage,
    words: Words,
) -> html.Td:
    closed = next(
        (span for span in station.spans if span.kind in CLOSED and span.start < shift.end and span.end > shift.start),
        None,
    )
    parts: list[Child] = [] if row is None else [chip(row, chosen, page, words)]
    if closed is not None:
        why = closed.reason or words(f"closed_{closed.kind}")
        return html.Td([*parts, html.Span(why, className="board-why")], className="board-closed", title=why)
    if row is None:
        free = html.Button(
            words("board_free"),
            id={"type": "board-free", "station": station.id, "start": shift.start.isoformat()},
            n_clicks=0,
            className="board-free",
            disabled=shift.start < page.now,
        )
        return html.Td(free)
    return html.Td(parts)


def chip(row: AppointmentView, chosen: str | None, page: PlanPage, words: Words) -> html.Button:
    """A patient on a station: pseudonym, treatment, unstable or new, moved, locked; each by letter or sign, not by colour alone."""
    marks = [
        name
        for name, is_on in (
            ("moved", row.is_moved),
            ("added", row.is_new and page.published is not None),
            ("broken", bool(row.broken)),
            ("frozen", row.is_frozen),
            ("missed", row.status is AppointmentStatus.NO_SHOW),
            ("chosen", row.about.task == chosen),
        )
        if is_on
    ]
    signs: list[Child] = [icon("lock")] if row.is_locked else []
    signs += [icon("moved")] if row.is_moved else []
    signs += [icon("alert")] if row.broken else []
    done = Words("dashboard", words.language)
    state = (
        []
        if row.status is AppointmentStatus.PLANNED
        else [html.Span(done(f"status_{row.status.value}"), className="chip-state")]
    )
    return html.Button(
        [html.Span(row.about.patient, className="chip-name"), *_kinds(row.about, words), *signs, *state],
        className=" ".join(["chip-patient", f"care-{row.about.rclass}", *(f"is-{mark}" for mark in marks)]),
        **data(choose=row.about.task),
    )


def _kinds(about: RequestView, words: Words) -> list[Child]:
    """HDF, a bed, unstable, new: in letters."""
    found: list[Child] = []
    if isinstance(about, DialysisRequestView) and about.is_hdf:
        found.append(
            html.Span("HDF", className="chip-kind", title=about.title_zh if words.language == "zh" else about.title_en)
        )
    if about.rclass in ("unstable", "new"):
        name = Words("dashboard", words.language)(f"class_{about.rclass}")
        found.append(html.Span(name, className=f"chip-care chip-{about.rclass}"))
    return found


def week_board(page: PlanPage, chosen: str | None, words: Words) -> Child:
    """Whose place each station is, by pattern and shift."""
    names = list(dict.fromkeys(shift.name for shift in all_shifts(page)))
    places: dict[tuple[str, str, int], dict[str, RequestView]] = {}
    for about in _patients(page).values():
        for at, days in enumerate((ODD, EVEN)):
            if days & set(about.weekdays) and about.station and about.shift:
                places.setdefault((about.station, about.shift, at), {})[about.patient] = about
    heads = [words("board_mwf"), words("board_tts")]
    top = html.Tr(
        [html.Th("", rowSpan=2), *(html.Th(text, colSpan=len(names), className="board-pattern") for text in heads)]
    )
    below = html.Tr([html.Th(shift_name(name, words.language)) for _ in heads for name in names])
    body: list[Child] = []
    for zone, stations in _zones(page.resources):
        body.append(_zone_row(zone, stations, 2 * len(names) + 1, words))
        for station in stations:
            cells = [
                html.Td([_own_place(about, chosen, words) for about in places.get((station.id, name, at), {}).values()])
                for at in range(2)
                for name in names
            ]
            body.append(html.Tr([_station_head(station, words), *cells]))
    return html.Table(
        [html.Thead([top, below]), html.Tbody(body)],
        className="board board-week",
        **data(aria_label=words("board_week_label")),
    )


def _patients(page: PlanPage) -> Mapping[str, DialysisRequestView]:
    """The last thing known of each patient."""
    rows: list[Any] = [*page.appointments, *page.unplanned]
    return {row.about.patient: row.about for row in rows if isinstance(row.about, DialysisRequestView)}


def _own_place(about: RequestView, chosen: str | None, words: Words) -> html.Button:
    assert isinstance(about, DialysisRequestView)
    is_usual = set(about.weekdays) in (ODD, EVEN)
    days = (
        []
        if is_usual
        else [html.Span("".join(weekday_letter(day, words.language) for day in about.weekdays), className="chip-state")]
    )
    is_chosen = " is-chosen" if chosen and chosen.startswith(f"{about.patient}-") else ""
    return html.Button(
        [html.Span(about.patient, className="chip-name"), *_kinds(about, words), *days],
        className=f"chip-patient care-{about.rclass}{is_chosen}",
        **data(choose=about.task),
    )


def weekday_letter(day: int, language: str) -> str:
    """Mo, 一: a weekday as short as it can be told."""
    text = weekday(date(2024, 1, 1) + timedelta(days=day), language)
    return text[-1] if language == "zh" else text[:2]
