"""The day's plan for the wall: one table a scanner, seen on paper only."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.i18n import day_text, time_text
from dashboard.pages.plan.faces import face_here
from dashboard.pages.plan.here import PlanWords
from dashboard.pages.plan.timeline import heading, scanner_label
from planning.views import AppointmentView, PlanPage


def print_view(page: PlanPage, day: date, language: str) -> dict[str, Any] | None:
    """Title, and a section of rows a scanner, for the appointments of one local day; assets/waiting.js makes paper of it."""
    if page.version is None:
        return None
    words, face = PlanWords(language), face_here()
    by_scanner: dict[str, list[AppointmentView]] = {}
    for row in sorted(page.appointments, key=lambda row: row.start):
        if row.start.astimezone(ZoneInfo(page.timezone)).date() == day:
            by_scanner.setdefault(row.resource, []).append(row)
    sections = [
        {
            "name": scanner_label(scanner, language),
            "rows": [list(face.paper_cells(row, page, words)) for row in by_scanner[scanner.id]],
        }
        for scanner in page.resources
        if scanner.id in by_scanner
    ]
    return {
        "title": f"{day_text(day, language)} · {heading(page, language)}",
        "note": words("print_note", time=time_text(page.now, page.timezone, language)),
        "isDraft": page.version.number != page.published,
        "heads": [words(f"about_{key}") for key in face.paper],
        "sections": sections,
    }
