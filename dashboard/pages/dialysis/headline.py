"""The first line of the Dialysis page, in words: who is where, who has no place, which shift lacks nurses."""

from __future__ import annotations

from dashboard.i18n import clock_text, day_text, number_text
from dashboard.pages.dialysis.shifts import all_shifts, day_of
from dashboard.pages.plan.here import PlanWords
from planning.views import PlanPage


def headline(page: PlanPage, language: str) -> str:
    """Two to four sentences."""
    words = PlanWords(language)
    if not page.appointments and not page.unplanned:
        return words("headline_empty")
    if page.version is None and not page.appointments:
        return words("headline_none", num=number_text(len(page.unplanned)))
    sentences = [_today(page, words), _without(page, words), _nurses(page, words)]
    if page.violations:
        sentences.append(words("headline_broken", num=number_text(len(page.violations))))
    return (" " if language == "en" else "").join(part for part in sentences if part)


def _today(page: PlanPage, words: PlanWords) -> str:
    today = day_of(page.now, page)
    rows = [row for row in page.appointments if day_of(row.start, page) == today]
    stations = {row.resource for row in rows}
    if not rows:
        return words("headline_nobody_today")
    return words("headline_today", num=number_text(len(rows)), stations=len(stations))


def _without(page: PlanPage, words: PlanWords) -> str:
    if not page.unplanned:
        return words("headline_all", num=number_text(len(page.appointments)))
    first = page.unplanned[0].about
    key = "headline_without_one" if len(page.unplanned) == 1 else "headline_without"
    return words(key, num=number_text(len(page.unplanned)), patient=first.patient)


def _nurses(page: PlanPage, words: PlanWords) -> str:
    short = [shift for shift in all_shifts(page) if shift.is_short and shift.end > page.now]
    if not short:
        return ""
    first = short[0]
    day = day_text(day_of(first.start, page), words.language)
    return words(
        "headline_short",
        shift=first.title(words.language),
        day=day,
        needed=first.nurses[0],
        on_duty=first.nurses[1],
        num=len(short),
        time=clock_text(first.start, page.timezone),
    )
