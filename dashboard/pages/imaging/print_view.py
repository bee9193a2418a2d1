"""The day's plan for the wall: one table a scanner, seen on paper only."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.i18n import Words, clock_text, day_text, time_text
from dashboard.pages.imaging.timeline import examination_name, heading, scanner_label
from hospital.wording import word
from planning.views import AppointmentView, PlanPage


def print_view(page: PlanPage, day: date, language: str) -> dict[str, Any] | None:
    """Title, and a section of rows a scanner, for the appointments of one local day; assets/waiting.js makes paper of it."""
    if page.version is None:
        return None
    words = Words("imaging", language)
    by_scanner: dict[str, list[AppointmentView]] = {}
    for row in sorted(page.appointments, key=lambda row: row.start):
        if row.start.astimezone(ZoneInfo(page.timezone)).date() == day:
            by_scanner.setdefault(row.scanner, []).append(row)
    sections = [
        {
            "name": scanner_label(scanner, language),
            "rows": [_cells(row, page, words) for row in by_scanner[scanner.id]],
        }
        for scanner in page.scanners
        if scanner.id in by_scanner
    ]
    return {
        "title": f"{day_text(day, language)} · {heading(page, language)}",
        "note": words("print_note", time=time_text(page.now, page.timezone, language)),
        "isDraft": page.version.number != page.published,
        "heads": [words(f"about_{key}") for key in ("time", "class", "patient", "what", "ward", "mobility", "needs")],
        "sections": sections,
    }


def _cells(row: AppointmentView, page: PlanPage, words: Words) -> list[str]:
    about, common = row.about, Words("dashboard", words.language)
    wanted = (("isolation", about.is_isolated), ("sedation", about.is_sedated), ("fasting", about.is_fasting))
    needs = [words(f"need_{key}") for key, is_on in wanted if is_on]
    return [
        f"{clock_text(row.start, page.timezone)}–{clock_text(row.end, page.timezone)}",
        common(f"letter_{about.rclass}"),
        about.patient,
        examination_name(about, words.language),
        word("ward", about.ward, words.language),
        common(f"mobility_{about.mobility}"),
        ", ".join(needs),
    ]
