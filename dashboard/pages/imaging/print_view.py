"""The day's plan for the wall: one table a scanner, seen on paper only."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from dash import html

from dashboard.components.basics import Child
from dashboard.i18n import Words, clock_text, day_text
from dashboard.pages.imaging.timeline import examination_name
from planning.views import AppointmentView, PlanPage


def print_view(page: PlanPage, day: date, language: str) -> list[Child]:
    """The appointments of one local day, scanner by scanner."""
    if page.version is None:
        return []
    words = Words("imaging", language)
    head = html.H1(
        f"{words('print_heading')} · {day_text(day, language)} · {words('version', number=page.version.number)}"
    )
    by_scanner: dict[str, list[AppointmentView]] = {}
    for row in page.appointments:
        if row.start.astimezone(ZoneInfo(page.timezone)).date() == day:
            by_scanner.setdefault(row.scanner, []).append(row)
    tables = [
        _table(scanner.name or scanner.id, by_scanner[scanner.id], page, words)
        for scanner in page.scanners
        if scanner.id in by_scanner
    ]
    return [head, *tables]


def _table(name: str, rows: list[AppointmentView], page: PlanPage, words: Words) -> html.Section:
    body = [_line(row, page, words) for row in sorted(rows, key=lambda row: row.start)]
    return html.Section([html.H2(name), html.Table(html.Tbody(body))], className="print-scanner")


def _line(row: AppointmentView, page: PlanPage, words: Words) -> html.Tr:
    about, common = row.about, Words("dashboard", words.language)
    needs = [
        words(f"need_{key}")
        for key, is_on in (
            ("isolation", about.is_isolated),
            ("sedation", about.is_sedated),
            ("fasting", about.is_fasting),
        )
        if is_on
    ]
    span = f"{clock_text(row.start, page.timezone)}–{clock_text(row.end, page.timezone)}"
    cells = [
        span,
        common(f"letter_{about.rclass}"),
        about.patient,
        examination_name(about, words.language),
        about.ward,
        common(f"mobility_{about.mobility}"),
        ", ".join(needs),
    ]
    return html.Tr([html.Td(cell) for cell in cells])
