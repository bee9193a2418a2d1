"""The course of one patient over weeks: a calendar with linac and hour of every session, what was moved, given and missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dash import html

from dashboard.components.basics import Child, data, icon
from dashboard.i18n import Words, clock_text, day_text, weekday
from hospital.plans import AppointmentStatus
from planning.views import AppointmentView, PlaceView, PlanPage

_WORKWEEK = 5
STATES = ("given", "missed", "moved", "new", "promised")
"""What a session may be, the first that is true; ``left`` is a day on which the patient was expected before."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What happens on one day of a course: its sessions, and places of the plan in force that are given up."""

    rows: tuple[AppointmentView, ...] = ()
    left: tuple[PlaceView, ...] = ()


def course_section(page: PlanPage, request: str, language: str) -> Child:
    """The calendar with its sentence and its legend; None for a request without any visit."""
    rows = sorted((row for row in page.appointments if row.about.request == request), key=lambda row: row.start)
    if not rows:
        return None
    words = Words("treatment", language)
    return html.Section(
        [
            html.H3(words("course_title")),
            html.P(summary(page, rows, words), className="course-summary"),
            calendar(page, rows, words),
            _legend(rows, words),
        ],
        className="panel-section section-course",
    )


def summary(page: PlanPage, rows: Sequence[AppointmentView], words: Words) -> str:
    """How many of how many sessions are given, on which linacs, until when."""
    about, language = rows[0].about, words.language
    given = sum(state(row) == "given" for row in rows) + max(0, min(row.about.session for row in rows) - 1)
    linacs = ", ".join(dict.fromkeys(row.resource for row in rows))
    last = day_text(_day(rows[-1].start, page), language)
    text = words("course_summary", num=about.num_sessions, given=given, linacs=linacs, last=last)
    missed = sum(state(row) == "missed" for row in rows)
    return text + (words("course_missed", num=missed) if missed else "")


def calendar(page: PlanPage, rows: Sequence[AppointmentView], words: Words) -> html.Table:
    """A row a week, a column a day; weekends only where something is given on them."""
    cells = cells_of(page, rows)
    first, last = min(cells), max(cells)
    num_days = 7 if any(day.weekday() >= _WORKWEEK for day in cells) else _WORKWEEK
    monday = first - timedelta(days=first.weekday())
    weeks = (last - monday).days // 7 + 1
    head = html.Tr(
        [html.Th("")] + [html.Th(weekday(monday + timedelta(days=at), words.language)) for at in range(num_days)]
    )
    body = [
        html.Tr(
            [html.Th(_short_day(monday + timedelta(weeks=week), words))]
            + [_cell(page, cells, monday + timedelta(weeks=week, days=at), words) for at in range(num_days)]
        )
        for week in range(weeks)
    ]
    return html.Table(
        [html.Thead(head), html.Tbody(body)], className="course-calendar", **data(aria_label=words("course_title"))
    )


def cells_of(page: PlanPage, rows: Iterable[AppointmentView]) -> Mapping[date, Cell]:
    """The course by day. A place that is given up is told only where no session of the course stands on that day now."""
    there: dict[date, list[AppointmentView]] = {}
    left: dict[date, list[PlaceView]] = {}
    for row in rows:
        there.setdefault(_day(row.start, page), []).append(row)
        if row.moved_from is not None:
            left.setdefault(_day(row.moved_from.start, page), []).append(row.moved_from)
    gone = {day: places for day, places in left.items() if day not in there}
    return {day: Cell(tuple(there.get(day, ())), tuple(gone.get(day, ()))) for day in sorted({*there, *gone})}


def state(row: AppointmentView) -> str:
    """One of STATES."""
    if row.status is AppointmentStatus.NO_SHOW:
        return "missed"
    if row.status is AppointmentStatus.DONE or row.is_frozen:
        return "given"
    if row.is_moved:
        return "moved"
    return "new" if row.is_new else "promised"


def _cell(page: PlanPage, cells: Mapping[date, Cell], day: date, words: Words) -> html.Td:
    cell, is_today = cells.get(day), day == page.now.astimezone(ZoneInfo(page.timezone)).date()
    number = html.Span(str(day.day), className="cell-day")
    if cell is None:
        return html.Td(number, className="is-today" if is_today else "")
    parts: list[Child] = [number]
    names: list[str] = []
    for row in cell.rows:
        name = state(row)
        names.append(name)
        lock = [icon("lock")] if row.is_locked else []
        parts.append(
            html.Button(
                [
                    html.Span([str(row.about.session), *lock], className="cell-session"),
                    html.Span(f"{row.resource} {clock_text(row.start, page.timezone)}"),
                    html.Span(words(f"state_{name}"), className="cell-state"),
                ],
                className=f"cell-visit is-{name}",
                title=words(f"state_{name}_title"),
                **data(choose=row.about.task),
            )
        )
    for place in cell.left:
        names.append("left")
        where = f"{place.resource} {clock_text(place.start, page.timezone)}"
        parts.append(
            html.Span(
                [html.S(where), html.Span(words("state_left"), className="cell-state")], className="cell-visit is-left"
            )
        )
    return html.Td(parts, className=" ".join(["has-visit", *(["is-today"] if is_today else [])]))


def _legend(rows: Sequence[AppointmentView], words: Words) -> html.P:
    shown = [name for name in STATES if any(state(row) == name for row in rows)]
    return html.P([words(f"state_{name}_title") + ". " for name in shown], className="quiet course-legend")


def _short_day(day: date, words: Words) -> str:
    return words("week_of", day=day.day, month=Words("dashboard", words.language)(f"month_{day.month}"))


def _day(when: datetime, page: PlanPage) -> date:
    return when.astimezone(ZoneInfo(page.timezone)).date()
